/** Checks one item of a spec against its shape, field by field, so that one wrong field hides none of the others. */
import type { z } from "zod";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { joinPath } from "../../diagnostics/path";
import { schemaBelow } from "../schema/fields";
import { hasUnreadable, isMapping, UNREADABLE } from "../yaml/nodes";
import { keyMeant, misfits, unknownKey, wrongType } from "./issues";

/** One item of the spec as far as it is sound. */
export interface Item<T> {
  /** Its key, or its index as text. */
  readonly name: string;
  readonly path: SpecPath;
  /** The sound fields. What is missing here is either absent in the spec or doubtful. */
  readonly value: Partial<T>;
  /** Of the mappings among the refused fields, the sound entries. */
  readonly remains: Partial<T>;
  /** Of what was refused, every entry that is sound by itself, at its own place: lists have holes, mappings may lack what they need. */
  readonly seen: Partial<T>;
  /** True for a field that was refused, and whose absence therefore means nothing. */
  doubtful(field: string): boolean;
}

type Report = (diagnostic: Diagnostic) => void;

/** Reads the fields of an object; everything wrong with them is reported and left out. `others` are keys that are read elsewhere. */
export function readItem<S extends z.ZodObject>(
  shape: S,
  raw: unknown,
  at: { name: string; path: SpecPath },
  report: Report,
  others: readonly string[] = [],
): Item<z.output<S>> {
  const value: Record<string, unknown> = {};
  const remains: Record<string, unknown> = {};
  const seen: Record<string, unknown> = {};
  const refused = new Set<string>();
  const item = {
    ...at,
    value: value as Partial<z.output<S>>,
    remains: remains as Partial<z.output<S>>,
    seen: seen as Partial<z.output<S>>,
    doubtful: (field: string) => refused.has(field),
  };
  if (!isMapping(raw)) {
    if (raw !== UNREADABLE) report(wrongType(at.path, "a mapping", raw));
    for (const field of Object.keys(shape.shape)) refused.add(field);
    return item;
  }
  const known = [...Object.keys(shape.shape), ...others];
  for (const key of Object.keys(raw).filter((each) => !known.includes(each))) {
    const meant = keyMeant(key, raw, known, shape);
    report(unknownKey(at.path, { key, mapping: raw, known, part: shape }));
    // What a mistyped key stands for is not also missing.
    if (meant !== undefined && !(meant in raw)) refused.add(meant);
  }
  for (const [field, schema] of Object.entries(shape.shape)) {
    if (refused.has(field)) continue;
    const result = readField(schema as z.ZodType, raw[field], joinPath(at.path, field), field in raw, report);
    if (!result.sound) {
      refused.add(field);
      Object.assign(remains, remainsOf(field, schema as z.ZodType, raw[field]));
      const entries = soundEntries(schema as z.ZodType, raw[field]);
      if (entries !== undefined) seen[field] = entries;
    }
    if (result.value !== undefined) value[field] = result.value;
  }
  return item;
}

function readField(
  schema: z.ZodType,
  raw: unknown,
  path: SpecPath,
  given: boolean,
  report: Report,
): { readonly sound: boolean; readonly value?: unknown } {
  const result = schema.safeParse(raw);
  if (result.success && !hasUnreadable(raw)) return { sound: true, value: result.data };
  if (result.success) return { sound: false };
  for (const found of misfits(result.error, { schema, raw, path, given })) report(found);
  return { sound: false };
}

/** The field without the entries that something is wrong with, when that is one. */
function remainsOf(field: string, schema: z.ZodType, raw: unknown): Readonly<Record<string, unknown>> {
  if (!isMapping(raw)) return {};
  const wrong = new Set(schema.safeParse(raw).error?.issues.map(({ path }) => path[0]));
  const result = schema.safeParse(
    Object.fromEntries(
      Object.entries(raw).filter(([key, entry]) => !wrong.has(key) && !hasUnreadable(entry)),
    ),
  );
  return result.success ? { [field]: result.data } : {};
}

/** Undefined where nothing is sound; an entry of a list is sound as a whole. */
function soundEntries(schema: z.ZodType, raw: unknown): unknown {
  if (typeof raw !== "object" || raw === null) return undefined;
  const isList = Array.isArray(raw);
  const entries: Record<string, unknown> | unknown[] = isList ? [] : {};
  for (const [key, entry] of Object.entries(raw)) {
    const below = schemaBelow(schema, isList ? Number(key) : key) as z.ZodType | undefined;
    if (below === undefined) continue;
    const result = hasUnreadable(entry) ? undefined : below.safeParse(entry);
    const sound = result?.success ? result.data : isList ? undefined : soundEntries(below, entry);
    if (sound !== undefined) Object.assign(entries, { [key]: sound });
  }
  return Object.keys(entries).length === 0 ? undefined : entries;
}

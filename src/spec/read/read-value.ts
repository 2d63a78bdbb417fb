/** Reads a value by its schema: a wrong entry is reported and UNKNOWN, and hides no other entry. */
import * as z from "zod";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { joinPath } from "../../diagnostics/path";
import { fieldOf, rawDefOf, type Schema } from "../schema/fields";
import { UNKNOWN } from "../unknown";
import { describeIssue, emptyKey, missing } from "./issues";
import { keyMeant, unknownKey } from "./unknown-key";

export type Report = (diagnostic: Diagnostic) => void;
type Shape = Readonly<Record<string, Schema>>;
type Mapping = Readonly<Record<string, unknown>>;

/** The value as the schema reads it, with UNKNOWN for the refused parts. */
export function readValue(schema: Schema, raw: unknown, path: SpecPath, report: Report): unknown {
  if (raw === UNKNOWN) return UNKNOWN;
  const result = z.safeParse(schema, raw);
  if (result.success) return result.data;
  const chosen = schemaFor(schema, raw);
  const issues = ownIssues(chosen, raw);
  for (const issue of issues) report(describeIssue(issue, path, raw));
  const def = rawDefOf(chosen);
  if (issues.length > 0) return UNKNOWN;
  if (def.type === "array")
    return (raw as readonly unknown[]).map((each, index) =>
      readValue(def.element, each, joinPath(path, index), report),
    );
  if (def.type === "record") return readRecord(def, raw as Mapping, path, report);
  return def.type === "object" ? readObject(def.shape, raw as Mapping, path, report) : UNKNOWN;
}

/** Without the issues of its entries and keys. */
function ownIssues(schema: Schema, raw: unknown): z.core.$ZodIssue[] {
  const issues = z.safeParse(schema, raw).error?.issues ?? [];
  return issues.filter(({ path, code }) => path.length === 0 && code !== "unrecognized_keys");
}

/** The schema without its optional layer; of a union, the alternative with the value's kind. */
function schemaFor(schema: Schema, raw: unknown): Schema {
  const core: Schema = fieldOf(schema).schema;
  const def = rawDefOf(core);
  if (def.type === "lazy") return schemaFor(def.getter(), raw);
  if (def.type !== "union") return core;
  const chosen = def.options.find((option) => !ownIssues(option, raw).some(isWrongKind));
  return chosen === undefined ? core : schemaFor(chosen, raw);
}

const isWrongKind = ({ code }: z.core.$ZodIssue): boolean =>
  code === "invalid_type" || code === "invalid_value";

function readRecord(def: z.core.$ZodRecordDef, raw: Mapping, path: SpecPath, report: Report): Mapping {
  const entries = Object.entries(raw).map(([key, each]) => {
    const at = joinPath(path, key);
    // Names have a form of their own. A check judges it together with all places that use the name.
    const isEmpty = ownIssues(def.keyType, key).some(({ code }) => code !== "custom");
    if (isEmpty) report(emptyKey(at));
    return [key, isEmpty ? UNKNOWN : readValue(def.valueType, each, at, report)];
  });
  return Object.fromEntries(entries) as Mapping;
}

function readObject(shape: Shape, raw: Mapping, path: SpecPath, report: Report): Mapping {
  const value: Record<string, unknown> = {};
  for (const key of Object.keys(raw).filter((each) => !Object.hasOwn(shape, each))) {
    const meant = keyMeant(key, raw, shape);
    const field = meant === undefined ? undefined : shape[meant];
    const complaints: Diagnostic[] = [];
    const complain = (diagnostic: Diagnostic) => complaints.push(diagnostic);
    if (field !== undefined) readValue(field, raw[key], joinPath(path, meant ?? key), complain);
    report(unknownKey(path, { key, mapping: raw, keys: Object.keys(shape), meant }, complaints));
    // The user may have meant any key, and then the mapping has that key.
    value[meant === undefined || meant in raw ? key : meant] = UNKNOWN;
  }
  for (const [key, field] of Object.entries(shape)) {
    if (key in value) continue;
    const at = joinPath(path, key);
    const { optional, byDefault } = fieldOf(field);
    if (!(key in raw) && !optional) report(missing(at));
    const absent = optional ? byDefault : UNKNOWN;
    const read = key in raw ? readValue(field, raw[key], at, report) : absent;
    if (read !== undefined) value[key] = read;
  }
  return value;
}

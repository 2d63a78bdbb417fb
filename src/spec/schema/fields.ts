/** Questions about the fields of a spec by their paths. The schema is the only table of fields. */
import * as z from "zod";
import type { NamedPart } from "../../clouds/field-facts";
import type { SpecPath } from "../../diagnostics/diagnostic";
import { joinPath, type Segment, splitPath } from "../../diagnostics/path";
import { lookup } from "../../model/lookup";
import { PARTS, specShape } from "./schema";

export type Schema = z.core.$ZodType;
type Def = z.core.$ZodTypes["_zod"]["def"];

type Kind = "text" | "number" | "flag" | "list" | "mapping";

export interface Field {
  /** Without its optional layer. */
  readonly schema: z.ZodType;
  readonly facts: Readonly<z.GlobalMeta>;
  readonly optional: boolean;
  /** The value of an absent field. */
  readonly byDefault?: unknown;
}

const KINDS: Readonly<Partial<Record<Def["type"], Kind>>> = {
  string: "text",
  enum: "text",
  number: "number",
  boolean: "flag",
  array: "list",
  object: "mapping",
  record: "mapping",
};

export const rawDefOf = (schema: Schema): Def => (schema as z.core.$ZodTypes)._zod.def;

/** Keeps the answer for each schema, because a spec asks about the same schemas again and again. */
function remembered<Answer extends object>(answer: (schema: Schema) => Answer): (schema: Schema) => Answer {
  const known = new WeakMap<Schema, Answer>();
  return (schema) => {
    const found = known.get(schema) ?? answer(schema);
    known.set(schema, found);
    return found;
  };
}

/** A schema with the facts of all its layers. */
export const fieldOf = remembered((schema): Field => {
  const def = rawDefOf(schema);
  const facts = z.globalRegistry.get(schema) ?? {};
  if (def.type !== "optional" && def.type !== "default")
    return { schema: schema as z.ZodType, facts, optional: false };
  const inner = fieldOf(def.innerType);
  const byDefault = def.type === "default" ? { byDefault: def.defaultValue } : {};
  return { ...inner, facts: { ...inner.facts, ...facts }, optional: true, ...byDefault };
});

const defOf = (schema: Schema): Def => rawDefOf(fieldOf(schema).schema);

/** The field below one; undefined if the spec has no such field. */
export function fieldBelow({ schema }: Field, segment: Segment): Field | undefined {
  const def = defOf(schema);
  if (def.type === "union")
    return def.options.flatMap((option) => fieldBelow(fieldOf(option), segment) ?? [])[0];
  if (def.type === "array" && typeof segment === "number") return fieldOf(def.element);
  if (def.type === "record" && typeof segment === "string") return fieldOf(def.valueType);
  const below = def.type === "object" && Object.hasOwn(def.shape, segment) ? def.shape[segment] : undefined;
  return below && fieldOf(below);
}

/** The field at a path; undefined if the spec has no such field. */
export function fieldAt(path: SpecPath): Field | undefined {
  const below = (field: Field | undefined, segment: Segment) => field && fieldBelow(field, segment);
  return splitPath(path).reduce(below, fieldOf(specShape));
}

export const factsAt = (path: SpecPath): Field["facts"] => fieldAt(path)?.facts ?? {};

/** The fields of a mapping with fixed keys, by name; empty for everything else. */
export const fieldsOf = remembered((schema): Readonly<Record<string, Field>> => {
  const def = defOf(schema);
  if (def.type === "union") return lookup(Object.assign({}, ...def.options.map(fieldsOf)));
  const fields = def.type === "object" ? Object.entries(def.shape) : [];
  return lookup(Object.fromEntries(fields.map(([key, each]) => [key, fieldOf(each)])));
});

/** Several kinds for a union. */
export function kindsOf(schema: Schema): readonly Kind[] {
  const def = defOf(schema);
  if (def.type === "union") return def.options.flatMap(kindsOf);
  if (def.type === "pipe") return kindsOf(def.in);
  if (def.type === "literal") return typeof def.values[0] === "number" ? ["number"] : ["text"];
  const kind = KINDS[def.type];
  return kind === undefined ? [] : [kind];
}

/** The values of a field that takes only a few; empty for every other. */
export function valuesOf(schema: Schema): readonly string[] {
  const def = defOf(schema);
  if (def.type === "union") return def.options.flatMap(valuesOf);
  if (def.type === "enum") return Object.values(def.entries).map(String);
  return def.type === "literal" ? def.values.map(String) : [];
}

/** The top-level fields whose errors may be the cause of an error in this one. */
export const causesOf = (key: string): readonly string[] => [
  ...(factsAt(key).dependsOn ?? []),
  ...Object.keys(specShape.shape).filter((other) => factsAt(other).affects?.includes(key)),
];

/** The parts that must have the name at a place: a value, or a key of a mapping by names. */
export const partsNamedAt = (path: SpecPath): readonly NamedPart[] =>
  keyParts(joinPath("", ...splitPath(path).slice(0, -1))) ?? factsAt(path).refersTo ?? [];

function keyParts(path: SpecPath): readonly NamedPart[] | undefined {
  const schema = fieldAt(path)?.schema;
  return schema instanceof z.ZodRecord ? fieldOf(schema.keyType).facts.refersTo : undefined;
}

export interface Reference {
  readonly value: string;
  readonly path: SpecPath;
  /** The name is the key at the path, and not its value. */
  readonly isKey: boolean;
}

/** All names that refer to an item elsewhere, in a spec or in the part of it at `path`. */
export function referencesIn(value: unknown, path: SpecPath = ""): Reference[] {
  const isName = partsNamedAt(path).length > 0;
  if (typeof value === "string") return isName ? [{ value, path, isKey: false }] : [];
  if (typeof value !== "object" || value === null) return [];
  return Object.entries(value).flatMap(([key, each]) => {
    const at = joinPath(path, Array.isArray(value) ? Number(key) : key);
    const isKey = !Array.isArray(value) && typeof each !== "string" && keyParts(path) !== undefined;
    return [...(isKey ? [{ value: key, path: at, isKey }] : []), ...referencesIn(each, at)];
  });
}

/** True for text of any form: text that looks like a number must stay unchanged. */
export function isFreeText(path: SpecPath): boolean {
  const field = fieldAt(path);
  const def = field && defOf(field.schema);
  return def?.type === "string" && def.checks === undefined;
}

/** Names of all fields that items have, at any depth. */
export const ITEM_FIELDS: readonly string[] = [
  ...new Set(Object.values(PARTS).flatMap((shape) => namesBelow(fieldOf(shape)))),
];

function namesBelow(field: Field): string[] {
  const item = fieldBelow(field, 0) ?? field;
  return Object.entries(fieldsOf(item.schema)).flatMap(([key, each]) => [key, ...namesBelow(each)]);
}

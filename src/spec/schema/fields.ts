/** Questions about the fields of a spec by their paths, answered from the schema: there is no other table of fields. */
import * as z from "zod";
import type { NamedPart } from "../../clouds/field-facts";
import type { SpecPath } from "../../diagnostics/diagnostic";
import { joinPath, type Segment, splitPath } from "../../diagnostics/path";
import { LISTED_ITEMS, NAMED_ITEMS, specShape } from "./schema";

export type Kind = "text" | "number" | "flag" | "list" | "mapping";

export interface Field {
  readonly schema: z.ZodType;
  readonly facts: Readonly<z.GlobalMeta>;
  readonly optional: boolean;
  /** What stands for an absent value. */
  readonly byDefault?: unknown;
}

type Core = z.core.$ZodTypes;

const KINDS: Readonly<Partial<Record<Core["_zod"]["def"]["type"], Kind>>> = {
  string: "text",
  enum: "text",
  number: "number",
  boolean: "flag",
  array: "list",
  object: "mapping",
  record: "mapping",
};

/** A schema without what makes it optional, with the facts of all its layers. */
export function fieldOf(schema: z.core.$ZodType): Field {
  const { def } = (schema as Core)._zod;
  const facts = z.globalRegistry.get(schema) ?? {};
  if (def.type !== "optional" && def.type !== "default")
    return { schema: schema as z.ZodType, facts, optional: false };
  const inner = fieldOf(def.innerType);
  const byDefault = def.type === "default" ? { byDefault: def.defaultValue } : {};
  return { ...inner, facts: { ...inner.facts, ...facts }, optional: true, ...byDefault };
}

/** The schema of a part; undefined where the spec has no such part. */
function schemaBelow(schema: z.core.$ZodType, segment: Segment): z.core.$ZodType | undefined {
  const { def } = (fieldOf(schema).schema as unknown as Core)._zod;
  if (def.type === "union") {
    for (const option of def.options) {
      const found = schemaBelow(option, segment);
      if (found !== undefined) return found;
    }
    return undefined;
  }
  if (typeof segment === "number") return def.type === "array" ? def.element : undefined;
  if (def.type === "object") return Object.hasOwn(def.shape, segment) ? def.shape[segment] : undefined;
  return def.type === "record" ? def.valueType : undefined;
}

/** The field at a path; undefined where the spec has no such field. */
export function fieldAt(path: SpecPath): Field | undefined {
  let schema: z.core.$ZodType | undefined = specShape;
  for (const segment of splitPath(path)) schema = schema && schemaBelow(schema, segment);
  return schema && fieldOf(schema);
}

export const factsAt = (path: SpecPath): Field["facts"] => fieldAt(path)?.facts ?? {};

/** The fields of a mapping whose keys are fixed, by name; empty for everything else. */
export function fieldsOf(schema: z.core.$ZodType | undefined): Readonly<Record<string, Field>> {
  if (schema === undefined) return {};
  const { def } = (fieldOf(schema).schema as unknown as Core)._zod;
  if (def.type === "union") return Object.assign({}, ...def.options.map(fieldsOf));
  if (def.type !== "object") return {};
  return Object.fromEntries(Object.entries(def.shape).map(([key, each]) => [key, fieldOf(each)]));
}

/** How a value can be written: several kinds for a union. */
export function kindsOf(schema: z.core.$ZodType): readonly Kind[] {
  const { def } = (fieldOf(schema).schema as unknown as Core)._zod;
  if (def.type === "union") return [...new Set(def.options.flatMap(kindsOf))];
  if (def.type === "pipe") return kindsOf(def.in);
  if (def.type === "literal") return typeof def.values[0] === "number" ? ["number"] : ["text"];
  const kind = KINDS[def.type];
  return kind === undefined ? [] : [kind];
}

export const kindsAt = (path: SpecPath): readonly Kind[] => {
  const field = fieldAt(path);
  return field === undefined ? [] : kindsOf(field.schema);
};

/** The values of a field that takes a few; empty for every other. */
export function valuesOf(schema: z.core.$ZodType): readonly string[] {
  const { def } = (fieldOf(schema).schema as unknown as Core)._zod;
  if (def.type === "union") return def.options.flatMap(valuesOf);
  if (def.type === "enum") return Object.values(def.entries).map(String);
  return def.type === "literal" ? def.values.map(String) : [];
}

/** True for a part that a spec can be without: what goes from it goes with all that needs it. */
export const isOptionalPart = (key: string): boolean =>
  Object.hasOwn({ ...NAMED_ITEMS, ...LISTED_ITEMS }, key) && fieldAt(key)?.optional === true;

/** The top-level fields whose errors may be the cause of an error in this one. */
export const causesOf = (key: string): readonly string[] => [
  ...(factsAt(key).dependsOn ?? []),
  ...Object.keys(fieldsOf(specShape)).filter((other) => factsAt(other).affects?.includes(key)),
];

/** The parts in which a name at this place is looked up: a value, or a key of a mapping by names. */
export function partsNamedAt(path: SpecPath): readonly NamedPart[] {
  const above = fieldAt(joinPath("", ...splitPath(path).slice(0, -1)))?.schema;
  const key = above instanceof z.ZodRecord ? fieldOf(above.keyType).facts.refersTo : undefined;
  return key ?? factsAt(path).refersTo ?? [];
}

/** Every name in a spec, or in the part of it at `path`, that stands for an item somewhere else. */
export function referencesIn(
  value: unknown,
  path: SpecPath = "",
): { readonly value: string; readonly path: SpecPath }[] {
  const named = (name: unknown, at: SpecPath) =>
    typeof name === "string" && partsNamedAt(at).length > 0 ? [{ value: name, path: at }] : [];
  if (typeof value !== "object" || value === null) return named(value, path);
  return Object.entries(value).flatMap(([key, each]) => {
    const at = joinPath(path, Array.isArray(value) ? Number(key) : key);
    return [...(Array.isArray(value) ? [] : named(key, at)), ...referencesIn(each, at)];
  });
}

/** True for a list whose entries are mappings. */
export function isListOfItems(path: SpecPath): boolean {
  const element = fieldAt(joinPath(path, 0));
  return element !== undefined && kindsOf(element.schema).includes("mapping");
}

/** True for a part whose keys are names that the user gives to items. */
export const isNamedPart = (path: SpecPath): boolean => Object.hasOwn(NAMED_ITEMS, path);

/** True for text of any form: what looks like a number has to stay as it is written. */
export function isFreeText(path: SpecPath): boolean {
  const field = fieldAt(path);
  const { def } = (field?.schema as Core | undefined)?._zod ?? {};
  return def?.type === "string" && def.checks === undefined;
}

/** Names of all fields that items have, at whatever depth. */
export const ITEM_FIELDS: readonly string[] = [
  ...new Set(Object.values({ ...NAMED_ITEMS, ...LISTED_ITEMS }).flatMap(namesBelow)),
];

function namesBelow(schema: z.core.$ZodType): string[] {
  const { def } = (fieldOf(schema).schema as unknown as Core)._zod;
  if (def.type === "array") return namesBelow(def.element);
  if (def.type === "union") return def.options.flatMap(namesBelow);
  if (def.type !== "object") return [];
  return Object.entries(def.shape).flatMap(([key, each]) => [key, ...namesBelow(each)]);
}

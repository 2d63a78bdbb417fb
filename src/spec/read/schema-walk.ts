/** Steps through a zod schema: which of its alternatives a value has chosen, and what is below it. */
import * as z from "zod";
import { fieldOf } from "../schema/fields";

export type Schema = z.core.$ZodType;
export type Issue = z.core.$ZodIssue;

/** What is wrong with the value itself. Its entries, and its keys, are looked at one by one. */
export function ownIssues(schema: Schema, raw: unknown): Issue[] {
  const issues = z.safeParse(schema, raw).error?.issues ?? [];
  return issues.filter(({ path, code }) => path.length === 0 && code !== "unrecognized_keys");
}

/** The schema without what makes it optional; of a union the alternative that the value has the kind of. */
export function schemaFor(schema: Schema, raw: unknown): Schema {
  const core = fieldOf(schema).schema as Schema;
  const { def } = (core as z.core.$ZodTypes)._zod;
  if (def.type === "lazy") return schemaFor(def.getter(), raw);
  if (def.type !== "union") return core;
  const chosen = def.options.find((option) => !ownIssues(option, raw).some(isOfKind));
  return chosen === undefined ? core : schemaFor(chosen, raw);
}

const isOfKind = ({ code }: Issue): boolean => code === "invalid_type" || code === "invalid_value";

/** The schemas below one: of each key, of all keys alike, or of every entry of a list. */
export type Below =
  | { readonly kind: "object"; readonly fields: Readonly<Record<string, Schema>> }
  | { readonly kind: "record"; readonly key: Schema; readonly value: Schema }
  | { readonly kind: "list"; readonly entry: Schema }
  | { readonly kind: "scalar" };

export function below(schema: Schema): Below {
  const { def } = (schema as z.core.$ZodTypes)._zod;
  if (def.type === "object") return { kind: "object", fields: def.shape };
  if (def.type === "record") return { kind: "record", key: def.keyType, value: def.valueType };
  return def.type === "array" ? { kind: "list", entry: def.element } : { kind: "scalar" };
}

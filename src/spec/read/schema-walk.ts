/** Finds the alternative of a zod schema that fits a value, and the issues of the value itself. */
import * as z from "zod";
import { fieldOf } from "../schema/fields";

export type Schema = z.core.$ZodType;
export type Issue = z.core.$ZodIssue;

export const defOf = (schema: Schema): z.core.$ZodTypes["_zod"]["def"] =>
  (schema as z.core.$ZodTypes)._zod.def;

/** Without the issues of its entries and keys. */
export function ownIssues(schema: Schema, raw: unknown): Issue[] {
  const issues = z.safeParse(schema, raw).error?.issues ?? [];
  return issues.filter(({ path, code }) => path.length === 0 && code !== "unrecognized_keys");
}

/** The schema without its optional layer; of a union, the alternative with the value's kind. */
export function schemaFor(schema: Schema, raw: unknown): Schema {
  const core = fieldOf(schema).schema as Schema;
  const def = defOf(core);
  if (def.type === "lazy") return schemaFor(def.getter(), raw);
  if (def.type !== "union") return core;
  const chosen = def.options.find((option) => !ownIssues(option, raw).some(isWrongKind));
  return chosen === undefined ? core : schemaFor(chosen, raw);
}

const isWrongKind = ({ code }: Issue): boolean => code === "invalid_type" || code === "invalid_value";

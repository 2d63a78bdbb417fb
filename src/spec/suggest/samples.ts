/** Values that a missing field could have. `own-words.ts` adds the values that only the whole spec shows. */
import type { SpecPath } from "../../diagnostics/diagnostic";
import { asYaml, isEntry, lastKey, removing } from "../../diagnostics/edit";
import { type Field, fieldAt, fieldsOf } from "../schema/fields";

/** YAML of a possible value of a field. `main` is the given value of a mapping's main field. */
export function sampleOf({ schema, facts }: Field, main?: string): string | undefined {
  if (facts.sample !== undefined) return facts.sample;
  const [example] = facts.examples ?? [];
  if (example !== undefined) return asYaml(example);
  const entries: string[] = [];
  for (const [key, field] of Object.entries(fieldsOf(schema))) {
    const given = key === facts.mainField ? main : undefined;
    if (field.optional && given === undefined && key !== facts.exactlyOne?.[0]) continue;
    const value = given ?? sampleOf(field);
    if (value === undefined) return undefined;
    entries.push(`${key}: ${value}`);
  }
  return entries.length === 0 ? undefined : `{ ${entries.join(", ")} }`;
}

export function sampleAt(path: SpecPath): string | undefined {
  const field = fieldAt(path);
  return field && sampleOf(field);
}

/** True for a required field that has a value to propose. */
export const isRequired = (path: SpecPath): boolean =>
  !isEntry(path) && fieldAt(path)?.optional === false && sampleAt(path) !== undefined;

/** The edit that gives a field a possible value, or that removes the field if there is no such value. */
export function adding(path: SpecPath, sample = sampleAt(path)): string {
  if (sample === undefined) return removing(path);
  return `${asYaml(lastKey(path))}:${sample.startsWith("\n") ? "" : " "}${sample}`;
}

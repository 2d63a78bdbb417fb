/** Values that a missing field could have. `own-words.ts` fills in what only the whole spec can say. */
import type { SpecPath } from "../../diagnostics/diagnostic";
import { asYaml, isEntry, lastKey, removing } from "../../diagnostics/edit";
import { type Field, fieldAt, fieldsOf } from "../schema/fields";

/** YAML of a value that a field can have. `main` is the value of a mapping's main field, where the spec gives one. */
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

/** True for a field that its mapping cannot be without, and that a value can be proposed for. */
export const isRequired = (path: SpecPath): boolean =>
  !isEntry(path) && fieldAt(path)?.optional === false && sampleAt(path) !== undefined;

/** The edit that gives a field a value that it can have, or that removes it where none is known. */
export function adding(path: SpecPath, sample = sampleAt(path)): string {
  if (sample === undefined) return removing(path);
  return `${asYaml(lastKey(path))}:${sample.startsWith("\n") ? "" : " "}${sample}`;
}

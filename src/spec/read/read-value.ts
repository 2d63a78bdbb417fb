/** Reads a value by its schema: a wrong entry is reported and UNKNOWN, and hides no other entry. */
import * as z from "zod";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { joinPath } from "../../diagnostics/path";
import { UNKNOWN } from "../unknown";
import { describeIssue, emptyKey, missing } from "./issues";
import { defOf, ownIssues, type Schema, schemaFor } from "./schema-walk";
import { keyMeant, unknownKey } from "./unknown-key";

export type Report = (diagnostic: Diagnostic) => void;
type Mapping = Readonly<Record<string, unknown>>;

/** The value as the schema reads it, with UNKNOWN for the refused parts. */
export function readValue(schema: Schema, raw: unknown, path: SpecPath, report: Report): unknown {
  if (raw === UNKNOWN) return UNKNOWN;
  const result = z.safeParse(schema, raw);
  if (result.success) return result.data;
  const chosen = schemaFor(schema, raw);
  const issues = ownIssues(chosen, raw);
  for (const issue of issues) report(describeIssue(issue, path, raw));
  const def = defOf(chosen);
  if (issues.length > 0) return UNKNOWN;
  if (def.type === "array") return readList(def.element, raw as readonly unknown[], path, report);
  if (def.type === "record") return readRecord(def, raw as Mapping, path, report);
  return def.type === "object" ? readObject(chosen, def.shape, raw as Mapping, path, report) : UNKNOWN;
}

const readList = (entry: Schema, raw: readonly unknown[], path: SpecPath, report: Report): unknown[] =>
  raw.map((each, index) => readValue(entry, each, joinPath(path, index), report));

function readRecord(
  { keyType, valueType }: { readonly keyType: Schema; readonly valueType: Schema },
  raw: Mapping,
  path: SpecPath,
  report: Report,
): Mapping {
  const entries = Object.entries(raw).map(([key, each]) => {
    const at = joinPath(path, key);
    // Names have a form of their own. A check judges it together with all places that use the name.
    const isEmpty = ownIssues(keyType, key).some(({ code }) => code !== "custom");
    if (isEmpty) report(emptyKey(at));
    return [key, isEmpty ? UNKNOWN : readValue(valueType, each, at, report)];
  });
  return Object.fromEntries(entries) as Mapping;
}

function readObject(
  schema: Schema,
  fields: Readonly<Record<string, Schema>>,
  raw: Mapping,
  path: SpecPath,
  report: Report,
): Mapping {
  const value: Record<string, unknown> = {};
  for (const key of Object.keys(raw).filter((each) => !Object.hasOwn(fields, each))) {
    const meant = keyMeant(key, raw, schema);
    const isGiven = meant !== undefined && meant in raw;
    const found = { key, mapping: raw, keys: Object.keys(fields), meant, isGiven };
    const better = meant === undefined ? [] : complaints(fields[meant], raw[key], joinPath(path, meant));
    report(unknownKey(path, found, better));
    // The user may have meant any key, and then the mapping has that key.
    value[meant === undefined || isGiven ? key : meant] = UNKNOWN;
  }
  for (const [key, field] of Object.entries(fields)) {
    if (key in value) continue;
    const at = joinPath(path, key);
    const read = key in raw ? readValue(field, raw[key], at, report) : readAbsent(field, at, report);
    if (read !== undefined) value[key] = read;
  }
  return value;
}

function readAbsent(field: Schema, path: SpecPath, report: Report): unknown {
  const result = z.safeParse(field, undefined);
  if (result.success) return result.data;
  report(missing(path));
  return UNKNOWN;
}

/** Diagnostics of a value that is read as another field. */
function complaints(field: Schema | undefined, raw: unknown, path: SpecPath): Diagnostic[] {
  const found: Diagnostic[] = [];
  if (field !== undefined) readValue(field, raw, path, (each) => found.push(each));
  return found;
}

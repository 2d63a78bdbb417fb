/** One issue of zod in our own words, with an edit where the value says what was meant. */

import type { z } from "zod";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { isSameWord, likeness, meantBy } from "../../diagnostics/did-you-mean";
import { isEntry, lastKey, quoted, setting } from "../../diagnostics/edit";
import { error } from "../../diagnostics/make";
import { splitPath } from "../../diagnostics/path";
import type { Problem } from "../../diagnostics/problem";
import { factsAt, fieldAt, valuesOf } from "../schema/fields";
import { reread } from "./reread";

type OutOfRange = z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig;

/** `issue` is about the value as a whole. */
export function describeIssue(issue: z.core.$ZodIssue, path: SpecPath, raw: unknown): Diagnostic {
  if (issue.code === "custom") return refusedScalar(path, issue.params?.["problem"] as Problem);
  if (issue.code === "invalid_union") return noAlternative(issue, path, raw);
  if (issue.code === "invalid_value") return notOneOf(path, raw, issue.values.map(String));
  if (issue.code === "too_small" || issue.code === "too_big") return outOfRange(path, raw, issue);
  const wanted = issue.code === "invalid_type" ? KINDS[issue.expected] : undefined;
  return wrongType(path, wanted ?? "another kind of value", raw);
}

/** A value that fits the kind of no alternative. */
function noAlternative(issue: z.core.$ZodIssueInvalidUnion, path: SpecPath, raw: unknown): Diagnostic {
  const issues = issue.errors.flat();
  const literals = issues.flatMap((each) => (each.code === "invalid_value" ? each.values.map(String) : []));
  if (literals.length > 0) return notOneOf(path, raw, literals);
  const kinds = issues.flatMap((each) => (each.code === "invalid_type" ? (KINDS[each.expected] ?? []) : []));
  return wrongType(path, [...new Set(kinds)].join(" or "), raw);
}

const KINDS: Readonly<Record<string, string>> = {
  string: "text",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
  array: "a list",
  object: "a mapping",
  record: "a mapping",
};

function refusedScalar(path: SpecPath, problem: Problem): Diagnostic {
  const { code, summary, detail, facts = {}, instead, applicability } = problem;
  const edits = instead === undefined ? [] : [setting(path, instead, applicability)];
  return error(code, path, summary, detail, { facts, edits });
}

export const emptyKey = (path: SpecPath): Diagnostic => emptyText(path, `a key of "${splitPath(path)[0]}"`);

export function missing(path: SpecPath): Diagnostic {
  const field = fieldAt(path);
  const allowed = field === undefined ? [] : valuesOf(field.schema);
  const [choice, facts] =
    allowed.length === 0 ? ["", {}] : [` It is one of ${allowed.join(", ")}.`, { allowed }];
  const detail = `"${path}" has to be given.${choice}`;
  return error("value-missing", path, `"${lastKey(path)}" is missing`, detail, { facts });
}

function notOneOf(path: SpecPath, raw: unknown, values: readonly string[]): Diagnostic {
  const words = [raw].flat().filter((each) => typeof each === "string");
  const word = words.join("-");
  // Several words are one only all together: read and write.
  const together = words.length > 1 ? values.filter((each) => isSameWord(each, word)) : values;
  const meant = word === "" ? undefined : meantBy(word, together, factsAt(path).words);
  const listed = [...values].sort((a, b) => Number(b === meant) - Number(a === meant));
  const summary = `"${lastKey(path)}" cannot be ${shown(raw)}`;
  return error("value-unknown", path, summary, `It is one of ${listed.join(", ")}.`, {
    facts: { allowed: listed },
    edits: meant === undefined ? [] : [setting(path, meant, likeness(word, meant))],
  });
}

function outOfRange(path: SpecPath, raw: unknown, issue: OutOfRange): Diagnostic {
  const key = lastKey(path);
  if (issue.origin === "string") return emptyText(path, labelOf(path));
  if (issue.origin === "array")
    return error("list-empty", path, `the list "${key}" is empty`, "It needs at least one entry.");
  const isSmall = issue.code === "too_small";
  const bound = Number(isSmall ? issue.minimum : issue.maximum);
  const detail = `It is ${isSmall ? "at least" : "at most"} ${bound}; ${shown(raw)} is given.`;
  return error("value-out-of-range", path, `"${key}" is too ${isSmall ? "small" : "large"}`, detail, {
    facts: { [isSmall ? "least" : "most"]: bound },
  });
}

const emptyText = (path: SpecPath, label: string): Diagnostic =>
  error("text-empty", path, `${label} is empty`, "It needs at least one character.");

export function wrongType(path: SpecPath, wanted: string, raw: unknown): Diagnostic {
  const remedy = fieldAt(path)?.optional ? " Leave the line out, or give it a value." : "";
  const detail = raw === null ? `Nothing is given.${remedy}` : `Given is ${shown(raw)}.`;
  const reading = reread(path, raw);
  const edits = reading === undefined ? [] : [setting(path, reading.value, reading.applicability)];
  return error("type-wrong", path, `${labelOf(path)} has to be ${wanted}`, detail, { edits });
}

const labelOf = (path: SpecPath): string =>
  path === "" ? "the spec" : `${isEntry(path) ? "an entry of " : ""}"${lastKey(path)}"`;

/** A value in a few words. */
function shown(raw: unknown): string {
  if (typeof raw === "string") return quoted(raw);
  if (Array.isArray(raw)) return "a list";
  if (raw === null || raw === undefined) return "nothing";
  if (typeof raw === "object") return "a mapping";
  return typeof raw === "number" ? `the number ${raw}` : String(raw);
}

/** One issue of zod in our own words, with an edit that mends it. */

import type { z } from "zod";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { meantBy } from "../../diagnostics/did-you-mean";
import { isEntry, lastKey, quoted, removing, replacing } from "../../diagnostics/edit";
import { error } from "../../diagnostics/make";
import { splitPath } from "../../diagnostics/path";
import type { Problem } from "../../diagnostics/problem";
import { factsAt } from "../schema/fields";
import { insteadOf, withoutValue } from "../suggest/proposals";
import { adding, isRequired, sampleAt } from "../suggest/samples";
import type { Issue } from "./schema-walk";

type TooSmall = z.core.$ZodIssueTooSmall;
type TooBig = z.core.$ZodIssueTooBig;

/** `issue` is about the value as a whole. */
export function describeIssue(issue: Issue, path: SpecPath, raw: unknown): Diagnostic {
  if (issue.code === "custom") return refusedScalar(path, issue.params?.["problem"] as Problem);
  if (issue.code === "invalid_union") return noAlternative(issue, path, raw);
  if (issue.code === "invalid_value") return notOneOf(path, raw, issue.values.map(String));
  if (issue.code === "too_small" || issue.code === "too_big") return outOfRange(path, raw, issue);
  const wanted = issue.code === "invalid_type" ? KINDS[issue.expected] : undefined;
  return wrongType(path, wanted ?? "another kind of value", raw);
}

/** A value that fits the kind of no alternative. */
function noAlternative(issue: z.core.$ZodIssueInvalidUnion, path: SpecPath, raw: unknown): Diagnostic {
  const literals: string[] = [];
  const kinds = new Set<string>();
  for (const each of issue.errors.flat()) {
    if (each.code === "invalid_value") literals.push(...each.values.map(String));
    const kind = each.code === "invalid_type" ? KINDS[each.expected] : undefined;
    if (kind !== undefined) kinds.add(kind);
  }
  return literals.length > 0 ? notOneOf(path, raw, literals) : wrongType(path, [...kinds].join(" or "), raw);
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

/** The diagnostic of a refused scalar. */
export function refusedScalar(path: SpecPath, problem: Problem): Diagnostic {
  const { instead } = problem;
  const fix =
    instead !== undefined ? replacing(path, instead) : isEntry(path) ? removing(path) : adding(path);
  return error(problem.code, path, problem.summary, problem.detail, { facts: problem.facts ?? {}, fix });
}

export const emptyKey = (path: SpecPath): Diagnostic => emptyText(path, `a key of "${splitPath(path)[0]}"`);

export const missing = (path: SpecPath): Diagnostic =>
  error("value-missing", path, `"${lastKey(path)}" is missing`, `"${path}" has to be given.`, {
    fix: adding(path),
  });

function notOneOf(path: SpecPath, raw: unknown, values: readonly string[]): Diagnostic {
  const texts = [raw].flat().filter((each) => typeof each === "string");
  // Of several words, all together can be one: read and write.
  const words = texts.length > 1 ? [texts.join("-"), ...texts.slice(0, 1)] : texts;
  const likely = words.map((word) => meantBy(word, values, factsAt(path).words));
  const meant =
    values.find((each) => words.includes(each)) ??
    likely.find((each) => each !== undefined) ??
    (typeof raw === "number" ? values[0] : undefined);
  const hint = meant === undefined ? "" : `Did you mean "${meant}"? `;
  const value = meant !== undefined && /^\d+$/.test(meant) ? Number(meant) : meant;
  const summary = `"${lastKey(path)}" cannot be ${shown(raw)}`;
  return error("value-unknown", path, summary, `${hint}It is one of ${values.join(", ")}.`, {
    facts: { allowed: values },
    fix: value === undefined ? withoutValue(path) : replacing(path, value),
  });
}

function outOfRange(path: SpecPath, raw: unknown, issue: TooSmall | TooBig): Diagnostic {
  const key = lastKey(path);
  if (issue.origin === "string") return emptyText(path, labelOf(path));
  if (issue.origin === "array") {
    const fix = withoutValue(path);
    return error("list-empty", path, `the list "${key}" is empty`, "It needs at least one entry.", { fix });
  }
  const isSmall = issue.code === "too_small";
  const bound = Number(isSmall ? issue.minimum : issue.maximum);
  const detail = `It is ${isSmall ? "at least" : "at most"} ${bound}; ${shown(raw)} is given.`;
  return error("value-out-of-range", path, `"${key}" is too ${isSmall ? "small" : "large"}`, detail, {
    facts: { [isSmall ? "least" : "most"]: bound },
    // Nobody wants the largest number that a program can count to.
    fix: `${key}: ${bound === Number.MAX_SAFE_INTEGER ? sampleAt(path) : bound}`,
  });
}

const emptyText = (path: SpecPath, label: string): Diagnostic =>
  error("text-empty", path, `${label} is empty`, "It needs at least one character.", { fix: removing(path) });

export function wrongType(path: SpecPath, wanted: string, raw: unknown): Diagnostic {
  const remedy = isRequired(path) ? "" : " Leave the line out, or give it a value.";
  const detail = raw === null ? `Nothing is given.${remedy}` : `Given is ${shown(raw)}.`;
  const fix = insteadOf(path, raw);
  return error("type-wrong", path, `${labelOf(path)} has to be ${wanted}`, detail, { fix });
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

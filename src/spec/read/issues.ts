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

/** `issue` is about the value as a whole. */
export function describeIssue(issue: Issue, path: SpecPath, raw: unknown): Diagnostic {
  if (issue.code === "custom") return refusedScalar(path, issue.params?.["problem"] as Problem);
  if (issue.code === "invalid_union") return noAlternative(issue, path, raw);
  if (issue.code === "invalid_value") return notOneOf(path, raw, issue.values.map(String));
  if (issue.code === "too_small" || issue.code === "too_big") return outOfRange(path, raw, issue);
  const wanted = issue.code === "invalid_type" ? KINDS[issue.expected] : undefined;
  return wrongType(path, wanted ?? "another kind of value", raw);
}

/** A value that is of the kind of none of the alternatives. */
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

/** The only keys that are checked by form are those that may not be empty. */
export const emptyKey = (path: SpecPath): Diagnostic =>
  error("text-empty", path, `a key of "${splitPath(path)[0]}" is empty`, "It needs at least one character.", {
    fix: removing(path),
  });

export const missing = (path: SpecPath): Diagnostic =>
  error("value-missing", path, `"${lastKey(path)}" is missing`, `"${path}" has to be given.`, {
    fix: adding(path),
  });

function notOneOf(path: SpecPath, input: unknown, values: readonly string[]): Diagnostic {
  const key = lastKey(path);
  const texts = (Array.isArray(input) ? (input as unknown[]) : [input]).filter(
    (each) => typeof each === "string",
  );
  const words = texts.length > 1 ? [texts.join("-"), texts[0]] : texts;
  const meant =
    values.find((each) => words.includes(each)) ??
    words.flatMap((word) =>
      typeof word === "string" ? (meantBy(word, values, factsAt(path).words) ?? []) : [],
    )[0] ??
    (typeof input === "number" ? values[0] : undefined);
  const detail = `${meant === undefined ? "" : `Did you mean "${meant}"? `}It is one of ${values.join(", ")}.`;
  const fix =
    meant === undefined
      ? withoutValue(path)
      : /^\d+$/.test(meant)
        ? replacing(path, Number(meant))
        : replacing(path, meant);
  return error("value-unknown", path, `"${key}" cannot be ${shown(input)}`, detail, {
    facts: { allowed: values },
    fix,
  });
}

function outOfRange(
  path: SpecPath,
  input: unknown,
  issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig,
): Diagnostic {
  const low = issue.code === "too_small";
  const bound = Number(low ? issue.minimum : issue.maximum);
  if (issue.origin === "array")
    return error("list-empty", path, `the list "${lastKey(path)}" is empty`, "It needs at least one entry.", {
      fix: withoutValue(path),
    });
  if (issue.origin === "string")
    return error("text-empty", path, `${labelOf(path)} is empty`, "It needs at least one character.", {
      fix: removing(path),
    });
  const detail = `It is ${low ? "at least" : "at most"} ${bound}; ${shown(input)} is given.`;
  return error("value-out-of-range", path, `"${lastKey(path)}" is too ${low ? "small" : "large"}`, detail, {
    facts: { [low ? "least" : "most"]: bound },
    // The largest number that a program can count to is nobody's answer.
    fix: `${lastKey(path)}: ${bound === Number.MAX_SAFE_INTEGER ? sampleAt(path) : bound}`,
  });
}

export function wrongType(path: SpecPath, wanted: string, input: unknown): Diagnostic {
  const detail =
    input === null
      ? isRequired(path)
        ? "Nothing is given."
        : "Nothing is given. Leave the line out, or give it a value."
      : `Given is ${shown(input)}.`;
  return error("type-wrong", path, `${labelOf(path)} has to be ${wanted}`, detail, {
    fix: insteadOf(path, input),
  });
}

const labelOf = (path: SpecPath): string =>
  path === "" ? "the spec" : `${isEntry(path) ? "an entry of " : ""}"${lastKey(path)}"`;

/** A value in a few words. */
function shown(input: unknown): string {
  if (typeof input === "string") return quoted(input);
  if (Array.isArray(input)) return "a list";
  if (input === null || input === undefined) return "nothing";
  return typeof input === "object"
    ? "a mapping"
    : `${typeof input === "number" ? "the number " : ""}${String(input)}`;
}

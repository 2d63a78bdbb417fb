/** What is wrong with a value that does not fit its shape, in our words and with an edit that does. */

import type { z } from "zod";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { meantBy } from "../../diagnostics/did-you-mean";
import { isEntry, lastKey, quoted, removing, replacing } from "../../diagnostics/edit";
import { error } from "../../diagnostics/make";
import { joinPath, type Segment, splitPath } from "../../diagnostics/path";
import type { Problem } from "../../diagnostics/problem";

import { factsAt, fieldsOf, schemaBelow } from "../schema/fields";
import { insteadOf, withoutValue } from "../suggest/proposals";
import { adding, isRequired, sampleAt } from "../suggest/samples";
import { keyMeantBy } from "../suggest/synonyms";
import { hasUnreadable, isMapping, UNREADABLE } from "../yaml/nodes";

interface Field {
  readonly schema: z.ZodType;
  readonly raw: unknown;
  readonly path: SpecPath;
  /** Whether the key is there at all. */
  readonly given: boolean;
}

/** What zod says about a field, in our words. */
export const misfits = (refusal: z.ZodError, field: Field): Diagnostic[] =>
  refusal.issues.flatMap((issue) => describe(issue, field));

function describe(issue: z.core.$ZodIssue, field: Field): Diagnostic[] {
  const { schema, raw, given } = field;
  const segments = issue.path.map((segment) => (typeof segment === "number" ? segment : String(segment)));
  const path = joinPath(field.path, ...segments);
  const input = segments.reduce<unknown>(below, raw);
  // What could not be read was told then.
  if (input === UNREADABLE) return [];
  if (issue.code === "custom") return [refusedScalar(path, issue.params?.["problem"] as Problem)];
  if (issue.code === "unrecognized_keys") {
    const part = segments.reduce<z.core.$ZodType | undefined>(
      (at, segment) => at && schemaBelow(at, segment),
      schema,
    );
    return issue.keys.map((key) =>
      unknownKey(path, { key, mapping: input, known: Object.keys(fieldsOf(part)), ...(part && { part }) }),
    );
  }
  if (issue.code === "invalid_key") return [emptyKey(path)];
  if (issue.code === "invalid_union") return alternatives(issue, { ...field, raw: input, path });
  if (input === undefined && (segments.length > 0 || !given)) return [missing(path)];
  if (issue.code === "invalid_value") return [notOneOf(path, input, issue.values.map(String))];
  if (issue.code === "too_small" || issue.code === "too_big") return [outOfRange(path, input, issue)];
  const wanted = EXPECTED[issue.code === "invalid_type" ? issue.expected : ""] ?? "another kind of value";
  return [wrongType(path, wanted, input)];
}

const below = (value: unknown, segment: Segment): unknown =>
  typeof value === "object" && value !== null ? (value as Record<Segment, unknown>)[segment] : undefined;

/** The only keys that are checked by form are those that may not be empty. */
const emptyKey = (path: SpecPath): Diagnostic =>
  error("text-empty", path, `a key of "${splitPath(path)[0]}" is empty`, "It needs at least one character.", {
    fix: removing(path),
  });

/** Of a value that may be one thing or a list of it, speaks about the form that the user chose. */
function alternatives(issue: z.core.$ZodIssueInvalidUnion, field: Field): Diagnostic[] {
  const { raw: input, path } = field;
  const chosen = issue.errors.find(
    (issues) =>
      !issues.some(
        (each) => each.path.length === 0 && (each.code === "invalid_type" || each.code === "invalid_value"),
      ),
  );
  if (chosen !== undefined) return chosen.flatMap((each) => describe(each, { ...field, given: true }));
  if (input === undefined) return [missing(path)];
  const literals = issue.errors
    .flat()
    .flatMap((each) => (each.code === "invalid_value" ? each.values.map(String) : []));
  if (literals.length > 0) return [notOneOf(path, input, literals)];
  const wanted = issue.errors
    .flat()
    .map((each) => (each.code === "invalid_type" ? EXPECTED[each.expected] : undefined));
  return [wrongType(path, [...new Set(wanted.filter((each) => each !== undefined))].join(" or "), input)];
}

const EXPECTED: Readonly<Record<string, string>> = {
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

const isGiven = (mapping: unknown, key: string): boolean => isMapping(mapping) && key in mapping;

/** `exposure:public` between braces is one key without a value. */
const GLUED = /^([^:]+):(.+)$/;

/** The key that was probably meant: rather one that is not given already. */
export const keyMeant = (
  key: string,
  mapping: unknown,
  known: readonly string[],
  part: z.core.$ZodType | undefined,
): string | undefined => {
  const [, glued = ""] = GLUED.exec(key) ?? [];
  if (known.includes(glued)) return glued;
  const free = known.filter((each) => !isGiven(mapping, each));
  return keyMeantBy(key, free, part) ?? keyMeantBy(key, known, part);
};

interface UnknownKey {
  readonly key: string;
  /** What it stands in. */
  readonly mapping: unknown;
  readonly known: readonly string[];
  /** The schema of that mapping. */
  readonly part?: z.core.$ZodType;
}

/** The key that was meant is proposed, with a value that fits where the given one does not. */
export function unknownKey(parent: SpecPath, { key, mapping, known, part }: UnknownKey): Diagnostic {
  const path = joinPath(parent, key);
  const value = below(mapping, key);
  const meant = keyMeant(key, mapping, known, part);
  if (/ipv6/i.test(key) && meant === undefined)
    return error(
      "ipv6",
      path,
      `there is no ${quoted(key)}: an enclave is IPv4 only`,
      "IPv6 is switched off on the clouds, and denied where a rule can say so.",
      { fix: removing(path) },
    );
  const hint =
    meant === undefined
      ? ""
      : `Did you mean "${meant}"? ${isGiven(mapping, meant) ? "It is given already. " : ""}`;
  const elsewhere = parent === "backend" ? " Arguments of the backend stand in its config." : "";
  const shownKeys = [...known].filter((each) => each !== "$schema").sort();
  const detail =
    `${hint}${shownKeys.length === 0 ? "" : `Known here: ${shownKeys.join(", ")}.`}${elsewhere}`.trim();
  if (meant === undefined || isGiven(mapping, meant))
    return error("key-unknown", path, `the key ${quoted(key)} is unknown`, detail, {
      facts: meant === undefined ? {} : { meant },
      fix: removing(path),
    });
  const glued = value === null ? GLUED.exec(key)?.[2] : undefined;
  if (glued !== undefined) {
    const more = { facts: { meant }, fix: `${meant}: ${glued}` };
    return error(
      "key-unknown",
      path,
      `a space is missing after "${meant}:"`,
      "Without it, key and value are one piece of text.",
      more,
    );
  }
  const schema = (part && schemaBelow(part, meant)) as z.ZodType | undefined;
  const refusal = hasUnreadable(value) ? undefined : schema?.safeParse(value).error;
  const [instead] =
    refusal === undefined
      ? []
      : misfits(refusal, {
          schema: schema as z.ZodType,
          raw: value,
          path: joinPath(parent, meant),
          given: true,
        });
  const fix =
    instead?.path === joinPath(parent, meant) && instead.fix?.startsWith(`${meant}:`)
      ? instead.fix
      : `${meant}:`;
  return error("key-unknown", path, `the key ${quoted(key)} is unknown`, detail, { facts: { meant }, fix });
}

const missing = (path: SpecPath): Diagnostic =>
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

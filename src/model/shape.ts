/** Checks one item of a spec against its shape, field by field, so that one wrong field hides none of the others. */
import type { z } from "zod";
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { error } from "../diagnostics/make";
import { joinPath, type Segment } from "../diagnostics/path";
import { adding, asYaml, isEntry, lastKey, removing, replacing } from "./fixes";
import { type Problem, quoted } from "./scalars";
import { UNREADABLE } from "./source/nodes";

/** One item of the spec as far as it is sound. */
export interface Item<T> {
  /** Its key, or its index as text. */
  readonly name: string;
  readonly path: SpecPath;
  /** The sound fields. What is missing here is either absent in the spec or doubtful. */
  readonly value: Partial<T>;
  /** Of the mappings among the refused fields, the sound entries. */
  readonly remains: Partial<T>;
  /** True for a field that was refused, and whose absence therefore means nothing. */
  doubtful(field: string): boolean;
}

type Report = (diagnostic: Diagnostic) => void;

/** Reads the fields of an object; everything wrong with them is reported and left out. `others` are keys that are read elsewhere. */
export function readItem<S extends z.ZodObject>(
  shape: S,
  raw: unknown,
  at: { name: string; path: SpecPath },
  report: Report,
  others: readonly string[] = [],
): Item<z.output<S>> {
  const value: Record<string, unknown> = {};
  const remains: Record<string, unknown> = {};
  const refused = new Set<string>();
  const item = {
    ...at,
    value: value as Partial<z.output<S>>,
    remains: remains as Partial<z.output<S>>,
    doubtful: (field: string) => refused.has(field),
  };
  if (!isMapping(raw)) {
    if (raw !== UNREADABLE) report(wrongType(at.path, "a mapping", raw));
    for (const field of Object.keys(shape.shape)) refused.add(field);
    return item;
  }
  const known = [...Object.keys(shape.shape), ...others];
  for (const key of Object.keys(raw).filter((each) => !known.includes(each))) {
    report(unknownKey(at.path, key, known));
    // What a mistyped key stands for is not also missing.
    const meant = nearest(key, known);
    if (meant !== undefined && !(meant in raw)) refused.add(meant);
  }
  for (const [field, schema] of Object.entries(shape.shape)) {
    if (refused.has(field)) continue;
    const result = readField(schema as z.ZodType, raw[field], joinPath(at.path, field), field in raw, report);
    if (!result.sound) {
      refused.add(field);
      Object.assign(remains, remainsOf(field, schema as z.ZodType, raw[field]));
    }
    if (result.value !== undefined) value[field] = result.value;
  }
  return item;
}

export const isMapping = (raw: unknown): raw is Readonly<Record<string, unknown>> =>
  typeof raw === "object" && raw !== null && !Array.isArray(raw);

function readField(
  schema: z.ZodType,
  raw: unknown,
  path: SpecPath,
  given: boolean,
  report: Report,
): { readonly sound: boolean; readonly value?: unknown } {
  if (hasUnreadable(raw)) return { sound: false };
  const result = schema.safeParse(raw);
  if (result.success) return { sound: true, value: result.data };
  for (const issue of result.error.issues) for (const found of describe(issue, raw, path, given)) report(found);
  return { sound: false };
}

/** The field without the entries that something is wrong with, when that is one. */
function remainsOf(field: string, schema: z.ZodType, raw: unknown): Readonly<Record<string, unknown>> {
  if (!isMapping(raw)) return {};
  const wrong = new Set(schema.safeParse(raw).error?.issues.map(({ path }) => path[0]));
  const result = schema.safeParse(
    Object.fromEntries(Object.entries(raw).filter(([key, entry]) => !wrong.has(key) && !hasUnreadable(entry))),
  );
  return result.success ? { [field]: result.data } : {};
}

function hasUnreadable(raw: unknown): boolean {
  if (raw === UNREADABLE) return true;
  return typeof raw === "object" && raw !== null && Object.values(raw).some(hasUnreadable);
}

/** What zod says about a field, in our words. `raw` is the field's value. */
function describe(issue: z.core.$ZodIssue, raw: unknown, field: SpecPath, given: boolean): Diagnostic[] {
  const segments = issue.path.map((segment) => (typeof segment === "number" ? segment : String(segment)));
  const path = joinPath(field, ...segments);
  const input = segments.reduce<unknown>(below, raw);
  if (issue.code === "custom") return [refusedScalar(path, issue.params?.["problem"] as Problem)];
  if (issue.code === "unrecognized_keys") return issue.keys.map((key) => unknownKey(path, key, []));
  if (issue.code === "invalid_union") return alternatives(issue, input, path);
  if (input === undefined && (segments.length > 0 || !given)) return [missing(path)];
  if (issue.code === "invalid_value") return [notOneOf(path, input, issue.values.map(String))];
  if (issue.code === "too_small" || issue.code === "too_big") return [outOfRange(path, input, issue)];
  return [wrongType(path, EXPECTED[issue.code === "invalid_type" ? issue.expected : ""] ?? "another kind of value", input)];
}

const below = (value: unknown, segment: Segment): unknown =>
  typeof value === "object" && value !== null ? (value as Record<Segment, unknown>)[segment] : undefined;

/** Of a value that may be one thing or a list of it, speaks about the form that the user chose. */
function alternatives(issue: z.core.$ZodIssueInvalidUnion, input: unknown, path: SpecPath): Diagnostic[] {
  const chosen = issue.errors.find(
    (issues) => !issues.some((each) => each.path.length === 0 && (each.code === "invalid_type" || each.code === "invalid_value")),
  );
  if (chosen !== undefined) return chosen.flatMap((each) => describe(each, input, path, true));
  if (input === undefined) return [missing(path)];
  const literals = issue.errors.flat().flatMap((each) => (each.code === "invalid_value" ? each.values.map(String) : []));
  if (literals.length > 0) return [notOneOf(path, input, literals)];
  const wanted = issue.errors.flat().map((each) => (each.code === "invalid_type" ? EXPECTED[each.expected] : undefined));
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
  const fix = instead !== undefined ? replacing(path, instead) : isEntry(path) ? removing(path) : adding(lastKey(path));
  return error(problem.code, path, problem.summary, problem.detail, { facts: problem.facts ?? {}, fix });
}

function unknownKey(parent: SpecPath, key: string, known: readonly string[]): Diagnostic {
  const path = joinPath(parent, key);
  const meant = nearest(key, known);
  if (/ipv6/i.test(key) && meant === undefined)
    return error(
      "ipv6",
      path,
      `there is no ${quoted(key)}: an enclave is IPv4 only`,
      "IPv6 is switched off on the clouds, and denied where a rule can say so.",
      { fix: removing(path) },
    );
  const hint = meant === undefined ? "" : `Did you mean "${meant}"? `;
  const detail = `${hint}${
    known.length === 0
      ? ""
      : `Known here: ${[...known]
          .filter((each) => each !== "$schema")
          .sort()
          .join(", ")}.`
  }`.trim();
  return error("key-unknown", path, `the key ${quoted(key)} is unknown`, detail, {
    facts: meant === undefined ? {} : { meant },
    fix: meant === undefined ? removing(path) : `${meant}:`,
  });
}

const missing = (path: SpecPath): Diagnostic =>
  error("value-missing", path, `"${lastKey(path)}" is missing`, `"${path}" has to be given.`, { fix: adding(lastKey(path)) });

function notOneOf(path: SpecPath, input: unknown, values: readonly string[]): Diagnostic {
  const meant = typeof input === "string" ? nearest(input, values) : undefined;
  const detail = `${meant === undefined ? "" : `Did you mean "${meant}"? `}It is one of ${values.join(", ")}.`;
  return error("value-unknown", path, `"${lastKey(path)}" cannot be ${shown(input)}`, detail, {
    facts: { allowed: values },
    fix: meant === undefined ? `${lastKey(path)}: <${values.join(" | ")}>` : replacing(path, meant),
  });
}

function outOfRange(path: SpecPath, input: unknown, issue: z.core.$ZodIssueTooSmall | z.core.$ZodIssueTooBig): Diagnostic {
  const low = issue.code === "too_small";
  const bound = Number(low ? issue.minimum : issue.maximum);
  if (issue.origin === "array")
    return error("list-empty", path, `the list "${lastKey(path)}" is empty`, "It needs at least one entry.", {
      fix: adding(lastKey(path)),
    });
  if (issue.origin === "string")
    return error("text-empty", path, `${labelOf(path)} is empty`, "It needs at least one character.", { fix: removing(path) });
  const detail = `It is ${low ? "at least" : "at most"} ${bound}; ${shown(input)} is given.`;
  return error("value-out-of-range", path, `"${lastKey(path)}" is too ${low ? "small" : "large"}`, detail, {
    facts: { [low ? "least" : "most"]: bound },
    // The largest number that a program can count to is nobody's answer.
    fix: bound === Number.MAX_SAFE_INTEGER ? undefined : `${lastKey(path)}: ${bound}`,
  });
}

export function wrongType(path: SpecPath, wanted: string, input: unknown): Diagnostic {
  const detail = input === null ? "Nothing is given. Leave the line out, or give it a value." : `Given is ${shown(input)}.`;
  return error("type-wrong", path, `${labelOf(path)} has to be ${wanted}`, detail, { fix: instead(path, wanted, input) });
}

const labelOf = (path: SpecPath): string => (path === "" ? "the spec" : `${isEntry(path) ? "an entry of " : ""}"${lastKey(path)}"`);

function instead(path: SpecPath, wanted: string, input: unknown): string | undefined {
  if (input === null) return removing(path);
  if (Number.isFinite(input) && wanted.includes("text")) return replacing(path, lastKey(path) === "ports" ? `${input}/tcp` : String(input));
  if (typeof input === "boolean" && wanted.includes("text")) return replacing(path, String(input));
  if (path === "") return undefined;
  if (wanted === "a list") return `${lastKey(path)}: [${typeof input === "string" ? asYaml(input) : ""}]`;
  return isEntry(path) ? removing(path) : `${lastKey(path)}: ${wanted === "a mapping" ? "{}" : `<${wanted}>`}`;
}

/** A value in a few words. */
function shown(input: unknown): string {
  if (typeof input === "string") return quoted(input);
  if (Array.isArray(input)) return "a list";
  if (input === null || input === undefined) return "nothing";
  return typeof input === "object" ? "a mapping" : `${typeof input === "number" ? "the number " : ""}${String(input)}`;
}

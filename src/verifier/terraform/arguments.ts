/**
 * Arguments of resources: those that are known, and the values that are admitted where nothing else judges
 * them.
 */
import type { Fault } from "../replay/fault";
import { resourcesOf, type TerraformDocument } from "./document";

/** The faults of a value; `at` is its place in the resource. */
export type Rule = (value: unknown, at: string) => readonly string[];
export type Rules = Readonly<Record<string, Rule>>;

/** cdktf writes null and empty lists where nothing is given. */
const isNothing = (value: unknown): boolean =>
  value === undefined || value === null || (Array.isArray(value) && value.length === 0);

const present: Rule = (value, at) => (isNothing(value) ? [`${at} is missing`] : []);

const each = (names: string, rule: Rule): Rules =>
  Object.fromEntries(names.split(" ").map((name) => [name, rule]));

/** Arguments that have to be there, whatever they are. */
export const has = (names: string): Rules => each(names, present);
export const may = (names: string): Rules => each(names, () => []);

/** One of these; undefined where it may be absent. */
export const only =
  (...values: readonly unknown[]): Rule =>
  (value, at) =>
    values.some((one) => isSame(one, value)) ? [] : [`${at} is ${JSON.stringify(value) ?? "missing"}`];

const isSame = (one: unknown, value: unknown): boolean =>
  one === value ||
  (isNothing(one) && isNothing(value)) ||
  (typeof one === "object" && JSON.stringify(one) === JSON.stringify(value));

/** Arguments that have these values, and no others; undefined where one has to be absent. */
export const exactly = (values: Readonly<Record<string, unknown>>): Rules =>
  Object.fromEntries(Object.entries(values).map(([name, value]) => [name, only(value)]));

/** A whole number. */
export const between =
  (least: number, most: number): Rule =>
  (value, at) =>
    Number.isInteger(value) && least <= Number(value) && Number(value) <= most
      ? []
      : [`${at} is ${JSON.stringify(value)}`];

/** One block or several, each with these arguments and no others. */
export const block =
  (rules: Rules): Rule =>
  (value, at) =>
    isNothing(value) ? [`${at} is missing`] : [value].flat().flatMap((one) => judge(one, rules, `${at}.`));

export const optional =
  (rule: Rule): Rule =>
  (value, at) =>
    isNothing(value) ? [] : rule(value, at);

export function judge(body: unknown, rules: Rules, before: string): string[] {
  if (typeof body !== "object" || body === null) return [`${before} is ${JSON.stringify(body)}`];
  const given = body as Readonly<Record<string, unknown>>;
  const details: string[] = [];
  for (const [argument, rule] of Object.entries(rules))
    details.push(...rule(given[argument], before + argument));
  for (const [argument, value] of Object.entries(given))
    if (!Object.hasOwn(rules, argument) && !isNothing(value))
      details.push(`no enclave says ${before}${argument}`);
  return details;
}

/** The faults of all resources of the type. */
export const misfits = (document: TerraformDocument, type: string, rules: Rules): Fault[] =>
  [...resourcesOf(document, type)].flatMap(([name, body]) =>
    judge(body, rules, "").map((detail) => ({ resource: `${type}.${name}`, detail })),
  );

/** What the plan makes of every resource, said value by value, to be compared with what a document says. */
import type { Attributes } from "./document";
import { differing } from "./invariants";

/** What is said of a resource or of a part of it, by argument as Terraform spells it: `azurerm_route_table.app internet`. */
export type Statement = readonly [subject: string, values: Attributes];

/**
 * Every subject that one side has alone, and every value that differs. What has no effect, because only a reader sees it, is
 * compared where the plan says something of it.
 */
export function differingStatements(
  found: readonly Statement[],
  planned: ReadonlyMap<string, Attributes>,
  withoutEffect: readonly string[],
): string[] {
  return [
    ...differing(
      found.map(([subject]) => subject),
      new Set(planned.keys()),
      (subject) => subject,
    ),
    ...found.flatMap(([subject, values]) =>
      differingValues(subject, values, planned.get(subject) ?? values, withoutEffect),
    ),
  ];
}

function differingValues(
  subject: string,
  found: Attributes,
  planned: Attributes,
  withoutEffect: readonly string[],
): string[] {
  const given = Object.keys(found).filter((argument) => !withoutEffect.includes(argument));
  return [...new Set([...given, ...Object.keys(planned)])].flatMap((argument) => {
    // Nearly always, and told in no time.
    if (found[argument] === planned[argument]) return [];
    const [is, wanted] = [found, planned].map((values) => said(values[argument], withoutEffect));
    return is === wanted ? [] : [`${subject} says ${argument} ${is}, not ${wanted}`];
  });
}

/** The same for what Terraform takes as the same: nothing, null and an empty list, texts in any order. Names inside are told apart where names are. */
const said = (value: unknown, withoutEffect: readonly string[]): string =>
  JSON.stringify(plain(value, withoutEffect.includes("name") ? ["name"] : [])) ?? "nothing";

function plain(value: unknown, without: readonly string[]): unknown {
  if (Array.isArray(value) && value.length === 0) return undefined;
  if (Array.isArray(value))
    return value.every((item) => typeof item === "string")
      ? [...value].sort()
      : value.map((item) => plain(item, without));
  if (typeof value !== "object" || value === null) return value ?? undefined;
  const entries = Object.entries(value).filter(
    ([argument, item]) => !without.includes(argument) && item !== null,
  );
  return Object.fromEntries(
    entries
      .map(([argument, item]) => [argument, plain(item, without)] as const)
      .sort(([a], [b]) => (a < b ? -1 : 1)),
  );
}

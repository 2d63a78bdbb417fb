/** What a rule is given besides its subject: the waivers, the lines, and one way to say what is wrong. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { info, warning } from "../diagnostics/make";
import type { RoleRule, Waiver } from "../model/enclave";
import type { Subject } from "./subject";

export interface Judge {
  lineOf(path: SpecPath): number;
  /** Asked only of a breach: true when a waiver covers one of these zones, or this endpoint. The waiver then counts as used. */
  waived(rule: RoleRule, zones: readonly string[], endpoint?: string): boolean;
}

export type Rule = (subject: Subject, judge: Judge) => Diagnostic[];

export interface Waivers {
  readonly waived: Judge["waived"];
  /** What is to be said of the waivers once all rules have been judged. */
  report(complete: boolean): Diagnostic[];
}

export function waiversOf(waivers: readonly Waiver[]): Waivers {
  const used = new Set<Waiver>();
  const waived: Judge["waived"] = (rule, zones, endpoint) => {
    const matching = waivers.filter(
      (waiver) =>
        waiver.rule === rule &&
        (waiver.zone === undefined || zones.includes(waiver.zone)) &&
        (waiver.endpoint === undefined || waiver.endpoint === endpoint),
    );
    for (const waiver of matching) used.add(waiver);
    return matching.length > 0;
  };
  // Whether this one is needed is only known where Google is rendered.
  const judged = waivers.filter(({ rule }) => rule !== "google-perimeter");
  const report = (complete: boolean): Diagnostic[] =>
    judged.flatMap((waiver) => (used.has(waiver) ? [inUse(waiver)] : complete ? [unused(waiver)] : []));
  return { waived, report };
}

const scopeOf = ({ zone, endpoint }: Waiver): string =>
  [zone === undefined ? [] : [`zone "${zone}"`], endpoint === undefined ? [] : [`endpoint "${endpoint}"`]]
    .flat()
    .join(" and ") || "the whole enclave";

const inUse = (waiver: Waiver): Diagnostic =>
  info(
    "rule-waived",
    waiver.path,
    `rule ${waiver.rule} is set aside for ${scopeOf(waiver)}`,
    `The reason given: ${waiver.why}`,
  );

const unused = (waiver: Waiver): Diagnostic =>
  warning(
    "waiver-unused",
    waiver.path,
    `rule ${waiver.rule} holds for ${scopeOf(waiver)} without a waiver`,
    "Nothing is set aside by this line today, and it would hide a breach that comes later.",
    { fix: removing(waiver.path) },
  );

/** The line that sets a rule aside, below what else could be done. */
export const orWaive = (
  instead: string,
  rule: RoleRule,
  scope: { readonly zone?: string; readonly endpoint?: string },
): string => {
  const fields = Object.entries(scope).map(([key, value]) => `${key}: ${value}, `);
  return `# ${instead}, or set the rule aside:\nwaive:\n  - { rule: ${rule}, ${fields.join("")}why: "why it may stand" }`;
};

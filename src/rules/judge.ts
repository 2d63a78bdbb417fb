/** A rule gets, beside its subject, the waivers, the lines, and one way to report a breach. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { finding, info, warning } from "../diagnostics/make";
import type { RoleRule, Waiver } from "../model/enclave";
import { isNeutral } from "../model/roles";
import type { Subject } from "./subject";

export interface Judge {
  lineOf(path: SpecPath): number;
  /** Called only for a breach: true if a waiver covers a zone or the endpoint. The waiver then is in use. */
  waived(rule: RoleRule, zones: readonly string[], endpoint?: string): boolean;
}

export type Rule = (subject: Subject, judge: Judge) => Diagnostic[];

export interface Waivers {
  readonly waived: Judge["waived"];
  /** Called after all rules. */
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
  // The need for a waiver of a cloud's own rule is known only when that cloud is rendered.
  const judged = waivers.filter(({ rule }) => isNeutral(rule));
  const report = (complete: boolean): Diagnostic[] =>
    judged.flatMap((waiver) => (used.has(waiver) ? [inUse(waiver)] : complete ? [unused(waiver)] : []));
  return { waived, report };
}

interface Scope {
  readonly zone?: string;
  readonly endpoint?: string;
}

function describeScope({ zone, endpoint }: Scope): string {
  const parts = Object.entries({ zone, endpoint }).filter(([, name]) => name !== undefined);
  return parts.map(([kind, name]) => `${kind} "${name}"`).join(" and ") || "the whole enclave";
}

const inUse = (waiver: Waiver): Diagnostic =>
  info(
    "rule-waived",
    waiver.path,
    `rule ${waiver.rule} is set aside for ${describeScope(waiver)}`,
    `The reason given: ${waiver.why}`,
  );

const unused = (waiver: Waiver): Diagnostic =>
  warning(
    "waiver-unused",
    waiver.path,
    `rule ${waiver.rule} holds for ${describeScope(waiver)} without a waiver`,
    "Nothing is set aside by this line today, and it would hide a breach that comes later.",
    { edits: [removing(waiver.path)] },
  );

export interface Breach {
  readonly rule: RoleRule;
  readonly path: SpecPath;
  readonly summary: string;
  readonly detail: string;
  readonly facts: Diagnostic["facts"];
  /** The change that would keep the rule. */
  readonly remedy: string;
  /** The narrowest waiver that would set it aside. */
  readonly scope: Scope;
}

export function reportBreach({ rule, path, summary, detail, facts, remedy, scope }: Breach): Diagnostic {
  const fields = Object.entries(scope).map(([key, name]) => `${key}: ${name}, `);
  const waiver = `{ rule: ${rule}, ${fields.join("")}why: … }`;
  const ways = `What keeps the rule: ${remedy}. What sets it aside: waive: [${waiver}]`;
  return finding(rule, path, summary, `${detail}\n${ways}`, { facts });
}

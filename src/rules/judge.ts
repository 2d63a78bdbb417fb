/** A rule gets, beside its subject, the waivers and the lines. It returns its breaches. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { finding, warning } from "../diagnostics/make";
import type { RoleRule, Waiver } from "../model/enclave";
import { WARNING_RULES } from "../model/roles";
import type { Hop } from "./chains";
import type { Subject } from "./subject";

export interface Judge {
  lineOf(path: SpecPath): number;
  /** Called only for a breach: true if a waiver covers a zone or the endpoint. The waiver then is in use. */
  waived(zones: readonly string[], endpoint?: string): boolean;
}

export type Rule = (subject: Subject, judge: Judge) => Iterable<Breach>;

export interface Breach {
  readonly path: SpecPath;
  readonly summary: string;
  readonly detail: string;
  readonly facts: Diagnostic["facts"];
  /** The change that would keep the rule. */
  readonly remedy: string;
  /** The narrowest waiver that would set it aside. */
  readonly scope: Pick<Waiver, "zone" | "endpoint">;
  /** The last hop of the chain that breaks the rule. */
  readonly last?: Hop | undefined;
}

/** A rule or an assertion that does not hold. */
export interface Broken extends Pick<Breach, "path" | "summary" | "detail" | "facts" | "last"> {
  /** Of the rule, or of the assertion with its line. */
  readonly name: string;
  readonly report: Diagnostic;
}

export const brokenRule = (rule: RoleRule, breach: Breach): Broken => {
  return { ...breach, name: rule, report: reportBreach(rule, breach) };
};

function reportBreach(rule: RoleRule, { path, summary, detail, facts, remedy, scope }: Breach) {
  const fields = Object.entries(scope).map(([key, name]) => `${key}: ${name}, `);
  const waiver = `{ rule: ${rule}, ${fields.join("")}why: … }`;
  const ways = `What keeps the rule: ${remedy}. What sets it aside: waive: [${waiver}]`;
  const report = WARNING_RULES.includes(rule) ? warning : finding;
  return report(rule, path, summary, `${detail}\n${ways}`, { facts });
}

/** The role rules and the user's own assertions, judged on every spec as far as it can be read. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import type { RoleRule } from "../model/enclave";
import type { Draft } from "../spec/read/draft";
import { checkAssertions } from "./assertions";
import { type Judge, type Rule, waiversOf } from "./judge";
import { redactionBetween, servingNotToTraining } from "./reach";
import { servingReadsArtifacts, trainingReadsData } from "./rights";
import { sinksInitiateNothing, storesNoEgress, storesNotPublic } from "./stores";
import { subjectOf } from "./subject";

/** Every rule but the one that only the Google provider can judge. */
const RULES: Readonly<Record<Exclude<RoleRule, "google-perimeter">, Rule>> = {
  "stores-no-egress": storesNoEgress,
  "stores-not-public": storesNotPublic,
  "sinks-initiate-nothing": sinksInitiateNothing,
  "training-reads-data": trainingReadsData,
  "serving-reads-artifacts": servingReadsArtifacts,
  "serving-not-to-training": servingNotToTraining,
  "redaction-between": redactionBetween,
};

/** Findings, and what is to be said of waivers. `found` is what is wrong with the spec already; items named there are not judged. */
export function checkRules(
  draft: Draft,
  found: readonly Diagnostic[],
  lineOf: (path: SpecPath) => number,
): Diagnostic[] {
  const subject = subjectOf(draft, found);
  const { waived, report } = waiversOf(subject.waivers);
  const judge: Judge = { lineOf, waived };
  const { undecidable } = subject;
  const rules = Object.entries(RULES).filter(
    ([id]) => undecidable !== "all" && !undecidable.has(id as RoleRule),
  );
  const findings = rules.flatMap(([, rule]) => rule(subject, judge));
  return [...findings, ...checkAssertions(subject, judge), ...report(subject.complete)];
}

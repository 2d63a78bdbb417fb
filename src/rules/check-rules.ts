/** The role rules and the user's own assertions, applied to the readable part of every spec. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { keysOf } from "../model/lookup";
import type { NeutralRule } from "../model/roles";
import { checkAssertions } from "./assertions";
import { type Judge, type Rule, waiversOf } from "./judge";
import { redactionBetween, servingNotToTraining } from "./reach";
import { servingReadsArtifacts, trainingReadsData } from "./rights";
import { sinksInitiateNothing, storesNoEgress, storesNotPublic } from "./stores";
import type { Subject } from "./subject";

/** A provider applies the rules of its own cloud. */
const RULES: Readonly<Record<NeutralRule, Rule>> = {
  "stores-no-egress": storesNoEgress,
  "stores-not-public": storesNotPublic,
  "sinks-initiate-nothing": sinksInitiateNothing,
  "training-reads-data": trainingReadsData,
  "serving-reads-artifacts": servingReadsArtifacts,
  "serving-not-to-training": servingNotToTraining,
  "redaction-between": redactionBetween,
};

/** Findings, and reports on waivers. */
export function checkRules(subject: Subject, lineOf: (path: SpecPath) => number): Diagnostic[] {
  const { waived, report } = waiversOf(subject.waivers);
  const judge: Judge = { lineOf, waived };
  const { undecidable } = subject;
  const rules = keysOf(RULES).filter((rule) => undecidable !== "all" && !undecidable.has(rule));
  const findings = rules.flatMap((rule) => RULES[rule](subject, judge));
  return [...findings, ...checkAssertions(subject, judge), ...report(subject.complete)];
}

/** The role rules and the user's own assertions, applied to the readable part of every spec. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { info, warning } from "../diagnostics/make";
import type { Waiver } from "../model/enclave";
import { keysOf } from "../model/lookup";
import { isNeutral, type NeutralRule } from "../model/roles";
import { brokenAssertions } from "./assertions";
import { noExfiltration, trainingLeaves } from "./exfiltration";
import { exposedInference, loggingOnlyWritten, storesAdmit, storesNotPublic } from "./exposed";
import { type Broken, brokenRule, type Judge, type Rule } from "./judge";
import { privateWay } from "./private-way";
import { gatewayBetween, redactionBetween, servingNotToTraining } from "./reach";
import { servingReadsArtifacts, trainingReadsData } from "./rights";
import { sinksInitiateNothing, storesNoEgress } from "./stores";
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
  "exposed-inference": exposedInference,
  "stores-admit": storesAdmit,
  "logging-only-written": loggingOnlyWritten,
  "no-exfiltration": noExfiltration,
  "gateway-between": gatewayBetween,
  "private-way": privateWay,
};

/** Findings, and reports on waivers. */
export function checkRules(subject: Subject, lineOf: Judge["lineOf"]): Diagnostic[] {
  const used = new Set<Waiver>();
  const findings = brokenIn(subject, lineOf, used).map(({ report }) => report);
  // The need for a waiver of a cloud's own rule is known only when that cloud is rendered.
  const judged = subject.waivers.filter(({ rule }) => isNeutral(rule));
  const reports = judged.flatMap((waiver) => reportWaiver(waiver, used.has(waiver), subject));
  const notes = subject.complete ? trainingLeaves(subject, lineOf) : [];
  return [...findings, ...reports, ...notes];
}

/** Rules and assertions that do not hold. It adds the waivers in use to `used`. */
export function brokenIn(subject: Subject, lineOf: Judge["lineOf"], used = new Set<Waiver>()): Broken[] {
  const { undecidable, waivers } = subject;
  const rules = keysOf(RULES).filter((rule) => undecidable !== "all" && !undecidable.has(rule));
  const broken = rules.flatMap((rule) => {
    const waived: Judge["waived"] = (zones, endpoint) => {
      const matching = waivers.filter(
        (waiver) =>
          waiver.rule === rule &&
          (waiver.zone === undefined || zones.includes(waiver.zone)) &&
          (waiver.endpoint === undefined || waiver.endpoint === endpoint),
      );
      for (const waiver of matching) used.add(waiver);
      return matching.length > 0;
    };
    return [...RULES[rule](subject, { lineOf, waived })].map((breach) => brokenRule(rule, breach));
  });
  return [...broken, ...brokenAssertions(subject, lineOf)];
}

/** Nothing of an unused waiver where something of the spec is unknown. */
export const reportWaiver = (waiver: Waiver, isUsed: boolean, { complete }: Pick<Subject, "complete">) =>
  isUsed ? [inUse(waiver)] : complete ? [unused(waiver)] : [];

function describeScope({ zone, endpoint }: Waiver): string {
  const parts = Object.entries({ zone, endpoint }).filter(([, name]) => name !== undefined);
  return parts.map(([kind, name]) => `${kind} "${name}"`).join(" and ") || "the whole enclave";
}

function inUse(waiver: Waiver): Diagnostic {
  const summary = `rule ${waiver.rule} is set aside for ${describeScope(waiver)}`;
  return info("rule-waived", waiver.path, summary, `The reason given: ${waiver.why}`);
}

function unused(waiver: Waiver): Diagnostic {
  const summary = `rule ${waiver.rule} holds for ${describeScope(waiver)} without a waiver`;
  const detail = "Nothing is set aside by this line today, and it would hide a breach that comes later.";
  return warning("waiver-unused", waiver.path, summary, detail, { edits: [removing(waiver.path)] });
}

/** The questions that every cloud asks of the settings of a spec, over the cloud's own facts. */
import type { Cloud } from "../../../src/clouds/cloud";
import { CLOUD_FACTS } from "../../../src/clouds/clouds";
import type { Refusal } from "../../../src/clouds/limits";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { regionFor } from "../regions";
import { reviewRegion, reviewZoneNames } from "./regions";
import { reviewTags } from "./tags";

const QUESTIONS = [
  reviewRegion,
  reviewZoneNames,
  reviewName,
  reviewTags,
  reviewRetention,
  reviewInspection,
] as const;

export const reviewCommonSettings = (plan: NetworkPlan, cloud: Cloud): Diagnostic[] =>
  QUESTIONS.flatMap((review) => review(plan, cloud));

function reviewName({ name }: NetworkPlan, cloud: Cloud): Diagnostic[] {
  const { title, names } = CLOUD_FACTS[cloud];
  const plain = (text: string): string => (names.ignoresHyphens ? text.replaceAll("-", "") : text);
  const refusalOf = (text: string): Refusal | undefined =>
    names.refused.find(({ form }) => form.test(plain(text)));
  const refusal = refusalOf(name);
  if (refusal === undefined) return [];
  const [word = ""] = refusal.form.exec(plain(name)) ?? [];
  const longer = `my-${name}`.slice(0, 24).replace(/-$/, "");
  const fix = `name: ${refusalOf(longer) === undefined ? longer : "enclave"}`;
  const summary = `the name "${name}" cannot be used on ${title}`;
  return [error(names.code, "name", summary, refusal.why.replace("{word}", word), { facts: { word }, fix })];
}

function reviewRetention({ retentionDays: days }: NetworkPlan, cloud: Cloud): Diagnostic[] {
  const { title, retention } = CLOUD_FACTS[cloud];
  const path = "logging.retentionDays";
  const { most } = retention;
  if (most !== undefined && days > most.days) {
    // Two names for one number: facts are interface.
    const more = { facts: { days, asked: days, maximum: most.days }, fix: `retentionDays: ${most.days}` };
    return [error(most.code, path, `${title} cannot keep logs for ${days} days`, most.why, more)];
  }
  const longer = retention.longer.find(({ kept }) => kept(days) !== days);
  if (longer === undefined) return [];
  const kept = longer.kept(days);
  const summary = `${longer.logs} are kept ${kept === "for ever" ? kept : `for ${kept} days`}`;
  return [
    info(longer.code, path, summary, `${longer.why} ${days} days are asked for.`, { facts: { days, kept } }),
  ];
}

function reviewInspection(plan: NetworkPlan, cloud: Cloud): Diagnostic[] {
  const { setting, needs, why, example } = CLOUD_FACTS[cloud].inspection;
  if (plan.inspection !== "request" || Object.hasOwn(plan.settings[cloud], setting)) return [];
  const summary = `inspection of requests on ${cloud} needs ${needs}`;
  const fix = `${cloud}: { ${setting}: ${example(regionFor(plan, cloud))} }`;
  const more = { facts: { cloud, feature: "inspection-request" }, fix };
  return [error("capability-missing", "inspection", summary, why, more)];
}

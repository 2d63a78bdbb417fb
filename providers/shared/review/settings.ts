/** The questions that every cloud asks of the settings of a spec, over the cloud's own facts. */
import type { Cloud } from "../../../src/clouds/cloud";
import type { TextFacts } from "../../../src/clouds/cloud-facts";
import { CLOUD_FACTS } from "../../../src/clouds/clouds";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { quoted } from "../../../src/diagnostics/edit";
import { error, info, warning } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { mostDays } from "../variables";
import { reviewRegion, reviewZoneNames } from "./regions";

export function* reviewCommonSettings(plan: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  yield* reviewRegion(plan, cloud);
  yield* reviewZoneNames(plan, cloud);
  yield* reviewName(plan, cloud);
  for (const key of Object.keys(plan.tags)) yield* reviewTag(plan.tags, key, cloud);
  yield* reviewTagCount(plan, cloud);
  yield* reviewRetention(plan, cloud);
  yield* reviewLock(plan, cloud);
  yield* reviewInspection(plan, cloud);
}

function* reviewName({ name }: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  const { title, names } = CLOUD_FACTS[cloud];
  const [word] = names.form.exec(names.ignoresHyphens ? name.replaceAll("-", "") : name) ?? [];
  if (word === undefined) return;
  const summary = `the name "${name}" cannot be used on ${title}`;
  yield error(names.code, "name", summary, names.why.replace("{word}", word), { facts: { word } });
}

function* reviewTag(all: NetworkPlan["tags"], key: string, cloud: Cloud): Iterable<Diagnostic> {
  const { title, tags } = CLOUD_FACTS[cloud];
  const value = all[key] ?? "";
  const first = Object.keys(all).find((other) => other.toLowerCase() === key.toLowerCase());
  const isRepeated = tags.ignoresCase && first !== key;
  const same = `"${first}" is the same key to ${title}, which ignores capitals.`;
  const wrongKey = isRepeated ? same : refusalOf(key, tags.keys);
  const why = wrongKey ?? refusalOf(value, tags.values);
  if (why === undefined) return;
  const ofValue = { length: value.length, longest: tags.values.longest };
  const [part, more] = wrongKey === undefined ? ["the value of tag", ofValue] : ["tag", {}];
  const summary = `${part} ${quoted(key)} is not valid on ${title}`;
  yield error(tags.code, joinPath("tags", key), summary, why, { facts: { key, ...more } });
}

function refusalOf(text: string, { refused, longest }: TextFacts): string | undefined {
  const [, why] = refused.find(([form]) => form.test(text)) ?? [];
  if (why !== undefined) return why;
  return text.length > longest ? `It has ${text.length} characters; ${longest} are allowed.` : undefined;
}

function* reviewTagCount(plan: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  const { title, tags } = CLOUD_FACTS[cloud];
  const count = Object.keys(plan.tags).length;
  const limit = (plan.endpoints.length > 0 ? tags.mostWithEndpoints : undefined) ?? tags.most;
  const maximum = limit.all - limit.own;
  if (count <= maximum) return;
  const detail = `${limit.on} takes ${limit.all} tags, and the enclave uses ${limit.own} of them.`;
  const summary = `${count} tags are more than ${title} takes`;
  yield error(tags.countCode, "tags", summary, detail, { facts: { count, maximum } });
}

function* reviewRetention({ retentionDays: days, logging }: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  const { title, retention } = CLOUD_FACTS[cloud];
  const path = "logging.retentionDays";
  const most = mostDays(logging, cloud);
  if (most !== undefined && days > most.days) {
    // Two names for one number: facts are interface.
    const facts = { days, asked: days, maximum: most.days };
    yield error(most.code, path, `${title} cannot keep logs for ${days} days`, most.why, { facts });
    return;
  }
  const longer = retention.longer.find(({ kept }) => kept(days) !== days);
  if (longer === undefined) return;
  const kept = longer.kept(days);
  const summary = `${longer.logs} are kept ${kept === "for ever" ? kept : `for ${kept} days`}`;
  const detail = `${longer.why} ${days} days are asked for.`;
  yield info(longer.code, path, summary, detail, { facts: { days, kept } });
}

function* reviewLock({ logsAreLocked }: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  if (!logsAreLocked) return;
  const { title, retention } = CLOUD_FACTS[cloud];
  const { holds, why } = retention.lock;
  const facts = { cloud };
  if (holds) yield info("log-lock", "logging.lock", `${title} locks the logs for good`, why, { facts });
  else yield warning("log-lock-missing", "logging.lock", `${title} locks no logs`, why, { facts });
}

function* reviewInspection(plan: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  const { setting, needs, why } = CLOUD_FACTS[cloud].inspection;
  if (plan.inspection !== "request" || Object.hasOwn(plan.settings[cloud], setting)) return;
  const summary = `inspection of requests on ${cloud} needs ${needs}`;
  const facts = { cloud, feature: "inspection-request" };
  const detail = `${why} It stands in ${cloud}.${setting}.`;
  yield error("capability-missing", "inspection", summary, detail, { facts });
}

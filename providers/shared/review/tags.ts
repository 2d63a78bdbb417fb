/** Whether a cloud takes the tags of the spec, which some clouds call labels. */
import type { Cloud } from "../../../src/clouds/cloud";
import { CLOUD_FACTS } from "../../../src/clouds/clouds";
import type { TextFacts } from "../../../src/clouds/limits";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { asYaml, quoted } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import type { NetworkPlan } from "../../../src/plan/network-plan";

export const reviewTags = (plan: NetworkPlan, cloud: Cloud): Diagnostic[] => [
  ...Object.keys(plan.tags).flatMap((key) => reviewTag(plan.tags, key, cloud)),
  ...reviewCount(plan, cloud),
];

function refusalOf(text: string, { refused, longest }: TextFacts): string | undefined {
  const refusal = refused.find(({ form }) => form.test(text));
  if (refusal !== undefined) return refusal.why;
  return text.length > longest ? `It has ${text.length} characters; ${longest} are allowed.` : undefined;
}

function reviewTag(all: NetworkPlan["tags"], key: string, cloud: Cloud): Diagnostic[] {
  const { title, tags } = CLOUD_FACTS[cloud];
  const value = all[key] ?? "";
  const first = Object.keys(all).find((other) => other.toLowerCase() === key.toLowerCase());
  const isRepeated = tags.ignoresCase && first !== key;
  const wrongKey = isRepeated
    ? `"${first}" is the same key to ${title}, which ignores capitals.`
    : refusalOf(key, tags.keys);
  const wrongValue = refusalOf(value, tags.values);
  const why = wrongKey ?? wrongValue;
  if (why === undefined) return [];
  const otherKey = wrongKey === undefined ? key : `${plainKey(key)}${isRepeated ? "-2" : ""}`;
  const otherValue = wrongValue === undefined ? value : plainText(value) || "none";
  const part = wrongKey === undefined ? `the value of tag ${quoted(key)}` : `tag ${quoted(key)}`;
  const length = wrongKey === undefined ? { length: value.length, longest: tags.values.longest } : {};
  const more = { facts: { key, ...length }, fix: `${asYaml(otherKey)}: ${asYaml(otherValue)}` };
  return [error(tags.code, joinPath("tags", key), `${part} is not valid on ${title}`, why, more)];
}

function reviewCount(plan: NetworkPlan, cloud: Cloud): Diagnostic[] {
  const { title, tags } = CLOUD_FACTS[cloud];
  const count = Object.keys(plan.tags).length;
  const limit = (plan.endpoints.length > 0 ? tags.mostWithEndpoints : undefined) ?? tags.most;
  const maximum = limit.all - limit.own;
  if (count <= maximum) return [];
  const detail = `${limit.on} takes ${limit.all} tags, and the enclave uses ${limit.own} of them.`;
  const more = { facts: { count, maximum }, fix: `# keep ${maximum} of them` };
  return [error(tags.countCode, "tags", `${count} tags are more than ${title} takes`, detail, more)];
}

/** Text that every cloud takes as a key or a value, as near to the given one as it goes; it may be empty. */
const plainText = (text: string): string =>
  text
    .toLowerCase()
    .replaceAll(/[^a-z0-9_-]+/g, "-")
    .slice(0, 63);

/** A key that every cloud takes: it begins with a letter and with no reserved word. */
const plainKey = (key: string): string =>
  plainText(key)
    .replace(/^[^a-z]+/, "")
    .replace(/^(?=microsoft|azure|windows|(?:name|enclave|zone)$)/, "my-")
    .slice(0, 63) || "tag";

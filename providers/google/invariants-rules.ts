/** The firewall policy read back from the rendered document. */
import { type Cidr, contains, parseCidr } from "../../src/net/cidr";
import type { Endpoint, NetworkPlan, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, nested, resourcesOf, text, texts } from "../shared/document";
import { unless } from "../shared/invariants";
import { apiEndpoints, attachedEndpoints } from "./data/managed-services";
import { BANDS, PROXY_BALANCERS } from "./render/flow-rules";
import { isRegional } from "./render/regional-endpoints";

const POLICY = "google_compute_network_firewall_policy_with_rules";
const ASSOCIATION = "google_compute_network_firewall_policy_association";

export function brokenRules(document: TerraformDocument, plan: NetworkPlan): string[] {
  const rules = rulesOf(document);
  return [
    ...brokenAssociation(document),
    ...brokenOrder(rules),
    ...brokenDefaults(rules),
    ...brokenCount(rules, plan),
    ...rules.filter(isAllow).flatMap((rule) => brokenAllow(rule, plan)),
    ...rules.filter((rule) => rule["enable_logging"] !== true).map((rule) => `${nameOf(rule)} is not logged`),
    ...brokenQuarantine(rules, plan),
  ];
}

function rulesOf(document: TerraformDocument): Attributes[] {
  const rules = resourcesOf(document, POLICY).get("enclave")?.["rule"];
  return Array.isArray(rules) ? (rules as Attributes[]) : [];
}

const nameOf = (rule: Attributes): string => `rule ${text(rule, "rule_name")}`;
const isAllow = (rule: Attributes): boolean => text(rule, "action") !== "deny";
const sourcesOf = (rule: Attributes): string[] => texts(nested(rule, "match"), "src_ip_ranges");
const destinationsOf = (rule: Attributes): string[] => texts(nested(rule, "match"), "dest_ip_ranges");

function brokenAssociation(document: TerraformDocument): string[] {
  const [association, ...more] = [...resourcesOf(document, ASSOCIATION).values()];
  const policies = resourcesOf(document, POLICY).size;
  if (association === undefined || more.length > 0 || policies !== 1)
    return ["there is not one firewall policy on the enclave's network"];
  return text(association, "attachment_target") === "${google_compute_network.enclave.id}" &&
    text(association, "firewall_policy") === `\${${POLICY}.enclave.id}`
    ? []
    : ["the firewall policy is not on the enclave's network"];
}

function brokenOrder(rules: readonly Attributes[]): string[] {
  const priorities = rules.map((rule) => Number(text(rule, "priority")));
  return priorities.every(
    (priority, index) => index === 0 || priority > (priorities[index - 1] ?? Number.POSITIVE_INFINITY),
  )
    ? []
    : ["rules are not in the order of different priorities"];
}

/** Both directions, both families, on everything, always in force, after every permit. */
function brokenDefaults(rules: readonly Attributes[]): string[] {
  const last = Math.max(0, ...rules.filter(isAllow).map((rule) => Number(text(rule, "priority"))));
  const missing = (["0.0.0.0/0", "::/0"] as const).flatMap((range) =>
    (["INGRESS", "EGRESS"] as const)
      .filter((direction) => {
        const wide = direction === "INGRESS" ? sourcesOf : destinationsOf;
        const narrow = direction === "INGRESS" ? destinationsOf : sourcesOf;
        return !rules.some(
          (rule) =>
            !isAllow(rule) &&
            text(rule, "direction") === direction &&
            rule["disabled"] === false &&
            Number(text(rule, "priority")) > last &&
            wide(rule).join() === range &&
            narrow(rule).length === 0 &&
            JSON.stringify(nested(rule, "match")?.["layer4_config"]) === '[{"ip_protocol":"all"}]',
        );
      })
      .map((direction) => `${range} ${direction}`),
  );
  return missing.map((what) => `what nothing admits is not denied: ${what}`);
}

/** As many permits as are planned: none is missing, none is more. */
function brokenCount(rules: readonly Attributes[], plan: NetworkPlan): string[] {
  const ends = plan.permits.reduce(
    (sum, { from, to }) => sum + [from, to].filter(({ kind }) => kind === "zone").length,
    0,
  );
  const shared = new Set(apiEndpoints(plan).flatMap(({ consumers }) => consumers.map(({ zone }) => zone)))
    .size;
  const apis = isRegional(plan) ? usesOf(apiEndpoints(plan)) : shared;
  const services = usesOf(attachedEndpoints(plan));
  const exits = new Set(plan.departures.map(({ zone }) => zone)).size;
  const found = rules.filter(isAllow).length;
  return found === ends + apis + services + exits
    ? []
    : [`${found} permits are rendered, ${ends + apis + services + exits} are planned`];
}

const usesOf = (endpoints: readonly Endpoint[]): number =>
  endpoints.reduce((sum, { consumers }) => sum + consumers.length, 0);

function brokenAllow(rule: Attributes, plan: NetworkPlan): string[] {
  const sources = sourcesOf(rule);
  const destinations = destinationsOf(rule);
  const fromProxies = text(rule, "direction") === "INGRESS" && sources.join() === PROXY_BALANCERS.join();
  return [
    ...unless(sources.length > 0 && destinations.length > 0, `${nameOf(rule)} holds for every workload`),
    ...(fromProxies ? [] : sources)
      .concat(destinations)
      .flatMap((range) => (isPrivate(range) ? [] : [`${nameOf(rule)} reaches ${range}`])),
    ...(fromProxies && !plan.permits.some(({ from }) => from.kind === "internet")
      ? [`${nameOf(rule)} lets the internet in`]
      : []),
    ...unless(
      text(rule, "disabled").includes("contains(var.quarantine"),
      `${nameOf(rule)} holds in quarantine`,
    ),
    ...unless(text(rule, "action") === "allow", `${nameOf(rule)} neither allows nor denies`),
  ];
}

const PRIVATE: readonly Cidr[] = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"].flatMap(
  (range) => blockOf(range),
);

function blockOf(range: string): Cidr[] {
  const parsed = parseCidr(range);
  return parsed.ok ? [parsed.cidr] : [];
}

/** What a module computes from its range is checked where the range is known. */
const isPrivate = (range: string): boolean =>
  range.includes("${") || blockOf(range).some((block) => PRIVATE.some((outer) => contains(outer, block)));

function brokenQuarantine(rules: readonly Attributes[], plan: NetworkPlan): string[] {
  const first = Math.min(
    ...rules.filter(isAllow).map((rule) => Number(text(rule, "priority"))),
    BANDS.defaults,
  );
  const cuts = (rule: Attributes, zone: PlannedZone): boolean =>
    !isAllow(rule) &&
    text(rule, "disabled") === `\${!contains(var.quarantine, "${zone.name}")}` &&
    Number(text(rule, "priority")) < first;
  return plan.zones
    .filter((zone) => rules.filter((rule) => cuts(rule, zone)).length !== 2)
    .map((zone) => `zone ${zone.name} cannot be cut off`);
}

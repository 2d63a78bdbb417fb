/**
 * Limits of AWS, counted on the plan. Read on 2026-11-21:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/quotas.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
import { type Printer, slotOf } from "../../../src/addresses/address";
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { waysFrom, waysTo } from "../../../src/plan/ways";
import { hasEgress, leavingZones } from "../../shared/questions";
import { fixed, type Quota, raised } from "../../shared/review/quotas";
import { resolvableDomains } from "../render/dns";
import { MOST_RULES } from "../render/egress-rules";
import { type EndpointGroup, endpointGroups, hasInterfaces } from "../render/endpoint-groups";
import { policyLength } from "../render/endpoint-policies";
import { placesOf, prefixOf, vpcBlocks } from "../render/network";
import { internetBlocks } from "../render/prefix-lists";
import { firewallRules, LONGEST_RULE } from "../render/suricata";

const ENDPOINTS = "privateEndpoints";

/** An interface has one group, which therefore may have the whole thousand. */
const rules = (what: string, count: number, path: SpecPath): Quota => raised(what, count, 60, 1000, path);

export function countQuotas(plan: NetworkPlan, printer: Printer): Quota[] {
  const groups = endpointGroups(plan);
  const firewall = firewallRules(plan);
  return [
    ...countZoneRules(plan, groups, internetBlocks(plan, printer).length),
    ...groups.filter(hasInterfaces).map(countEndpointRules),
    ...countNetwork(plan, printer, groups),
    ...countPolicies(plan, groups),
    raised("routes of a NAT gateway's subnet", leavingZones(plan).length + 2, 50, 1000, "egress"),
    fixed("rules of the egress firewall", firewall.length, MOST_RULES, "egress"),
    fixed("bytes of the egress firewall's rules", firewall.join("\n").length, 2_000_000, "egress"),
    fixed("characters of the egress firewall's longest rule", longest(firewall), LONGEST_RULE, "egress"),
    fixed("names that resolve", resolvableDomains(plan).length, 1000, "dns"),
  ];
}

const longest = (lines: readonly string[]): number => Math.max(0, ...lines.map(({ length }) => length));

/** A rule to the internet counts as many as its prefix list has entries. */
const countZoneRules = (plan: NetworkPlan, groups: readonly EndpointGroup[], internet: number): Quota[] =>
  plan.zones.flatMap(({ name, path }) => {
    let [inbound, outbound] = [0, 0];
    for (const { from } of waysTo(plan, name))
      inbound += from.kind === "internet" ? Math.max(1, from.sources.length) : 1;
    for (const { to } of waysFrom(plan, name))
      if (to.kind !== "endpoint") outbound += to.kind === "names" ? internet : 1;
    // Endpoints of the plan can share one of AWS.
    for (const { consumers, ports } of groups) if (consumers.includes(name)) outbound += ports.length;
    return [
      rules(`inbound rules of zone "${name}"`, inbound, path),
      rules(`outbound rules of zone "${name}"`, outbound, path),
    ];
  });

function countEndpointRules(group: EndpointGroup): Quota {
  const { aws, kind, uses, consumers, ports } = group;
  const name = kind === "custom" ? uses.map(({ endpoint }) => endpoint.name).join() : aws.name;
  return rules(`inbound rules of endpoint ${name}`, consumers.length * ports.length, pathOfGroup(group));
}

function countNetwork(plan: NetworkPlan, printer: Printer, groups: readonly EndpointGroup[]): Quota[] {
  // Each has a network interface in every subnet for endpoints.
  const interfaces = groups.filter(hasInterfaces).length;
  const places = placesOf(plan).length;
  const subnets = places * plan.availabilityZones;
  const firewalls = hasEgress(plan) ? plan.availabilityZones : 0;
  // AWS keeps five of each: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
  const addresses = 2 ** (32 - prefixOf(printer.cidr(slotOf(plan.sites.endpoints, 0)))) - 5;
  return [
    raised("address blocks of the VPC", vpcBlocks(plan, printer).secondary.length + 1, 5, 50, "cidr"),
    raised("subnets of the VPC", subnets, 200, 1000, "zones"),
    raised("route tables of the VPC", subnets + 1, 200, 1000, "zones"),
    raised("network ACLs of the VPC", places + 1, 200, 1000, "zones"),
    raised("security groups of the region", 2 * (plan.zones.length + interfaces) + 1, 2500, 10000, "zones"),
    raised("interface endpoints of the VPC", interfaces + firewalls, 50, 1000, ENDPOINTS),
    fixed("addresses of each subnet for endpoints", interfaces, addresses, ENDPOINTS),
    raised("gateway endpoints of the region", groups.length - interfaces, 20, 255, ENDPOINTS),
  ];
}

/** Gateways of zones with the same rights have the same policy, which is reported once. */
function countPolicies(plan: NetworkPlan, groups: readonly EndpointGroup[]): Quota[] {
  const withPolicy = groups.filter(({ kind }) => kind === "interface" || kind === "gateway");
  const quotas = withPolicy.map((group) => {
    const { characters, open } = policyLength(plan, group);
    const later = open.length === 0 ? "" : ", before private_endpoint_resource_ids";
    const what = `characters of the policy of endpoint ${group.aws.name}${later}`;
    return fixed(what, characters, 20480, pathOfGroup(group));
  });
  return [...new Map(quotas.map((quota) => [JSON.stringify(quota), quota])).values()];
}

const pathOfGroup = ({ uses }: EndpointGroup): SpecPath => uses[0]?.endpoint.path ?? ENDPOINTS;

/**
 * Of which a region of an account has few: told where a second enclave like this one has no place by default.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutResourcePolicy.html
 */
export function* reviewShares(plan: NetworkPlan): Iterable<Diagnostic> {
  const exits = hasEgress(plan) ? plan.availabilityZones : 0;
  const shares: readonly (readonly [what: string, taken: number, normal: number])[] = [
    ["VPCs", 1, 5],
    ["elastic addresses", exits, 5],
    ["firewalls", Math.min(exits, 1), 5],
    ["resource policies of CloudWatch Logs", 1, 10],
  ];
  if (!shares.some(([, count, normal]) => 2 * count > normal)) return;
  const summary = "a second enclave like this one has no place in the region by default";
  const detail =
    `It takes ${shares.map(([what, count, normal]) => `${count} of ${normal} ${what}`).join(", ")}, which everything ` +
    "else of the account shares. More are granted on request, but of resource policies.";
  const facts = Object.fromEntries(shares.map(([what, count]) => [what, count]));
  yield info("aws-quota-shares", "availabilityZones", summary, detail, { facts });
}

/**
 * Limits of AWS, counted on the plan. Read on 2026-11-21:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/quotas.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
import { type Printer, slotOf } from "../../../src/addresses/address";
import type { SpecPath } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { exitsOf, waysFrom, waysTo } from "../../../src/plan/ways";
import { fixed, type Quota } from "../../shared/review/quotas";
import { leavingZones } from "../../shared/zones";
import { resolvableDomains } from "../render/dns";
import { firewallRules, MOST_RULES } from "../render/egress-rules";
import { type EndpointGroup, endpointGroups } from "../render/endpoint-groups";
import { POLICY_CHARACTERS } from "../render/endpoint-policies";
import { internetBlocks } from "../render/prefix-lists";
import { vpcBlocks } from "../render/vpc-range";
import { policyLength } from "./policy-length";

const ENDPOINTS = "privateEndpoints";

/** A limit that AWS raises on request. */
const quota = (what: string, count: number, normal: number, most: number, path: SpecPath): Quota => ({
  what,
  count,
  normal,
  most,
  path,
});

/** Rules of a group in one direction. A network interface has one group, which therefore may have the whole thousand. */
const rules = (what: string, count: number, path: SpecPath): Quota => quota(what, count, 60, 1000, path);

export function countQuotas(plan: NetworkPlan, printer: Printer): Quota[] {
  const { groups } = endpointGroups(plan);
  // Each has a network interface in every subnet for endpoints.
  const interfaces = groups.filter((group) => group.kind !== "gateway");
  return [
    ...countZoneRules(plan, groups, internetBlocks(plan, printer).length),
    ...interfaces.map(countEndpointRules),
    ...countNetwork(plan, printer, interfaces.length),
    ...countEndpoints(plan, printer, groups.length, interfaces.length),
    ...countPolicies(plan, groups),
    ...countEgress(plan),
    fixed("names that resolve", resolvableDomains(plan).length, 1000, "dns"),
  ];
}

function countNetwork(plan: NetworkPlan, printer: Printer, interfaces: number): Quota[] {
  const zones = plan.zones.length;
  const sites = (interfaces > 0 ? 1 : 0) + (exitsOf(plan).length > 0 ? 2 : 0);
  const subnets = (zones + sites) * plan.availabilityZones;
  return [
    fixed("address blocks of the VPC", vpcBlocks(plan, printer).secondary.length + 1, 5, "cidr"),
    quota("subnets of the VPC", subnets, 200, 1000, "zones"),
    quota("route tables of the VPC", subnets + 1, 200, 1000, "zones"),
    quota("network ACLs of the VPC", zones + sites + 1, 200, 1000, "zones"),
    quota("security groups of the region", 2 * (zones + interfaces) + 1, 2500, 10000, "zones"),
  ];
}

/** AWS keeps five addresses of each subnet: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED_ADDRESSES = 5;

function countEndpoints(plan: NetworkPlan, printer: Printer, all: number, interfaces: number): Quota[] {
  const prefix = Number(printer.cidr(slotOf(plan.sites.endpoints, 0)).split("/")[1]);
  const addresses = 2 ** (32 - prefix) - RESERVED_ADDRESSES;
  const firewalls = exitsOf(plan).length > 0 ? plan.availabilityZones : 0;
  return [
    quota("interface endpoints of the VPC", interfaces + firewalls, 50, 1000, ENDPOINTS),
    fixed("addresses of each subnet for endpoints", interfaces, addresses, ENDPOINTS),
    quota("gateway endpoints of the region", all - interfaces, 20, 255, ENDPOINTS),
  ];
}

/** Gateways of zones with the same rights have the same policy, which is reported once. */
function countPolicies(plan: NetworkPlan, groups: readonly EndpointGroup[]): Quota[] {
  const quotas = new Map<string, Quota>();
  for (const group of groups) {
    if (group.kind !== "interface" && group.kind !== "gateway") continue;
    const { characters, open } = policyLength(plan, group);
    const what = `characters of the policy of endpoint ${group.aws.name}`;
    const counted = open.length === 0 ? what : `${what}, before private_endpoint_resource_ids`;
    const path = pathOfGroup(group);
    quotas.set(`${counted} ${path} ${characters}`, fixed(counted, characters, POLICY_CHARACTERS, path));
  }
  return [...quotas.values()];
}

const pathOfGroup = ({ uses: [first] }: EndpointGroup): SpecPath =>
  first === undefined ? ENDPOINTS : first.endpoint.path;

function countEgress(plan: NetworkPlan): Quota[] {
  const lines = firewallRules(plan);
  return [
    quota("routes of a NAT gateway's subnet", leavingZones(plan).length + 2, 50, 1000, "egress"),
    fixed("rules of the egress firewall", lines.length, MOST_RULES, "egress"),
    fixed("bytes of the egress firewall's rules", lines.join("\n").length, 2_000_000, "egress"),
  ];
}

/** A rule to the internet counts as many as its prefix list has entries. */
function countZoneRules(
  plan: NetworkPlan,
  groups: readonly EndpointGroup[],
  internetEntries: number,
): Quota[] {
  return plan.zones.flatMap((zone) => {
    let [inbound, outbound] = [0, 0];
    for (const { from } of waysTo(plan, zone.name))
      inbound += from.kind === "internet" ? Math.max(1, from.sources.length) : 1;
    for (const { to } of waysFrom(plan, zone.name))
      if (to.kind !== "endpoint") outbound += to.kind === "names" ? internetEntries : 1;
    // Endpoints of the plan can share one of AWS.
    for (const { consumers, ports } of groups) if (consumers.includes(zone.name)) outbound += ports.length;
    const path = zone.path;
    return [
      rules(`inbound rules of zone "${zone.name}"`, inbound, path),
      rules(`outbound rules of zone "${zone.name}"`, outbound, path),
    ];
  });
}

/** One for each zone that uses the endpoint and each of its ports. */
function countEndpointRules(group: EndpointGroup): Quota {
  const { aws, kind, uses, consumers, ports } = group;
  const name = kind === "custom" ? uses.map(({ endpoint }) => endpoint.name).join() : aws.name;
  return rules(`inbound rules of endpoint ${name}`, consumers.length * ports.length, pathOfGroup(group));
}

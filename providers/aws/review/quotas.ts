/**
 * What AWS counts of an enclave, and how many it takes. Read on 2026-11-21:
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
 * https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-limits-endpoints.html
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/quotas.html
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/DNSLimitations.html
 */
import { type Printer, slotOf } from "../../../src/addresses/address";
import type { SpecPath } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import type { Quota } from "../../shared/quota";
import { departuresOf, leavingZones } from "../../shared/zones";
import { resolvableDomains } from "../render/dns";
import { firewallRules, MOST_RULES } from "../render/egress-rules";
import { type EndpointGroup, endpointGroups } from "../render/endpoint-groups";
import { POLICY_CHARACTERS } from "../render/endpoint-policies";
import { internetBlocks } from "../render/prefix-lists";
import { vpcBlocks } from "../render/vpc-range";
import { policyLength } from "./policy-length";

const ENDPOINTS = "privateEndpoints";

export function quotasOf(plan: NetworkPlan, printer: Printer): Quota[] {
  const { groups } = endpointGroups(plan);
  return [
    ...zoneRules(plan, groups, internetBlocks(plan, printer).length),
    ...endpointRules(groups),
    ...networkQuotas(plan, printer, groups),
    ...endpointQuotas(plan, printer, groups),
    ...egressQuotas(plan),
    fixed("names that resolve", resolvableDomains(plan).length, 1000, "dns"),
  ];
}

/** What cannot be raised: the default is all there is. */
const fixed = (what: string, count: number, most: number, path: SpecPath): Quota => ({
  what,
  count,
  normal: most,
  most,
  path,
});

/** Rules of a group in one direction; a network interface carries one group, so the whole thousand is its own. */
const rules = (what: string, count: number, path: SpecPath): Quota => ({
  what,
  count,
  normal: 60,
  most: 1000,
  path,
});

/** Endpoints with network interfaces: each has one in every subnet for endpoints. */
const placed = (groups: readonly EndpointGroup[]): EndpointGroup[] =>
  groups.filter((group) => group.kind !== "gateway");

function networkQuotas(plan: NetworkPlan, printer: Printer, groups: readonly EndpointGroup[]): Quota[] {
  const interfaces = placed(groups).length;
  const leaves = plan.departures.length > 0;
  const sites = [interfaces > 0, leaves, leaves].filter(Boolean).length;
  const subnets = (plan.zones.length + sites) * plan.slots;
  return [
    fixed("address blocks of the VPC", vpcBlocks(plan, printer).secondary.length + 1, 5, "cidr"),
    { what: "subnets of the VPC", count: subnets, normal: 200, most: 1000, path: "zones" },
    { what: "route tables of the VPC", count: subnets + 1, normal: 200, most: 1000, path: "zones" },
    {
      what: "network ACLs of the VPC",
      count: plan.zones.length + sites + 1,
      normal: 200,
      most: 1000,
      path: "zones",
    },
    {
      what: "security groups of the region",
      count: 2 * (plan.zones.length + interfaces) + 1,
      normal: 2500,
      most: 10000,
      path: "zones",
    },
  ];
}

function endpointQuotas(plan: NetworkPlan, printer: Printer, groups: readonly EndpointGroup[]): Quota[] {
  const interfaces = placed(groups).length;
  const firewalls = plan.departures.length > 0 ? plan.slots : 0;
  return [
    {
      what: "interface endpoints of the VPC",
      count: interfaces + firewalls,
      normal: 50,
      most: 1000,
      path: ENDPOINTS,
    },
    fixed("addresses of each subnet for endpoints", interfaces, freeAddresses(plan, printer), ENDPOINTS),
    {
      what: "gateway endpoints of the region",
      count: groups.length - interfaces,
      normal: 20,
      most: 255,
      path: ENDPOINTS,
    },
    ...policyQuotas(plan, groups),
  ];
}

/** Five of each subnet are AWS's: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
const RESERVED_ADDRESSES = 5;

function freeAddresses(plan: NetworkPlan, printer: Printer): number {
  const prefix = Number(printer.cidr(slotOf(plan.sites.endpoints, 0)).split("/")[1]);
  return 2 ** (32 - prefix) - RESERVED_ADDRESSES;
}

/** Gateways of zones with the same rights say the same, which is told once. */
const policyQuotas = (plan: NetworkPlan, groups: readonly EndpointGroup[]): Quota[] => [
  ...new Map(
    groups
      .flatMap((group) => policyQuota(plan, group))
      .map((quota) => [`${quota.what} ${quota.path} ${quota.count}`, quota]),
  ).values(),
];

function policyQuota(plan: NetworkPlan, group: EndpointGroup): Quota[] {
  if (group.kind !== "interface" && group.kind !== "gateway") return [];
  const { characters, open } = policyLength(plan, group);
  const what = `characters of the policy of endpoint ${group.aws.name}`;
  const counted = open.length === 0 ? what : `${what}, before private_endpoint_resource_ids`;
  return [
    fixed(counted, characters, POLICY_CHARACTERS, group.uses[0]?.endpoint.because[0]?.path ?? ENDPOINTS),
  ];
}

function egressQuotas(plan: NetworkPlan): Quota[] {
  const lines = firewallRules(plan);
  const routes = leavingZones(plan).length + 2;
  return [
    { what: "routes of a NAT gateway's subnet", count: routes, normal: 50, most: 1000, path: "egress" },
    fixed("rules of the egress firewall", lines.length, MOST_RULES, "egress"),
    fixed("bytes of the egress firewall's rules", lines.join("\n").length, 2_000_000, "egress"),
  ];
}

/** A rule to the internet counts as many as its prefix list has entries. */
function zoneRules(plan: NetworkPlan, groups: readonly EndpointGroup[], internetEntries: number): Quota[] {
  return plan.zones.flatMap((zone) => {
    const into = plan.permits.filter((permit) => permit.to.kind === "zone" && permit.to.zone === zone.name);
    const ingress = into.reduce(
      (sum, permit) => sum + (permit.from.kind === "internet" ? Math.max(1, permit.from.sources.length) : 1),
      0,
    );
    const outOf = plan.permits.filter(
      (permit) => permit.from.kind === "zone" && permit.from.zone === zone.name,
    ).length;
    const endpoints = groups
      .filter((group) => group.consumers.includes(zone.name))
      .reduce((sum, group) => sum + group.ports.length, 0);
    const exits = new Set(departuresOf(plan, zone).map((departure) => departure.port)).size;
    const path = zone.because[0]?.path ?? "zones";
    return [
      rules(`inbound rules of zone "${zone.name}"`, ingress, path),
      rules(`outbound rules of zone "${zone.name}"`, outOf + endpoints + exits * internetEntries, path),
    ];
  });
}

/** One for each zone that uses the endpoint and each of its ports. */
const endpointRules = (groups: readonly EndpointGroup[]): Quota[] =>
  placed(groups).map(({ aws, kind, uses, consumers, ports }) => {
    const what = kind === "custom" ? uses.map(({ endpoint }) => endpoint.name).join() : aws.name;
    return rules(
      `inbound rules of endpoint ${what}`,
      consumers.length * ports.length,
      uses[0]?.endpoint.because[0]?.path ?? ENDPOINTS,
    );
  });

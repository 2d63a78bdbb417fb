/**
 * What Azure counts of a network, and how many it takes. Microsoft's pages of 2022-12-05 (networks), 2023 (firewall) and 2025-01-06
 * (names), read on 2026-11-21; those of networks say that a limit without a second number cannot be raised.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/azure-subscription-service-limits#networking-limits
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/azure-subscription-service-limits#azure-firewall-limits
 * https://learn.microsoft.com/en-us/azure/dns/dns-security-policy
 */
import type { Printer } from "../../../src/addresses/address";
import type { SpecPath } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import type { Quota } from "../../shared/quota";
import { resolvableNames } from "../render/dns";
import { managedTargets, monitorEndpoints, privateDnsZones } from "../render/endpoint-targets";
import type { End, Rule } from "../render/ways";
import { firewallRuleBytes } from "./rule-bytes";

/** A security group before it is rendered. */
export interface Group {
  readonly what: string;
  readonly path: SpecPath;
  readonly rules: readonly Rule[];
}

/** What cannot be raised: the default is all there is. */
const fixed = (what: string, count: number, most: number, path: SpecPath): Quota => ({
  what,
  count,
  normal: most,
  most,
  path,
});

export function quotasOf(plan: NetworkPlan, printer: Printer): Quota[] {
  const tables = plan.zones.length + (plan.endpoints.length > 0 ? 1 : 0);
  const endpoints = "privateEndpoints";
  return [
    fixed("subnets of the virtual network", plan.zones.length * plan.slots + 2, 3000, "zones"),
    { what: "route tables", count: tables, normal: 200, path: "zones" },
    fixed("addresses of private endpoints", endpointAddresses(plan), ENDPOINT_ADDRESSES, endpoints),
    fixed("private endpoints with rules of their own", plan.endpoints.length, 100, endpoints),
    fixed("endpoints that share one private endpoint", mostSharing(plan), 20, endpoints),
    fixed("private DNS zones linked to the network", privateDnsZones(plan).length, 1000, endpoints),
    fixed(
      "bytes of rules of the egress firewall",
      firewallRuleBytes(plan, printer),
      2 * 1024 * 1024,
      "egress",
    ),
    // Longer lists are not part of a template, but uploaded afterwards.
    fixed("names that resolve", resolvableNames(plan).known.length, 999, "dns"),
  ];
}

/** Addresses of the subnet for private endpoints: 256 less the five that Azure keeps. */
const ENDPOINT_ADDRESSES = 251;
/** Addresses that one private endpoint takes at most, where it is more than one; Azure Monitor has one for each of its names. */
const ADDRESSES: Readonly<Record<string, number>> = { registry: 2, account: 3, workspace: 3, monitor: 16 };

function endpointAddresses(plan: NetworkPlan): number {
  const targets = managedTargets(plan).map(
    ({ own, kind }) => (own === undefined ? 1 : Object.keys(own).length) * (ADDRESSES[kind.short] ?? 1),
  );
  const monitor = monitorEndpoints(plan).length > 0 ? (ADDRESSES["monitor"] ?? 1) : 0;
  const custom = plan.endpoints.filter(({ service }) => service === "custom").length;
  return targets.reduce((sum, count) => sum + count, monitor + custom);
}

/** A network interface joins 20 application security groups at most, and a private endpoint those of all endpoints that share it. */
function mostSharing(plan: NetworkPlan): number {
  const sharers = new Map<string, number>();
  for (const { id, own = {}, shared } of managedTargets(plan)) {
    const reached = [
      ...Object.keys(own).map((key) => `${id} ${key}`),
      ...Object.entries(shared).flatMap(([owner, keys]) => Object.keys(keys).map((key) => `${owner} ${key}`)),
    ];
    for (const each of reached) sharers.set(each, (sharers.get(each) ?? 0) + 1);
  }
  return Math.max(monitorEndpoints(plan).length, ...sharers.values(), 0);
}

const addressesOf = (end: End): number => (end.kind === "addresses" ? end.cidrs.length : 0);

/** Addresses are counted over all rules of a group together, sources and destinations apart. */
export function groupQuotas({ what, path, rules }: Group): Quota[] {
  const sum = (side: (rule: Rule) => End): number =>
    rules.reduce((all, rule) => all + addressesOf(side(rule)), 0);
  // What denies everything of a zone that is cut off is about a range that nobody has, until then.
  const idle = rules.filter(({ effect }) => effect.kind === "cut-off").length;
  const sources = idle + sum((rule) => rule.from);
  const destinations = sum((rule) => rule.to);
  return [
    fixed(`security rules of ${what}`, rules.length, 1000, path),
    fixed(`source addresses in rules of ${what}`, sources, 4000, path),
    fixed(`destination addresses in rules of ${what}`, destinations, 4000, path),
  ];
}

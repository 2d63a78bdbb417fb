/**
 * Limits of Azure, counted on the plan, by Microsoft's pages of 2022-12-05 (networks), 2023 (firewall) and
 * 2025-01-06 (names), read on 2026-11-21. A limit of networks without a second number cannot be raised.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/azure-subscription-service-limits
 * https://learn.microsoft.com/en-us/azure/dns/dns-security-policy
 */
import type { Printer } from "../../../src/addresses/address";
import type { SpecPath } from "../../../src/diagnostics/diagnostic";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { zoneNamed } from "../../shared/questions";
import { fixed, type Quota } from "../../shared/review/quotas";
import { MOST_MEMBERS } from "../data/resource-ids";
import { isMonitor, type Kind } from "../data/services";
import { resolvableNames } from "../render/dns";
import { protocolOf } from "../render/egress-rules";
import { managedTargets, monitorEndpoints, privateDnsZones } from "../render/endpoint-targets";
import { description, ruleName } from "../render/naming";
import { placesOf } from "../render/network";
import { groupRules, isAddress, type Rule } from "../render/ways";

export const countQuotas = (plan: NetworkPlan, printer: Printer, groups: readonly Group[]): Quota[] => [
  fixed("subnets of the virtual network", plan.zones.length * plan.availabilityZones + 2, 3000, "zones"),
  { what: "route tables", count: placesOf(plan).length, normal: 200, path: "zones" },
  // 256 less the five that Azure keeps.
  fixed("addresses of private endpoints", endpointAddresses(plan), 251, ENDPOINTS),
  fixed("private endpoints with rules of their own", plan.endpoints.length, 100, ENDPOINTS),
  fixed("endpoints that share one private endpoint", mostSharing(plan), 20, ENDPOINTS),
  fixed("private DNS zones linked to the network", privateDnsZones(plan).length, 1000, ENDPOINTS),
  fixed("bytes of rules of the egress firewall", firewallRuleBytes(plan, printer), 2 * 1024 * 1024, "egress"),
  // Longer lists are not part of a template, but uploaded afterwards.
  fixed("names that resolve", resolvableNames(plan).known.length, 999, "dns"),
  ...plan.endpoints.map((endpoint) =>
    // https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview#limitations
    fixed(
      `addresses of endpoint "${endpoint.name}"`,
      groupMembers(plan, endpoint),
      MOST_MEMBERS,
      endpoint.path,
    ),
  ),
  ...groups.flatMap(groupQuotas),
];

const ENDPOINTS = "privateEndpoints";

/** Addresses of one private endpoint at most, where it takes several; Azure Monitor has one for each name. */
const ADDRESSES: Readonly<Record<string, number>> = { registry: 2, account: 3, workspace: 3 };
const MONITOR_ADDRESSES = 16;

function endpointAddresses(plan: NetworkPlan): number {
  const custom = plan.endpoints.filter(({ service }) => service === "custom").length;
  const monitor = monitorEndpoints(plan).length > 0 ? MONITOR_ADDRESSES : 0;
  const own = managedTargets(plan).flatMap(({ id, kind, owners }) =>
    owners.flatMap(([owner, resources]) => (owner === id ? addressesOf(kind, resources) : 0)),
  );
  return custom + monitor + sum(own);
}

const sum = (numbers: readonly number[]): number => numbers.reduce((all, each) => all + each, 0);

const addressesOf = ({ short }: Kind, resources: object): number =>
  Math.max(1, Object.keys(resources).length) * (ADDRESSES[short] ?? 1);

/** Of the application security group of an endpoint. With more, connections fail. */
function groupMembers(plan: NetworkPlan, { name, service }: Endpoint): number {
  if (isMonitor(service)) return MONITOR_ADDRESSES;
  const targets = managedTargets(plan).filter(({ endpoint }) => endpoint.name === name);
  const all = targets.flatMap(({ kind, owners }) =>
    owners.map(([, resources]) => addressesOf(kind, resources)),
  );
  return sum(all);
}

/** An interface joins 20 application security groups at most: those of all endpoints that share it. */
function mostSharing(plan: NetworkPlan): number {
  const sharers = new Map<string, number>();
  for (const [owner, resources] of managedTargets(plan).flatMap(({ owners }) => owners))
    for (const key of Object.keys(resources))
      sharers.set(`${owner} ${key}`, (sharers.get(`${owner} ${key}`) ?? 0) + 1);
  return Math.max(monitorEndpoints(plan).length, ...sharers.values(), 0);
}

export interface Group {
  readonly what: string;
  readonly path: SpecPath;
  readonly rules: readonly Rule[];
}

export function groupsOf(plan: NetworkPlan, printer: Printer): Group[] {
  // External networks have been refused, and have no rules.
  if (plan.externals.length > 0) return [];
  return placesOf(plan).map(({ zone }) => ({
    what: zone === undefined ? "the private endpoints" : `zone "${zone.name}"`,
    path: zone?.path ?? ENDPOINTS,
    rules: groupRules(plan, printer, zone),
  }));
}

/** Addresses are counted over all rules of a group together, sources and destinations apart. */
function groupQuotas({ what, path, rules }: Group): Quota[] {
  const count = (end: "from" | "to"): number => rules.flatMap((rule) => rule[end]).filter(isAddress).length;
  return [
    fixed(`security rules of ${what}`, rules.length, 1000, path),
    fixed(`source addresses in rules of ${what}`, count("from"), 4000, path),
    fixed(`destination addresses in rules of ${what}`, count("to"), 4000, path),
  ];
}

const LISTS = ["fqdnTags", "webCategories", "targetUrls", "destinationAddresses", "sourceIpGroups"] as const;
const EMPTY = Object.fromEntries([...LISTS, "httpHeadersToInsert"].map((list) => [list, []]));

/**
 * Application rules in bytes, as the API takes them: a group of collections has one limit.
 * https://learn.microsoft.com/rest/api/virtualnetwork/firewall-policy-rule-collection-groups/create-or-update
 */
function firewallRuleBytes(plan: NetworkPlan, printer: Printer): number {
  const rules = plan.departures.map((departure) => ({
    ruleType: "ApplicationRule",
    name: ruleName(departure),
    description: description(departure.because),
    protocols: [{ protocolType: protocolOf(departure).type, port: departure.port }],
    targetFqdns: [departure.name],
    sourceAddresses: [printer.cidr(zoneNamed(plan, departure.zone).block)],
    terminateTLS: plan.inspection === "request",
    ...EMPTY,
  }));
  return JSON.stringify(rules).length;
}

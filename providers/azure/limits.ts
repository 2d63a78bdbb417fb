/**
 * Quotas of Azure, counted on the plan before anything is rendered. Above what a subscription has by default is a warning, above
 * what Azure grants at most an error. Read on 2026-11-21:
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/azure-subscription-service-limits#networking-limits
 * https://learn.microsoft.com/en-us/azure/dns/dns-security-policy
 */
import type { Printer } from "../../src/addresses/address";
import type { Diagnostic, SpecPath } from "../../src/diagnostics/diagnostic";
import { error, info } from "../../src/diagnostics/make";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { judge, type Limits, type Quota } from "../quota";
import { leavingZones } from "../zones";
import { resolvableNames } from "./dns";
import { reviewEndpoints } from "./endpoint-settings";
import { managedTargets, monitorEndpoints, privateDnsZones } from "./endpoint-targets";
import { type Direction, type End, endpointSubnetRules, PERMITS, type Rule, zoneRules } from "./flow-rules";
import { reviewSettings } from "./settings";

export function reviewPlan(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  const problems = [...reviewSettings(plan), ...reviewEndpoints(plan)];
  const groups = rulesOf(plan, printer);
  return [
    ...problems,
    ...judged(quotasOf(plan)),
    ...groups.flatMap((group) => [...judged(groupQuotas(group)), ...reviewPriorities(group)]),
    ...reviewExitPorts(plan),
    ...reviewResolver(plan),
  ];
}

const LIMITS: Limits = {
  cloud: "Azure",
  codes: { most: "azure-quota", normal: "azure-quota-default" },
  normally: ({ normal }) => `A subscription has ${normal} in a region by default, others' included`,
};

const judged = (quotas: readonly Quota[]): Diagnostic[] => quotas.flatMap((quota) => judge(LIMITS, quota));

interface Group {
  readonly what: string;
  readonly path: SpecPath;
  readonly rules: readonly Rule[];
}

function rulesOf(plan: NetworkPlan, printer: Printer): Group[] {
  // What is not rendered on this cloud has been refused, and has no rules.
  if (plan.externals.length > 0) return [];
  const zones = plan.zones.map((zone) => ({
    what: `zone "${zone.name}"`,
    path: zone.because[0]?.path ?? "zones",
    rules: zoneRules(plan, printer, zone),
  }));
  return plan.endpoints.length === 0
    ? zones
    : [...zones, { what: "the private endpoints", path: "privateEndpoints", rules: endpointSubnetRules(plan, printer) }];
}

/** Addresses of the subnet for private endpoints: 256 less the five that Azure keeps. */
const ENDPOINT_ADDRESSES = 251;
/** Addresses that one private endpoint takes at most, where it is more than one; Azure Monitor has one for each of its names. */
const ADDRESSES: Readonly<Record<string, number>> = { registry: 2, account: 3, workspace: 3, monitor: 16 };

function quotasOf(plan: NetworkPlan): Quota[] {
  const targets = managedTargets(plan).map(({ own, kind }) => ({
    count: own === undefined ? 1 : Object.keys(own).length,
    each: ADDRESSES[kind.short] ?? 1,
  }));
  const monitor = monitorEndpoints(plan).length > 0 ? [{ count: 1, each: ADDRESSES["monitor"] ?? 1 }] : [];
  const custom = plan.endpoints.filter(({ service }) => service === "custom").map(() => ({ count: 1, each: 1 }));
  const addresses = [...targets, ...monitor, ...custom].reduce((sum, { count, each }) => sum + count * each, 0);
  const { known } = resolvableNames(plan);
  const tables = plan.zones.length + (plan.endpoints.length > 0 ? 1 : 0);
  return [
    { what: "subnets of the virtual network", count: plan.zones.length * plan.slots + 2, normal: 3000, most: 3000, path: "zones" },
    { what: "route tables", count: tables, normal: 200, path: "zones" },
    {
      what: "addresses of private endpoints",
      count: addresses,
      normal: ENDPOINT_ADDRESSES,
      most: ENDPOINT_ADDRESSES,
      path: "privateEndpoints",
    },
    { what: "private endpoints with rules of their own", count: plan.endpoints.length, normal: 100, most: 100, path: "privateEndpoints" },
    {
      what: "private DNS zones linked to the network",
      count: privateDnsZones(plan).length,
      normal: 1000,
      most: 1000,
      path: "privateEndpoints",
    },
    {
      what: "rules of the egress firewall",
      count: plan.departures.length + leavingZones(plan).length,
      normal: 20_000,
      most: 20_000,
      path: "egress",
    },
    { what: "names that resolve", count: known.length, normal: 999, most: 999, path: "dns" },
  ];
}

const addressesOf = (end: End): number => (end.kind === "addresses" ? end.cidrs.length : 1);

const groupQuotas = ({ what, path, rules }: Group): Quota[] => [
  { what: `security rules of ${what}`, count: rules.length, normal: 1000, most: 1000, path },
  ...(["Inbound", "Outbound"] as const).map((direction): Quota => {
    const sizes = rules
      .filter((rule) => rule.direction === direction)
      .map((rule) => addressesOf(rule.from) + addressesOf(rule.to) + rule.ports.length);
    return {
      what: `addresses and ports of ${direction.toLowerCase()} rules of ${what}`,
      count: Math.max(0, ...sizes),
      normal: 4000,
      most: 4000,
      path,
    };
  }),
];

/** Numbers follow from the lock file's ordinals; where they do not fit a group, only a new count helps. */
function reviewPriorities({ what, path, rules }: Group): Diagnostic[] {
  const misplaced = (direction: Direction): readonly Rule[] => {
    const permits = rules.filter((rule) => rule.direction === direction && rule.effect.kind === "permit" && rule.from.kind === "addresses");
    return permits.filter(
      ({ priority }, index) =>
        priority < PERMITS.first || priority > PERMITS.last || permits.findIndex((other) => other.priority === priority) < index,
    );
  };
  return (["Inbound", "Outbound"] as const).flatMap((direction) => {
    const [rule] = misplaced(direction);
    if (rule === undefined) return [];
    const detail = `Rule ${rule.name} would have ${rule.priority}, which is taken or not between ${PERMITS.first} and ${PERMITS.last}. Numbers of flows that are gone are not given out again by themselves.`;
    return [
      error("azure-priorities-full", path, `${direction.toLowerCase()} rules of ${what} have no priorities left`, detail, {
        facts: { priority: rule.priority, first: PERMITS.first, last: PERMITS.last },
        fix: "run synth with --reclaim, or split the enclave",
      }),
    ];
  });
}

/** https://learn.microsoft.com/en-us/rest/api/firewall/firewall-policy-rule-collection-groups */
const LAST_EXIT_PORT = 64_000;

const reviewExitPorts = (plan: NetworkPlan): Diagnostic[] =>
  plan.departures
    .filter(({ port }) => port > LAST_EXIT_PORT)
    .map((departure) =>
      error(
        "azure-egress-port",
        departure.because[0]?.path ?? "egress",
        `port ${departure.port} is above what Azure Firewall takes`,
        `Application rules have ports up to ${LAST_EXIT_PORT}.`,
        {
          facts: { port: departure.port, maximum: LAST_EXIT_PORT },
          fix: "ports: [443/tcp]",
        },
      ),
    );

/** The resolver's lists cannot say a name without all names below it; what is opened more than was asked for is said. */
function reviewResolver({ resolvable }: NetworkPlan): Diagnostic[] {
  const [first] = resolvable;
  if (first === undefined) return [];
  const detail =
    "A name in a list of Azure's DNS security policy stands for everything below it too, so names below those declared resolve, and *.x resolves x. The egress firewall takes the names exactly; a query itself gets as far as whoever owns the domain.";
  return [
    info("azure-dns-below", first.because[0]?.path ?? "dns", "names below those that are declared resolve too", detail, {
      facts: { names: resolvable.length },
    }),
  ];
}

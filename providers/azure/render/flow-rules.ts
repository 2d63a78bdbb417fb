/**
 * Flows, endpoint uses and exits as security rules: by address, at both ends, as plain data. A group is judged in the order of
 * priorities and what none of ours matches is denied by its last rule, so the built-in rules, which admit the whole virtual
 * network and the internet, never have a word. Permits commute; only the two denials around them have an order.
 * https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview
 */
import type { Printer } from "../../../src/addresses/address";
import type { Traffic } from "../../../src/model/enclave";
import { formatCidr, INTERNET_BLOCKS } from "../../../src/net/cidr";
import type { Endpoint, NetworkPlan, Party, Permit, PlannedZone } from "../../../src/plan/network-plan";
import { departuresOf, permitsFromInternet, zoneNamed } from "../../shared/zones";
import { portsOf } from "../data/managed-services";
import { description } from "./naming";

export type Direction = "Inbound" | "Outbound";

/** Addresses, the network interfaces of an endpoint, or a tag of Azure's for its own addresses. */
export type End =
  | { readonly kind: "addresses"; readonly cidrs: readonly string[] }
  | { readonly kind: "endpoint"; readonly endpoint: string }
  | { readonly kind: "tag"; readonly tag: "AzureLoadBalancer" | "AzurePlatformLKM" }
  | { readonly kind: "all" };

export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly direction: Direction;
  readonly effect:
    | { readonly kind: "deny" }
    /** Denies while one of the zones is cut off. */
    | { readonly kind: "permit"; readonly zones: readonly string[] }
    /** Denies everything while the zone is cut off, and nothing else ever. */
    | { readonly kind: "cut-off"; readonly zone: string };
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "*";
  readonly ports: readonly string[];
  readonly from: End;
  readonly to: End;
  readonly description: string;
}

const LOWEST_PRIORITY = 4096;
/** Where permits lie; beside them are only the quarantine, load balancer probes and denials. */
export const PERMITS = { first: 200, last: 3990 } as const;

/**
 * A permit's priority follows from its own ordinal, so that neighbours move it never. Connections fill the band from below,
 * endpoint uses and exits from above, in turn; a group in which two come to one number is refused by the review.
 */
const PRIORITIES = {
  quarantine: 100,
  connection: (ordinal: number): number => PERMITS.first + ordinal - 1,
  endpointUse: (ordinal: number): number => PERMITS.last - 2 * (ordinal - 1),
  exit: (ordinal: number): number => PERMITS.last - 1 - 2 * (ordinal - 1),
  probe: 4000,
  platform: 4080,
} as const;

const addresses = (...cidrs: readonly string[]): End => ({ kind: "addresses", cidrs });
const internet = addresses(...INTERNET_BLOCKS.map(formatCidr));

/** The rules of a zone's group, in the order of their priorities per direction. */
export function zoneRules(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Rule[] {
  const rules = [
    ...quarantineRules(zone),
    ...plan.permits
      .filter((permit) => isZone(permit.to, zone.name))
      .map((permit) => permitRule(plan, printer, permit, "Inbound")),
    ...plan.permits
      .filter((permit) => isZone(permit.from, zone.name))
      .map((permit) => permitRule(plan, printer, permit, "Outbound")),
    ...plan.endpoints.flatMap((endpoint) =>
      endpointUses(plan, printer, endpoint, "Outbound").filter((rule) => permits(rule, zone.name)),
    ),
    ...exitRules(plan, printer, zone),
    ...probeRules(plan, printer, zone),
    ...closingRules(),
  ];
  return inOrder(rules);
}

/** The rules of the subnet that all private endpoints share: each is open to its own consumers only, and opens nothing. */
export const endpointSubnetRules = (plan: NetworkPlan, printer: Printer): Rule[] =>
  inOrder([
    ...plan.endpoints.flatMap((endpoint) => endpointUses(plan, printer, endpoint, "Inbound")),
    ...closingRules(),
  ]);

const inOrder = (rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) =>
    a.direction === b.direction ? a.priority - b.priority : a.direction < b.direction ? -1 : 1,
  );

const isZone = (party: Party, zone: string): boolean => party.kind === "zone" && party.zone === zone;
const permits = (rule: Rule, zone: string): boolean =>
  rule.effect.kind === "permit" && rule.effect.zones.includes(zone);

function permitRule(plan: NetworkPlan, printer: Printer, permit: Permit, direction: Direction): Rule {
  const zones = [permit.from, permit.to].flatMap((party) => (party.kind === "zone" ? party.zone : []));
  return {
    name: ruleName(permit, direction),
    priority: PRIORITIES.connection(permit.ordinal),
    direction,
    effect: { kind: "permit", zones },
    ...protocolAndPorts(permit.traffic),
    from: endOf(plan, printer, permit.from),
    to: endOf(plan, printer, permit.to),
    description: description(permit.because),
  };
}

/**
 * A name is one rule's in its group, whatever the direction, so of a zone's flow to itself the second rule has a name of its own.
 * https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview#security-rules
 */
function ruleName({ id, from, to }: Permit, direction: Direction): string {
  const within = from.kind === "zone" && to.kind === "zone" && from.zone === to.zone;
  return within && direction === "Outbound" ? `${id}.outbound` : id;
}

function protocolAndPorts(traffic: Traffic): Pick<Rule, "protocol" | "ports"> {
  if (traffic.protocol === "any") return { protocol: "*", ports: ["*"] };
  if (traffic.protocol === "icmp") return { protocol: "Icmp", ports: ["*"] };
  return {
    protocol: traffic.protocol === "tcp" ? "Tcp" : "Udp",
    ports: [portRange(traffic.from, traffic.to)],
  };
}

const portRange = (from: number, to: number): string => (from === to ? `${from}` : `${from}-${to}`);

function endOf(plan: NetworkPlan, printer: Printer, party: Party): End {
  if (party.kind === "internet")
    return party.sources.length === 0 ? internet : addresses(...party.sources.map(formatCidr));
  if (party.kind === "zone") return zoneEnd(plan, printer, party.zone);
  throw new Error(`internal: "${party.external}" is a network that is not rendered`);
}

function zoneEnd(plan: NetworkPlan, printer: Printer, name: string): End {
  return addresses(printer.cidr(zoneNamed(plan.zones, name).block));
}

function endpointUses(plan: NetworkPlan, printer: Printer, endpoint: Endpoint, direction: Direction): Rule[] {
  return endpoint.consumers.map(({ zone, ordinal }) => ({
    // A dot is in no name of a flow's rule.
    name: `${zone.replaceAll("-", "_")}_to_endpoint.${endpoint.id}`,
    priority: PRIORITIES.endpointUse(ordinal),
    direction,
    effect: { kind: "permit", zones: [zone] },
    protocol: "Tcp",
    ports: portsOf(endpoint).map(({ from, to }) => portRange(from, to)),
    from: zoneEnd(plan, printer, zone),
    to: { kind: "endpoint", endpoint: endpoint.name },
    description: `Private endpoint ${endpoint.name}`,
  }));
}

/** To every public address by the port: the route leads to the firewall, and the firewall knows the names. */
function exitRules(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Rule[] {
  const departures = departuresOf(plan, zone);
  return [...new Set(departures.map((departure) => departure.port))].map((port) => {
    const through = departures.filter((departure) => departure.port === port);
    return {
      name: `${zone.id}_to_internet_${port}_tcp`,
      priority: PRIORITIES.exit(through[0]?.exitOrdinal ?? 0),
      direction: "Outbound",
      effect: { kind: "permit", zones: [zone.name] },
      protocol: "Tcp",
      ports: [`${port}`],
      from: addresses(printer.cidr(zone.block)),
      to: internet,
      description: description(through.flatMap((departure) => departure.because)),
    };
  });
}

/** Load balancers look after what they serve, on the ports they serve. */
function probeRules(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Rule[] {
  const served = permitsFromInternet(plan, zone);
  const ports = served.flatMap(({ traffic }) =>
    traffic.protocol === "tcp" ? portRange(traffic.from, traffic.to) : [],
  );
  if (ports.length === 0) return [];
  return [
    {
      name: `load_balancer_to_${zone.id}`,
      priority: PRIORITIES.probe,
      direction: "Inbound",
      effect: { kind: "permit", zones: [zone.name] },
      protocol: "Tcp",
      ports: [...new Set(ports)],
      from: { kind: "tag", tag: "AzureLoadBalancer" },
      to: addresses(printer.cidr(zone.block)),
      description: "Health probes of load balancers",
    },
  ];
}

const quarantineRules = (zone: PlannedZone): Rule[] =>
  (["Inbound", "Outbound"] as const).map((direction) => ({
    name: `quarantine_${direction.toLowerCase()}`,
    priority: PRIORITIES.quarantine,
    direction,
    effect: { kind: "cut-off", zone: zone.name },
    protocol: "*",
    ports: ["*"],
    from: { kind: "all" },
    to: { kind: "all" },
    description: "Everything while the zone is cut off, else a range that nobody has",
  }));

function closingRules(): Rule[] {
  const deny = { effect: { kind: "deny" }, protocol: "*", ports: ["*"], from: { kind: "all" } } as const;
  return [
    // Key management on a platform address that no other rule reaches.
    {
      ...deny,
      name: "deny_platform_key_management",
      priority: PRIORITIES.platform,
      direction: "Outbound",
      to: { kind: "tag", tag: "AzurePlatformLKM" },
      description: "Windows activation on the platform's own address",
    },
    {
      ...deny,
      name: "deny_inbound",
      priority: LOWEST_PRIORITY,
      direction: "Inbound",
      to: { kind: "all" },
      description: "What is not declared",
    },
    {
      ...deny,
      name: "deny_outbound",
      priority: LOWEST_PRIORITY,
      direction: "Outbound",
      to: { kind: "all" },
      description: "What is not declared",
    },
  ];
}

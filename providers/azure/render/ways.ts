/**
 * Ways as security rules: by address, at both ends, as plain data. The last rule of ours denies all, so that
 * the built-in rules, which admit the whole network and the internet, are never reached.
 * https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview
 */
import type { Printer } from "../../../src/addresses/address";
import type { Traffic } from "../../../src/model/enclave";
import { formatCidr, INTERNET_BLOCKS } from "../../../src/net/cidr";
import type { Endpoint, NetworkPlan, PlannedZone, Way } from "../../../src/plan/network-plan";
import { usesOf, waysFrom, waysTo } from "../../../src/plan/ways";
import { endpointNamed, portRange, zoneNamed } from "../../shared/questions";
import { servicePorts } from "../data/resource-ids";
import { description } from "./naming";

export type Direction = "Inbound" | "Outbound";

/** Addresses, the group of an endpoint's network interfaces, or a word of Azure's for addresses. */
export type End =
  | { readonly kind: "addresses"; readonly cidrs: readonly string[] }
  | { readonly kind: "endpoint"; readonly endpoint: Endpoint }
  | { readonly kind: "tag"; readonly tag: "*" | "AzureLoadBalancer" | "AzurePlatformLKM" };

export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly direction: Direction;
  readonly effect:
    | { readonly kind: "deny" }
    /** Denies while one of the zones is cut off. */
    | { readonly kind: "permit"; readonly zones: readonly string[] }
    /** Denies everything while the zone is cut off, and nothing otherwise. */
    | { readonly kind: "cut-off"; readonly zone: string };
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "*";
  readonly ports: readonly string[];
  readonly from: End;
  readonly to: End;
  readonly description: string;
}

/** The band of permits; beside it are only the quarantine, probes of load balancers and denials. */
export const PERMITS = { first: 200, last: 3990 } as const;
const PRIORITIES = { quarantine: 100, probe: 4000, platform: 4080, last: 4096 } as const;

/**
 * A permit's priority follows from its way's ordinal, so that no neighbour moves it: flows fill the band from
 * below, uses and exits from above, in turn. The review refuses two of one number in a group.
 */
function priorityOf({ ordinal, to }: Way): number {
  if (to.kind === "endpoint") return PERMITS.last - 2 * (ordinal - 1);
  return to.kind === "names" ? PERMITS.last - 1 - 2 * (ordinal - 1) : PERMITS.first + ordinal - 1;
}

const ANY: End = { kind: "tag", tag: "*" };
const addresses = (...cidrs: readonly string[]): End => ({ kind: "addresses", cidrs });
const INTERNET = addresses(...INTERNET_BLOCKS.map(formatCidr));

/** The rules of a zone's group, in the order of their priorities per direction. */
export const zoneRules = (plan: NetworkPlan, printer: Printer, zone: PlannedZone): Rule[] =>
  inOrder([
    ...quarantineRules(zone),
    ...waysTo(plan, zone.name).map((way) => wayRule(plan, printer, way, "Inbound")),
    ...waysFrom(plan, zone.name).map((way) => wayRule(plan, printer, way, "Outbound")),
    ...probeRules(plan, printer, zone),
    ...CLOSING_RULES,
  ]);

/** The subnet that all private endpoints share: each is open to its own consumers, and opens nothing. */
export const endpointSubnetRules = (plan: NetworkPlan, printer: Printer): Rule[] =>
  inOrder([...usesOf(plan).map((way) => wayRule(plan, printer, way, "Inbound")), ...CLOSING_RULES]);

const inOrder = (rules: readonly Rule[]): Rule[] =>
  [...rules].sort((a, b) => a.direction.localeCompare(b.direction) || a.priority - b.priority);

function wayRule(plan: NetworkPlan, printer: Printer, way: Way, direction: Direction): Rule {
  const to = endOf(plan, printer, way.to);
  const isServicePort = to.kind === "endpoint" && way.traffic.length === 0;
  return {
    name: ruleName(plan, way, direction),
    priority: priorityOf(way),
    direction,
    effect: { kind: "permit", zones: way.zones },
    ...protocolAndPorts(isServicePort ? servicePorts(to.endpoint) : way.traffic),
    from: endOf(plan, printer, way.from),
    to,
    description: description(way.because),
  };
}

/**
 * A name is one rule's in its group, whatever the direction. No id of a way has a dot, which tells a rule to
 * an endpoint from a flow to a zone of the same name.
 * https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview#security-rules
 */
function ruleName(plan: NetworkPlan, { id, from, to }: Way, direction: Direction): string {
  if (from.kind !== "zone") return id;
  if (to.kind === "endpoint")
    return `${zoneNamed(plan, from.zone).id}_to_endpoint.${endpointNamed(plan, to.endpoint).id}`;
  return to.kind === "zone" && from.zone === to.zone && direction === "Outbound" ? `${id}.outbound` : id;
}

function endOf(plan: NetworkPlan, printer: Printer, end: Way["to"]): End {
  switch (end.kind) {
    case "zone":
      return addresses(printer.cidr(zoneNamed(plan, end.zone).block));
    case "endpoint":
      return { kind: "endpoint", endpoint: endpointNamed(plan, end.endpoint) };
    case "internet":
      return end.sources.length === 0 ? INTERNET : addresses(...end.sources.map(formatCidr));
    case "names":
      // The route leads to the firewall, and the firewall knows the names.
      return INTERNET;
    case "external":
      throw new Error(`internal: the network "${end.external}" is not rendered`);
  }
}

const PROTOCOLS = { tcp: "Tcp", udp: "Udp", icmp: "Icmp", any: "*" } as const;

function protocolAndPorts(traffic: readonly Traffic[]): Pick<Rule, "protocol" | "ports"> {
  const [protocol, ...others] = new Set(traffic.map((each) => each.protocol));
  if (protocol === undefined || others.length > 0) throw new Error("internal: a rule has one protocol");
  return { protocol: PROTOCOLS[protocol], ports: traffic.map(portsOf) };
}

const portsOf = (traffic: Traffic): string => ("from" in traffic ? portRange(traffic) : "*");

/** Load balancers look after what they serve, on the ports they serve. */
function probeRules(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Rule[] {
  const served = waysTo(plan, zone.name).filter(({ from }) => from.kind === "internet");
  const tcp = served.flatMap(({ traffic }) => traffic).filter(({ protocol }) => protocol === "tcp");
  const ports = tcp.map(portsOf);
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

const EVERYTHING = { protocol: "*", ports: ["*"], from: ANY, to: ANY } as const;

const quarantineRules = (zone: PlannedZone): Rule[] =>
  (["Inbound", "Outbound"] as const).map((direction) => ({
    ...EVERYTHING,
    name: `quarantine_${direction.toLowerCase()}`,
    priority: PRIORITIES.quarantine,
    direction,
    effect: { kind: "cut-off", zone: zone.name },
    description: "Everything while the zone is cut off, else a range that nobody has",
  }));

const DENY = { ...EVERYTHING, effect: { kind: "deny" }, description: "What is not declared" } as const;

const CLOSING_RULES: readonly Rule[] = [
  // Key management has an address of the platform's, which no other rule reaches.
  {
    ...DENY,
    name: "deny_platform_key_management",
    priority: PRIORITIES.platform,
    direction: "Outbound",
    to: { kind: "tag", tag: "AzurePlatformLKM" },
    description: "Windows activation on the platform's own address",
  },
  { ...DENY, name: "deny_inbound", priority: PRIORITIES.last, direction: "Inbound" },
  { ...DENY, name: "deny_outbound", priority: PRIORITIES.last, direction: "Outbound" },
];

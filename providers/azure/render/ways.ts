/**
 * Ways as security rules: by address, at both ends, as plain data. The last rule of ours denies all, so that
 * the built-in rules, which admit the whole network and the internet, are never reached.
 * https://learn.microsoft.com/en-us/azure/virtual-network/network-security-groups-overview
 */
import type { Printer } from "../../../src/addresses/address";
import { portRange } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import { formatCidr, INTERNET_BLOCKS } from "../../../src/net/cidr";
import type { End, Endpoint, NetworkPlan, PlannedZone, Way } from "../../../src/plan/network-plan";
import { tcpPorts, usesOf, waysFrom, waysTo } from "../../../src/plan/ways";
import { quoted, unlessQuarantined } from "../../shared/expressions";
import { endpointNamed, zoneNamed } from "../../shared/questions";
import { platformOf } from "../data/platforms";
import { servicePorts } from "../data/resource-ids";
import { description } from "./naming";

export type Direction = "Inbound" | "Outbound";

export interface Rule {
  readonly name: string;
  readonly priority: number;
  readonly direction: Direction;
  /** `Deny`, or an expression that allows while no zone of the way is cut off. */
  readonly access: string;
  readonly protocol: "Tcp" | "Udp" | "Icmp" | "*";
  readonly ports: readonly string[];
  /** Addresses, or a word of Azure's for addresses. */
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** In place of `to`: the group of its network interfaces. */
  readonly endpoint?: Endpoint;
  readonly description: string;
}

/** False for a word of Azure's: `*`, `AzureLoadBalancer`. */
export const isAddress = (prefix: string): boolean => !/^[*A-Z]/.test(prefix);

/** Reserved for documentation (RFC 5737), so a rule about these addresses matches nothing. */
export const NOWHERE = "192.0.2.0/24";

/** The band of permits; beside it are only the quarantine, probes of load balancers and denials. */
export const PERMITS = { first: 200, last: 3990 } as const;
const PRIORITIES = { quarantine: 100, probe: 4000, platform: 4080, last: 4096 } as const;

/** The host's own services, which pass rules about addresses: each is denied by its tag alone. */
const PLATFORM = { names: "AzurePlatformDNS", metadata: "AzurePlatformIMDS" } as const;

/**
 * A permit's priority follows from its way's ordinal, so that no neighbour moves it: flows fill the band from
 * below, uses and exits from above, in turn. The review refuses two of one number in a group.
 */
function priorityOf({ ordinal, to }: Way): number {
  if (to.kind === "endpoint") return PERMITS.last - 2 * (ordinal - 1);
  return to.kind === "names" ? PERMITS.last - 1 - 2 * (ordinal - 1) : PERMITS.first + ordinal - 1;
}

const ANYWHERE = ["*"];
const INTERNET = INTERNET_BLOCKS.map(formatCidr);

/** The rules of a zone's group, or of the private endpoints': each is open to its own consumers only. */
export function groupRules(plan: NetworkPlan, printer: Printer, zone?: PlannedZone): Rule[] {
  const inbound = zone === undefined ? usesOf(plan) : waysTo(plan, zone.name);
  const outbound = zone === undefined ? [] : waysFrom(plan, zone.name);
  const others = zone === undefined ? [] : [...quarantineRules(zone), ...platformRules(plan, printer, zone)];
  // Who asks nobody needs no names, which would carry data out.
  if (outbound.length === 0 && zone?.platform.azure === undefined) others.push(NO_NAMES);
  return [
    ...inbound.map((way) => wayRule(plan, printer, way, "Inbound")),
    ...outbound.map((way) => wayRule(plan, printer, way, "Outbound")),
    ...others,
    ...CLOSING_RULES,
  ].sort((a, b) => a.direction.localeCompare(b.direction) || a.priority - b.priority);
}

function wayRule(plan: NetworkPlan, printer: Printer, way: Way, direction: Direction): Rule {
  const { from, to, traffic, zones, because } = way;
  // With floating IP, as Kubernetes asks for it, a packet still has the balancer's address when it arrives. The
  // group is on this zone's subnets alone, so nobody else receives it:
  // https://learn.microsoft.com/en-us/azure/load-balancer/load-balancer-floating-ip
  const isFromInternet = from.kind === "internet" && direction === "Inbound";
  const endpoint = to.kind === "endpoint" ? endpointNamed(plan, to.endpoint) : undefined;
  return {
    name: ruleName(plan, way, direction),
    priority: priorityOf(way),
    direction,
    access: unlessQuarantined(zones, quoted("Allow"), quoted("Deny")),
    ...protocolAndPorts(endpoint && traffic.length === 0 ? servicePorts(endpoint) : traffic),
    from: addressesOf(plan, printer, from),
    ...(endpoint ? { to: [], endpoint } : { to: isFromInternet ? ANYWHERE : addressesOf(plan, printer, to) }),
    description: description(because),
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

function addressesOf(plan: NetworkPlan, printer: Printer, end: End): readonly string[] {
  switch (end.kind) {
    case "zone":
      return [printer.cidr(zoneNamed(plan, end.zone).block)];
    case "internet":
      return end.sources.length === 0 ? INTERNET : end.sources.map(formatCidr);
    case "names":
      // The route leads to the firewall, and the firewall knows the names.
      return INTERNET;
    case "endpoint":
      throw new Error("internal: private endpoints have no addresses and open no connections");
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

/** Of Azure itself: the service that stands in the zone says which, else load balancers do. */
function platformRules(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Rule[] {
  const platform = platformOf(zone);
  if (platform === undefined) return probeRules(plan, printer, zone);
  return platform.rules.map(({ name, from, description }, index) => ({
    name: `${name}_to_${zone.id}`,
    priority: PRIORITIES.probe + index,
    direction: "Inbound",
    access: unlessQuarantined([zone.name], quoted("Allow"), quoted("Deny")),
    protocol: "*",
    ports: ["*"],
    from: [from],
    to: [printer.cidr(zone.block)],
    description,
  }));
}

/**
 * The host looks after what any load balancer may serve, before the internet or inside the network. Without an
 * answer, a balancer sends nobody there.
 * https://learn.microsoft.com/en-us/azure/load-balancer/load-balancer-custom-probe-overview
 */
function probeRules(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Rule[] {
  const served = waysTo(plan, zone.name).filter(
    ({ from }) => zone.healthChecks !== false || from.kind === "internet",
  );
  const ports = tcpPorts(served).map(portRange);
  if (ports.length === 0) return [];
  return [
    {
      name: `load_balancer_to_${zone.id}`,
      priority: PRIORITIES.probe,
      direction: "Inbound",
      access: unlessQuarantined([zone.name], quoted("Allow"), quoted("Deny")),
      protocol: "Tcp",
      ports,
      from: ["AzureLoadBalancer"],
      to: [printer.cidr(zone.block)],
      description: "Health probes of load balancers",
    },
  ];
}

const EVERYTHING = { access: "Deny", protocol: "*", ports: ["*"], from: ["*"], to: ["*"] } as const;

function quarantineRules(zone: PlannedZone): Rule[] {
  const denial = (what: string, direction: Direction, more: Partial<Rule>): Rule => ({
    ...EVERYTHING,
    name: `quarantine_${what}`,
    priority: PRIORITIES.quarantine,
    direction,
    from: [unlessQuarantined([zone.name], quoted(NOWHERE), quoted("*"))],
    description: "Everything while the zone is cut off, else a range that nobody has",
    ...more,
  });
  return [
    denial("inbound", "Inbound", {}),
    denial("outbound", "Outbound", {}),
    ...Object.entries(PLATFORM).map(([what, tag], index) => {
      const description = `The ${what} of the platform while the zone is cut off`;
      return denial(what, "Outbound", {
        priority: PRIORITIES.quarantine + 1 + index,
        to: [tag],
        description,
      });
    }),
  ];
}

const NO_NAMES: Rule = {
  ...EVERYTHING,
  name: "deny_platform_names",
  priority: PRIORITIES.platform + 1,
  direction: "Outbound",
  to: [PLATFORM.names],
  description: "The platform's resolver: nothing here opens a connection",
};

const UNDECLARED = { ...EVERYTHING, priority: PRIORITIES.last, description: "What is not declared" } as const;

const CLOSING_RULES: readonly Rule[] = [
  // Key management has an address of the platform's, which no other rule reaches.
  {
    ...EVERYTHING,
    name: "deny_platform_key_management",
    priority: PRIORITIES.platform,
    direction: "Outbound",
    to: ["AzurePlatformLKM"],
    description: "Windows activation on the platform's own address",
  },
  { ...UNDECLARED, name: "deny_inbound", direction: "Inbound" },
  { ...UNDECLARED, name: "deny_outbound", direction: "Outbound" },
];

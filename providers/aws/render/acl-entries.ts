/** Which entries the network ACL of each zone and each piece of infrastructure wants, before they are fitted to its size. */
import { formatTraffic } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import { formatCidr, NOT_INTERNET } from "../../../src/net/cidr";
import type { NetworkPlan, Permit, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import { departuresOf, permitsFromInternet, zoneNamed } from "../../shared/zones";
import { type EndpointGroup, endpointGroups } from "./endpoint-groups";
import { BANDS, type BlockPeer, type Entry, entryTraffic, type Peer, type Wanted } from "./subnet-rules";

export interface Acl {
  /** Terraform name of the ACL; its subnets have the same name. */
  readonly id: string;
  readonly zone?: PlannedZone;
  readonly site?: "endpoints" | "firewall" | "nat";
  readonly ingress: Wanted;
  readonly egress: Wanted;
}

/** Terraform name of one entry. */
export const entryName = (acl: Acl, entry: Entry, egress: boolean): string =>
  `${acl.id}_${egress ? "out_to" : "in_from"}_${entry.id}`;

/** Client ports that a stateless rule has to admit replies on. */
const CLIENT_PORTS = { from: 1024, to: 65535 };
const ALL_IPV4: Peer = { kind: "literal", cidr: "0.0.0.0/0" };

export const peerOf = (zone: PlannedZone): BlockPeer => ({
  kind: "block",
  block: zone.block,
  id: zone.id,
  ordinal: zone.ordinal,
});
const rangePeer = (plan: NetworkPlan): BlockPeer => ({
  kind: "block",
  block: plan.range,
  id: "enclave",
  ordinal: 0,
});
const endpointsPeer = (plan: NetworkPlan): BlockPeer => ({
  kind: "block",
  block: plan.sites.endpoints,
  id: "enclave_endpoints",
  ordinal: 0,
});

const portsName = (traffic: Traffic): string => formatTraffic(traffic).replace("-", "__").replace("/", "_");

export const request = (peer: Peer, id: string, number: number, traffic: Traffic): Entry =>
  admit(peer, `${id}_${portsName(traffic)}`, number, traffic);

/** An endpoint's use of ports that may change: they are no part of its name, as they are none of what its number goes by. */
export const useRequest = (peer: Peer, id: string, group: EndpointGroup, zone: string): Entry =>
  admit(peer, id, BANDS.endpointUse + useOrdinal(group, zone), spanOf(group));

const admit = (peer: Peer, id: string, number: number, traffic: Traffic): Entry => ({
  id,
  number,
  peer,
  action: "allow",
  ...entryTraffic(traffic),
});

/** One entry for all replies of one transport; icmp and any have no ports to tell replies from requests and keep the request's number. */
export function reply(peer: BlockPeer, traffic: Traffic, number: number): Entry {
  const common = { id: `${peer.id}__replies_${traffic.protocol}`, peer, action: "allow" } as const;
  if (traffic.protocol === "tcp")
    return { ...common, number: BANDS.replyTcp + peer.ordinal, protocol: "tcp", ports: CLIENT_PORTS };
  if (traffic.protocol === "udp")
    return { ...common, number: BANDS.replyUdp + peer.ordinal, protocol: "udp", ports: CLIENT_PORTS };
  return { ...common, number, ...entryTraffic(traffic) };
}

export function icmpErrors(plan: NetworkPlan): Entry {
  return {
    id: "enclave_icmp_errors",
    number: BANDS.icmpErrors,
    protocol: "icmp",
    icmpErrorsOnly: true,
    peer: rangePeer(plan),
    action: "allow",
  };
}

/** The private ranges are denied before the internet is allowed. */
function internetEntries(): Entry[] {
  const denied = NOT_INTERNET.map((block, index): Entry => {
    const cidr = formatCidr(block);
    return {
      id: `not_internet_${cidr.replaceAll(/[./]/g, "_")}`,
      number: BANDS.notInternet + index,
      protocol: "-1",
      peer: { kind: "literal", cidr },
      action: "deny",
    };
  });
  const errors: Entry = {
    id: "internet_icmp_errors",
    number: BANDS.icmpErrorsOfInternet,
    protocol: "icmp",
    icmpErrorsOnly: true,
    peer: ALL_IPV4,
    action: "allow",
  };
  return [...denied, errors];
}

const REPLY_NUMBERS = { tcp: 0, udp: 1, icmp: 2 } as const;

export function internetReplies(protocol: keyof typeof REPLY_NUMBERS): Entry {
  const ports = protocol === "icmp" ? {} : { ports: CLIENT_PORTS };
  return {
    id: `internet__replies_${protocol}`,
    number: BANDS.replyOfInternet + REPLY_NUMBERS[protocol],
    protocol,
    ...ports,
    peer: ALL_IPV4,
    action: "allow",
  };
}

const internetRequest = (number: number, traffic: Traffic): Entry =>
  request(ALL_IPV4, "internet", number, traffic);
export const tcpPort = (port: number): Traffic => ({ protocol: "tcp", from: port, to: port });

/** The two ports that nearly every exit uses have numbers of their own, so that zones can share the entry. */
export function exitRequest(exit: PlannedDeparture): Entry {
  const number =
    exit.port === 443 ? BANDS.https : exit.port === 80 ? BANDS.http : BANDS.internet + exit.exitOrdinal;
  return internetRequest(number, tcpPort(exit.port));
}

export function zoneAcl(plan: NetworkPlan, zone: PlannedZone): Acl {
  const inside = zonePairs(plan, zone);
  const endpoints = endpointPairs(plan, zone);
  const outside = zoneInternet(plan, zone);
  const errors = inside.ingress.length + endpoints.ingress.length > 0 ? [icmpErrors(plan)] : [];
  return {
    id: zone.id,
    zone,
    ingress: { inside: [...errors, ...inside.ingress, ...endpoints.ingress], ...outside.ingress },
    egress: { inside: [...errors, ...inside.egress, ...endpoints.egress], ...outside.egress },
  };
}

export interface Pairs {
  readonly ingress: Entry[];
  readonly egress: Entry[];
}

function zonePairs(plan: NetworkPlan, zone: PlannedZone): Pairs {
  const pairs: Pairs = { ingress: [], egress: [] };
  for (const permit of plan.permits) {
    if (permit.from.kind !== "zone" || permit.to.kind !== "zone") continue;
    if (permit.from.zone !== zone.name && permit.to.zone !== zone.name) continue;
    const [from, to] = [permit.from.zone, permit.to.zone].map((name) => peerOf(zoneNamed(plan.zones, name)));
    if (from === undefined || to === undefined) continue;
    const number = BANDS.request + permit.ordinal;
    const mirrored =
      from.id === to.id && permit.traffic.protocol !== "tcp" && permit.traffic.protocol !== "udp";
    if (permit.to.zone === zone.name) {
      pairs.ingress.push(request(from, from.id, number, permit.traffic));
      if (!mirrored) pairs.egress.push(reply(from, permit.traffic, number));
    }
    if (permit.from.zone === zone.name) {
      pairs.egress.push(request(to, to.id, number, permit.traffic));
      if (!mirrored) pairs.ingress.push(reply(to, permit.traffic, number));
    }
  }
  return pairs;
}

export const isHttps = (traffic: Traffic): boolean =>
  traffic.protocol === "tcp" && traffic.from === 443 && traffic.to === 443;

/** The ports of a service as one range: the group holds them exactly, and each use has one number. */
export function spanOf(group: EndpointGroup): Traffic {
  const ports = group.ports.flatMap((traffic) =>
    traffic.protocol === "tcp" ? [traffic.from, traffic.to] : [],
  );
  return { protocol: "tcp", from: Math.min(...ports), to: Math.max(...ports) };
}

const useOrdinal = (group: EndpointGroup, zone: string): number =>
  group.uses[0]?.endpoint.consumers.find((consumer) => consumer.zone === zone)?.ordinal ?? 0;

/** Towards the endpoint subnets: one entry for all services on 443, one for each custom service on other ports. */
function endpointPairs(plan: NetworkPlan, zone: PlannedZone): Pairs {
  const peer = endpointsPeer(plan);
  const used = withInterfaces(plan).filter((group) => group.consumers.includes(zone.name));
  if (used.length === 0) return { ingress: [], egress: [] };
  const requests = used.map((group) => {
    const span = spanOf(group);
    if (isHttps(span)) return request(peer, "enclave_endpoints", BANDS.endpointRequest, span);
    return useRequest(peer, group.id, group, zone.name);
  });
  const replies: Entry = {
    id: "enclave_endpoints__replies_tcp",
    number: BANDS.endpointReply,
    protocol: "tcp",
    ports: CLIENT_PORTS,
    peer,
    action: "allow",
  };
  return { ingress: [replies], egress: requests };
}

export const withInterfaces = (plan: NetworkPlan): EndpointGroup[] =>
  endpointGroups(plan).groups.filter((group) => group.kind !== "gateway");

type Outside = { readonly ingress: Omit<Wanted, "inside">; readonly egress: Omit<Wanted, "inside"> };

function zoneInternet(plan: NetworkPlan, zone: PlannedZone): Outside {
  const entering = permitsFromInternet(plan, zone);
  const exits = exitsOf(departuresOf(plan, zone));
  const gateway = endpointGroups(plan).groups.some(
    (group) => group.kind === "gateway" && group.consumers.includes(zone.name),
  );
  const gatewayRequest = gateway ? [internetRequest(BANDS.https, tcpPort(443))] : [];
  const leaving = [...exits.map(exitRequest), ...gatewayRequest];
  return {
    ingress: tail([
      ...entering.map((permit) => internetRequest(BANDS.internet + permit.ordinal, permit.traffic)),
      ...(leaving.length > 0 ? [internetReplies("tcp")] : []),
    ]),
    egress: tail([...leaving, ...protocolsOf(entering).map(internetReplies)]),
  };
}

const protocolsOf = (permits: readonly Permit[]): (keyof typeof REPLY_NUMBERS)[] =>
  (["tcp", "udp", "icmp"] as const).filter((protocol) =>
    permits.some((permit) => permit.traffic.protocol === protocol),
  );

export const tail = (internet: readonly Entry[]): Omit<Wanted, "inside"> => ({
  fixed: internet.length === 0 ? [] : internetEntries(),
  internet,
});

/** The ports through which zones leave, each once. */
export function exitsOf(departures: readonly PlannedDeparture[]): PlannedDeparture[] {
  return [
    ...new Map(departures.map((departure) => [`${departure.zone} ${departure.port}`, departure])).values(),
  ];
}

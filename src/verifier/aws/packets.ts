/**
 * Carries single packets through a network that was read from a rendered document, hop by hop: groups (stateful), network ACLs
 * (stateless, in number order, not met inside a subnet), routes (most specific first). Answers whether a connection can be
 * opened and whether its replies come back.
 */
import type { Protocol } from "../replay/traffic";
import type { AclEntry, GroupRule, Net, SubnetOf } from "./network";

export interface Host {
  readonly address: number;
  /** Absent on the internet. */
  readonly subnet?: string;
  readonly group?: string;
}

/** `port` is the destination's; icmp and gre have none. */
export interface Opening {
  readonly from: Host;
  readonly to: Host;
  readonly protocol: Protocol;
  readonly port: number;
}

export type Outcome = "passes" | "refused" | "replies-lost";

/** Addresses that stand for what a gateway endpoint's prefix list holds: no host of any generated spec has one. */
export const STORAGE_ADDRESS = 0x34d80001; // 52.216.0.1

/** Client ports that replies have to reach. */
const CLIENT_PORTS = [1024, 8443, 49152, 65535];

interface Packet {
  readonly source: number;
  readonly destination: number;
  readonly protocol: Protocol;
  readonly port: number;
  /** An answer to an opening, to the client's port; of icmp an echo reply. */
  readonly reply: boolean;
}

export function open(net: Net, { from, to, protocol, port }: Opening): Outcome {
  if (!groupsAdmit(net, from, to, protocol, port)) return "refused";
  const request: Packet = { source: from.address, destination: to.address, protocol, port, reply: false };
  if (!carried(net, from, to, request)) return "refused";
  const replies = CLIENT_PORTS.map(
    (client): Packet => ({
      source: to.address,
      destination: from.address,
      protocol,
      port: client,
      reply: true,
    }),
  );
  return replies.every((reply) => carried(net, to, from, reply)) ? "passes" : "replies-lost";
}

/** Groups alone, both ends: what they hold whatever the ACLs say. */
export function groupsAdmit(net: Net, from: Host, to: Host, protocol: Protocol, port: number): boolean {
  const matches = (rule: GroupRule, host: Host, peer: Host): boolean =>
    trafficMatches(rule, protocol, port) && peerMatches(net, rule, host, peer);
  const out =
    from.subnet === undefined || net.egress.get(from.group ?? "")?.some((rule) => matches(rule, from, to));
  const into = (): boolean | undefined =>
    to.subnet === undefined || net.ingress.get(to.group ?? "")?.some((rule) => matches(rule, to, from));
  return out === true && into() === true;
}

const trafficMatches = (rule: GroupRule, protocol: Protocol, port: number): boolean => {
  if (rule.protocol === "-1") return true;
  if (rule.protocol !== protocol) return false;
  return protocol === "icmp" ? rule.fromPort === -1 : rule.fromPort <= port && port <= rule.toPort;
};

function peerMatches(net: Net, rule: GroupRule, host: Host, peer: Host): boolean {
  if (rule.peerGroup !== undefined) return rule.peerGroup === peer.group;
  if (rule.peerBlock !== undefined)
    return rule.peerBlock.first <= peer.address && peer.address <= rule.peerBlock.last;
  const own = net.lists.get(rule.peerList ?? "");
  if (own !== undefined)
    return own.some((range) => range.first <= peer.address && peer.address <= range.last);
  return peer.address === STORAGE_ADDRESS && subnetOf(net, host) !== undefined;
}

const subnetOf = (net: Net, host: Host): SubnetOf | undefined =>
  host.subnet === undefined ? undefined : net.subnets.get(host.subnet);

function aclAdmits(entries: readonly AclEntry[], packet: Packet, peer: number): boolean {
  const first = entries.find(
    (entry) => entry.block.first <= peer && peer <= entry.block.last && entryMatches(entry, packet),
  );
  return first?.allow ?? false;
}

function entryMatches(entry: AclEntry, packet: Packet): boolean {
  if (entry.protocol === "-1") return true;
  if (entry.protocol !== packet.protocol) return false;
  if (packet.protocol === "icmp") return entry.icmpType === -1 || entry.icmpType === (packet.reply ? 0 : 8);
  return entry.fromPort <= packet.port && packet.port <= entry.toPort;
}

const leaves = (subnet: SubnetOf, packet: Packet): boolean =>
  aclAdmits(subnet.acl.egress, packet, packet.destination);
const enters = (subnet: SubnetOf, packet: Packet): boolean =>
  aclAdmits(subnet.acl.ingress, packet, packet.source);

/** One packet from end to end, without groups. */
function carried(net: Net, from: Host, to: Host, packet: Packet): boolean {
  const [source, target] = [subnetOf(net, from), subnetOf(net, to)];
  if (source !== undefined && source === target) return true;
  if (source !== undefined && target !== undefined)
    return (
      nextHop(net, source, packet.destination) === "local" && leaves(source, packet) && enters(target, packet)
    );
  if (source !== undefined) return leaves(source, packet) && goesOut(net, source, packet);
  return target !== undefined && comesIn(net, target, packet) && enters(target, packet);
}

type Hop = "local" | "none" | "gateway" | SubnetOf["routes"][number]["target"];

/** The most specific route; the VPC's own is as specific as its block. */
function nextHop(net: Net, subnet: SubnetOf, destination: number): Hop {
  const holds = (range: { first: number; last: number }): boolean =>
    range.first <= destination && destination <= range.last;
  const own = net.blocks.filter(holds).map((range) => ({ prefix: range.prefix, hop: "local" as Hop }));
  const listed =
    destination === STORAGE_ADDRESS && subnet.gateways.length > 0
      ? [{ prefix: 32, hop: "gateway" as Hop }]
      : [];
  const routes = subnet.routes
    .filter((route) => holds(route.block))
    .map((route) => ({ prefix: route.block.prefix, hop: route.target as Hop }));
  const [best] = [...own, ...listed, ...routes].sort((a, b) => b.prefix - a.prefix);
  return best?.hop ?? "none";
}

/** From a subnet to an address outside the VPC, through firewall and NAT where the routes lead there. */
function goesOut(net: Net, subnet: SubnetOf, packet: Packet): boolean {
  const hop = nextHop(net, subnet, packet.destination);
  if (hop === "gateway") return true;
  if (typeof hop === "string") return false;
  if (hop.kind === "internet") return true;
  const next = net.subnets.get(hop.kind === "nat" ? (net.nats.get(hop.name) ?? "") : hop.name);
  if (next === undefined || next.availabilityZone !== subnet.availabilityZone) return false;
  return enters(next, packet) && leaves(next, packet) && goesOut(net, next, packet);
}

/** From outside to a subnet: straight where it has a route to the internet gateway, else back through NAT and firewall. */
function comesIn(net: Net, subnet: SubnetOf, packet: Packet): boolean {
  const out = nextHop(net, subnet, packet.source);
  if (out === "gateway") return true;
  if (typeof out === "string") return false;
  if (out.kind === "internet") return true;
  if (out.kind !== "firewall") return false;
  const firewall = net.subnets.get(out.name);
  const nat = firewall === undefined ? undefined : natBehind(net, firewall, packet.source);
  if (firewall === undefined || nat === undefined || !replyable(packet)) return false;
  const back = nextHop(net, nat, packet.destination);
  const returns = typeof back !== "string" && back.kind === "firewall" && back.name === firewall.name;
  const path = [nat, firewall].every((each) => enters(each, packet) && leaves(each, packet));
  return returns && path && nextHop(net, firewall, packet.destination) === "local";
}

/** A NAT gateway forwards nothing inwards but answers; an opening from outside comes with the port of a service. */
const replyable = (packet: Packet): boolean => packet.protocol === "tcp" && packet.reply;

function natBehind(net: Net, firewall: SubnetOf, destination: number): SubnetOf | undefined {
  const hop = nextHop(net, firewall, destination);
  return typeof hop !== "string" && hop.kind === "nat"
    ? net.subnets.get(net.nats.get(hop.name) ?? "")
    : undefined;
}

/**
 * Carries single packets through the network of a document, hop by hop: groups (stateful), network ACLs (stateless, in number order,
 * not met inside a subnet), routes (most specific first). Answers whether a connection can be opened and whether its replies come
 * back.
 */
import { NOT_INTERNET } from "../../net/cidr";
import { type Block, holds, withLast } from "../replay/blocks";
import type { Host, Judgement, Path, Verdict } from "../replay/reader";
import { carries, ECHO_REQUEST, hasPorts, LAST_PORT, type Packet } from "../replay/traffic";
import {
  type AclEntry,
  EGRESS,
  type GroupRule,
  INGRESS,
  type Net,
  type SubnetOf,
  type Target,
} from "./network";

/** One end as the walker needs it. */
export type End = Pick<Host, "address" | "subnet" | "groups">;

/** `port` is the destination's. */
export interface Opening extends Packet {
  readonly from: End;
  readonly to: End;
}

export type Outcome = "passes" | "refused" | "replies-lost";

/** Stands for what a gateway endpoint's prefix list holds: no host of any generated spec has it. */
export const STORAGE_ADDRESS = 0x34d80001; // 52.216.0.1

/** Client ports that replies have to reach. */
const FIRST_CLIENT_PORT = 1024;

const PRIVATE: readonly Block[] = NOT_INTERNET.map(withLast);
const isPrivate = (at: number): boolean => PRIVATE.some((range) => holds(range, at));

export function open(net: Net, { from, to, protocol, port }: Opening): Outcome {
  const way = wayOf(net, from, to);
  const packet = { protocol, port };
  if (![way.out, way.into].every((side) => admits(side, packet).passes)) return "refused";
  if (refusal(way.there, packet) !== undefined) return "refused";
  return lostReply(way, packet) === undefined ? "passes" : "replies-lost";
}

/** Groups alone, both ends: what they hold whatever the ACLs say. */
export function groupsAdmit(net: Net, from: End, to: End, packet: Packet): boolean {
  const way = wayOf(net, from, to);
  return [way.out, way.into].every((side) => admits(side, packet).passes);
}

/** What the path from one host to another is asked about; `possible` are rules under any quarantine. */
export function pathBetween(net: Net, possible: Pick<Net, "ingress" | "egress">, from: Host, to: Host): Path {
  const way = wayOf(net, from, to);
  const touching = [
    ...groupRules(net, possible.egress, from, to),
    ...groupRules(net, possible.ingress, to, from),
  ];
  const acls = [subnetOf(net, from), subnetOf(net, to)].flatMap((subnet) => subnet?.acl.zones ?? []);
  const steps = [...way.there.filters, ...way.back.filters];
  return {
    ranges: [...touching, ...(touching.length === 0 ? [] : steps.flatMap(({ entries }) => entries))],
    dependsOn: new Set([...touching.flatMap(({ zones }) => zones), ...acls]),
    led: ledTo(net, from, to),
    judge: (packet) => judge(way, from, to, packet),
  };
}

function judge(way: Way, from: End, to: End, packet: Packet): Judgement {
  const sends = from.subnet === undefined ? undefined : atOneEnd(way.out, way.there.filters[0], to, packet);
  const receives =
    to.subnet === undefined ? undefined : atOneEnd(way.into, way.there.filters.at(-1), from, packet);
  return {
    ...(sends === undefined ? {} : { sends }),
    ...(receives === undefined ? {} : { receives }),
    whole: wholly(way, packet),
  };
}

/** Groups hold everything but that private addresses are no part of the internet: the ACL in front denies these. */
function atOneEnd(side: Side, acl: Filter | undefined, peer: End, packet: Packet): Verdict {
  const verdict = admits(side, packet);
  const outside = peer.subnet === undefined && isPrivate(peer.address);
  return verdict.passes && outside && acl !== undefined ? passing(acl, packet, verdict) : verdict;
}

function wholly(way: Way, packet: Packet): Verdict {
  const [out, into] = [admits(way.out, packet), admits(way.into, packet)];
  if (!out.passes) return out;
  if (!into.passes) return into;
  const refused = refusal(way.there, packet) ?? lostReply(way, packet);
  return refused === undefined ? into : { passes: false, by: refused };
}

/** Groups at one end: one rule that matches is enough. */
interface Side {
  /** Nobody outside has one. */
  readonly held: boolean;
  readonly rules: readonly GroupRule[];
  readonly by: string;
}

function admits({ held, rules, by }: Side, packet: Packet): Verdict {
  if (!held) return { passes: true, by };
  const rule = rules.find((each) => carries(each, packet));
  return { passes: rule !== undefined, by: rule?.resource ?? by };
}

/** An ACL in one direction, with the entries that hold the peer. */
interface Filter {
  readonly acl: string;
  readonly entries: readonly AclEntry[];
}

const passing = ({ acl, entries }: Filter, packet: Packet, otherwise: Verdict): Verdict => {
  const entry = entries.find((each) => carries(each, packet));
  return entry?.allow === true ? otherwise : { passes: false, by: entry?.resource ?? acl };
};

/** One direction between two hosts: the ACLs that a packet meets in turn, or what leaves it nowhere to go. */
interface Direction {
  readonly filters: readonly Filter[];
  readonly stuck?: string;
  /** A NAT gateway forwards nothing inwards but answers over TCP. */
  readonly answersOnly: boolean;
}

interface Way {
  readonly out: Side;
  readonly into: Side;
  readonly there: Direction;
  readonly back: Direction;
}

function wayOf(net: Net, from: End, to: End): Way {
  const side = (type: string, rules: Net["ingress"], host: End, peer: End): Side => ({
    held: host.subnet !== undefined,
    rules: groupRules(net, rules, host, peer),
    by: host.groups?.[0] === undefined ? type : `aws_security_group.${host.groups[0]}`,
  });
  return {
    out: side(EGRESS, net.egress, from, to),
    into: side(INGRESS, net.ingress, to, from),
    there: direction(net, from, to),
    back: direction(net, to, from),
  };
}

function groupRules(net: Net, rules: Net["ingress"], host: End, peer: End): GroupRule[] {
  const own = (host.groups ?? []).flatMap((group) => rules.get(group) ?? []);
  return own.filter((rule) => peerMatches(net, rule, host, peer));
}

function peerMatches(net: Net, rule: GroupRule, host: End, peer: End): boolean {
  if (rule.peerGroup !== undefined) return peer.groups?.includes(rule.peerGroup) === true;
  if (rule.peerBlock !== undefined) return holds(rule.peerBlock, peer.address);
  const own = net.lists.get(rule.peerList ?? "");
  if (own !== undefined) return own.some((range) => holds(range, peer.address));
  return peer.address === STORAGE_ADDRESS && subnetOf(net, host) !== undefined;
}

const subnetOf = (net: Net, host: End): SubnetOf | undefined =>
  host.subnet === undefined ? undefined : net.subnets.get(host.subnet);

const refusal = ({ filters, stuck, answersOnly }: Direction, packet: Packet): string | undefined =>
  stuck ?? (answersOnly ? "aws_nat_gateway" : refusedBy(filters, packet));

function refusedBy(filters: readonly Filter[], packet: Packet): string | undefined {
  for (const filter of filters) {
    const verdict = passing(filter, packet, { passes: true, by: "" });
    if (!verdict.passes) return verdict.by;
  }
  return undefined;
}

/** Replies come to any port that a client takes; to ICMP only an echo is answered. */
function lostReply({ back }: Way, packet: Packet): string | undefined {
  if (packet.protocol === "icmp" && packet.port !== ECHO_REQUEST) return undefined;
  if (back.stuck !== undefined || (back.answersOnly && packet.protocol !== "tcp"))
    return back.stuck ?? "aws_nat_gateway";
  for (const port of portsOfReplies(back.filters, packet.protocol)) {
    const refused = refusedBy(back.filters, { protocol: packet.protocol, port });
    if (refused !== undefined) return refused;
  }
  return undefined;
}

/** One of each piece into which the entries cut the ports of clients; an echo reply is of type 0. */
function portsOfReplies(filters: readonly Filter[], protocol: string): number[] {
  if (!hasPorts(protocol)) return [0];
  const ports = new Set([FIRST_CLIENT_PORT]);
  for (const { entries } of filters)
    for (const entry of entries) {
      if (entry.protocol !== protocol) continue;
      if (entry.from > FIRST_CLIENT_PORT) ports.add(entry.from);
      if (entry.to >= FIRST_CLIENT_PORT && entry.to < LAST_PORT) ports.add(entry.to + 1);
    }
  return [...ports];
}

const filterOf = (subnet: SubnetOf, side: "ingress" | "egress", peer: number): Filter => ({
  acl: `aws_network_acl.${subnet.acl.name}`,
  entries: subnet.acl[side].filter((entry) => holds(entry.block, peer)),
});

const STUCK = { filters: [], answersOnly: false };

function direction(net: Net, from: End, to: End): Direction {
  const [source, target] = [subnetOf(net, from), subnetOf(net, to)];
  const ends = { from: from.address, to: to.address };
  if (source !== undefined && source === target) return { filters: [], answersOnly: false };
  if (source !== undefined && target !== undefined) {
    const filters = [filterOf(source, "egress", ends.to), filterOf(target, "ingress", ends.from)];
    const local = nextHop(net, source, ends.to) === "local";
    return local ? { filters, answersOnly: false } : { ...STUCK, stuck: `aws_subnet.${source.name}` };
  }
  if (source !== undefined) return outwards(net, source, ends);
  return target === undefined ? { ...STUCK, stuck: "aws_vpc.enclave" } : inwards(net, target, ends);
}

interface Ends {
  readonly from: number;
  readonly to: number;
}

type Hop = "local" | "none" | "gateway" | Target;

/** The most specific route; the VPC's own is as specific as its block. */
function nextHop(net: Net, subnet: SubnetOf, destination: number): Hop {
  let best: { readonly prefix: number; readonly hop: Hop } = { prefix: -1, hop: "none" };
  for (const range of net.blocks)
    if (range.prefix > best.prefix && holds(range, destination))
      best = { prefix: range.prefix, hop: "local" };
  if (destination === STORAGE_ADDRESS && subnet.gateways.length > 0) best = { prefix: 32, hop: "gateway" };
  for (const route of subnet.routes)
    if (route.block.prefix > best.prefix && holds(route.block, destination))
      best = { prefix: route.block.prefix, hop: route.target };
  return best.hop;
}

function ledTo(net: Net, from: End, to: End): Path["led"] {
  const subnet = subnetOf(net, from);
  if (subnet === undefined || to.subnet !== undefined) return "inside";
  const hop = nextHop(net, subnet, to.address);
  if (hop === "none") return "nowhere";
  if (hop === "local" || hop === "gateway") return "inside";
  return hop.kind === "firewall" ? "inspected" : "direct";
}

/** From a subnet to an address outside the VPC, through firewall and NAT where the routes lead there. */
function outwards(net: Net, subnet: SubnetOf, ends: Ends): Direction {
  const filters = [filterOf(subnet, "egress", ends.to)];
  let at = subnet;
  for (;;) {
    const hop = nextHop(net, at, ends.to);
    if (hop === "gateway") return { filters, answersOnly: false };
    if (typeof hop === "string") return { ...STUCK, stuck: `aws_route_table.${at.name}` };
    if (hop.kind === "internet") return { filters, answersOnly: false };
    const next = net.subnets.get(hop.kind === "nat" ? (net.nats.get(hop.name) ?? "") : hop.name);
    if (next === undefined || next.availabilityZone !== subnet.availabilityZone || filters.length > 9)
      return { ...STUCK, stuck: `aws_route_table.${at.name}` };
    filters.push(filterOf(next, "ingress", ends.from), filterOf(next, "egress", ends.to));
    at = next;
  }
}

/** From outside to a subnet: straight where it has a route to the internet gateway, else back through NAT and firewall. */
function inwards(net: Net, subnet: SubnetOf, ends: Ends): Direction {
  const last = filterOf(subnet, "ingress", ends.from);
  const stuck = { ...STUCK, stuck: `aws_route_table.${subnet.name}` };
  const out = nextHop(net, subnet, ends.from);
  if (out === "gateway") return { filters: [last], answersOnly: false };
  if (typeof out === "string") return stuck;
  if (out.kind === "internet") return { filters: [last], answersOnly: false };
  if (out.kind !== "firewall") return stuck;
  const firewall = net.subnets.get(out.name);
  const nat = firewall === undefined ? undefined : natBehind(net, firewall, ends.from);
  if (firewall === undefined || nat === undefined) return stuck;
  const back = nextHop(net, nat, ends.to);
  if (typeof back === "string" || back.kind !== "firewall" || back.name !== firewall.name)
    return { ...STUCK, stuck: `aws_route_table.${nat.name}` };
  if (nextHop(net, firewall, ends.to) !== "local")
    return { ...STUCK, stuck: `aws_route_table.${firewall.name}` };
  const path = [nat, firewall].flatMap((each) => [
    filterOf(each, "ingress", ends.from),
    filterOf(each, "egress", ends.to),
  ]);
  return { filters: [...path, last], answersOnly: true };
}

function natBehind(net: Net, firewall: SubnetOf, destination: number): SubnetOf | undefined {
  const hop = nextHop(net, firewall, destination);
  return typeof hop !== "string" && hop.kind === "nat"
    ? net.subnets.get(net.nats.get(hop.name) ?? "")
    : undefined;
}

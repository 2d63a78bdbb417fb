/**
 * Packets hop by hop without groups: routes (most specific first) and ACLs (stateless, in number order, not
 * met inside a subnet).
 */
import { holds } from "../replay/blocks";
import type { Passage, Verdict } from "../replay/paths";
import {
  carries,
  ECHO_REQUEST,
  hasPorts,
  LAST_PORT,
  type Packet,
  type PortRange,
  UNREACHABLE,
} from "../replay/traffic";
import type { AclEntry } from "./acls";
import { type End, STORAGE_ADDRESS } from "./groups";
import type { Network, Subnet, Target } from "./network";

/** The network as it is under one quarantine. */
export interface Now {
  readonly network: Network;
  readonly cut: readonly string[];
}

/** An ACL in one direction, with the entries that hold the peer. */
export interface Filter {
  readonly acl: string;
  readonly entries: readonly AclEntry[];
}

/** One direction between two hosts: the ACLs that a packet meets in turn, or what leaves it nowhere to go. */
export interface Direction {
  readonly filters: readonly Filter[];
  readonly stuck?: string;
  /** A NAT gateway forwards nothing inwards but answers over TCP. */
  readonly answersOnly?: true;
}

const subnetOf = ({ network }: Now, { subnet }: End): Subnet | undefined =>
  subnet === undefined ? undefined : network.subnets.get(subnet);

export const passing = ({ acl, entries }: Filter, packet: Packet, otherwise: Verdict): Verdict => {
  const entry = entries.find((each) => carries(each, packet));
  return entry?.allow === true ? otherwise : { passes: false, by: entry?.resource ?? acl };
};

/** The Terraform address of the resource that refuses the packet, if one does. */
export const refusal = ({ filters, stuck, answersOnly }: Direction, packet: Packet): string | undefined =>
  stuck ?? (answersOnly ? "aws_nat_gateway" : refusedBy(filters, packet));

function refusedBy(filters: readonly Filter[], packet: Packet): string | undefined {
  for (const { acl, entries } of filters) {
    const entry = entries.find((each) => carries(each, packet));
    if (entry?.allow !== true) return entry?.resource ?? acl;
  }
  return undefined;
}

/** Without such answers connections hang. */
const TOO_LARGE: Packet = { protocol: "icmp", port: UNREACHABLE };

/**
 * Client ports that replies have to reach: those of NFS, its port mapper and mounts, and of Lustre may be low ones.
 * https://man7.org/linux/man-pages/man5/nfs.5.html
 */
const CALLED_FROM_LOW_PORTS = [111, 988, 2049, 20048];
const firstClientPort = (called: number): number => (CALLED_FROM_LOW_PORTS.includes(called) ? 1 : 1024);

/** Each of these ports that a range holds is judged otherwise than the range. */
export const lowCallsIn = (ranges: readonly PortRange[]): PortRange[] =>
  ["tcp", "udp"].flatMap((protocol) =>
    CALLED_FROM_LOW_PORTS.filter((port) => ranges.some((range) => carries(range, { protocol, port }))).map(
      (port) => ({ protocol, from: port, to: port }),
    ),
  );

/** The resource that refuses an answer. A client may use any port; of ICMP only an echo is answered. */
export function lostReply(back: Direction, packet: Packet): string | undefined {
  if (packet.protocol === "icmp" && packet.port !== ECHO_REQUEST) return undefined;
  if (back.stuck !== undefined) return back.stuck;
  if (back.answersOnly && packet.protocol !== "tcp") return "aws_nat_gateway";
  for (const port of portsOfReplies(back.filters, packet)) {
    const refused = refusedBy(back.filters, { protocol: packet.protocol, port });
    if (refused !== undefined) return refused;
  }
  return refusedBy(back.filters, TOO_LARGE);
}

/** One of each piece into which the entries cut the ports of clients; an echo reply is of type 0. */
function portsOfReplies(filters: readonly Filter[], { protocol, port: called }: Packet): Iterable<number> {
  if (!hasPorts(protocol)) return [0];
  const first = firstClientPort(called);
  const ports = new Set([first]);
  for (const { entries } of filters)
    for (const entry of entries) {
      if (entry.protocol !== protocol) continue;
      if (entry.from > first) ports.add(entry.from);
      if (entry.to >= first && entry.to < LAST_PORT) ports.add(entry.to + 1);
    }
  return ports;
}

function filterOf({ cut }: Now, subnet: Subnet, side: "ingress" | "egress", peer: number): Filter {
  const acl = subnet.acl.at(cut);
  return {
    acl: `aws_network_acl.${acl.name}`,
    entries: acl[side].filter((entry) => holds(entry.block, peer)),
  };
}

const stuckAt = (subnet: Subnet): Direction => ({ filters: [], stuck: `aws_route_table.${subnet.name}` });

export function direction(now: Now, from: End, to: End): Direction {
  const [source, target] = [subnetOf(now, from), subnetOf(now, to)];
  const ends = { from: from.address, to: to.address };
  if (source !== undefined && source === target) return { filters: [] };
  if (source !== undefined && target !== undefined)
    return nextHop(now, source, ends.to) === "local"
      ? { filters: [filterOf(now, source, "egress", ends.to), filterOf(now, target, "ingress", ends.from)] }
      : stuckAt(source);
  if (source !== undefined) return outwards(now, source, ends);
  return target === undefined ? { filters: [], stuck: "aws_vpc.enclave" } : inwards(now, target, ends);
}

interface Ends {
  readonly from: number;
  readonly to: number;
}

type Hop = "local" | "none" | "gateway" | Target;

/** The most specific route; the VPC's own is as specific as its block. */
function nextHop({ network, cut }: Now, subnet: Subnet, destination: number): Hop {
  let best: { readonly prefix: number; readonly hop: Hop } = { prefix: -1, hop: "none" };
  for (const range of network.blocks)
    if (range.prefix > best.prefix && holds(range, destination))
      best = { prefix: range.prefix, hop: "local" };
  if (destination === STORAGE_ADDRESS && subnet.gateways.at(cut).length > 0)
    best = { prefix: 32, hop: "gateway" };
  for (const route of subnet.routes)
    if (route.block.prefix > best.prefix && holds(route.block, destination))
      best = { prefix: route.block.prefix, hop: route.target };
  return best.hop;
}

export function ledTo(now: Now, from: End, to: End): Passage["led"] {
  const subnet = subnetOf(now, from);
  if (subnet === undefined || to.subnet !== undefined) return "inside";
  const hop = nextHop(now, subnet, to.address);
  if (hop === "none") return "nowhere";
  if (hop === "local" || hop === "gateway") return "inside";
  return hop.kind === "firewall" ? "inspected" : "direct";
}

/** From a subnet to an address outside the VPC, through firewall and NAT where the routes lead there. */
function outwards(now: Now, subnet: Subnet, ends: Ends): Direction {
  const filters = [filterOf(now, subnet, "egress", ends.to)];
  let at = subnet;
  for (;;) {
    const hop = nextHop(now, at, ends.to);
    if (hop === "gateway") return { filters };
    if (typeof hop === "string") return stuckAt(at);
    if (hop.kind === "internet") return { filters };
    const next = subnetBehind(now, hop);
    // More hops than there are kinds of them go round in circles.
    if (next === undefined || next.availabilityZone !== subnet.availabilityZone || filters.length > 9)
      return stuckAt(at);
    filters.push(filterOf(now, next, "ingress", ends.from), filterOf(now, next, "egress", ends.to));
    at = next;
  }
}

const subnetBehind = ({ network }: Now, { kind, name }: Target): Subnet | undefined =>
  network.subnets.get(kind === "nat" ? (network.nats.get(name) ?? "") : name);

/**
 * From outside to a subnet: straight where it has a route to the internet gateway, else back through NAT and
 * firewall.
 */
function inwards(now: Now, subnet: Subnet, ends: Ends): Direction {
  const last = filterOf(now, subnet, "ingress", ends.from);
  const out = nextHop(now, subnet, ends.from);
  if (out === "gateway") return { filters: [last] };
  if (typeof out === "string") return stuckAt(subnet);
  if (out.kind === "internet") return { filters: [last] };
  const firewall = out.kind === "firewall" ? subnetBehind(now, out) : undefined;
  const nat = firewall === undefined ? undefined : natBehind(now, firewall, ends.from);
  if (firewall === undefined || nat === undefined) return stuckAt(subnet);
  const back = nextHop(now, nat, ends.to);
  if (typeof back === "string" || back.kind !== "firewall" || back.name !== firewall.name)
    return stuckAt(nat);
  if (nextHop(now, firewall, ends.to) !== "local") return stuckAt(firewall);
  const path = [nat, firewall].flatMap((each) => [
    filterOf(now, each, "ingress", ends.from),
    filterOf(now, each, "egress", ends.to),
  ]);
  return { filters: [...path, last], answersOnly: true };
}

function natBehind(now: Now, firewall: Subnet, destination: number): Subnet | undefined {
  const hop = nextHop(now, firewall, destination);
  return typeof hop !== "string" && hop.kind === "nat" ? subnetBehind(now, hop) : undefined;
}

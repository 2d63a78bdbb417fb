/**
 * One connection through a network as Azure would judge it: the security group of the source's subnet, the
 * route, the firewall on that route, the security group of the destination's subnet, and the route of the
 * replies. Azure's built-in rules, which admit the whole network and the internet, are there too: a group
 * that closes nothing is seen to be open.
 */
import { NOT_INTERNET } from "../../net/cidr";
import { address, type Block, holds, withLast } from "../replay/blocks";
import type { Host, Passage, Path, Verdict } from "../replay/paths";
import { carries, type Packet, type PortRange } from "../replay/traffic";
import { holdsSource } from "./firewall";
import { deniesAll, type Place, type PossibleRule, type SecurityRule } from "./groups";
import type { Network, Subnet } from "./network";

/** One end as the walker needs it; `groups` are application security groups. */
export type End = Pick<Host, "address" | "subnet" | "groups">;

export interface Opening extends Packet {
  readonly from: End;
  readonly to: End;
}

/** The network as it is under one quarantine. */
export interface Now {
  readonly network: Network;
  readonly cut: readonly string[];
}

/**
 * Health checks of load balancers come from here:
 * https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16
 */
export const PLATFORM = address("168.63.129.16");

const PRIVATE: readonly Block[] = NOT_INTERNET.map(withLast);
const isPublic = (at: number): boolean => !PRIVATE.some((range) => holds(range, at));

/** "passes", or who refuses it. */
export function open({ network, cut }: Now, { from, to, ...packet }: Opening): string {
  const way = wayOf(endsOf(walkOf(network), from, to), cut);
  if (!admits(way.out, packet).passes) return "refused by the source's group";
  if (!leaves(way, packet)) return "refused on the way";
  if (!admits(way.into, packet).passes) return "refused by the destination's group";
  return way.answered ? "passes" : "refused on the way back";
}

/** Two hosts, with the rules of both groups that could name both under some quarantine. */
interface Ends {
  readonly network: Network;
  readonly from: End;
  readonly to: End;
  readonly source: Subnet | undefined;
  readonly target: Subnet | undefined;
  readonly out: readonly PossibleRule[];
  readonly into: readonly PossibleRule[];
}

function endsOf({ network, find }: Walk, from: End, to: End): Ends {
  const [source, target] = [subnetOf(network, from), subnetOf(network, to)];
  return {
    network,
    from,
    to,
    source,
    target,
    out: find(source, "Outbound", to).filter(({ ends }) => isFrom(ends, from)),
    into: find(target, "Inbound", from).filter(({ ends }) => isTo(ends, to)),
  };
}

const subnetOf = ({ subnets, byName }: Network, { subnet, address: at }: End): Subnet | undefined =>
  subnet === undefined ? subnets.find(({ block }) => holds(block, at)) : byName.get(subnet);

/** The network, and how rules are found that name a peer, once for each group and peer. */
export interface Walk {
  readonly network: Network;
  find(subnet: Subnet | undefined, direction: SecurityRule["direction"], peer: End): readonly PossibleRule[];
}

export function walkOf(network: Network): Walk {
  const known = new WeakMap<End, Map<string, readonly PossibleRule[]>>();
  return {
    network,
    find: (subnet, direction, peer) => {
      if (subnet?.rules === undefined) return [];
      const ofPeer = known.get(peer) ?? new Map<string, readonly PossibleRule[]>();
      known.set(peer, ofPeer);
      const key = `${subnet.group} ${direction}`;
      const names = direction === "Outbound" ? isTo : isFrom;
      const found =
        ofPeer.get(key) ??
        subnet.rules.filter((rule) => rule.direction === direction && names(rule.ends, peer));
      ofPeer.set(key, found);
      return found;
    },
  };
}

export function pathBetween(walk: Walk, from: Host, to: Host): Path {
  const ends = endsOf(walk, from, to);
  const routes = [ends.source, ends.target].flatMap((subnet) => subnet?.routes ?? []);
  const zones = [...ends.out, ...ends.into, ...routes].flatMap((each) => each.zones);
  return { dependsOn: new Set(canChange(ends) ? zones : []), under: (cut) => passageOf(ends, cut) };
}

/** A packet that a lasting rule denies stays denied with any further rules. */
const canChange = ({ out, into, from, to }: Ends): boolean =>
  [...out, ...into].some((rule) => {
    const [now] = rule.variants();
    const vanishes = rule.zones.length > 0 && now !== undefined && namesBoth(now, from, to);
    return vanishes || rule.variants().some(({ allow }) => allow);
  });

function passageOf(ends: Ends, cut: readonly string[]): Passage {
  const way = wayOf(ends, cut);
  const { out, into } = way;
  const rules = [...out.rules, ...into.rules];
  return {
    shut: rules.every(({ allow }) => !allow) && [out, into].every(isClosed) && (out.held || into.held),
    ranges: [
      ...rules.flatMap(({ ranges }) => ranges),
      ...way.exits.map((port): PortRange => ({ protocol: "tcp", from: port, to: port })),
    ],
    led: ledBy(ends, way.hop),
    judge: (packet) => {
      const [sends, receives] = [admits(out, packet), admits(into, packet)];
      return {
        ...(out.held ? { sends } : {}),
        ...(into.held ? { receives } : {}),
        whole: wholly(ends, way, packet, sends, receives),
      };
    },
  };
}

function wholly({ source, target }: Ends, way: Way, packet: Packet, out: Verdict, into: Verdict): Verdict {
  const stuck = (subnet: Subnet | undefined): Verdict => ({
    passes: false,
    by: `azurerm_route_table.${subnet?.table}`,
  });
  if (!out.passes) return out;
  if (!leaves(way, packet)) return stuck(source);
  if (!into.passes) return into;
  return way.answered ? into : stuck(target);
}

/** A group in one direction, with the rules that name both ends now, in the order of their priorities. */
interface Side {
  /** There is a group. */
  readonly held: boolean;
  readonly rules: readonly SecurityRule[];
  readonly builtIn: boolean;
  readonly by: string;
}

interface Way {
  readonly out: Side;
  readonly into: Side;
  readonly hop: string;
  /** Ports that the firewall opens to the source. */
  readonly exits: readonly number[];
  /** The packet arrives without a firewall between. */
  readonly reached: boolean;
  /** Replies come back: they pass groups, but not a route that leads nowhere. */
  readonly answered: boolean;
}

function wayOf(ends: Ends, cut: readonly string[]): Way {
  const { network, from, to, source, target } = ends;
  const hop = source === undefined ? "" : hopOf(network, source, to.address, cut);
  const back = target === undefined ? "" : hopOf(network, target, from.address, cut);
  const now = (rules: readonly PossibleRule[]): SecurityRule[] =>
    rules.map((rule) => rule.at(cut)).filter((rule) => namesBoth(rule, from, to));
  return {
    out: sideOf(source, now(ends.out), builtIn(network, "Outbound", from, to)),
    into: sideOf(target, now(ends.into), builtIn(network, "Inbound", from, to)),
    hop,
    exits:
      hop === "VirtualAppliance"
        ? network.exits.flatMap((rule) =>
            holdsSource(rule, from, cut) ? rule.protocols.map(({ port }) => port) : [],
          )
        : [],
    reached: source === undefined || isReached(network, hop, to.address),
    answered: target === undefined || from.address === PLATFORM || isReached(network, back, from.address),
  };
}

const sideOf = (subnet: Subnet | undefined, rules: readonly SecurityRule[], builtIn: boolean): Side =>
  subnet?.rules === undefined
    ? { held: false, rules: [], builtIn: true, by: subnet?.resource ?? "" }
    : { held: true, rules, builtIn, by: `azurerm_network_security_group.${subnet.group}` };

function admits({ rules, builtIn, by }: Side, packet: Packet): Verdict {
  const rule = rules.find(({ ranges }) => ranges.some((range) => carries(range, packet)));
  return { passes: rule?.allow ?? builtIn, by };
}

/** Some rule denies everything; where there is no group nobody asks. */
const isClosed = ({ held, rules }: Side): boolean => !held || rules.some(deniesAll);

/** In the network or in one that is joined to it. */
const isInside = ({ ranges }: Network, at: number): boolean => ranges.some((range) => holds(range, at));

const isReached = (network: Network, hop: string, at: number): boolean =>
  hop === "VnetLocal" ? isInside(network, at) : hop === "Internet" && isPublic(at);

const leaves = ({ exits, reached }: Way, { protocol, port }: Packet): boolean =>
  reached || (protocol === "tcp" && exits.includes(port));

function ledBy({ network, source, to }: Ends, hop: string): Passage["led"] {
  if (source === undefined || isInside(network, to.address)) return "inside";
  if (hop === "None") return "nowhere";
  return hop === "VirtualAppliance" ? "inspected" : "direct";
}

/** 65000 to 65500: the network to itself, load balancers in, everybody out to the internet. */
function builtIn(network: Network, direction: SecurityRule["direction"], from: End, to: End): boolean {
  const inside = isInside(network, from.address) && isInside(network, to.address);
  return inside || (direction === "Inbound" ? from.address === PLATFORM : isPublic(to.address));
}

const namesBoth = (rule: SecurityRule, from: End, to: End): boolean => isFrom(rule, from) && isTo(rule, to);

const isFrom = (rule: PossibleRule["ends"], { address: at }: End): boolean =>
  rule.from.some((end) => isAt(end, at));

const isTo = ({ to, toGroups }: PossibleRule["ends"], { address: at, groups }: End): boolean =>
  toGroups.some((group) => groups?.includes(group)) || to.some((end) => isAt(end, at));

/**
 * An address, or a tag. Activation of Windows has an address of the platform's own, which is nobody's in the
 * network.
 */
function isAt(end: Place, at: number): boolean {
  if (typeof end !== "string") return holds(end, at);
  return end === "*" || (end === "AzureLoadBalancer" && at === PLATFORM);
}

/** The longest prefix wins, and ours before Azure's where they are equally long. */
function hopOf({ ranges }: Network, { routes }: Subnet, to: number, cut: readonly string[]): string {
  let best = { prefix: -1, hop: "Internet" };
  for (const range of ranges) if (holds(range, to)) best = { prefix: range.prefix - 0.5, hop: "VnetLocal" };
  for (const route of routes) {
    const { block, hop } = route.at(cut);
    if (block.prefix > best.prefix && holds(block, to)) best = { prefix: block.prefix, hop };
  }
  return best.hop;
}

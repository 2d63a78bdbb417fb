/**
 * One connection through a network as Azure would judge it: the security group of the source's subnet, the route, the firewall on
 * that route, the security group of the destination's subnet, and the route of the replies. Azure's built-in rules, which admit
 * the whole network and the internet, are there too: a group that closes nothing is seen to be open.
 */
import { NOT_INTERNET } from "../../net/cidr";
import { address, type Block, holds, withLast } from "../replay/blocks";
import type { Host, Path, Verdict } from "../replay/reader";
import { carries, type Packet, type PortRange } from "../replay/traffic";
import type { Net, NetworkReading, Place, Route, SecurityRule, SubnetReading } from "./network";

/** One end as the walker needs it; `groups` are application security groups. */
export type End = Pick<Host, "address" | "groups">;

export interface Opening extends Packet {
  readonly from: End;
  readonly to: End;
}

/** Health checks of load balancers come from here: https://learn.microsoft.com/en-us/azure/virtual-network/what-is-ip-address-168-63-129-16 */
export const PLATFORM = address("168.63.129.16");

const PRIVATE: readonly Block[] = NOT_INTERNET.map(withLast);
const isPublic = (at: number): boolean => !PRIVATE.some((range) => holds(range, at));

const subnetOf = (net: Net, { address: at }: End): SubnetReading | undefined =>
  net.subnets.find((subnet) => holds(subnet.block, at));

/** "passes", or who refuses it. */
export function open(net: Net, { from, to, ...packet }: Opening): string {
  const way = wayOf(net, from, to);
  if (!admits(way.out, packet).passes) return "refused by the source's group";
  if (!leaves(way, packet)) return "refused on the way";
  if (!admits(way.into, packet).passes) return "refused by the destination's group";
  return way.answered ? "passes" : "refused on the way back";
}

/** The way is found for this quarantine; what could change it, for all of them. */
export function pathBetween(net: Net, reading: NetworkReading, from: Host, to: Host): Path {
  const way = wayOf(net, from, to);
  const exits = way.hop === "VirtualAppliance" ? way.exits : [];
  return {
    ranges: [
      ...[...way.out.rules, ...way.into.rules].flatMap(({ ranges }) => ranges),
      ...exits.map((port): PortRange => ({ protocol: "tcp", from: port, to: port })),
    ],
    dependsOn: new Set(possibly(net, reading, from, to)),
    led: ledBy(net, way, to),
    judge: (packet) => {
      const [out, into] = [admits(way.out, packet), admits(way.into, packet)];
      return {
        ...(way.source?.rules === undefined ? {} : { sends: out }),
        ...(way.target?.rules === undefined ? {} : { receives: into }),
        whole: wholly(way, packet, out, into),
      };
    },
  };
}

function wholly(way: Way, packet: Packet, out: Verdict, into: Verdict): Verdict {
  const stuck = (subnet: SubnetReading | undefined): Verdict => ({
    passes: false,
    by: `azurerm_route_table.${subnet?.table}`,
  });
  if (!out.passes) return out;
  if (!leaves(way, packet)) return stuck(way.source);
  if (!into.passes) return into;
  return way.answered ? into : stuck(way.target);
}

interface Way {
  readonly source: SubnetReading | undefined;
  readonly target: SubnetReading | undefined;
  readonly out: Side;
  readonly into: Side;
  readonly hop: string;
  /** Ports that the firewall opens to the source. */
  readonly exits: readonly number[];
  readonly reached: boolean;
  /** Replies come back: they pass groups, but not a route that leads nowhere. */
  readonly answered: boolean;
}

function wayOf(net: Net, from: End, to: End): Way {
  const [source, target] = [subnetOf(net, from), subnetOf(net, to)];
  const hop = source === undefined ? "" : hopOf(net, source.routes, to.address);
  const back = target === undefined ? "" : hopOf(net, target.routes, from.address);
  return {
    source,
    target,
    out: sideOf(net, source, "Outbound", from, to),
    into: sideOf(net, target, "Inbound", from, to),
    hop,
    exits: net.exits.flatMap((exit) =>
      exit.sources.some((range) => holds(range, from.address)) ? [exit.port] : [],
    ),
    reached: isReached(net, hop, to.address),
    answered: target === undefined || from.address === PLATFORM || isReached(net, back, from.address),
  };
}

const isReached = (net: Net, hop: string, at: number): boolean =>
  hop === "VnetLocal" ? holds(net.range, at) : hop === "Internet" && isPublic(at);

function leaves({ source, hop, exits, reached }: Way, { protocol, port }: Packet): boolean {
  if (source === undefined || reached) return true;
  return hop === "VirtualAppliance" && protocol === "tcp" && exits.includes(port);
}

function ledBy(net: Net, { source, hop }: Way, to: Host): Path["led"] {
  if (source === undefined || holds(net.range, to.address)) return "inside";
  if (hop === "None") return "nowhere";
  return hop === "VirtualAppliance" ? "inspected" : "direct";
}

/** A group in one direction, with the rules that name both ends, in the order of their priorities. */
interface Side {
  readonly rules: readonly SecurityRule[];
  readonly builtIn: boolean;
  readonly by: string;
}

function sideOf(
  net: Net,
  subnet: SubnetReading | undefined,
  direction: SecurityRule["direction"],
  from: End,
  to: End,
): Side {
  if (subnet?.rules === undefined) return { rules: [], builtIn: true, by: `azurerm_subnet.${subnet?.name}` };
  return {
    rules: subnet.rules.filter((rule) => rule.direction === direction && namesBoth(net, rule, from, to)),
    builtIn: builtIn(net, direction, from, to),
    by: `azurerm_network_security_group.${subnet.group}`,
  };
}

function admits({ rules, builtIn, by }: Side, packet: Packet): Verdict {
  const rule = rules.find(({ ranges }) => ranges.some((range) => carries(range, packet)));
  return { passes: rule?.allow ?? builtIn, by };
}

/** 65000 to 65500: the network to itself, load balancers in, everybody out to the internet. */
function builtIn(net: Net, direction: SecurityRule["direction"], from: End, to: End): boolean {
  const inside = holds(net.range, from.address) && holds(net.range, to.address);
  return inside || (direction === "Inbound" ? from.address === PLATFORM : isPublic(to.address));
}

const namesBoth = (net: Net, rule: SecurityRule, from: End, to: End): boolean =>
  rule.from.some((end) => isAt(net, end, from.address)) &&
  (rule.toGroups.some((group) => to.groups?.includes(group)) ||
    rule.to.some((end) => isAt(net, end, to.address)));

/** An address, or a tag: every tag that Azure knows and a renderer could be tempted by. */
function isAt(net: Net, end: Place, at: number): boolean {
  if (typeof end !== "string") return holds(end, at);
  if (end === "*") return true;
  if (end === "AzureLoadBalancer") return at === PLATFORM;
  if (end === "AzurePlatformLKM") return false;
  if (end === "VirtualNetwork") return holds(net.range, at);
  if (end === "Internet") return isPublic(at);
  throw new Error(`no address or tag: ${end}`);
}

/** The longest prefix wins, and ours before Azure's where they are equally long. */
function hopOf(net: Net, routes: readonly Route[], to: number): string {
  let best = { prefix: -1, hop: "Internet" };
  if (holds(net.range, to)) best = { prefix: net.range.prefix - 0.5, hop: "VnetLocal" };
  for (const { block, hop } of routes)
    if (block.prefix > best.prefix && holds(block, to)) best = { prefix: block.prefix, hop };
  return best.hop;
}

/**
 * Zones whose quarantine could change an answer. Where no rule ever permits, and no denial comes or goes, nothing changes: closed is
 * closed.
 */
function possibly(net: Net, { possible }: NetworkReading, from: Host, to: Host): string[] {
  const sides = [
    { subnet: subnetOf(net, from), direction: "Outbound" },
    { subnet: subnetOf(net, to), direction: "Inbound" },
  ] as const;
  const touching = sides.flatMap(({ subnet, direction }) =>
    (possible.get(subnet?.group ?? "") ?? []).filter(
      (rule) => rule.direction === direction && namesBoth(net, rule, from, to),
    ),
  );
  const vanishing = sides.some(({ subnet, direction }) =>
    subnet?.rules?.some(
      (rule) =>
        !rule.allow &&
        rule.zones.length > 0 &&
        rule.direction === direction &&
        namesBoth(net, rule, from, to),
    ),
  );
  if (!vanishing && !touching.some(({ allow }) => allow)) return [];
  return [
    ...touching.flatMap(({ zones }) => zones),
    ...sides.flatMap(({ subnet }) => (subnet?.routes ?? []).flatMap(({ zones }) => zones)),
  ];
}

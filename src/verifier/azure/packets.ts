/**
 * One connection through a network as Azure would judge it: the security group of the source's subnet, the route, the firewall on
 * that route, the security group of the destination's subnet, and the route of the replies. Azure's built-in rules, which admit
 * the whole network and the internet, are there too: a group that closes nothing is seen to be open.
 */
import { NOT_INTERNET } from "../../net/cidr";
import { address, block, holds } from "../replay/blocks";
import type { Protocol } from "../replay/traffic";
import type { Net, SecurityRule, SubnetReading } from "./network";

export interface Host {
  readonly address: number;
  /** Application security groups that its network interface joins. */
  readonly groups?: readonly string[];
}

export interface Packet {
  readonly from: Host;
  readonly to: Host;
  readonly protocol: Protocol;
  readonly port: number;
}

export const PLATFORM = address("168.63.129.16");

const isPublic = (at: number): boolean => !NOT_INTERNET.some((range) => holds(range, at));

const subnetOf = (net: Net, { address: at }: Host): SubnetReading | undefined =>
  net.subnets.find((subnet) => holds(subnet.block, at));

/** "passes", or who refuses it. */
export function open(net: Net, packet: Packet): string {
  const [source, target] = [subnetOf(net, packet.from), subnetOf(net, packet.to)];
  if (source !== undefined && !admits(net, source, "Outbound", packet))
    return "refused by the source's group";
  if (source !== undefined && !leaves(net, source, packet)) return "refused on the way";
  if (target !== undefined && !admits(net, target, "Inbound", packet))
    return "refused by the destination's group";
  if (target !== undefined && !answers(net, target, packet)) return "refused on the way back";
  return "passes";
}

function admits(
  net: Net,
  subnet: SubnetReading,
  direction: SecurityRule["direction"],
  packet: Packet,
): boolean {
  if (subnet.rules === undefined) return true;
  const rule = subnet.rules.find((each) => each.direction === direction && matches(net, each, packet));
  return rule?.allow ?? builtIn(net, direction, packet);
}

/** 65000 to 65500: the network to itself, load balancers in, everybody out to the internet. */
function builtIn(net: Net, direction: SecurityRule["direction"], { from, to }: Packet): boolean {
  const inside = holds(net.range, from.address) && holds(net.range, to.address);
  return inside || (direction === "Inbound" ? from.address === PLATFORM : isPublic(to.address));
}

function matches(net: Net, rule: SecurityRule, { from, to, protocol, port }: Packet): boolean {
  const byGroup = rule.toGroups.some((group) => to.groups?.includes(group) ?? false);
  return (
    (rule.protocol === "*" || rule.protocol.toLowerCase() === protocol) &&
    (rule.ports.includes("*") ||
      (protocol !== "icmp" && protocol !== "gre" && rule.ports.some((range) => inRange(range, port)))) &&
    rule.from.some((end) => isAt(net, end, from.address)) &&
    (byGroup || rule.to.some((end) => isAt(net, end, to.address)))
  );
}

function inRange(range: string, port: number): boolean {
  const [first = "", last = first] = range.split("-");
  return Number(first) <= port && port <= Number(last);
}

/** An address, or a tag: every tag that Azure knows and a renderer could be tempted by. */
function isAt(net: Net, end: string, at: number): boolean {
  if (end === "*") return true;
  if (end === "AzureLoadBalancer") return at === PLATFORM;
  if (end === "AzurePlatformLKM") return false;
  if (end === "VirtualNetwork") return holds(net.range, at);
  if (end === "Internet") return isPublic(at);
  return holds(block(end), at);
}

/** The longest prefix wins, and ours before Azure's where they are equally long. */
function hopOf(net: Net, subnet: SubnetReading, to: number): string {
  const own = subnet.routes
    .filter((route) => holds(route.block, to))
    .map(({ block: { prefix }, hop }) => ({ prefix, hop }));
  const local = holds(net.range, to) ? [{ prefix: net.range.prefix, hop: "VnetLocal" }] : [];
  const [best] = [...own, ...local, { prefix: 0, hop: "Internet" }].sort((a, b) => b.prefix - a.prefix);
  return best?.hop ?? "None";
}

function leaves(net: Net, subnet: SubnetReading, { from, to, protocol, port }: Packet): boolean {
  const hop = hopOf(net, subnet, to.address);
  if (hop === "VnetLocal") return holds(net.range, to.address);
  if (hop === "Internet") return isPublic(to.address);
  if (hop !== "VirtualAppliance" || protocol !== "tcp") return false;
  return net.exits.some(
    (exit) => exit.port === port && exit.sources.some((source) => holds(block(source), from.address)),
  );
}

/** Replies of an admitted connection pass groups, but not a route that leads nowhere. The platform's own address needs none. */
function answers(net: Net, subnet: SubnetReading, { from }: Packet): boolean {
  if (from.address === PLATFORM) return true;
  const hop = hopOf(net, subnet, from.address);
  return hop === "VnetLocal" || (hop === "Internet" && isPublic(from.address));
}

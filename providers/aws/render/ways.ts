/**
 * The rules of security groups. A zone is one group, and rules name groups, not addresses, at both ends of a
 * way. AWS refuses two equal rules in one group and cannot change what kind of peer a rule names. So a rule
 * that is cut off names the void of its own peer: it still differs from its neighbours, and it changes in
 * place.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleRequest.html
 */
import type { Traffic } from "../../../src/model/enclave";
import { type Cidr, formatCidr, formatIp } from "../../../src/net/cidr";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type ExitWay, exitsOf, type FlowWay, flowsOf } from "../../../src/plan/ways";
import { type Address, quoted } from "../../shared/expressions";
import { zoneNamed } from "../../shared/questions";
import { groupOf, voidGroupOf } from "./addresses";
import {
  type EndpointGroup,
  endpointAddress,
  endpointGroups,
  endpointRule,
  usesHeldBy,
} from "./endpoint-groups";
import { description } from "./naming";
import { INTERNET_LIST, VOID_GATEWAY_LIST, VOID_INTERNET_LIST } from "./prefix-lists";

/** The other end of a rule, as expressions. */
interface Peer {
  readonly argument: "referencedSecurityGroupId" | "prefixListId" | "cidrIpv4";
  readonly connected: string;
  readonly cutOff: string;
}

export interface GroupRule {
  /** Terraform names of the rule and of the group that holds it. */
  readonly name: string;
  readonly group: string;
  readonly direction: "ingress" | "egress";
  readonly peer: Peer;
  readonly traffic: Traffic;
  /** Zones whose quarantine cuts the rule. */
  readonly zones: readonly string[];
  readonly description: string;
  /** Its tags: a name, and the zone that it is of alone. */
  readonly tag: readonly [name: string, zone?: string];
}

export function groupRules(plan: NetworkPlan): GroupRule[] {
  return [
    ...flowsOf(plan).flatMap((way) => flowRules(plan, way)),
    ...endpointGroups(plan).flatMap((group) => endpointRules(plan, group)),
    ...exitsOf(plan).flatMap((way) => exitRules(plan, way)),
  ];
}

const groupPeer = (group: string): Peer => {
  const [connected, cutOff] = [`${groupOf(group)}.id`, `${voidGroupOf(group)}.id`];
  return { argument: "referencedSecurityGroupId", connected, cutOff };
};

const listPeer = (list: string, voidList: Address): Peer => {
  return { argument: "prefixListId", connected: list, cutOff: `${voidList}.id` };
};

type Opening = Pick<GroupRule, "name" | "traffic" | "zones" | "description" | "tag">;

const bothEnds = (from: string, to: string, opening: Opening): GroupRule[] => [
  { ...opening, direction: "egress", group: from, peer: groupPeer(to) },
  { ...opening, direction: "ingress", group: to, peer: groupPeer(from) },
];

function flowRules(plan: NetworkPlan, way: FlowWay): GroupRule[] {
  const { id, from, to, zones, because } = way;
  if (to.kind !== "zone" || from.kind === "external")
    throw new Error(`internal: way ${id} has an end that is not rendered`);
  const group = zoneNamed(plan, to.zone).id;
  return way.traffic.flatMap((traffic) => {
    const opening = { name: id, traffic, zones, description: description(because) };
    if (from.kind === "zone")
      return bothEnds(zoneNamed(plan, from.zone).id, group, { ...opening, tag: [id] });
    const tag = [id, to.zone] as const;
    return sourcePeers(id, from.sources).map(
      ([name, peer]): GroupRule => ({ ...opening, name, direction: "ingress", group, peer, tag }),
    );
  });
}

/** By name of the rule. The network ACL in front denies private sources first, which a group cannot say. */
function sourcePeers(id: string, sources: readonly Cidr[]): [string, Peer][] {
  const peer = (range: string, cutOff: string): Peer => {
    return { argument: "cidrIpv4", connected: quoted(range), cutOff: quoted(cutOff) };
  };
  if (sources.length === 0) return [[id, peer("0.0.0.0/0", NOWHERE)]];
  const voids = [...voidAddresses([...new Set(sources.map(formatCidr))])];
  return voids.map(([range, cutOff]) => [`${id}_${range.replaceAll(/[./]/g, "_")}`, peer(range, cutOff)]);
}

/** Loopback addresses never come over a network. */
export const NOWHERE = "127.0.0.1/32";
const LOOPBACK = 127 * 2 ** 24;
const LOOPBACKS = 2 ** 24 - 2;

/**
 * Another loopback address for each range of one flow, because equal rules are refused; made of the range, so
 * that it stays when others come or go. Two that come to one are told apart in the order of their text.
 */
export function voidAddresses(ranges: readonly string[]): ReadonlyMap<string, string> {
  const taken = new Set<number>();
  const entries = [...ranges].sort().map((range): [string, string] => {
    let host = [...range].reduce((sum, character) => (sum * 31 + character.charCodeAt(0)) % LOOPBACKS, 7);
    while (taken.has(host)) host = (host + 1) % LOOPBACKS;
    taken.add(host);
    return [range, `${formatIp(LOOPBACK + 1 + host)}/32`];
  });
  return new Map(entries);
}

/** Every zone that uses an endpoint of AWS, with all that the plan reaches through it. */
function endpointRules(plan: NetworkPlan, group: EndpointGroup): GroupRule[] {
  return group.consumers.flatMap((zone) => {
    const from = zoneNamed(plan, zone).id;
    const users = usesHeldBy(zone, group.uses).map(({ endpoint }) => endpoint.name);
    return group.ports.flatMap((traffic): GroupRule[] => {
      const name = endpointRule(from, group, traffic);
      const opening = { name, traffic, zones: [zone], description: `Private endpoint ${users.join(", ")}` };
      if (group.kind !== "gateway") return bothEnds(from, group.id, { ...opening, tag: [name, zone] });
      const peer = listPeer(`${endpointAddress(group)}.prefix_list_id`, VOID_GATEWAY_LIST);
      return [{ ...opening, direction: "egress", group: from, peer, tag: [group.id, zone] }];
    });
  });
}

/** To all of the internet: the ACL denies what else is private, the firewall what is not named. */
function exitRules(plan: NetworkPlan, { id, from, traffic: all, zones, because }: ExitWay): GroupRule[] {
  return all.map((traffic) => ({
    name: id,
    direction: "egress",
    group: zoneNamed(plan, from.zone).id,
    peer: listPeer(`${INTERNET_LIST}.id`, VOID_INTERNET_LIST),
    traffic,
    zones,
    description: description(because),
    tag: [`${from.zone}-egress`, from.zone],
  }));
}

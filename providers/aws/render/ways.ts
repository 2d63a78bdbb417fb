/**
 * The rules of security groups: a zone is one group, and rules name groups, not addresses. AWS refuses two
 * equal rules in one group and cannot change what kind of peer a rule names. So a rule that is cut off names
 * the void of its own peer: it still differs from its neighbours, and it changes in place.
 * https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_SecurityGroupRuleRequest.html
 */
import type { Traffic } from "../../../src/model/enclave";
import { type Cidr, formatCidr, formatIp } from "../../../src/net/cidr";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type ExitWay, exitsOf, type FlowWay, flowsOf } from "../../../src/plan/ways";
import { quoted, unlessQuarantined } from "../../shared/expressions";
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

export interface GroupRule {
  /** Terraform names of the rule and of the group that holds it. */
  readonly name: string;
  readonly group: string;
  readonly direction: "ingress" | "egress";
  /** The argument that names the other end. */
  readonly peer: Readonly<Partial<Record<"referencedSecurityGroupId" | "prefixListId" | "cidrIpv4", string>>>;
  readonly traffic: Traffic;
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

type Opening = Pick<GroupRule, "name" | "traffic" | "description" | "tag">;

function bothEnds(from: string, to: string, zones: readonly string[], opening: Opening): GroupRule[] {
  const peer = (group: string): GroupRule["peer"] => ({
    referencedSecurityGroupId: unlessQuarantined(zones, `${groupOf(group)}.id`, `${voidGroupOf(group)}.id`),
  });
  return [
    { ...opening, direction: "egress", group: from, peer: peer(to) },
    { ...opening, direction: "ingress", group: to, peer: peer(from) },
  ];
}

function flowRules(plan: NetworkPlan, way: FlowWay): GroupRule[] {
  const { id, from, to, zones, because } = way;
  if (to.kind !== "zone" || from.kind === "external")
    throw new Error(`internal: way ${id} has an end that is not rendered`);
  const group = zoneNamed(plan, to.zone).id;
  return way.traffic.flatMap((traffic): GroupRule[] => {
    const opening = { name: id, traffic, description: description(because) };
    if (from.kind === "zone")
      return bothEnds(zoneNamed(plan, from.zone).id, group, zones, { ...opening, tag: [id] });
    return sourcesOf(id, from.sources).map(([name, source, cutOff]) => {
      const cidrIpv4 = unlessQuarantined(zones, quoted(source), quoted(cutOff));
      return { ...opening, name, direction: "ingress", group, peer: { cidrIpv4 }, tag: [id, to.zone] };
    });
  });
}

/** Private sources are denied first, by the network ACL: a group cannot say it. */
function sourcesOf(id: string, sources: readonly Cidr[]): [rule: string, source: string, cutOff: string][] {
  if (sources.length === 0) return [[id, "0.0.0.0/0", NOWHERE]];
  const voids = [...voidAddresses([...new Set(sources.map(formatCidr))])];
  return voids.map(([range, cutOff]) => [`${id}_${range.replaceAll(/[./]/g, "_")}`, range, cutOff]);
}

/** Loopback addresses never come over a network. */
export const NOWHERE = "127.0.0.1/32";
const LOOPBACK = 127 * 2 ** 24;
const LOOPBACKS = 2 ** 24 - 2;

/**
 * Another loopback address for each range of one flow, made of the range: it stays when others come or go.
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

const endpointRules = (plan: NetworkPlan, group: EndpointGroup): GroupRule[] =>
  group.consumers.flatMap((zone) => {
    const from = zoneNamed(plan, zone).id;
    const users = usesHeldBy(zone, group.uses).map(({ endpoint }) => endpoint.name);
    return group.ports.flatMap((traffic): GroupRule[] => {
      const name = endpointRule(from, group, traffic);
      const opening = { name, traffic, description: `Private endpoint ${users.join(", ")}` };
      if (group.kind !== "gateway")
        return bothEnds(from, group.id, [zone], { ...opening, tag: [name, zone] });
      const list = `${endpointAddress(group)}.prefix_list_id`;
      const prefixListId = unlessQuarantined([zone], list, `${VOID_GATEWAY_LIST}.id`);
      return [
        { ...opening, direction: "egress", group: from, peer: { prefixListId }, tag: [group.id, zone] },
      ];
    });
  });

/** To all of the internet: the ACL denies what else is private, the firewall what is not named. */
const exitRules = (plan: NetworkPlan, { id, from, traffic: all, zones, because }: ExitWay): GroupRule[] =>
  all.map((traffic) => ({
    name: id,
    direction: "egress",
    group: zoneNamed(plan, from.zone).id,
    peer: { prefixListId: unlessQuarantined(zones, `${INTERNET_LIST}.id`, `${VOID_INTERNET_LIST}.id`) },
    traffic,
    description: description(because),
    tag: [`${from.zone}-egress`, from.zone],
  }));

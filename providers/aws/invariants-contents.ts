/**
 * What the rules of groups and the entries of network ACLs say, compared with the plan: the right ends, the right ports, and in
 * quarantine nobody. Which rules there have to be is `invariants-rules.ts`.
 */
import type { Printer } from "../../src/addresses/address";
import { formatTraffic } from "../../src/model/connections";
import type { Traffic } from "../../src/model/enclave";
import { formatCidr } from "../../src/net/cidr";
import type { NetworkPlan, Permit } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { type Attributes, resourcesOf, text } from "../document";
import { differing, printerFrom, unless } from "../invariants";
import { quarantined } from "../rendering";
import { zoneNamed } from "../zones";
import { entryName } from "./acl-entries";
import { aclsOf } from "./acls";
import { type EndpointGroup, endpointGroups } from "./endpoint-groups";
import { INTERNET_LIST } from "./internet-list";
import { type Entry, fit } from "./subnet-rules";

export const INGRESS = "aws_vpc_security_group_ingress_rule";
export const EGRESS = "aws_vpc_security_group_egress_rule";

/** One rule of a group, as planned. */
export interface PlannedRule {
  /** Terraform name of the group that has it. */
  readonly group: string;
  /** The expression of its peer while nobody is cut off. */
  readonly peer: string;
  /** Zones of which none may be cut off. */
  readonly zones: readonly string[];
  readonly traffic: Traffic;
}

const TCP = (port: number): Traffic => ({ protocol: "tcp", from: port, to: port });
const groupId = (name: string): string => `aws_security_group.${name}.id`;

/** By Terraform name. */
export function plannedRules(plan: NetworkPlan, type: typeof INGRESS | typeof EGRESS): ReadonlyMap<string, PlannedRule> {
  const idOf = (zone: string): string => zoneNamed(plan.zones, zone).id;
  const exits = plan.departures.map(({ zone, port }): [string, PlannedRule] => [
    `${idOf(zone)}_to_internet_${port}_tcp`,
    { group: idOf(zone), peer: `${INTERNET_LIST}.id`, zones: [zone], traffic: TCP(port) },
  ]);
  return new Map([
    ...plan.permits.flatMap((permit) => permitRules(permit, idOf, type)),
    ...endpointGroups(plan).groups.flatMap((group) => endpointRules(group, idOf, type)),
    ...(type === EGRESS ? exits : []),
  ]);
}

function permitRules({ id, from, to, traffic }: Permit, idOf: (zone: string) => string, type: string): [string, PlannedRule][] {
  if (to.kind !== "zone" || from.kind === "external") return [];
  const group = idOf(to.zone);
  if (from.kind === "zone") {
    const [own, peer] = type === INGRESS ? [group, idOf(from.zone)] : [idOf(from.zone), group];
    return [[id, { group: own, peer: groupId(peer), zones: [from.zone, to.zone], traffic }]];
  }
  if (type === EGRESS) return [];
  const opening = (range: string): PlannedRule => ({ group, peer: `"${range}"`, zones: [to.zone], traffic });
  if (from.sources.length === 0) return [[id, opening("0.0.0.0/0")]];
  return from.sources.map(formatCidr).map((range) => [`${id}_${range.replaceAll(/[./]/g, "_")}`, opening(range)]);
}

function endpointRules(
  { id, kind, consumers, ports }: EndpointGroup,
  idOf: (zone: string) => string,
  type: string,
): [string, PlannedRule][] {
  if (kind === "gateway" && type === INGRESS) return [];
  const target = kind === "gateway" ? `aws_vpc_endpoint.${id}.prefix_list_id` : groupId(id);
  return consumers.flatMap((zone) =>
    ports.map((traffic): [string, PlannedRule] => [
      `${idOf(zone)}_to_${id}_${formatTraffic(traffic).replaceAll(/[/-]/g, "_")}`,
      type === INGRESS
        ? { group: id, peer: groupId(idOf(zone)), zones: [zone], traffic }
        : { group: idOf(zone), peer: target, zones: [zone], traffic },
    ]),
  );
}

/** Void groups and lists have nobody in them, and loopback addresses never come over a network. */
const NOBODY = /^(?:aws_(?:security_group|ec2_managed_prefix_list)\.enclave_void\w*\.id|"127\.\d+\.\d+\.\d+\/32")$/;

export function brokenContents(type: string, name: string, rule: Attributes, { group, peer, zones, traffic }: PlannedRule): string[] {
  const given = ["referenced_security_group_id", "cidr_ipv4", "prefix_list_id"].map((argument) => text(rule, argument)).join("");
  const [, condition, cutOff = "", connected] = /^\$\{(.+) \? (\S+) : (\S+)\}$/.exec(given) ?? [];
  return [
    ...unless(text(rule, "security_group_id") === `\${${groupId(group)}}`, `${type}.${name} is in another group than ${group}`),
    ...unless(connected === peer, `${type}.${name} names another peer than ${peer}`),
    ...unless(condition === quarantined(...zones) && NOBODY.test(cutOff), `${type}.${name} stays open in quarantine`),
    ...unless(portsOf(rule) === formatTraffic(traffic), `${type}.${name} opens ${portsOf(rule)}, not ${formatTraffic(traffic)}`),
  ];
}

function portsOf(rule: Attributes): string {
  const [protocol, from, to] = ["ip_protocol", "from_port", "to_port"].map((argument) => text(rule, argument));
  if (protocol === "-1") return "any";
  if (protocol === "icmp") return from === "-1" && to === "-1" ? "icmp" : `icmp of type ${from}`;
  return from === to ? `${from}/${protocol}` : `${from}-${to}/${protocol}`;
}

/** Entries of network ACLs, by name and by what they say. */
export function brokenAclContents(document: TerraformDocument, plan: NetworkPlan): string[] {
  const printer = printerOf(document, plan);
  const planned = new Map(
    aclsOf(plan).flatMap((acl) =>
      [false, true].flatMap((egress) =>
        fit(egress ? acl.egress : acl.ingress).entries.map(
          (entry) => [entryName(acl, entry, egress), said(printer, acl.id, entry, egress)] as const,
        ),
      ),
    ),
  );
  const found = new Map([...resourcesOf(document, "aws_network_acl_rule")].filter(([name]) => !/_quarantine_(?:in|out)$/.test(name)));
  return [
    ...differing([...found.keys()], new Set(planned.keys()), (name) => `aws_network_acl_rule.${name}`),
    ...[...found].flatMap(([name, entry]) => {
      const expected = planned.get(name);
      return expected === undefined || expected === read(entry)
        ? []
        : [`aws_network_acl_rule.${name} says ${read(entry)}, not ${expected}`];
    }),
  ];
}

function said(printer: Printer, acl: string, { number, protocol, ports, icmpErrorsOnly, peer, action }: Entry, egress: boolean): string {
  const range = peer.kind === "block" ? printer.cidr(peer.block) : peer.cidr;
  const span = protocol === "-1" ? { from: 0, to: 0 } : ports;
  const what = span === undefined ? `${protocol}${icmpErrorsOnly ? " errors" : ""}` : `${protocol} ${span.from}-${span.to}`;
  return `${acl} ${egress ? "out" : "in"} ${number} ${action} ${what} ${range}`;
}

function read(entry: Attributes): string {
  const of = (argument: string): string => text(entry, argument);
  const protocol = of("protocol");
  const icmp = of("icmp_type") === "3" ? " errors" : of("icmp_type") === "-1" ? "" : ` of type ${of("icmp_type")}`;
  const what = protocol === "icmp" ? `icmp${icmp}` : `${protocol} ${of("from_port")}-${of("to_port")}`;
  const acl = /^\$\{aws_network_acl\.(\w+)\.id\}$/.exec(of("network_acl_id"))?.[1];
  return `${acl} ${of("egress") === "true" ? "out" : "in"} ${of("rule_number")} ${of("rule_action")} ${what} ${of("cidr_block")}`;
}

export const printerOf = (document: TerraformDocument, plan: NetworkPlan): Printer =>
  printerFrom(plan, text(resourcesOf(document, "aws_subnet").get(`${plan.zones[0]?.id}_1`), "cidr_block"));

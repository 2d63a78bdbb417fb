/** Security groups and network ACLs read back from the rendered document. */
import { formatTraffic } from "../../src/model/connections";
import { formatCidr, NOT_INTERNET } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { type Attributes, resourcesOf, text } from "../document";
import { endpointGroups } from "./endpoint-groups";
import { zoneNamed } from "./handles";
import { ENTRIES_MOST } from "./subnet-rules";

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

export function brokenRules(document: TerraformDocument, plan: NetworkPlan): string[] {
  return [
    ...brokenGroups(document),
    ...brokenSet(document, INGRESS, expectedRules(plan, INGRESS)),
    ...brokenSet(document, EGRESS, expectedRules(plan, EGRESS)),
    ...[INGRESS, EGRESS].flatMap((type) => [...resourcesOf(document, type)].flatMap(([name, rule]) => brokenRule(plan, type, name, rule))),
    ...brokenAcls(document),
  ];
}

/** Rules inside a group and rules beside it undo each other. */
function brokenGroups(document: TerraformDocument): string[] {
  return [...resourcesOf(document, "aws_security_group")]
    .filter(([, group]) => group["ingress"] !== undefined || group["egress"] !== undefined)
    .map(([name]) => `group ${name} has rules of its own`);
}

/** Exactly the planned rules, by name: none is missing, none is more. */
function expectedRules(plan: NetworkPlan, type: string): Set<string> {
  const permits = plan.permits.flatMap((permit) => {
    if (permit.from.kind !== "internet") return [permit.id];
    if (type === EGRESS) return [];
    const { sources } = permit.from;
    return sources.length === 0 ? [permit.id] : sources.map((source) => `${permit.id}_${formatCidr(source).replaceAll(/[./]/g, "_")}`);
  });
  const endpoints = endpointGroups(plan).groups.flatMap((group) =>
    group.kind === "gateway" && type === INGRESS
      ? []
      : group.consumers.flatMap((zone) =>
          group.ports.map((port) => `${zoneNamed(plan.zones, zone).id}_to_${group.id}_${formatTraffic(port).replaceAll(/[/-]/g, "_")}`),
        ),
  );
  const exits =
    type === INGRESS
      ? []
      : plan.departures.map((departure) => `${zoneNamed(plan.zones, departure.zone).id}_to_internet_${departure.port}_tcp`);
  return new Set([...permits, ...endpoints, ...exits]);
}

function brokenSet(document: TerraformDocument, type: string, expected: ReadonlySet<string>): string[] {
  const found = new Set(resourcesOf(document, type).keys());
  return [
    ...[...found].filter((name) => !expected.has(name)).map((name) => `${type}.${name} is not planned`),
    ...[...expected].filter((name) => !found.has(name)).map((name) => `${type}.${name} is missing`),
  ];
}

function brokenRule(plan: NetworkPlan, type: string, name: string, rule: Attributes): string[] {
  const peers = ["referenced_security_group_id", "cidr_ipv4", "prefix_list_id"].filter((argument) => rule[argument] !== undefined);
  const range = text(rule, "cidr_ipv4");
  const group = /^\$\{aws_security_group\.(\w+)\.id\}$/.exec(text(rule, "security_group_id"))?.[1];
  const zone = plan.zones.find((candidate) => candidate.id === group);
  const open = type === INGRESS ? zone?.exposure === "public" : plan.departures.some((departure) => departure.zone === zone?.name);
  return [
    ...(peers.length === 1 ? [] : [`${type}.${name} names ${peers.length} peers`]),
    ...(text(rule, peers[0] ?? "").includes("contains(var.quarantine,") ? [] : [`${type}.${name} stays open in quarantine`]),
    ...(range === "" || open ? [] : [`${type}.${name} opens a zone that is not to meet the internet`]),
    ...(range === "" || text(rule, "ip_protocol") !== "-1" ? [] : [`${type}.${name} opens every protocol to addresses`]),
  ];
}

function brokenAcls(document: TerraformDocument): string[] {
  const rules = [...resourcesOf(document, "aws_network_acl_rule")];
  const guarded = new Set([...resourcesOf(document, "aws_network_acl").values()].flatMap((acl) => (acl["subnet_ids"] ?? []) as string[]));
  const bare = [...resourcesOf(document, "aws_subnet").keys()].filter((name) => !guarded.has(`\${aws_subnet.${name}.id}`));
  const byDirection = new Map<string, Attributes[]>();
  for (const [, rule] of rules) {
    const key = `${text(rule, "network_acl_id")} ${text(rule, "egress") === "true" ? "outbound" : "inbound"}`;
    byDirection.set(key, [...(byDirection.get(key) ?? []), rule]);
  }
  return [
    ...bare.map((name) => `subnet ${name} has no network ACL of its own`),
    ...[...byDirection].flatMap(([key, entries]) => brokenEntries(key, entries)),
  ];
}

function brokenEntries(acl: string, entries: readonly Attributes[]): string[] {
  const numbers = entries.map((entry) => Number(text(entry, "rule_number")));
  const opened = entries.filter((entry) => text(entry, "rule_action") === "allow" && text(entry, "cidr_block") === "0.0.0.0/0");
  const first = Math.min(...opened.map((entry) => Number(text(entry, "rule_number"))));
  const denied = entries
    .filter((entry) => text(entry, "rule_action") === "deny" && Number(text(entry, "rule_number")) < first)
    .map((entry) => text(entry, "cidr_block"));
  return [
    ...(new Set(numbers).size === numbers.length ? [] : [`${acl}: two entries have one number`]),
    ...(numbers.every((number) => number >= 1 && number <= 32766) ? [] : [`${acl}: a number is out of range`]),
    ...(entries.length < ENTRIES_MOST ? [] : [`${acl}: ${entries.length} entries are more than AWS takes`]),
    ...(opened.some((entry) => text(entry, "protocol") === "-1") ? [`${acl}: every protocol is open to every address`] : []),
    ...NOT_INTERNET.map(formatCidr)
      .filter((range) => opened.length > 0 && !denied.includes(range))
      .map((range) => `${acl}: ${range} passes as the internet`),
  ];
}

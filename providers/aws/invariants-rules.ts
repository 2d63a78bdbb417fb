/** Security groups and network ACLs read back from the rendered document. */
import { type Cidr, cidr, contains, formatCidr, NOT_INTERNET, overlaps, parseCidr } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, resourcesOf, text } from "../shared/document";
import { unless } from "../shared/invariants";
import { leavingZones } from "../shared/zones";
import { heldUp } from "./invariants-acls";
import { INTERNET_LIST } from "./render/internet-list";
import { BANDS, ENTRIES_MOST } from "./render/subnet-rules";

const INGRESS = "aws_vpc_security_group_ingress_rule";
const EGRESS = "aws_vpc_security_group_egress_rule";

export const brokenRules = (document: TerraformDocument, plan: NetworkPlan): string[] => [
  ...brokenGroups(document),
  ...[INGRESS, EGRESS].flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, rule]) => brokenRule(plan, type, name, rule)),
  ),
  ...brokenInternetList(document),
  ...brokenAcls(document, plan),
  ...heldUp(document, plan),
];

/** What leaving zones may reach must not lie in the VPC, where zones that the internet enters would answer. */
function brokenInternetList(document: TerraformDocument): string[] {
  const entries = (resourcesOf(document, "aws_ec2_managed_prefix_list").get("enclave_internet")?.["entry"] ??
    []) as Attributes[];
  const own = [
    ...resourcesOf(document, "aws_vpc").values(),
    ...resourcesOf(document, "aws_vpc_ipv4_cidr_block_association").values(),
  ];
  return own.flatMap((vpc) =>
    entries
      .filter((entry) => overlaps(blockOf(text(entry, "cidr")), blockOf(text(vpc, "cidr_block"))))
      .map((entry) => `the internet's prefix list holds ${text(entry, "cidr")}, where the enclave lies`),
  );
}

/** Rules inside a group and rules beside it undo each other. */
function brokenGroups(document: TerraformDocument): string[] {
  return [...resourcesOf(document, "aws_security_group")]
    .filter(([, group]) => group["ingress"] !== undefined || group["egress"] !== undefined)
    .map(([name]) => `group ${name} has rules of its own`);
}

function brokenRule(plan: NetworkPlan, type: string, name: string, rule: Attributes): string[] {
  const peers = ["referenced_security_group_id", "cidr_ipv4", "prefix_list_id"].filter(
    (argument) => rule[argument] !== undefined,
  );
  const range = text(rule, "cidr_ipv4");
  const group = /^\$\{aws_security_group\.(\w+)\.id\}$/.exec(text(rule, "security_group_id"))?.[1];
  const zone = plan.zones.find((candidate) => candidate.id === group);
  const list = text(rule, "prefix_list_id").includes(INTERNET_LIST);
  const open =
    type === INGRESS
      ? zone?.exposure === "public"
      : plan.departures.some((departure) => departure.zone === zone?.name);
  return [
    ...unless(peers.length === 1, `${type}.${name} names ${peers.length} peers`),
    ...unless(
      text(rule, peers[0] ?? "").includes("contains(var.quarantine,"),
      `${type}.${name} stays open in quarantine`,
    ),
    ...((range === "" && !list) || open
      ? []
      : [`${type}.${name} opens a zone that is not to meet the internet`]),
    ...unless(
      range === "" || type === INGRESS,
      `${type}.${name} leaves to addresses that may be other zones'`,
    ),
    ...((range === "" && !list) || text(rule, "ip_protocol") !== "-1"
      ? []
      : [`${type}.${name} opens every protocol to addresses`]),
  ];
}

function brokenAcls(document: TerraformDocument, plan: NetworkPlan): string[] {
  const rules = [...resourcesOf(document, "aws_network_acl_rule")];
  const guarded = new Set(
    [...resourcesOf(document, "aws_network_acl").values()].flatMap(
      (acl) => (acl["subnet_ids"] ?? []) as string[],
    ),
  );
  const bare = [...resourcesOf(document, "aws_subnet").keys()].filter(
    (name) => !guarded.has(`\${aws_subnet.${name}.id}`),
  );
  const byDirection = new Map<string, Attributes[]>();
  for (const [, rule] of rules) {
    const key = `${text(rule, "network_acl_id")} ${text(rule, "egress") === "true" ? "outbound" : "inbound"}`;
    byDirection.set(key, [...(byDirection.get(key) ?? []), rule]);
  }
  return [
    ...bare.map((name) => `subnet ${name} has no network ACL of its own`),
    ...plan.zones.flatMap((zone) => brokenQuarantine(document, zone.id, zone.name)),
    ...[...byDirection].flatMap(([key, entries]) => brokenEntries(key, entries)),
    ...brokenPath(document, plan, rules),
  ];
}

/** Groups keep the connections that they track; what cuts these is the first entry in each direction. */
function brokenQuarantine(document: TerraformDocument, id: string, zone: string): string[] {
  return (["in", "out"] as const).flatMap((direction) => {
    const entry = resourcesOf(document, "aws_network_acl_rule").get(`${id}_quarantine_${direction}`);
    const said = ["rule_action", "protocol", "from_port", "to_port", "cidr_block", "rule_number", "egress"]
      .map((argument) => text(entry, argument))
      .join(" ");
    const denies = said === `deny -1 0 0 0.0.0.0/0 ${BANDS.quarantine} ${direction === "out"}`;
    const switched = text(entry, "count") === `\${contains(var.quarantine, "${zone}") ? 1 : 0}`;
    const placed = text(entry, "network_acl_id") === `\${aws_network_acl.${id}.id}`;
    return denies && switched && placed
      ? []
      : [
          `quarantine leaves connections ${direction === "in" ? "into" : "out of"} zone "${zone}" as they are`,
        ];
  });
}

function brokenEntries(acl: string, entries: readonly Attributes[]): string[] {
  const numbers = entries.map((entry) => Number(text(entry, "rule_number")));
  const opened = entries.filter(
    (entry) => text(entry, "rule_action") === "allow" && text(entry, "cidr_block") === "0.0.0.0/0",
  );
  const first = Math.min(...opened.map((entry) => Number(text(entry, "rule_number"))));
  const denied = entries
    .filter((entry) => text(entry, "rule_action") === "deny" && Number(text(entry, "rule_number")) < first)
    .map((entry) => text(entry, "cidr_block"));
  return [
    ...unless(new Set(numbers).size === numbers.length, `${acl}: two entries have one number`),
    ...unless(
      numbers.every((number) => number >= 1 && number <= 32766),
      `${acl}: a number is out of range`,
    ),
    ...unless(entries.length < ENTRIES_MOST, `${acl}: ${entries.length} entries are more than AWS takes`),
    ...(opened.some((entry) => text(entry, "protocol") === "-1")
      ? [`${acl}: every protocol is open to every address`]
      : []),
    ...NOT_INTERNET.map(formatCidr)
      .filter((range) => opened.length > 0 && !denied.includes(range))
      .map((range) => `${acl}: ${range} passes as the internet`),
  ];
}

/** In front of firewall and NAT gateways only zones that leave, and the errors of paths, have an entry. */
function brokenPath(
  document: TerraformDocument,
  plan: NetworkPlan,
  rules: readonly (readonly [string, Attributes])[],
): string[] {
  const leaving = leavingZones(plan).flatMap((zone) =>
    zone.subnets.map((_, slot) =>
      blockOf(text(resourcesOf(document, "aws_subnet").get(`${zone.id}_${slot + 1}`), "cidr_block")),
    ),
  );
  return rules
    .filter(([, rule]) => /aws_network_acl\.enclave_(nat|firewall)\./.test(text(rule, "network_acl_id")))
    .filter(
      ([, rule]) =>
        text(rule, "rule_action") === "allow" &&
        !(text(rule, "protocol") === "icmp" && text(rule, "icmp_type") === "3"),
    )
    .filter(([, rule]) => !leaving.some((block) => contains(blockOf(text(rule, "cidr_block")), block)))
    .map(([name]) => `${name} admits who does not leave`);
}

/** What is no block is taken for every address: it overlaps whatever must not be met, and holds too much. */
function blockOf(range: string): Cidr {
  const parsed = parseCidr(range);
  return parsed.ok ? parsed.cidr : cidr("0.0.0.0/0");
}

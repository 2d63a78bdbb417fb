/**
 * The network that a rendered document describes, read from the JSON alone: subnets with their routes and ACLs, groups with
 * their rules, for one value of the variable `quarantine`. Nothing here knows the plan or imports the provider.
 */
import type { TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs, nameIn, type Value } from "../terraform/expressions";

export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

export interface AclEntry {
  readonly number: number;
  readonly allow: boolean;
  /** `-1` is every protocol. */
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly icmpType: number;
  readonly block: Block;
}

/** `group`, `block` or `list` is the peer. */
export interface GroupRule {
  readonly group: string;
  readonly protocol: string;
  readonly fromPort: number;
  readonly toPort: number;
  readonly peerGroup?: string;
  readonly peerBlock?: Block;
  /** Name of an own prefix list, or of the gateway endpoint whose list it is. */
  readonly peerList?: string;
}

export interface RouteEntry {
  readonly block: Block;
  readonly target: { readonly kind: "internet" | "nat" | "firewall" | "unknown"; readonly name: string };
}

export interface SubnetOf {
  readonly name: string;
  readonly block: Block;
  readonly availabilityZone: string;
  readonly routes: readonly RouteEntry[];
  /** Gateway endpoints that are on its route table. */
  readonly gateways: readonly string[];
  readonly acl: { readonly ingress: readonly AclEntry[]; readonly egress: readonly AclEntry[] };
}

export interface Net {
  readonly blocks: readonly Block[];
  readonly subnets: ReadonlyMap<string, SubnetOf>;
  /** Rules by the group that has them. */
  readonly ingress: ReadonlyMap<string, readonly GroupRule[]>;
  readonly egress: ReadonlyMap<string, readonly GroupRule[]>;
  /** Contents of own prefix lists by name. */
  readonly lists: ReadonlyMap<string, readonly Block[]>;
  /** NAT gateway name to the subnet it stands in. */
  readonly nats: ReadonlyMap<string, string>;
}

type Body = Readonly<Record<string, unknown>>;

export const bodies = (document: TerraformDocument, type: string): [string, Body][] =>
  Object.entries(((document["resource"] ?? {}) as Record<string, Record<string, Body>>)[type] ?? {});

export function address(text: string): number {
  return text.split(".").reduce((sum, octet) => sum * 256 + Number(octet), 0);
}

export function block(text: string): Block {
  const [ip = "", bits = ""] = text.split("/");
  const size = 2 ** (32 - Number(bits));
  const first = address(ip);
  if (!/^\d+\.\d+\.\d+\.\d+\/\d+$/.test(text) || first % size !== 0) throw new Error(`no block: ${text}`);
  return { first, last: first + size - 1, prefix: Number(bits) };
}

export function readNetwork(document: TerraformDocument, quarantine: readonly string[]): Net {
  const reader = readerOf(document, quarantine);
  const { read } = reader;
  return {
    blocks: [...bodies(document, "aws_vpc"), ...bodies(document, "aws_vpc_ipv4_cidr_block_association")].map(
      ([, body]) => block(String(body["cidr_block"])),
    ),
    subnets: new Map(
      bodies(document, "aws_subnet").map(([name, body]) => [name, readSubnet(reader, name, body)]),
    ),
    ingress: readRules(reader, "aws_vpc_security_group_ingress_rule"),
    egress: readRules(reader, "aws_vpc_security_group_egress_rule"),
    lists: new Map(
      bodies(document, "aws_ec2_managed_prefix_list").map(([name, body]) => [name, listBlocks(body)]),
    ),
    nats: new Map(
      bodies(document, "aws_nat_gateway").map(([name, body]) => [
        name,
        nameIn(read(body, "subnet_id") ?? ""),
      ]),
    ),
  };
}

const listBlocks = (body: Body): Block[] =>
  ((body["entry"] ?? []) as { cidr: string }[]).map(({ cidr }) => block(cidr));

export function readerOf(document: TerraformDocument, quarantine: readonly string[]): Reader {
  const inputs: Inputs = { quarantine };
  return {
    document,
    read: (body, name) => (body[name] === undefined ? undefined : evaluate(body[name], inputs)),
  };
}

export interface Reader {
  readonly document: TerraformDocument;
  readonly read: (body: Body, name: string) => Value | undefined;
}

function readSubnet({ document, read }: Reader, name: string, body: Body): SubnetOf {
  const names = (value: Value | undefined): string[] =>
    Array.isArray(value) ? value.map(nameIn) : [nameIn(value ?? "")];
  const tables = bodies(document, "aws_route_table_association")
    .filter(([, one]) => names(read(one, "subnet_id"))[0] === name)
    .map(([, one]) => names(read(one, "route_table_id"))[0]);
  const acls = bodies(document, "aws_network_acl").filter(([, one]) =>
    names(read(one, "subnet_ids")).includes(name),
  );
  const entries = bodies(document, "aws_network_acl_rule")
    .filter(([, one]) => names(read(one, "network_acl_id"))[0] === acls[0]?.[0] && read(one, "count") !== 0)
    .map(([, one]) => ({ egress: one["egress"] === true, entry: readEntry(one) }))
    .sort((a, b) => a.entry.number - b.entry.number);
  const gateways = bodies(document, "aws_vpc_endpoint").filter(
    ([, one]) =>
      one["vpc_endpoint_type"] === "Gateway" &&
      names(read(one, "route_table_ids")).some((table) => tables.includes(table)),
  );
  return {
    name,
    block: block(String(body["cidr_block"])),
    availabilityZone: String(body["availability_zone"]),
    routes: bodies(document, "aws_route")
      .filter(([, one]) => tables.includes(names(read(one, "route_table_id"))[0]))
      .map(([, one]) => ({
        block: block(String(one["destination_cidr_block"])),
        target: targetOf(read, one),
      })),
    gateways: gateways.map(([gateway]) => gateway),
    acl: {
      ingress: entries.flatMap(({ egress, entry }) => (egress ? [] : [entry])),
      egress: entries.flatMap(({ egress, entry }) => (egress ? [entry] : [])),
    },
  };
}

function targetOf(read: Reader["read"], body: Body): RouteEntry["target"] {
  if (String(read(body, "gateway_id")).startsWith("aws_internet_gateway."))
    return { kind: "internet", name: "" };
  const nat = read(body, "nat_gateway_id");
  if (nat !== undefined) return { kind: "nat", name: nameIn(nat) };
  const [, subnet] =
    /^local\.enclave_firewall_endpoints\[aws_subnet\.(\w+)\.availability_zone\]$/.exec(
      String(read(body, "vpc_endpoint_id")),
    ) ?? [];
  return subnet === undefined ? { kind: "unknown", name: "" } : { kind: "firewall", name: subnet };
}

const number = (value: unknown, absent: number): number => (value === undefined ? absent : Number(value));

function readEntry(body: Body): AclEntry {
  return {
    number: Number(body["rule_number"]),
    allow: body["rule_action"] === "allow",
    protocol: String(body["protocol"]),
    fromPort: number(body["from_port"], 0),
    toPort: number(body["to_port"], 0),
    icmpType: number(body["icmp_type"], -1),
    block: block(String(body["cidr_block"])),
  };
}

export function readRules(reader: Reader, type: string): Map<string, GroupRule[]> {
  const byGroup = new Map<string, GroupRule[]>();
  for (const [, body] of bodies(reader.document, type)) {
    const rule = readRule(reader, body);
    byGroup.set(rule.group, [...(byGroup.get(rule.group) ?? []), rule]);
  }
  return byGroup;
}

function readRule({ read }: Reader, body: Body): GroupRule {
  const group = read(body, "referenced_security_group_id");
  const range = read(body, "cidr_ipv4");
  const list = read(body, "prefix_list_id");
  return {
    group: nameIn(read(body, "security_group_id") ?? ""),
    protocol: String(body["ip_protocol"]),
    fromPort: number(body["from_port"], 0),
    toPort: number(body["to_port"], 65535),
    ...(group === undefined ? {} : { peerGroup: nameIn(group) }),
    ...(range === undefined ? {} : { peerBlock: block(String(range)) }),
    ...(list === undefined ? {} : { peerList: nameIn(list) }),
  };
}

/**
 * The network that a document describes: subnets with their routes and ACLs, groups with their rules, for one value of the variable
 * `quarantine`.
 */
import { type Block, block, distinctSets } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import { ANY, hasPorts, LAST_PORT, type PortRange } from "../replay/traffic";
import { type Attributes, resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs, nameIn, type Value } from "../terraform/expressions";

/** What every rule of groups and ACLs has. */
interface Rule extends PortRange {
  readonly resource: string;
  /** Zones whose quarantine changes it. */
  readonly zones: readonly string[];
}

export interface AclEntry extends Rule {
  readonly egress: boolean;
  readonly number: number;
  readonly allow: boolean;
  readonly block: Block;
}

/** One of `peerGroup`, `peerBlock`, `peerList` is the peer. */
export interface GroupRule extends Rule {
  readonly group: string;
  readonly peerGroup?: string;
  readonly peerBlock?: Block;
  /** Name of an own prefix list, or of the gateway endpoint whose list it is. */
  readonly peerList?: string;
}

export interface Target {
  readonly kind: "internet" | "nat" | "firewall" | "unknown";
  readonly name: string;
}

export interface RouteEntry {
  readonly resource: string;
  readonly block: Block;
  readonly target: Target;
}

export interface Acl {
  readonly name: string;
  /** Zones whose quarantine changes it. */
  readonly zones: readonly string[];
  readonly ingress: readonly AclEntry[];
  readonly egress: readonly AclEntry[];
}

export interface SubnetOf {
  readonly name: string;
  readonly block: Block;
  readonly availabilityZone: string;
  readonly routes: readonly RouteEntry[];
  /** Gateway endpoints that are on its route table. */
  readonly gateways: readonly string[];
  readonly acl: Acl;
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

export const INGRESS = "aws_vpc_security_group_ingress_rule";
export const EGRESS = "aws_vpc_security_group_egress_rule";

export const bodies = (document: TerraformDocument, type: string): [string, Attributes][] => [
  ...resourcesOf(document, type),
];

export const readNetwork = (document: TerraformDocument, cut: readonly string[]): Net =>
  networkOf(document).at(cut);

export interface NetworkReading {
  at(cut: readonly string[]): Net;
  /** Rules as they are under any quarantine, by the group that has them. */
  readonly possible: Pick<Net, "ingress" | "egress">;
  /** Every set of blocks that a rule, an entry, a route or a list names. */
  readonly told: readonly (readonly Block[])[];
}

/** Reads everything once; what the quarantine changes is read again for each list of zones. */
export function networkOf(document: TerraformDocument): NetworkReading {
  const rules = (type: string) => bodies(document, type).map(([name, body]) => readRule(type, name, body));
  const [ingress, egress] = [rules(INGRESS), rules(EGRESS)];
  const entries = grouped(
    bodies(document, ACL_RULE).map(([name, body]) => [
      reference(body["network_acl_id"]),
      readEntry(name, body),
    ]),
  );
  const subnets = bodies(document, "aws_subnet");
  const routing = routingOf(document);
  const fixed = {
    blocks: [...bodies(document, "aws_vpc"), ...bodies(document, "aws_vpc_ipv4_cidr_block_association")].map(
      ([, body]) => block(String(body["cidr_block"])),
    ),
    lists: new Map(
      bodies(document, "aws_ec2_managed_prefix_list").map(([name, body]) => [name, listBlocks(body)]),
    ),
    nats: new Map(
      bodies(document, "aws_nat_gateway").map(([name, body]) => [name, reference(body["subnet_id"])]),
    ),
  };
  const variantsOf = (all: readonly Dependent<GroupRule>[]): Map<string, GroupRule[]> =>
    grouped(all.flatMap((rule) => rule.variants()).map((rule) => [rule.group, rule]));
  const possible = { ingress: variantsOf(ingress), egress: variantsOf(egress) };
  const named = [...ingress, ...egress, ...[...entries.values()].flat()].flatMap((rule) =>
    rule.variants().flatMap(blocksIn),
  );
  const at = (cut: readonly string[]): Net => {
    const acls = aclsOf(document, entries, cut);
    const gateways = routing.gateways.map((one) => one.at(cut));
    return {
      ...fixed,
      subnets: new Map(
        subnets.map(([name, body]) => [name, subnetOf(name, body, routing, gateways, acls.get(name))]),
      ),
      ingress: byGroup(ingress, cut),
      egress: byGroup(egress, cut),
    };
  };
  return { at, possible, told: distinctSets([...named, ...fixed.lists.values(), ...routing.told]) };
}

const blocksIn = (rule: GroupRule | AclEntry | undefined): Block[][] => {
  const found = rule === undefined ? undefined : "block" in rule ? rule.block : rule.peerBlock;
  return found === undefined ? [] : [[found]];
};

const listBlocks = (body: Attributes): Block[] =>
  ((body["entry"] ?? []) as { cidr: string }[]).map(({ cidr }) => block(cidr));

const NOBODY: Inputs = { quarantine: [] };

/** The name in a reference that no quarantine changes. */
const reference = (value: unknown): string => nameIn(evaluate(value ?? "", NOBODY));

interface Routing {
  /** By the route table. */
  readonly routes: ReadonlyMap<string, readonly RouteEntry[]>;
  /** Route tables of each subnet. */
  readonly tables: ReadonlyMap<string, readonly string[]>;
  readonly gateways: readonly Dependent<Gateway>[];
  readonly told: readonly (readonly Block[])[];
}

interface Gateway {
  readonly name: string;
  readonly tables: readonly string[];
}

function routingOf(document: TerraformDocument): Routing {
  const routes = grouped(
    bodies(document, "aws_route").map(([name, body]) => [
      reference(body["route_table_id"]),
      {
        resource: `aws_route.${name}`,
        block: block(String(body["destination_cidr_block"])),
        target: targetOf(body),
      },
    ]),
  );
  const tables = grouped(
    bodies(document, "aws_route_table_association").map(([, body]) => [
      reference(body["subnet_id"]),
      reference(body["route_table_id"]),
    ]),
  );
  const gateways = bodies(document, "aws_vpc_endpoint").flatMap(([name, body]) =>
    body["vpc_endpoint_type"] === "Gateway"
      ? [
          dependent(body, (inputs): Gateway => {
            const found = evaluate(body["route_table_ids"] ?? [], inputs);
            return { name, tables: Array.isArray(found) ? found.map(nameIn) : [] };
          }),
        ]
      : [],
  );
  return { routes, tables, gateways, told: [...routes.values()].flat().map((route) => [route.block]) };
}

function grouped<T>(entries: readonly (readonly [key: string, item: T])[]): Map<string, T[]> {
  const groups = new Map<string, T[]>();
  for (const [key, item] of entries) {
    const members = groups.get(key);
    if (members === undefined) groups.set(key, [item]);
    else members.push(item);
  }
  return groups;
}

function subnetOf(
  name: string,
  body: Attributes,
  { routes, tables }: Routing,
  gateways: readonly Gateway[],
  acl: Acl = NO_ACL,
): SubnetOf {
  const own = tables.get(name) ?? [];
  return {
    name,
    block: block(String(body["cidr_block"])),
    availabilityZone: String(body["availability_zone"]),
    routes: own.flatMap((table) => routes.get(table) ?? []),
    gateways: gateways.flatMap((gateway) =>
      gateway.tables.some((table) => own.includes(table)) ? [gateway.name] : [],
    ),
    acl,
  };
}

function targetOf(body: Attributes): Target {
  const value = (name: string): Value => (body[name] === undefined ? "" : evaluate(body[name], NOBODY));
  if (String(value("gateway_id")).startsWith("aws_internet_gateway.")) return { kind: "internet", name: "" };
  if (value("nat_gateway_id") !== "") return { kind: "nat", name: nameIn(value("nat_gateway_id")) };
  const [, subnet] =
    /^local\.enclave_firewall_endpoints\[aws_subnet\.(\w+)\.availability_zone\]$/.exec(
      String(value("vpc_endpoint_id")),
    ) ?? [];
  return subnet === undefined ? { kind: "unknown", name: "" } : { kind: "firewall", name: subnet };
}

const ACL_RULE = "aws_network_acl_rule";
/** A subnet without an ACL of its own has the default one, which takes everything until it is emptied: then nothing passes. */
const NO_ACL: Acl = { name: "", zones: [], ingress: [], egress: [] };

/** The ACL of each subnet, with its entries in the order of their numbers. */
function aclsOf(
  document: TerraformDocument,
  all: ReadonlyMap<string, readonly Dependent<AclEntry | undefined>[]>,
  cut: readonly string[],
): ReadonlyMap<string, Acl> {
  return new Map(
    bodies(document, "aws_network_acl").flatMap(([name, body]) => {
      const own = all.get(name) ?? [];
      const there = own.flatMap((entry) => entry.at(cut) ?? []).sort((a, b) => a.number - b.number);
      const acl: Acl = {
        name,
        zones: own.flatMap(({ zones }) => zones),
        ingress: there.filter(({ egress }) => !egress),
        egress: there.filter(({ egress }) => egress),
      };
      return ((body["subnet_ids"] ?? []) as unknown[]).map((id): [string, Acl] => [reference(id), acl]);
    }),
  );
}

/** Undefined where the entry is not there. */
function readEntry(name: string, body: Attributes): Dependent<AclEntry | undefined> {
  const fixed = {
    resource: `${ACL_RULE}.${name}`,
    egress: body["egress"] === true,
    number: Number(body["rule_number"]),
    allow: body["rule_action"] === "allow",
    ...rangeOf(body, String(body["protocol"]), body["icmp_type"]),
    block: block(String(body["cidr_block"])),
  };
  return dependent(body, (inputs, zones) =>
    evaluate(body["count"] ?? 1, inputs) === 0 ? undefined : { ...fixed, zones },
  );
}

/** By number, too: https://www.iana.org/assignments/protocol-numbers/protocol-numbers.xhtml */
const NAMES: Readonly<Record<string, string>> = {
  "-1": ANY,
  "1": "icmp",
  "6": "tcp",
  "17": "udp",
  "47": "gre",
};

/** Ports, or the types of ICMP, of which -1 is all. */
function rangeOf(body: Attributes, named: string, icmpType: unknown): PortRange {
  const protocol = NAMES[named] ?? named;
  if (protocol === "icmp")
    return Number(icmpType ?? -1) === -1
      ? { protocol, from: 0, to: 255 }
      : { protocol, from: Number(icmpType), to: Number(icmpType) };
  if (!hasPorts(protocol)) return { protocol, from: 0, to: LAST_PORT };
  return { protocol, from: Number(body["from_port"] ?? 0), to: Number(body["to_port"] ?? LAST_PORT) };
}

export const readRules = (
  document: TerraformDocument,
  type: string,
  cut: readonly string[],
): Map<string, GroupRule[]> =>
  byGroup(
    bodies(document, type).map(([name, body]) => readRule(type, name, body)),
    cut,
  );

const byGroup = (rules: readonly Dependent<GroupRule>[], cut: readonly string[]): Map<string, GroupRule[]> =>
  grouped(rules.map((rule) => rule.at(cut)).map((rule) => [rule.group, rule]));

function readRule(type: string, name: string, body: Attributes): Dependent<GroupRule> {
  return dependent(body, (inputs, zones) => {
    const read = (argument: string): Value | undefined =>
      body[argument] === undefined ? undefined : evaluate(body[argument], inputs);
    const group = read("referenced_security_group_id");
    const range = read("cidr_ipv4");
    const list = read("prefix_list_id");
    return {
      resource: `${type}.${name}`,
      zones,
      group: nameIn(read("security_group_id") ?? ""),
      ...rangeOf(body, String(body["ip_protocol"]), body["from_port"]),
      ...(group === undefined ? {} : { peerGroup: nameIn(group) }),
      ...(range === undefined ? {} : { peerBlock: block(String(range)) }),
      ...(list === undefined ? {} : { peerList: nameIn(list) }),
    };
  });
}

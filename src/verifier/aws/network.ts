/**
 * The network that a document describes: subnets with their routes, ACLs and groups, for any value of the
 * variable `quarantine`.
 */
import { type Block, block, distinctSets } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import { type Attributes, resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs, nameIn, type Value } from "../terraform/expressions";
import { type Acl, aclsIn } from "./acls";
import { EGRESS, INGRESS, type Rules, rulesIn } from "./groups";

export interface Target {
  readonly kind: "internet" | "nat" | "firewall" | "unknown";
  readonly name: string;
}

export interface RouteEntry {
  readonly resource: string;
  readonly block: Block;
  readonly target: Target;
}

export interface Subnet {
  readonly name: string;
  readonly block: Block;
  readonly availabilityZone: string;
  readonly routes: readonly RouteEntry[];
  /** Gateway endpoints that are on its route table. */
  readonly gateways: Dependent<readonly string[]>;
  readonly acl: Dependent<Acl>;
}

export interface Network {
  readonly blocks: readonly Block[];
  readonly subnets: ReadonlyMap<string, Subnet>;
  readonly ingress: Rules;
  readonly egress: Rules;
  /** By the route table. */
  readonly routes: ReadonlyMap<string, readonly RouteEntry[]>;
  /** NAT gateway name to the subnet it stands in. */
  readonly nats: ReadonlyMap<string, string>;
  /** Every set of blocks that a rule, an entry, a route or a list names. */
  readonly told: readonly (readonly Block[])[];
}

const NOBODY: Inputs = { quarantine: [] };

/** The name in a reference that no quarantine changes. */
const reference = (value: unknown): string => nameIn(evaluate(value ?? "", NOBODY));

const all = (document: TerraformDocument, type: string): [string, Attributes][] => [
  ...resourcesOf(document, type),
];

/** `told` are sets of blocks that something beside the network names. */
export function readNetwork(document: TerraformDocument, told: Network["told"] = []): Network {
  const lists = new Map(
    all(document, "aws_ec2_managed_prefix_list").map(([name, body]) => [name, listBlocks(body)]),
  );
  const [ingress, egress] = [rulesIn(document, INGRESS, lists), rulesIn(document, EGRESS, lists)];
  const acls = aclsIn(document);
  const routing = routingOf(document);
  const subnets = all(document, "aws_subnet").map(([name, body]): [string, Subnet] => [
    name,
    {
      name,
      block: block(String(body["cidr_block"])),
      availabilityZone: String(body["availability_zone"]),
      ...routing.of(name),
      acl: acls.of(name),
    },
  ]);
  return {
    blocks: [...all(document, "aws_vpc"), ...all(document, "aws_vpc_ipv4_cidr_block_association")].map(
      ([, body]) => block(String(body["cidr_block"])),
    ),
    subnets: new Map(subnets),
    ingress,
    egress,
    routes: routing.routes,
    nats: new Map(
      all(document, "aws_nat_gateway").flatMap(([name, body]): [string, string][] =>
        body["connectivity_type"] === "public" ? [[name, reference(body["subnet_id"])]] : [],
      ),
    ),
    told: distinctSets([
      ...told,
      ...ingress.told,
      ...egress.told,
      ...acls.told,
      ...lists.values(),
      ...routing.told,
    ]),
  };
}

const listBlocks = (body: Attributes): Block[] =>
  ((body["entry"] ?? []) as { cidr: string }[]).map(({ cidr }) => block(cidr));

interface Routing {
  readonly routes: ReadonlyMap<string, readonly RouteEntry[]>;
  of(subnet: string): Pick<Subnet, "routes" | "gateways">;
  readonly told: readonly (readonly Block[])[];
}

function routingOf(document: TerraformDocument): Routing {
  const routes = new Map<string, RouteEntry[]>();
  for (const [name, body] of all(document, "aws_route")) {
    // One of IPv6 is a fault whatever it says.
    if (body["destination_ipv6_cidr_block"] !== undefined) continue;
    const table = reference(body["route_table_id"]);
    const entry = {
      resource: `aws_route.${name}`,
      block: block(String(body["destination_cidr_block"])),
      target: targetOf(body),
    };
    routes.set(table, [...(routes.get(table) ?? []), entry]);
  }
  const tables = new Map<string, string[]>();
  for (const [, body] of all(document, "aws_route_table_association")) {
    const subnet = reference(body["subnet_id"]);
    tables.set(subnet, [...(tables.get(subnet) ?? []), reference(body["route_table_id"])]);
  }
  const gateways = all(document, "aws_vpc_endpoint").flatMap(([name, body]) =>
    body["vpc_endpoint_type"] === "Gateway" ? [{ name, listed: body["route_table_ids"] ?? [] }] : [],
  );
  return {
    routes,
    of: (subnet) => {
      const own = tables.get(subnet) ?? [];
      return {
        routes: own.flatMap((table) => routes.get(table) ?? []),
        gateways: dependent({ lists: gateways.map(({ listed }) => listed) }, (inputs) =>
          gateways.flatMap(({ name, listed }) =>
            tablesIn(listed, inputs).some((table) => own.includes(table)) ? [name] : [],
          ),
        ),
      };
    },
    told: [...routes.values()].flat().map((route) => [route.block]),
  };
}

function tablesIn(listed: unknown, inputs: Inputs): string[] {
  const found = evaluate(listed, inputs);
  return Array.isArray(found) ? found.map(nameIn) : [];
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

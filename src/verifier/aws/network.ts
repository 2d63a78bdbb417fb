/**
 * The network that a document describes: subnets with their routes, ACLs and groups, for any value of the
 * variable `quarantine`.
 */
import { type Block, block, distinctSets } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import { type Attributes, resourcesOf, type TerraformDocument } from "../terraform/document";
import { evaluate, type Inputs, nameIn } from "../terraform/expressions";
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
  for (const [name, body] of all(document, "aws_route_table")) {
    const resource = `aws_route_table.${name}`;
    routes.set(
      name,
      (Array.isArray(body["route"]) ? (body["route"] as Attributes[]) : []).map((route) => ({
        resource,
        ...readRoute(route),
      })),
    );
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

const UNKNOWN: Target = { kind: "unknown", name: "" };

/** What leads to anything but a range of IPv4 may lead anywhere. */
function readRoute(route: Attributes): Omit<RouteEntry, "resource"> {
  const given = Object.entries(route).filter(([, value]) => value !== null);
  const { cidr_block: range, ...targets } = Object.fromEntries(given);
  if (typeof range !== "string") return { block: block("0.0.0.0/0"), target: UNKNOWN };
  return { block: block(range), target: targetOf(targets) };
}

function targetOf(targets: Attributes): Target {
  const [[kind, target] = ["", ""], ...others] = Object.entries(targets);
  const value = others.length > 0 ? "" : String(evaluate(target, NOBODY));
  if (kind === "gateway_id" && value.startsWith("aws_internet_gateway."))
    return { kind: "internet", name: "" };
  if (kind === "nat_gateway_id" && value !== "") return { kind: "nat", name: nameIn(value) };
  const [, subnet] =
    /^local\.enclave_firewall_endpoints\[aws_subnet\.(\w+)\.availability_zone\]$/.exec(value) ?? [];
  return kind !== "vpc_endpoint_id" || subnet === undefined ? UNKNOWN : { kind: "firewall", name: subnet };
}

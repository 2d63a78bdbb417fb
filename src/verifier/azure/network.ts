/**
 * The network that a document describes: subnets with what filters and routes them, for every value of the
 * variable `quarantine`.
 */
import { type Block, block, distinctSets } from "../replay/blocks";
import { reading } from "../replay/fault";
import { type Dependent, dependent } from "../replay/quarantine";
import {
  type Attributes,
  blocks,
  nested,
  resourcesOf,
  type TerraformDocument,
  table,
  text,
  texts,
} from "../terraform/document";
import { evaluate, type Inputs } from "../terraform/expressions";
import type { FirewallRule } from "./firewall";
import { type Place, type PossibleRule, readGroups } from "./groups";

const TABLE = "azurerm_route_table";
export const NETWORK = "azurerm_virtual_network";
/** The one name under which Azure puts a firewall into a subnet. */
const FIREWALLS = "AzureFirewallSubnet";

/** Infrastructure is named with the enclave's own word. */
export const isSite = (place: string): boolean => place.startsWith("enclave_");

export interface Route {
  readonly block: Block;
  readonly hop: string;
  /** Address of an appliance; "null" where none is given. */
  readonly via: string;
}

export interface Subnet {
  /** The place whose list of subnets names it, with its number in a zone: `inference_1`. */
  readonly name: string;
  /** Its network, and its name in Azure. */
  readonly resource: string;
  /** Terraform name of its network. */
  readonly network: string;
  readonly block: Block;
  /** The firewall's own, in which nothing else can lie. */
  readonly isFirewalls: boolean;
  /** The service of Azure that it is given to; empty for none. */
  readonly delegation: string;
  /** Undefined when no group is associated: everything passes. */
  readonly rules: readonly PossibleRule[] | undefined;
  readonly group: string;
  readonly routes: readonly Dependent<Route>[];
  readonly table: string;
}

export interface Network {
  /** Addresses that a packet reaches by Azure's own routes: of all networks, as if all were joined. */
  readonly ranges: readonly Block[];
  readonly subnets: readonly Subnet[];
  readonly byName: ReadonlyMap<string, Subnet>;
  /** Rules of the firewall that let somebody out. */
  readonly exits: readonly FirewallRule[];
  /** Every set of blocks that a rule, a route or an exit names. */
  readonly told: readonly (readonly Block[])[];
}

export function readNetwork(document: TerraformDocument, firewall: readonly FirewallRule[]): Network {
  const groups = readGroups(document);
  const tables = new Map(
    [...resourcesOf(document, TABLE)].map(([name, body]) => [
      name,
      reading(`${TABLE}.${name}`, () => routesOf(body)),
    ]),
  );
  const networks = [...resourcesOf(document, NETWORK)];
  const subnets = networks.flatMap(([name, body]) => subnetsOf(document, name, body, groups, tables));
  const exits = firewall.filter(({ allow }) => allow);
  return {
    ranges: networks.flatMap(([name, body]) =>
      reading(`${NETWORK}.${name}`, () => rangesOf(body).map((range) => block(range))),
    ),
    subnets,
    byName: new Map(subnets.map((subnet) => [subnet.name, subnet])),
    exits,
    told: toldBy([...groups.values()].flat(), [...tables.values()].flat(), exits),
  };
}

/** One of IPv6 is a fault whatever it says. */
const rangesOf = (network: Attributes): string[] =>
  texts(network, "address_space").filter((range) => !range.includes(":"));

const toldBy = (
  rules: readonly PossibleRule[],
  routes: readonly Dependent<Route>[],
  exits: readonly FirewallRule[],
): Network["told"] =>
  distinctSets([
    ...rules
      .flatMap((rule) => rule.variants())
      .flatMap(({ from, to }) => [from, to])
      .map((ends) => ends.filter(isBlock)),
    ...routes.flatMap((route) => route.variants().map((each) => [each.block])),
    ...exits.flatMap(({ sources }) => sources.variants().map((ends) => ends.filter(isBlock))),
  ]);

const isBlock = (place: Place): place is Block => typeof place !== "string";

function subnetsOf(
  document: TerraformDocument,
  network: string,
  body: Attributes,
  groups: ReadonlyMap<string, readonly PossibleRule[]>,
  tables: ReadonlyMap<string, readonly Dependent<Route>[]>,
): Subnet[] {
  const places = placesIn(document);
  const nameIn = (given: string, type: string): string =>
    new RegExp(`^\\$\\{${type}\\.(\\w+)\\.id\\}$`).exec(given)?.[1] ?? "";
  return blocks(body, "subnet").map((subnet): Subnet => {
    const label = text(subnet, "name");
    const resource = `${NETWORK}.${network}/subnets/${label}`;
    const group = nameIn(text(subnet, "security_group"), "azurerm_network_security_group");
    const routing = nameIn(text(subnet, "route_table_id"), TABLE);
    return {
      name: places.get(resource) ?? `?${label}`,
      resource,
      network,
      block: reading(resource, () => block(texts(subnet, "address_prefixes").join())),
      isFirewalls: label === FIREWALLS && network === "enclave_egress",
      delegation: text(nested(nested(subnet, "delegation"), "service_delegation"), "name"),
      group,
      rules: groups.get(group),
      table: routing,
      routes: tables.get(routing) ?? [],
    };
  });
}

/** Subnets have no addresses in Terraform: a list of each place has their ids, in the order of its slots. */
export function placesIn(document: TerraformDocument): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  for (const [local, ids] of Object.entries(table(document, "locals"))) {
    const place = /^(\w+)_subnet_ids$/.exec(local)?.[1];
    if (place === undefined) continue;
    reading(`local.${local}`, () => {
      for (const [index, id] of (Array.isArray(ids) ? (ids as unknown[]) : [ids]).entries()) {
        const [, network, label] = ID.exec(String(id)) ?? [];
        const subnet = `${NETWORK}.${network}/subnets/${label}`;
        if (label === undefined || found.has(subnet)) throw new Error(`it names no subnet of its own: ${id}`);
        found.set(subnet, isSite(place) ? place : `${place}_${index + 1}`);
      }
    });
  }
  return found;
}

const ID = /^\$\{azurerm_virtual_network\.(\w+)\.id\}\/subnets\/([\w.-]+)$/;

/** The name of the subnet that an argument means. */
export function subnetIn(id: string): string {
  const [, place = "", index] = /^\$\{local\.(\w+)_subnet_ids\[(\d)\]\}$/.exec(id) ?? [];
  return isSite(place) ? place : `${place}_${Number(index) + 1}`;
}

/** https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-udr-overview */
const HOPS = ["VnetLocal", "Internet", "None", "VirtualAppliance", "VirtualNetworkGateway"];
const FIREWALL = "azurerm_firewall.enclave.ip_configuration[0].private_ip_address";

function routesOf(body: Attributes): Dependent<Route>[] {
  const routes = blocks(body, "route").map((route) => dependent(route, (inputs) => readRoute(route, inputs)));
  for (const route of routes) route.variants();
  return routes;
}

/** Another appliance may lead out: nothing here says where it leads. */
function readRoute(route: Attributes, inputs: Inputs): Route {
  const value = (argument: string): string => String(evaluate(route[argument] ?? null, inputs));
  const hop = value("next_hop_type");
  if (!HOPS.includes(hop)) throw new Error(`no next hop: ${hop}`);
  const via = value("next_hop_in_ip_address");
  const isElsewhere = hop === "VirtualAppliance" && via !== FIREWALL;
  return { block: block(value("address_prefix")), hop: isElsewhere ? "Internet" : hop, via };
}

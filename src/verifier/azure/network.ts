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
  references,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate, type Inputs } from "../terraform/expressions";
import type { FirewallRule } from "./firewall";
import { type Place, type PossibleRule, readGroups } from "./groups";

const TABLE = "azurerm_route_table";
/** The one name under which Azure puts a firewall into a subnet. */
export const FIREWALLS = "AzureFirewallSubnet";

export interface Route {
  readonly block: Block;
  readonly hop: string;
  /** Address of an appliance; "null" where none is given. */
  readonly via: string;
}

export interface Subnet {
  readonly name: string;
  /** Its name in Azure. */
  readonly label: string;
  readonly block: Block;
  /** The firewall's own, in which nothing else can lie. */
  readonly isFirewalls: boolean;
  /** Undefined when no group is associated: everything passes. */
  readonly rules: readonly PossibleRule[] | undefined;
  readonly group: string;
  readonly routes: readonly Dependent<Route>[];
  readonly table: string;
}

export interface Network {
  readonly range: Block;
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
  const groupOf = associated(document, "network_security_group");
  const tableOf = associated(document, "route_table");
  const firewalls = [...resourcesOf(document, "azurerm_firewall").values()].flatMap((body) =>
    references(body["ip_configuration"], "azurerm_subnet"),
  );
  const subnets = [...resourcesOf(document, "azurerm_subnet")].map(([name, body]): Subnet => {
    const [group, table] = [groupOf.get(name) ?? "", tableOf.get(name) ?? ""];
    return {
      name,
      label: text(body, "name"),
      block: reading(`azurerm_subnet.${name}`, () => block(texts(body, "address_prefixes").join())),
      isFirewalls: firewalls.includes(name) && text(body, "name") === FIREWALLS,
      group,
      rules: groups.get(group),
      table,
      routes: tables.get(table) ?? [],
    };
  });
  const range = texts(resourcesOf(document, "azurerm_virtual_network").get("enclave"), "address_space")[0];
  const exits = firewall.filter(({ allow }) => allow);
  return {
    range: reading("azurerm_virtual_network.enclave", () => block(range ?? "")),
    subnets,
    byName: new Map(subnets.map((subnet) => [subnet.name, subnet])),
    exits,
    told: toldBy([...groups.values()].flat(), [...tables.values()].flat(), exits),
  };
}

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

/** The association of each subnet, by name. */
function associated(document: TerraformDocument, kind: "network_security_group" | "route_table") {
  const nameIn = (body: Attributes, argument: string, type: string): string =>
    new RegExp(`^\\$\\{${type}\\.(\\w+)\\.id\\}$`).exec(text(body, argument))?.[1] ?? "";
  const type = `azurerm_subnet_${kind}_association`;
  const found = new Map<string, string>();
  for (const [name, body] of resourcesOf(document, type))
    reading(`${type}.${name}`, () => {
      const subnet = nameIn(body, "subnet_id", "azurerm_subnet");
      if (subnet === "" || found.has(subnet)) throw new Error("it is on no subnet of its own");
      found.set(subnet, nameIn(body, `${kind}_id`, `azurerm_${kind}`));
    });
  return found;
}

/** https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-udr-overview */
const HOPS = ["VnetLocal", "Internet", "None", "VirtualAppliance", "VirtualNetworkGateway"];
const FIREWALL = "azurerm_firewall.enclave.ip_configuration[0].private_ip_address";

function routesOf(table: Attributes): Dependent<Route>[] {
  const routes = blocks(table, "route").map((route) =>
    dependent(route, (inputs) => readRoute(route, inputs)),
  );
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

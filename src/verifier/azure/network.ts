/** The network that a document describes: subnets with what filters and routes them, for one value of the variable `quarantine`. */
import { type Block, block, distinctSets } from "../replay/blocks";
import { type Dependent, dependent } from "../replay/quarantine";
import { ANY, LAST_PORT, type PortRange } from "../replay/traffic";
import { type Attributes, resourcesOf, type TerraformDocument, text, texts } from "../terraform/document";
import { evaluate, type Inputs } from "../terraform/expressions";

/** A block, or a tag for addresses that Azure knows: https://learn.microsoft.com/en-us/azure/virtual-network/service-tags-overview */
export type Place = Block | string;

export interface SecurityRule {
  /** Terraform address of the group, with the rule's name. */
  readonly resource: string;
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly allow: boolean;
  readonly ranges: readonly PortRange[];
  readonly from: readonly Place[];
  readonly to: readonly Place[];
  /** Application security groups as destinations. */
  readonly toGroups: readonly string[];
  /** Zones whose quarantine changes it. */
  readonly zones: readonly string[];
}

export interface Route {
  readonly block: Block;
  readonly hop: string;
  readonly zones: readonly string[];
}

export interface SubnetReading {
  readonly name: string;
  readonly block: Block;
  /** The firewall's own, in which nothing else can lie. */
  readonly isFirewalls: boolean;
  /** Undefined when no group is associated: everything passes. */
  readonly rules: readonly SecurityRule[] | undefined;
  readonly group: string;
  readonly routes: readonly Route[];
  readonly table: string;
}

export interface Net {
  readonly range: Block;
  readonly subnets: readonly SubnetReading[];
  /** Ports that the firewall opens to sources, whatever the name. */
  readonly exits: readonly { readonly sources: readonly Block[]; readonly port: number }[];
  /** Private endpoint name to the application security groups that it joins. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

export interface NetworkReading {
  at(cut: readonly string[]): Net;
  /** Rules of each group as they are under any quarantine. */
  readonly possible: ReadonlyMap<string, readonly SecurityRule[]>;
  /** Every set of blocks that a rule, a route or an exit names. */
  readonly told: readonly (readonly Block[])[];
}

const GROUP = "azurerm_network_security_group";
const TABLE = "azurerm_route_table";

/** `${azurerm_subnet.app_1.id}` is `app_1`. */
const nameIn = (reference: string): string =>
  /^\$\{azurerm_\w+\.(\w+)(\[each\.key\])?(\.\w+)?\}$/.exec(reference)?.[1] ?? `?${reference}`;

export const readNetwork = (document: TerraformDocument, cut: readonly string[]): Net =>
  networkOf(document).at(cut);

/** Reads everything once; what the quarantine changes is read again for each list of zones. */
export function networkOf(document: TerraformDocument): NetworkReading {
  const groups = new Map(
    [...resourcesOf(document, GROUP)].map(([name, body]) => [name, rulesOf(name, body)]),
  );
  const tables = new Map([...resourcesOf(document, TABLE)].map(([name, body]) => [name, routesOf(body)]));
  const groupOf = associated(
    document,
    "azurerm_subnet_network_security_group_association",
    "network_security_group_id",
  );
  const tableOf = associated(document, "azurerm_subnet_route_table_association", "route_table_id");
  const network = resourcesOf(document, "azurerm_virtual_network").get("enclave");
  const range = block(texts(network, "address_space")[0] ?? "");
  const subnets = [...resourcesOf(document, "azurerm_subnet")].map(([name, body]) => ({
    name,
    block: block(texts(body, "address_prefixes")[0] ?? ""),
    isFirewalls: text(body, "name") === "AzureFirewallSubnet",
    group: groupOf.get(name) ?? "",
    table: tableOf.get(name) ?? "",
  }));
  const members = membersOf(document);
  const exits = exitsOf(document);
  const at = (cut: readonly string[]): Net => {
    const rulesAt = new Map([...groups].map(([name, rules]) => [name, rules.map((rule) => rule.at(cut))]));
    const routesAt = new Map(
      [...tables].map(([name, routes]) => [name, routes.map((route) => route.at(cut))]),
    );
    return {
      range,
      subnets: subnets.map((subnet) => ({
        ...subnet,
        rules: rulesAt.get(subnet.group),
        routes: routesAt.get(subnet.table) ?? [],
      })),
      exits: exits.map((exit) => exit.at(cut)),
      members,
    };
  };
  const possible = new Map([...groups].map(([name, all]) => [name, all.flatMap((rule) => rule.variants())]));
  const rules = [...possible.values()].flat();
  const named = rules.flatMap(({ from, to }) => [from, to]).map((ends) => ends.filter(isBlock));
  const routes = [...tables.values()].flat().flatMap((route) => route.variants().map(({ block }) => [block]));
  const sources = exits.flatMap((exit) => exit.variants().map((each) => each.sources));
  return { at, possible, told: distinctSets([...named, ...routes, ...sources]) };
}

const isBlock = (place: Place): place is Block => typeof place !== "string";

const associated = (document: TerraformDocument, type: string, field: string): Map<string, string> =>
  new Map(
    [...resourcesOf(document, type).values()].map((each) => [
      nameIn(text(each, "subnet_id")),
      nameIn(text(each, field)),
    ]),
  );

export const readRules = (group: Attributes | undefined, cut: readonly string[]): SecurityRule[] =>
  rulesOf("", group ?? {}).map((rule) => rule.at(cut));

function rulesOf(group: string, body: Attributes): Dependent<SecurityRule>[] {
  const rules = (body["security_rule"] ?? []) as Attributes[];
  return [...rules]
    .sort((a, b) => Number(a["priority"]) - Number(b["priority"]))
    .map((rule) => dependent(rule, (inputs, zones) => readRule(group, rule, inputs, zones)));
}

function readRule(group: string, rule: Attributes, inputs: Inputs, zones: readonly string[]): SecurityRule {
  const list = (field: string): string[] =>
    [rule[field], rule[`${field}s`] ?? rule[`${field}es`] ?? []]
      .flat()
      .filter((value) => typeof value === "string")
      .map((value) => String(evaluate(value, inputs)));
  const protocol = String(rule["protocol"]).toLowerCase();
  return {
    resource: `${GROUP}.${group}`,
    name: String(rule["name"]),
    priority: Number(rule["priority"]),
    direction: rule["direction"] as SecurityRule["direction"],
    allow: evaluate(rule["access"], inputs) === "Allow",
    ranges: list("destination_port_range").map((range) => rangeOf(protocol === "*" ? ANY : protocol, range)),
    from: list("source_address_prefix").map(placeOf),
    to: list("destination_address_prefix").map(placeOf),
    toGroups: ((rule["destination_application_security_group_ids"] ?? []) as string[]).map(nameIn),
    zones,
  };
}

const placeOf = (end: string): Place => (/^[\d.]+\/\d+$/.test(end) ? block(end) : end);

/** `*` is every port, and every packet of a protocol that has none. */
function rangeOf(protocol: string, range: string): PortRange {
  const [first = "", last = first] = range.split("-");
  return range === "*"
    ? { protocol, from: 0, to: LAST_PORT }
    : { protocol: protocol === ANY ? "tcp" : protocol, from: Number(first), to: Number(last) };
}

const routesOf = (table: Attributes): Dependent<Route>[] =>
  ((table["route"] ?? []) as Attributes[]).map((route) =>
    dependent(route, (inputs, zones) => ({
      block: block(String(evaluate(route["address_prefix"], inputs))),
      hop: String(evaluate(route["next_hop_type"], inputs)),
      zones,
    })),
  );

function exitsOf(document: TerraformDocument): Dependent<Net["exits"][number]>[] {
  const group = resourcesOf(document, "azurerm_firewall_policy_rule_collection_group").get("enclave");
  const collections = (group?.["application_rule_collection"] ?? []) as Attributes[];
  return collections
    .filter((collection) => collection["action"] === "Allow")
    .flatMap((collection) => collection["rule"] as Attributes[])
    .flatMap((rule) =>
      (rule["protocols"] as { port: number }[]).map(({ port }) =>
        dependent(rule, (inputs) => ({
          port,
          sources: texts(rule, "source_addresses").map((source) => block(String(evaluate(source, inputs)))),
        })),
      ),
    );
}

function membersOf(document: TerraformDocument): Net["members"] {
  const members = new Map<string, string[]>();
  const type = "azurerm_private_endpoint_application_security_group_association";
  for (const association of resourcesOf(document, type).values()) {
    const chained = text(association, "private_endpoint_id") === "${each.value.id}";
    const endpoint = nameIn(text(association, chained ? "for_each" : "private_endpoint_id"));
    const group = nameIn(text(association, "application_security_group_id"));
    members.set(endpoint, [...(members.get(endpoint) ?? []), group]);
  }
  return members;
}

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
}

/** A rule under any quarantine. */
export interface PossibleRule extends Dependent<SecurityRule> {
  readonly direction: SecurityRule["direction"];
  /** Each end that it has under some quarantine. */
  readonly ends: Pick<SecurityRule, "from" | "to" | "toGroups">;
}

export interface Route {
  readonly block: Block;
  readonly hop: string;
}

export interface Subnet {
  readonly name: string;
  readonly block: Block;
  /** The firewall's own, in which nothing else can lie. */
  readonly isFirewalls: boolean;
  /** Undefined when no group is associated: everything passes. */
  readonly rules: readonly PossibleRule[] | undefined;
  readonly group: string;
  readonly routes: readonly Dependent<Route>[];
  readonly table: string;
}

/** A port that the firewall opens to sources, whatever the name. */
export interface Exit {
  readonly sources: readonly Block[];
  readonly port: number;
}

export interface Network {
  readonly range: Block;
  readonly subnets: readonly Subnet[];
  readonly byName: ReadonlyMap<string, Subnet>;
  readonly exits: readonly Dependent<Exit>[];
  /** Private endpoint name to the application security groups that it joins. */
  readonly members: ReadonlyMap<string, readonly string[]>;
  /** Every set of blocks that a rule, a route or an exit names. */
  readonly told: readonly (readonly Block[])[];
}

const GROUP = "azurerm_network_security_group";
const TABLE = "azurerm_route_table";

/** `${azurerm_subnet.app_1.id}` is `app_1`. */
const nameIn = (reference: string): string =>
  /^\$\{azurerm_\w+\.(\w+)(\[each\.key\])?(\.\w+)?\}$/.exec(reference)?.[1] ?? `?${reference}`;

export function readNetwork(document: TerraformDocument): Network {
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
  const exits = exitsOf(document);
  const subnets = [...resourcesOf(document, "azurerm_subnet")].map(([name, body]): Subnet => {
    const [group, table] = [groupOf.get(name) ?? "", tableOf.get(name) ?? ""];
    return {
      name,
      block: block(texts(body, "address_prefixes")[0] ?? ""),
      isFirewalls: text(body, "name") === "AzureFirewallSubnet",
      group,
      rules: groups.get(group),
      table,
      routes: tables.get(table) ?? [],
    };
  });
  return {
    range: block(texts(network, "address_space")[0] ?? ""),
    subnets,
    byName: new Map(subnets.map((subnet) => [subnet.name, subnet])),
    exits,
    members: membersOf(document),
    told: toldBy([...groups.values()].flat(), [...tables.values()].flat(), exits),
  };
}

const toldBy = (
  rules: readonly PossibleRule[],
  routes: readonly Dependent<Route>[],
  exits: readonly Dependent<Exit>[],
): Network["told"] =>
  distinctSets([
    ...rules
      .flatMap((rule) => rule.variants())
      .flatMap(({ from, to }) => [from, to])
      .map((ends) => ends.filter(isBlock)),
    ...routes.flatMap((route) => route.variants().map((each) => [each.block])),
    ...exits.flatMap((exit) => exit.variants().map(({ sources }) => sources)),
  ]);

const isBlock = (place: Place): place is Block => typeof place !== "string";

const associated = (document: TerraformDocument, type: string, field: string): Map<string, string> =>
  new Map(
    [...resourcesOf(document, type).values()].map((each) => [
      nameIn(text(each, "subnet_id")),
      nameIn(text(each, field)),
    ]),
  );

/** In the order of their priorities. */
export function rulesOf(group: string, body: Attributes): PossibleRule[] {
  const rules = (body["security_rule"] ?? []) as Attributes[];
  return [...rules]
    .sort((a, b) => Number(a["priority"]) - Number(b["priority"]))
    .map((rule) => {
      const read = dependent(rule, reading(group, rule));
      const variants = read.variants();
      const ends = {
        from: distinct(variants.flatMap(({ from }) => from)),
        to: distinct(variants.flatMap(({ to }) => to)),
        toGroups: [...new Set(variants.flatMap(({ toGroups }) => toGroups))],
      };
      return { ...read, ends, direction: rule["direction"] as SecurityRule["direction"] };
    });
}

const distinct = (places: readonly Place[]): Place[] => [
  ...new Map(
    places.map((place) => [isBlock(place) ? `${place.base}/${place.prefix}` : place, place]),
  ).values(),
];

function reading(group: string, rule: Attributes): (inputs: Inputs) => SecurityRule {
  const list = (field: string): string[] =>
    [rule[field], rule[`${field}s`] ?? rule[`${field}es`] ?? []]
      .flat()
      .filter((value) => typeof value === "string");
  const protocol = String(rule["protocol"]).toLowerCase();
  const ranges = list("destination_port_range").map((range) =>
    rangeOf(protocol === "*" ? ANY : protocol, range),
  );
  const ends = { from: list("source_address_prefix"), to: list("destination_address_prefix") };
  const fixed = {
    resource: `${GROUP}.${group}`,
    name: String(rule["name"]),
    priority: Number(rule["priority"]),
    direction: rule["direction"] as SecurityRule["direction"],
    ranges,
    toGroups: ((rule["destination_application_security_group_ids"] ?? []) as string[]).map(nameIn),
  };
  return (inputs) => ({
    ...fixed,
    allow: evaluate(rule["access"], inputs) === "Allow",
    from: ends.from.map((end) => placeOf(String(evaluate(end, inputs)))),
    to: ends.to.map((end) => placeOf(String(evaluate(end, inputs)))),
  });
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
    dependent(route, (inputs) => ({
      block: block(String(evaluate(route["address_prefix"], inputs))),
      hop: String(evaluate(route["next_hop_type"], inputs)),
    })),
  );

function exitsOf(document: TerraformDocument): Dependent<Exit>[] {
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

function membersOf(document: TerraformDocument): Network["members"] {
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

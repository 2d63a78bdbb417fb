/** A rendered document read as a network: subnets with what filters and routes them, with some zones cut off. */

import type { Cidr } from "../../net/cidr";
import { block } from "../replay/blocks";
import type { TerraformDocument } from "../terraform/document";
import { resourcesOf, text, texts } from "../terraform/document";
import { evaluate } from "../terraform/expressions";

export interface SecurityRule {
  readonly name: string;
  readonly priority: number;
  readonly direction: "Inbound" | "Outbound";
  readonly allow: boolean;
  readonly protocol: string;
  readonly ports: readonly string[];
  readonly from: readonly string[];
  readonly to: readonly string[];
  /** Application security groups as destinations. */
  readonly toGroups: readonly string[];
}

export interface Route {
  readonly block: Cidr;
  readonly hop: string;
}

export interface SubnetReading {
  readonly name: string;
  readonly block: Cidr;
  /** Undefined when no group is associated: everything passes. */
  readonly rules: readonly SecurityRule[] | undefined;
  readonly routes: readonly Route[];
}

export interface Net {
  readonly range: Cidr;
  readonly subnets: readonly SubnetReading[];
  /** Ports that the firewall opens to sources, whatever the name. */
  readonly exits: readonly { readonly sources: readonly string[]; readonly port: number }[];
  /** Private endpoint name to the application security groups that it joins. */
  readonly members: ReadonlyMap<string, readonly string[]>;
}

type Body = Readonly<Record<string, unknown>>;

/** `${azurerm_subnet.app_1.id}` is `app_1`. */
const nameIn = (reference: string): string =>
  /^\$\{azurerm_\w+\.(\w+)(\[each\.key\])?(\.\w+)?\}$/.exec(reference)?.[1] ?? `?${reference}`;

export function readNetwork(document: TerraformDocument, cut: readonly string[]): Net {
  const network = resourcesOf(document, "azurerm_virtual_network").get("enclave");
  const associated = (type: string, field: string): Map<string, string> =>
    new Map(
      [...resourcesOf(document, type).values()].map((each) => [
        nameIn(text(each, "subnet_id")),
        nameIn(text(each, field)),
      ]),
    );
  const groups = associated("azurerm_subnet_network_security_group_association", "network_security_group_id");
  const tables = associated("azurerm_subnet_route_table_association", "route_table_id");
  const rulesIn = (name: string | undefined) =>
    name === undefined
      ? undefined
      : readRules(resourcesOf(document, "azurerm_network_security_group").get(name), cut);
  const routesIn = (name: string | undefined) =>
    name === undefined ? [] : readRoutes(resourcesOf(document, "azurerm_route_table").get(name), cut);
  return {
    range: block(texts(network, "address_space")[0] ?? ""),
    subnets: [...resourcesOf(document, "azurerm_subnet")].map(([name, subnet]) => ({
      name,
      block: block(texts(subnet, "address_prefixes")[0] ?? ""),
      rules: rulesIn(groups.get(name)),
      routes: routesIn(tables.get(name)),
    })),
    exits: readExits(document, cut),
    members: readMembers(document),
  };
}

export function readRules(group: Body | undefined, cut: readonly string[]): SecurityRule[] {
  const rules = (group?.["security_rule"] ?? []) as Body[];
  const list = (rule: Body, field: string): string[] =>
    [rule[`${field}`], ...((rule[`${field}s` as string] ?? rule[`${field}es`] ?? []) as unknown[])]
      .filter((value) => typeof value === "string")
      .map((value) => String(evaluate(value, { quarantine: cut })));
  return rules
    .map(
      (rule): SecurityRule => ({
        name: String(rule["name"]),
        priority: Number(rule["priority"]),
        direction: rule["direction"] as SecurityRule["direction"],
        allow: evaluate(rule["access"], { quarantine: cut }) === "Allow",
        protocol: String(rule["protocol"]),
        ports: list(rule, "destination_port_range"),
        from: list(rule, "source_address_prefix"),
        to: list(rule, "destination_address_prefix"),
        toGroups: ((rule["destination_application_security_group_ids"] ?? []) as string[]).map(nameIn),
      }),
    )
    .sort((a, b) => a.priority - b.priority);
}

const readRoutes = (table: Body | undefined, cut: readonly string[]): Route[] =>
  ((table?.["route"] ?? []) as Body[]).map((route) => ({
    block: block(String(evaluate(route["address_prefix"], { quarantine: cut }))),
    hop: String(evaluate(route["next_hop_type"], { quarantine: cut })),
  }));

function readExits(document: TerraformDocument, cut: readonly string[]): Net["exits"] {
  const group = resourcesOf(document, "azurerm_firewall_policy_rule_collection_group").get("enclave");
  const collections = (group?.["application_rule_collection"] ?? []) as Body[];
  return collections
    .filter((collection) => collection["action"] === "Allow")
    .flatMap((collection) => collection["rule"] as Body[])
    .flatMap((rule) =>
      (rule["protocols"] as { port: number }[]).map(({ port }) => ({
        port,
        sources: texts(rule, "source_addresses").map((source) =>
          String(evaluate(source, { quarantine: cut })),
        ),
      })),
    );
}

function readMembers(document: TerraformDocument): Net["members"] {
  const members = new Map<string, string[]>();
  for (const association of resourcesOf(
    document,
    "azurerm_private_endpoint_application_security_group_association",
  ).values()) {
    const chained = text(association, "private_endpoint_id") === "${each.value.id}";
    const endpoint = nameIn(text(association, chained ? "for_each" : "private_endpoint_id"));
    members.set(endpoint, [
      ...(members.get(endpoint) ?? []),
      nameIn(text(association, "application_security_group_id")),
    ]);
  }
  return members;
}

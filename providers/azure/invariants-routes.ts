/** Route tables read back from the rendered document: one on every subnet but the firewall's, and no way but the planned one. */
import type { NetworkPlan, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { type Attributes, resourcesOf, text } from "../document";

/** The firewall's own subnet takes neither security group nor routes. */
export const guardedSubnets = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "azurerm_subnet")].filter(([, subnet]) => subnet["name"] !== "AzureFirewallSubnet").map(([name]) => name);

export function brokenRoutes(document: TerraformDocument, plan: NetworkPlan): string[] {
  const associations = [...resourcesOf(document, "azurerm_subnet_route_table_association").values()];
  const tables = resourcesOf(document, "azurerm_route_table");
  const zones = new Map(plan.zones.map((zone) => [zone.id, zone]));
  return [
    ...guardedSubnets(document)
      .filter((name) => !associations.some((each) => text(each, "subnet_id") === `\${azurerm_subnet.${name}.id}`))
      .map((name) => `subnet ${name} has no route table`),
    ...[...tables].flatMap(([name, table]) => brokenTable(plan, name, table, zones.get(name))),
  ];
}

function brokenTable(plan: NetworkPlan, name: string, table: Attributes, zone: PlannedZone | undefined): string[] {
  const routes = (table["route"] ?? []) as Attributes[];
  const ways = routes.filter((route) => route["address_prefix"] === "0.0.0.0/0");
  const others = routes.filter((route) => route["address_prefix"] !== "0.0.0.0/0" && route["next_hop_type"] !== "None");
  const wanted = zone === undefined ? "None" : wantedHop(plan, zone);
  return [
    ...(table["bgp_route_propagation_enabled"] === false ? [] : [`route table ${name} learns routes`]),
    ...(others.length === 0 ? [] : [`route table ${name} has a way that is not planned`]),
    ...(ways.length === 1 && connectedHop(text(ways[0], "next_hop_type")) === wanted
      ? []
      : [`route table ${name} does not lead to ${wanted}`]),
  ];
}

function wantedHop(plan: NetworkPlan, zone: PlannedZone): string {
  if (plan.departures.some((departure) => departure.zone === zone.name)) return "VirtualAppliance";
  return plan.permits.some((permit) => permit.from.kind === "internet" && permit.to.kind === "zone" && permit.to.zone === zone.name)
    ? "Internet"
    : "None";
}

/** `None` cut off, something else connected: what it is while connected. */
const connectedHop = (hop: string): string => /\? "None" : "(\w+)"\}$/.exec(hop)?.[1] ?? hop;

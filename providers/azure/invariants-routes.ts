/** Route tables read back from the rendered document: each on its own subnets, and no way but the planned one. */
import type { NetworkPlan, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, blocks, resourcesOf, text } from "../shared/document";
import { unless } from "../shared/invariants";
import { departuresOf, permitsFromInternet } from "../shared/zones";

/** Each subnet with the name of what it belongs to, after which its group and table are named; the firewall's own takes neither. */
const guardedSubnets = (
  document: TerraformDocument,
  plan: NetworkPlan,
): (readonly [subnet: string, owner: string])[] => {
  const owners = new Map(
    plan.zones.flatMap((zone) => zone.subnets.map((_, slot) => [`${zone.id}_${slot + 1}`, zone.id])),
  );
  return [...resourcesOf(document, "azurerm_subnet").keys()]
    .filter((name) => name !== "enclave_firewall")
    .map((name) => [name, owners.get(name) ?? name]);
};

/** Each subnet has its own of the type, which its owner is named after. */
export function brokenAssociations(
  document: TerraformDocument,
  plan: NetworkPlan,
  type: string,
  what: string,
): string[] {
  const short = type.replace("azurerm_", "");
  const associations = [...resourcesOf(document, `azurerm_subnet_${short}_association`).values()];
  return guardedSubnets(document, plan).flatMap(([name, owner]) =>
    unless(
      associations.some(
        (each) =>
          text(each, "subnet_id") === `\${azurerm_subnet.${name}.id}` &&
          text(each, `${short}_id`) === `\${${type}.${owner}.id}`,
      ),
      `subnet ${name} has not its own ${what}`,
    ),
  );
}

export function brokenRoutes(document: TerraformDocument, plan: NetworkPlan): string[] {
  const zones = new Map(plan.zones.map((zone) => [zone.id, zone]));
  return [
    ...brokenAssociations(document, plan, "azurerm_route_table", "route table"),
    ...[...resourcesOf(document, "azurerm_route_table")].flatMap(([name, table]) =>
      brokenTable(plan, name, table, zones.get(name)),
    ),
  ];
}

function brokenTable(
  plan: NetworkPlan,
  name: string,
  table: Attributes,
  zone: PlannedZone | undefined,
): string[] {
  const routes = blocks(table, "route");
  const ways = routes.filter((route) => route["address_prefix"] === "0.0.0.0/0");
  const others = routes.filter(
    (route) => route["address_prefix"] !== "0.0.0.0/0" && route["next_hop_type"] !== "None",
  );
  const wanted = zone === undefined ? "None" : wantedHop(plan, zone);
  const [way] = ways;
  const cut = zone === undefined ? "" : `contains(var.quarantine, "${zone.name}") ? `;
  return [
    ...unless(table["bgp_route_propagation_enabled"] === false, `route table ${name} learns routes`),
    ...unless(others.length === 0, `route table ${name} has a way that is not planned`),
    ...unless(
      ways.length === 1 && connectedHop(text(way, "next_hop_type")) === wanted,
      `route table ${name} does not lead to ${wanted}`,
    ),
    ...unless(
      wanted !== "VirtualAppliance" ||
        text(way, "next_hop_in_ip_address").includes(" : azurerm_firewall.enclave.ip_configuration[0]."),
      `route table ${name} leads past the firewall`,
    ),
    ...unless(
      wanted === "None" || text(way, "next_hop_type").startsWith(`\${${cut}"None"`),
      `route table ${name} leads out in quarantine`,
    ),
    ...unless(
      zone === undefined ||
        routes.some(
          (route) =>
            text(route, "address_prefix").startsWith(`\${${cut}`) && route["next_hop_type"] === "None",
        ),
      `route table ${name} leaves open connections in quarantine`,
    ),
  ];
}

function wantedHop(plan: NetworkPlan, zone: PlannedZone): string {
  if (departuresOf(plan, zone).length > 0) return "VirtualAppliance";
  return permitsFromInternet(plan, zone).length > 0 ? "Internet" : "None";
}

/** `None` cut off, something else connected: what it is while connected. */
const connectedHop = (hop: string): string => /\? "None" : "(\w+)"\}$/.exec(hop)?.[1] ?? hop;

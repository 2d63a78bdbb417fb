/**
 * One route table for each zone and one for the private endpoints. What a zone may do with the internet is decided here first: to
 * the firewall, to the internet for replies of its load balancers, or nowhere. Routes know no connections, so a zone that is
 * cut off loses its open ones too, which a security group would let run on.
 * https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-udr-overview
 */
import { RouteTable, type RouteTableRoute } from "@cdktf/provider-azurerm/lib/route-table";
import { SubnetRouteTableAssociation } from "@cdktf/provider-azurerm/lib/subnet-route-table-association";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { type Address, expr, type Rendering, unlessQuarantined } from "../../shared/rendering";
import { departuresOf, permitsFromInternet } from "../../shared/zones";
import type { EgressPath } from "./egress";
import type { Network, PlacedSubnets } from "./handles";
import { azureName, placed, tags } from "./naming";
import { addAzure } from "./resources";
import { NOWHERE } from "./subnet-rules";

/** Answers what puts the tables in force. */
export function renderRoutes(
  rendering: Rendering,
  network: Network,
  egress: EgressPath | undefined,
): Address[] {
  const zones = Object.values(network.zones).flatMap(({ zone, ...subnets }) =>
    zone === undefined
      ? []
      : renderTable(
          rendering,
          subnets,
          [internetRoute(rendering.plan, zone, egress), quarantineRoute(rendering, zone)],
          zone.name,
        ),
  );
  return [
    ...zones,
    ...(network.endpoints === undefined ? [] : renderTable(rendering, network.endpoints, [nowhere])),
  ];
}

function renderTable(
  rendering: Rendering,
  { id, subnets }: PlacedSubnets,
  routes: readonly RouteTableRoute[],
  zone?: string,
): Address[] {
  const table = addAzure(rendering, RouteTable, id, {
    ...placed(rendering),
    name: azureName(rendering.plan, id),
    // A learned route would be more specific than ours.
    bgpRoutePropagationEnabled: false,
    route: [...routes],
    tags: tags(rendering, zone),
  });
  return subnets.map((subnet) =>
    addAzure(rendering, SubnetRouteTableAssociation, subnet.split(".")[1] ?? id, {
      subnetId: expr(`${subnet}.id`),
      routeTableId: expr(`${table}.id`),
    }),
  );
}

const internet = { name: "internet", addressPrefix: "0.0.0.0/0" } as const;
const nowhere: RouteTableRoute = { ...internet, nextHopType: "None" };

function internetRoute(
  plan: NetworkPlan,
  zone: PlannedZone,
  egress: EgressPath | undefined,
): RouteTableRoute {
  if (egress !== undefined && departuresOf(plan, zone).length > 0) {
    return {
      ...internet,
      nextHopType: unlessQuarantined([zone.name], '"VirtualAppliance"', '"None"'),
      nextHopInIpAddress: unlessQuarantined(
        [zone.name],
        `${egress.firewall}.ip_configuration[0].private_ip_address`,
        "null",
      ),
    };
  }
  return permitsFromInternet(plan, zone).length > 0
    ? { ...internet, nextHopType: unlessQuarantined([zone.name], '"Internet"', '"None"') }
    : nowhere;
}

/** As long as the network's own prefix, a route of ours comes before the network's. */
const quarantineRoute = ({ plan, printer }: Rendering, zone: PlannedZone): RouteTableRoute => ({
  name: "quarantine",
  addressPrefix: unlessQuarantined([zone.name], `"${NOWHERE}"`, `"${printer.cidr(plan.range)}"`),
  nextHopType: "None",
});

/**
 * Route tables decide first what a subnet does with the internet: go to the firewall, answer the clients of its
 * load balancers, or nothing.
 * https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-udr-overview
 */
import { RouteTable, type RouteTableRoute } from "@cdktf/provider-azurerm/lib/route-table";
import type { PlannedZone } from "../../../src/plan/network-plan";
import { quoted, unlessQuarantined } from "../../shared/expressions";
import { hasEgress, leavingZones, servesInternet } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { FIREWALL } from "./addresses";
import { azureName, regional } from "./naming";
import { networkRanges, placesOf } from "./network";

export function renderRoutes(rendering: Rendering): void {
  for (const { id: name, zone } of placesOf(rendering.plan))
    addResource(rendering, RouteTable, name, {
      ...regional(rendering, azureName(rendering.plan, name), zone?.name),
      // A learned route would be more specific than ours.
      bgpRoutePropagationEnabled: false,
      route: zone === undefined ? [NO_ROUTE, ...noFirewall(rendering)] : zoneRoutes(rendering, zone),
    });
}

const INTERNET = { name: "internet", addressPrefix: "0.0.0.0/0" } as const;
const NO_ROUTE: RouteTableRoute = { ...INTERNET, nextHopType: "None" };

/** The network of the firewall is joined, and nobody has to reach it but those who leave. */
const noFirewall = ({ plan, printer }: Rendering): RouteTableRoute[] =>
  hasEgress(plan)
    ? [{ name: "firewall", addressPrefix: printer.cidr(plan.sites.firewall), nextHopType: "None" }]
    : [];

/**
 * Routes know no connections, so a zone that is cut off loses its open ones too, which a group would let run
 * on. Of two routes as long as a prefix of the network, ours comes first; until then it leads to an address that
 * is reserved for documentation (RFC 5737).
 */
function zoneRoutes(rendering: Rendering, zone: PlannedZone): RouteTableRoute[] {
  const { plan, printer } = rendering;
  const connected = (value: string, cutOff: string): string => unlessQuarantined([zone.name], value, cutOff);
  const hop = (type: string) => ({ ...INTERNET, nextHopType: connected(quoted(type), quoted("None")) });
  const address = connected(`${FIREWALL}.ip_configuration[0].private_ip_address`, "null");
  const outside = servesInternet(plan, zone) ? hop("Internet") : NO_ROUTE;
  const leaves = leavingZones(plan).includes(zone);
  const cut = [...networkRanges(plan, printer), ...(leaves ? [printer.cidr(plan.sites.firewall)] : [])];
  return [
    leaves ? { ...hop("VirtualAppliance"), nextHopInIpAddress: address } : outside,
    ...(leaves ? [] : noFirewall(rendering)),
    ...cut.map((range, index) => ({
      name: `quarantine-${index + 1}`,
      addressPrefix: connected(quoted(`192.0.2.${index + 1}/32`), quoted(range)),
      nextHopType: "None",
    })),
  ];
}

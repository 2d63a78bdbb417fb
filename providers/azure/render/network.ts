/**
 * The virtual network with its subnets inside, so that none is there without its group and its routes, and one
 * that is added by hand is taken away. Subnets are regional, so a zone's slots share a group and a route table,
 * and availability zones matter only to firewall, load balancers and machines.
 */
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { Block, Printer } from "../../../src/addresses/address";
import { cidr, formatCidr, without } from "../../../src/net/cidr";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { type Address, id } from "../../shared/expressions";
import { mergedTags } from "../../shared/naming";
import { interfacesOf } from "../../shared/questions";
import { addLocal, addResource, type Rendering } from "../../shared/resources";
import { platformOf } from "../data/platforms";
import { regionOf } from "../data/regions";
import { ENDPOINTS, subnetIdOf, subnetIdsOf } from "./addresses";
import { azureName, interfaceName, regional } from "./naming";

export function renderResourceGroup(rendering: Rendering): void {
  const { plan } = rendering;
  if (plan.settings.azure.resourceGroup !== undefined) return;
  const group = { name: azureName(plan), location: regionOf(plan), tags: mergedTags(rendering) };
  addResource(rendering, ResourceGroup, "enclave", group);
}

export function renderNetwork(rendering: Rendering): void {
  const { plan, printer } = rendering;
  const places = placesOf(plan);
  const subnets = places.flatMap(({ id: place, subnets: all }) => all.map((each) => ({ ...each, place })));
  const named = regional(rendering, azureName(plan, "network"));
  addVirtualNetwork(rendering, "enclave", named, networkRanges(plan, printer), subnets);
  for (const { id: place, subnets: all } of places) addSubnetIds(rendering, "enclave", place, all);
}

/** Without the block of the firewall, which lies in a network of its own. */
export const networkRanges = ({ range, sites }: NetworkPlan, printer: Printer): string[] =>
  without(cidr(printer.cidr(range)), [cidr(printer.cidr(sites.firewall))]).map(formatCidr);

interface NetworkSubnet {
  readonly name: string;
  readonly block: Block;
  /** The service of Azure that it is given to. */
  readonly delegation?: string | undefined;
  /** Gives it the group and the route table. */
  readonly place?: string;
}

export function addVirtualNetwork(
  rendering: Rendering,
  name: string,
  named: ReturnType<typeof regional>,
  addressSpace: string[],
  subnets: readonly NetworkSubnet[],
): Address {
  const subnet = subnets.map(({ name: own, block, place, delegation }) => ({
    // Without Azure's own way out, and with group and routes in force for private endpoints too.
    name: own,
    address_prefixes: [rendering.printer.cidr(block)],
    security_group: place === undefined ? null : id(`azurerm_network_security_group.${place}`),
    route_table_id: place === undefined ? null : id(`azurerm_route_table.${place}`),
    default_outbound_access_enabled: false,
    private_endpoint_network_policies: "Enabled",
    private_link_service_network_policies_enabled: true,
    // In JSON a subnet needs every key; each major passes over what it does not know.
    delegation: delegation === undefined ? [] : [delegationTo(delegation)],
    id: null,
    service_endpoint: null,
    service_endpoint_policy_ids: [],
    service_endpoints: null,
  }));
  return addResource(rendering, VirtualNetwork, name, { ...named, addressSpace }, { subnet });
}

/** https://learn.microsoft.com/en-us/azure/virtual-network/subnet-delegation-overview */
const delegationTo = (service: string) => ({
  name: "platform",
  service_delegation: [{ name: service, actions: ["Microsoft.Network/virtualNetworks/subnets/join/action"] }],
});

export function addSubnetIds(
  rendering: Rendering,
  network: string,
  place: string,
  subnets: readonly NetworkSubnet[],
): void {
  const ids = subnets.map(({ name }) => `${id(`azurerm_virtual_network.${network}`)}/subnets/${name}`);
  addLocal(rendering, subnetIdsOf(place).replace("local.", ""), ids);
}

export function renderInterfaces(rendering: Rendering): void {
  const { plan, printer } = rendering;
  for (const zone of plan.zones)
    for (const { item, slot, subnet } of interfacesOf(zone)) {
      const address = {
        name: "private",
        primary: true,
        subnetId: subnetIdOf(zone.id, slot - 1),
        privateIpAddressAllocation: "Static",
        privateIpAddress: printer.host(subnet, item.host),
        privateIpAddressVersion: "IPv4",
      };
      addResource(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot}`, {
        ...regional(rendering, interfaceName(plan, zone, item, slot), zone.name),
        ipForwardingEnabled: false,
        ipConfiguration: [address],
      });
    }
}

/** A zone, or the site of the private endpoints: its subnets share a group and a route table, named `id`. */
interface Place {
  readonly id: string;
  readonly zone?: PlannedZone;
  readonly subnets: readonly NetworkSubnet[];
}

/** Private endpoints have no availability zone, so theirs is one subnet, whatever the number of slots. */
export function placesOf(plan: NetworkPlan): Place[] {
  const { zones, endpoints, sites } = plan;
  const places = zones.map((zone): Place => {
    const subnets = zone.subnets.map((block, slot) => {
      const delegation = platformOf(zone)?.delegation;
      return { name: azureName(plan, `${zone.id}_${slot + 1}`), block, delegation };
    });
    return { id: zone.id, zone, subnets };
  });
  if (endpoints.length === 0) return places;
  const subnet = { name: azureName(plan, ENDPOINTS), block: sites.endpoints };
  return [...places, { id: ENDPOINTS, subnets: [subnet] }];
}

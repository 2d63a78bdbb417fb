/**
 * The virtual network and its subnets. Subnets are regional, so a zone's slots share a group and a route
 * table, and availability zones matter only to firewall, load balancers and machines.
 */
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { Block } from "../../../src/addresses/address";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { type Address, after, id, ref } from "../../shared/expressions";
import { mergedTags } from "../../shared/naming";
import { interfacesOf } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { ENDPOINTS, groupAssociationOf, subnetOf, VIRTUAL_NETWORK } from "./addresses";
import { azureName, interfaceName, regional, resourceGroupName } from "./naming";

export function renderNetwork(rendering: Rendering): void {
  const { plan, printer } = rendering;
  if (plan.settings.azure.resourceGroup === undefined) {
    const group = { name: azureName(plan), location: regionOf(plan), tags: mergedTags(rendering) };
    addResource(rendering, ResourceGroup, "enclave", group);
  }
  addResource(rendering, VirtualNetwork, "enclave", {
    ...regional(rendering, azureName(plan, "network")),
    addressSpace: [printer.cidr(plan.range)],
  });
  for (const { name, block } of placesOf(plan).flatMap(({ subnets }) => subnets))
    renderSubnet(rendering, name, azureName(plan, name), block);
}

/** Without Azure's own way out, and with group and routes in force for private endpoints too. */
export const renderSubnet = (rendering: Rendering, name: string, ownName: string, block: Block): Address =>
  addResource(rendering, Subnet, name, {
    name: ownName,
    resourceGroupName: resourceGroupName(rendering.plan),
    virtualNetworkName: ref(VIRTUAL_NETWORK, "name"),
    addressPrefixes: [rendering.printer.cidr(block)],
    defaultOutboundAccessEnabled: false,
    privateEndpointNetworkPolicies: "Enabled",
    privateLinkServiceNetworkPoliciesEnabled: true,
  });

export function renderInterfaces(rendering: Rendering): void {
  const { plan, printer } = rendering;
  for (const zone of plan.zones)
    for (const { item, slot, subnet } of interfacesOf(zone)) {
      const address = {
        name: "private",
        primary: true,
        subnetId: id(subnetOf(`${zone.id}_${slot}`)),
        privateIpAddressAllocation: "Static",
        privateIpAddress: printer.host(subnet, item.host),
        privateIpAddressVersion: "IPv4",
      };
      addResource(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot}`, {
        ...regional(rendering, interfaceName(plan, zone, item, slot), zone.name),
        ipForwardingEnabled: false,
        ipConfiguration: [address],
        ...after(...subnetsOf(zone).map(({ guard }) => guard)),
      });
    }
}

/** A zone, or the site of the private endpoints: its subnets share a group and a route table, named `id`. */
interface Place {
  readonly id: string;
  readonly zone?: PlannedZone;
  readonly subnets: ReturnType<typeof subnetsOf>;
}

/** `guard`: puts its security group in force. */
const subnetNamed = (name: string, block: Block) => {
  return { name, block, address: subnetOf(name), guard: groupAssociationOf(name) };
};

export const subnetsOf = (zone: PlannedZone) =>
  zone.subnets.map((block, slot) => subnetNamed(`${zone.id}_${slot + 1}`, block));

/** Private endpoints have no availability zone, so theirs is one subnet, whatever the number of slots. */
export function placesOf({ zones, endpoints, sites }: NetworkPlan): Place[] {
  const places = zones.map((zone): Place => ({ id: zone.id, zone, subnets: subnetsOf(zone) }));
  if (endpoints.length === 0) return places;
  return [...places, { id: ENDPOINTS, subnets: [subnetNamed(ENDPOINTS, sites.endpoints)] }];
}

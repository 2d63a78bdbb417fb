/**
 * The virtual network and its subnets. Subnets are regional here, so a zone's slots share one security group and one route
 * table, and availability zones matter only to what has a place: firewall, load balancers, machines.
 */
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { Block } from "../../../src/addresses/address";
import { addResource, after, id, type Rendering, ref } from "../../shared/rendering";
import { mergedTags } from "../../shared/tags";
import { regionOf } from "../data/regions";
import { groupAssociationOf, subnetOf, VIRTUAL_NETWORK } from "./addresses";
import { azureName, interfaceName, regional, resourceGroupName } from "./naming";
import { placesOf } from "./places";

export function renderNetwork(rendering: Rendering): void {
  const { plan, printer } = rendering;
  if (plan.settings.azure.resourceGroup === undefined) {
    const group = { name: azureName(plan), location: regionOf(plan), tags: mergedTags(rendering, undefined) };
    addResource(rendering, ResourceGroup, "enclave", group);
  }
  addResource(rendering, VirtualNetwork, "enclave", {
    ...regional(rendering, azureName(plan, "network")),
    addressSpace: [printer.cidr(plan.range)],
  });
  for (const { name, block } of placesOf(plan).flatMap(({ subnets }) => subnets))
    renderSubnet(rendering, name, azureName(plan, name), block);
}

/** Without a way out of Azure's own making, and with security group and routes in force for private endpoints too. */
export function renderSubnet(rendering: Rendering, name: string, ownName: string, block: Block): void {
  addResource(rendering, Subnet, name, {
    name: ownName,
    resourceGroupName: resourceGroupName(rendering.plan),
    virtualNetworkName: ref(VIRTUAL_NETWORK, "name"),
    addressPrefixes: [rendering.printer.cidr(block)],
    defaultOutboundAccessEnabled: false,
    privateEndpointNetworkPolicies: "Enabled",
    privateLinkServiceNetworkPoliciesEnabled: true,
  });
}

/** One in each of the zone's subnets, with its fixed address. */
export function renderInterfaces(rendering: Rendering): void {
  const { plan, printer } = rendering;
  for (const { zone, subnets } of placesOf(plan)) {
    if (zone === undefined) continue;
    const filters = subnets.map(({ name }) => groupAssociationOf(name));
    for (const item of zone.interfaces)
      subnets.forEach(({ name, block }, slot) => {
        addResource(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot + 1}`, {
          ...regional(rendering, interfaceName(plan, zone, item, slot), zone.name),
          ipForwardingEnabled: false,
          ipConfiguration: [
            {
              name: "private",
              primary: true,
              subnetId: id(subnetOf(name)),
              privateIpAddressAllocation: "Static",
              privateIpAddress: printer.host(block, item.host),
              privateIpAddressVersion: "IPv4",
            },
          ],
          ...after(...filters),
        });
      });
  }
}

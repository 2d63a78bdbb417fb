/**
 * The virtual network and its subnets. Subnets are regional here, so a zone's slots share one security group and one route
 * table, and availability zones matter only to what has a place: firewall, load balancers, machines.
 */
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { Block } from "../../../src/addresses/address";
import type { PlannedZone } from "../../../src/plan/network-plan";
import { type Address, addResource, dependable, expr, id, type Rendering } from "../../shared/rendering";
import { mergedTags } from "../../shared/tags";
import { regionOf } from "../data/regions";
import type { FilteredSubnets } from "./filters";
import { azureName, interfaceName, regional, resourceGroupName } from "./naming";

export const VIRTUAL_NETWORK = "azurerm_virtual_network.enclave";

export interface PlacedSubnet {
  /** Last part of the Terraform address. */
  readonly name: string;
  readonly address: Address;
  readonly block: Block;
}

/** Subnets with one security group and one route table: a zone's, or without a zone that of the private endpoints. */
export interface Subnets {
  readonly id: string;
  readonly zone?: PlannedZone;
  readonly subnets: readonly PlacedSubnet[];
}

/** The zones' in spec order, then that of the private endpoints where there are any. */
export function renderNetwork(rendering: Rendering): Subnets[] {
  const { plan, printer } = rendering;
  if (plan.settings.azure.resourceGroup === undefined) {
    addResource(rendering, ResourceGroup, "enclave", {
      name: azureName(plan),
      location: regionOf(plan),
      tags: mergedTags(rendering, undefined),
    });
  }
  addResource(rendering, VirtualNetwork, "enclave", {
    ...regional(rendering, azureName(plan, "network")),
    addressSpace: [printer.cidr(plan.range)],
  });
  const zones = plan.zones.map((zone): Subnets => {
    const subnets = zone.subnets.map((block, slot) => {
      const name = `${zone.id}_${slot + 1}`;
      return renderSubnet(rendering, name, azureName(plan, name), block);
    });
    return { id: zone.id, zone, subnets };
  });
  if (plan.endpoints.length === 0) return zones;
  // Private endpoints have no availability zone, so theirs is one subnet, whatever the number of slots.
  const id = "enclave_endpoints";
  const subnet = renderSubnet(rendering, id, azureName(plan, id), plan.sites.endpoints);
  return [...zones, { id, subnets: [subnet] }];
}

/** Azure wants this name, at least a /26, and neither security group nor route table: all four slots of the site are one. */
export const renderFirewallSubnet = (rendering: Rendering): Address =>
  renderSubnet(rendering, "enclave_firewall", "AzureFirewallSubnet", rendering.plan.sites.firewall).address;

/** Without a way out of Azure's own making, and with security group and routes in force for private endpoints too. */
function renderSubnet(rendering: Rendering, name: string, azureName: string, block: Block): PlacedSubnet {
  const address = addResource(rendering, Subnet, name, {
    name: azureName,
    resourceGroupName: resourceGroupName(rendering.plan),
    virtualNetworkName: expr(`${VIRTUAL_NETWORK}.name`),
    addressPrefixes: [rendering.printer.cidr(block)],
    defaultOutboundAccessEnabled: false,
    privateEndpointNetworkPolicies: "Enabled",
    privateLinkServiceNetworkPoliciesEnabled: true,
  });
  return { name, address, block };
}

/** One in each of the zone's subnets, with its fixed address; the subnet's security group is there before it. */
export function renderInterfaces(rendering: Rendering, all: readonly FilteredSubnets[]): void {
  for (const { zone, subnets, associations } of all) {
    if (zone === undefined) continue;
    for (const item of zone.interfaces)
      subnets.forEach((subnet, slot) => {
        addResource(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot + 1}`, {
          ...regional(rendering, interfaceName(rendering.plan, zone, item, slot), zone.name),
          ipForwardingEnabled: false,
          ipConfiguration: [
            {
              name: "private",
              primary: true,
              subnetId: id(subnet.address),
              privateIpAddressAllocation: "Static",
              privateIpAddress: rendering.printer.host(subnet.block, item.host),
              privateIpAddressVersion: "IPv4",
            },
          ],
          dependsOn: associations.map(dependable),
        });
      });
  }
}

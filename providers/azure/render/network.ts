/**
 * The virtual network and its subnets. Subnets are regional here, so a zone's slots share one security group and one route
 * table, and availability zones matter to what has a place: firewall, load balancers, machines.
 */
import { NetworkInterface } from "@cdktf/provider-azurerm/lib/network-interface";
import { ResourceGroup } from "@cdktf/provider-azurerm/lib/resource-group";
import { Subnet } from "@cdktf/provider-azurerm/lib/subnet";
import { VirtualNetwork } from "@cdktf/provider-azurerm/lib/virtual-network";
import type { Block } from "../../../src/addresses/address";
import { type Address, dependable, expr, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import type { Guards, Network, PlacedSubnets } from "./handles";
import { azureName, interfaceName, placed, resourceGroupName, tags } from "./naming";
import { addAzure } from "./resources";

export const VIRTUAL_NETWORK = "azurerm_virtual_network.enclave";

export function renderNetwork(rendering: Rendering): Network {
  const { plan, printer } = rendering;
  if (plan.settings.azure.resourceGroup === undefined) {
    addAzure(rendering, ResourceGroup, "enclave", {
      name: azureName(plan),
      location: regionOf(plan),
      tags: tags(rendering),
    });
  }
  const virtualNetwork = addAzure(rendering, VirtualNetwork, "enclave", {
    ...placed(rendering),
    name: azureName(plan, "network"),
    addressSpace: [printer.cidr(plan.range)],
    tags: tags(rendering),
  });
  const zones = Object.fromEntries(
    plan.zones.map((zone): [string, PlacedSubnets] => {
      const subnets = zone.subnets.map((block, slot) =>
        renderSubnet(rendering, `${zone.id}_${slot + 1}`, azureName(plan, zone.name, `${slot + 1}`), block),
      );
      return [zone.name, { id: zone.id, zone, subnets }];
    }),
  );
  if (plan.endpoints.length === 0) return { virtualNetwork, zones };
  // Private endpoints have no availability zone, so their site is one subnet, whatever the number of slots.
  const endpoints = renderSubnet(
    rendering,
    "enclave_endpoints",
    azureName(plan, "enclave-endpoints"),
    plan.sites.endpoints,
  );
  return { virtualNetwork, zones, endpoints: { id: "enclave_endpoints", subnets: [endpoints] } };
}

/** Azure wants this name, at least a /26, and neither security group nor route table: all four slots of the site are one. */
export const renderFirewallSubnet = (rendering: Rendering): Address =>
  renderSubnet(rendering, "enclave_firewall", "AzureFirewallSubnet", rendering.plan.sites.firewall);

/** Without a way out of Azure's own making, and with security group and routes in force for private endpoints too. */
function renderSubnet(rendering: Rendering, id: string, name: string, block: Block): Address {
  return addAzure(rendering, Subnet, id, {
    name,
    resourceGroupName: resourceGroupName(rendering.plan),
    virtualNetworkName: expr(`${VIRTUAL_NETWORK}.name`),
    addressPrefixes: [rendering.printer.cidr(block)],
    defaultOutboundAccessEnabled: false,
    privateEndpointNetworkPolicies: "Enabled",
    privateLinkServiceNetworkPoliciesEnabled: true,
  });
}

/** One in each of the zone's subnets, with its fixed address; the subnet's security group is there before it. */
export function renderInterfaces(rendering: Rendering, network: Network, guards: Guards): void {
  for (const zone of rendering.plan.zones) {
    for (const item of zone.interfaces) {
      zone.subnets.forEach((block, slot) => {
        addAzure(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot + 1}`, {
          ...placed(rendering),
          name: interfaceName(rendering.plan, zone, item, slot),
          ipForwardingEnabled: false,
          ipConfiguration: [
            {
              name: "private",
              primary: true,
              subnetId: expr(`${network.zones[zone.name]?.subnets[slot]}.id`),
              privateIpAddressAllocation: "Static",
              privateIpAddress: rendering.printer.host(block, item.host),
              privateIpAddressVersion: "IPv4",
            },
          ],
          tags: tags(rendering, zone.name),
          dependsOn: (guards.associations[zone.id] ?? []).map(dependable),
        });
      });
    }
  }
}

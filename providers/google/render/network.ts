/**
 * The VPC: no route to the internet, so none to Google's public front doors, no IPv6, and a firewall policy
 * that holds before the first subnetwork exists.
 */
import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import type { Block } from "../../../src/addresses/address";
import { type Address, after, id } from "../../shared/expressions";
import { interfacesOf } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { isBundled } from "../data/services";
import {
  ASSOCIATION,
  DNS_POLICY,
  EGRESS_ASSOCIATION,
  EGRESS_DNS_POLICY,
  NETWORK,
  ROOT_ZONE,
  subnetworkOf,
} from "./addresses";
import { googleName, labelled, named } from "./naming";

export function renderNetwork(rendering: Rendering): void {
  const { plan, printer } = rendering;
  renderVpc(rendering, "enclave", googleName(plan), `Enclave ${plan.name}`);
  for (const zone of plan.zones) {
    for (const [index, block] of zone.subnets.entries())
      renderSubnetwork(rendering, `${zone.id}_${index + 1}`, `Zone ${zone.name}, slot ${index + 1}`, block, {
        // The address of all Google APIs answers only those who may reach Google without an address of their
        // own: https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
        privateIpGoogleAccess: plan.endpoints.some(
          (endpoint) => isBundled(plan, endpoint) && endpoint.from.includes(zone.name),
        ),
      });
    for (const { item, slot, subnet } of interfacesOf(zone)) {
      const name = `${zone.id}_${item.id}_${slot}`;
      const text = `Interface ${item.name} of zone ${zone.name}, slot ${slot}`;
      // An interface is part of its machine: only its address can exist before.
      addResource(rendering, ComputeAddress, name, {
        ...labelled(rendering, name, text, zone.name),
        region: regionOf(plan),
        subnetwork: id(subnetworkOf(zone.id, slot)),
        addressType: "INTERNAL",
        purpose: "GCE_ENDPOINT",
        address: printer.host(subnet, item.host),
      });
    }
  }
}

export const renderVpc = (rendering: Rendering, vpc: string, name: string, description: string): Address =>
  addResource(rendering, ComputeNetwork, vpc, {
    name,
    description,
    autoCreateSubnetworks: false,
    // Read once, when the network is made: the proxy's network gets its route by a resource of its own.
    deleteDefaultRoutesOnCreate: true,
    networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
    routingMode: "REGIONAL",
    enableUlaInternalIpv6: false,
  });

interface Place {
  readonly network: Address;
  readonly privateIpGoogleAccess: boolean;
}

export const renderSubnetwork = (
  rendering: Rendering,
  name: string,
  description: string,
  block: Block,
  { network = NETWORK, privateIpGoogleAccess = false }: Partial<Place> = {},
): Address =>
  addResource(rendering, ComputeSubnetwork, name, {
    ...named(rendering, name, description),
    region: regionOf(rendering.plan),
    network: id(network),
    ipCidrRange: rendering.printer.cidr(block),
    purpose: "PRIVATE",
    stackType: "IPV4_ONLY",
    // With a route to the internet, it would lead to the public front doors of every tenant.
    privateIpGoogleAccess,
    privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
    logConfig: {
      aggregationInterval: "INTERVAL_5_SEC",
      flowSampling: rendering.plan.flowSampling,
      metadata: "INCLUDE_ALL_METADATA",
    },
    // Machines come after what closes their network, its names and its records, and go before them.
    ...(network === NETWORK
      ? after(ASSOCIATION, ROOT_ZONE, DNS_POLICY)
      : after(EGRESS_ASSOCIATION, EGRESS_DNS_POLICY)),
  });

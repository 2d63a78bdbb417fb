/**
 * The enclave's VPC: no route to the internet is ever made, no IPv6, no access to Google's public front
 * doors, and a firewall policy that holds before the first subnetwork exists.
 */
import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { ComputeSubnetwork } from "@cdktf/provider-google/lib/compute-subnetwork";
import { type Block, slotOf } from "../../../src/addresses/address";
import type { PlannedZone } from "../../../src/plan/network-plan";
import { type Address, addResource, after, expr, id, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { renderBackstop } from "./backstop";
import { renderFilters } from "./filters";
import { googleName, labels, named } from "./naming";

/** The project of the enclave, from its own network: nothing needs credentials while planning. */
export const PROJECT = expr("google_compute_network.enclave.project");

export interface Network {
  /** The enclave's own VPC. */
  readonly network: Address;
  /** The firewall policy holds from here on: everything that workloads can be put into comes after it. */
  readonly association: Address;
  /** Subnetworks in the order of the slots, by zone name. */
  readonly zones: Readonly<Record<string, readonly Address[]>>;
}

export function renderNetwork(rendering: Rendering): Network {
  const { plan } = rendering;
  const network = renderVpc(rendering, "enclave", googleName(plan), `Enclave ${plan.name}`);
  const association = renderFilters(rendering, network);
  renderBackstop(rendering, network);
  const zones: Record<string, Address[]> = {};
  for (const zone of plan.zones) {
    const subnetworks = zone.subnets.map((block, index) => {
      const name = `${zone.id}_${index + 1}`;
      const description = `Zone ${zone.name}, slot ${index + 1}`;
      return renderSubnetwork(rendering, { name, description, block, network, association });
    });
    renderInterfaces(rendering, zone, subnetworks);
    zones[zone.name] = subnetworks;
  }
  return { network, association, zones };
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

interface Subnetwork {
  /** Terraform name. */
  readonly name: string;
  readonly description: string;
  readonly block: Block;
  readonly network: Address;
  /** Absent in the proxy's own network, which has no policy. */
  readonly association?: Address;
}

/** A subnetwork that logs every flow. */
export const renderSubnetwork = (
  rendering: Rendering,
  { name, description, block, network, association }: Subnetwork,
): Address =>
  addResource(rendering, ComputeSubnetwork, name, {
    ...named(rendering, name, description),
    region: regionOf(rendering.plan),
    network: id(network),
    ipCidrRange: rendering.printer.cidr(block),
    purpose: "PRIVATE",
    stackType: "IPV4_ONLY",
    // On, it would lead to the public front doors of every tenant.
    privateIpGoogleAccess: false,
    privateIpv6GoogleAccess: "DISABLE_GOOGLE_ACCESS",
    logConfig: { aggregationInterval: "INTERVAL_5_SEC", flowSampling: 1, metadata: "INCLUDE_ALL_METADATA" },
    ...(association === undefined ? {} : after(association)),
  });

/** A reserved address per slot: an interface is part of its machine, and only its address can exist before. */
function renderInterfaces(rendering: Rendering, zone: PlannedZone, subnetworks: readonly Address[]): void {
  for (const item of zone.interfaces)
    for (const [index, subnetwork] of subnetworks.entries()) {
      const slot = index + 1;
      const name = `${zone.id}_${item.id}_${slot}`;
      addResource(rendering, ComputeAddress, name, {
        ...named(rendering, name, `Interface ${item.name} of zone ${zone.name}, slot ${slot}`),
        region: regionOf(rendering.plan),
        subnetwork: id(subnetwork),
        addressType: "INTERNAL",
        purpose: "GCE_ENDPOINT",
        address: rendering.printer.host(slotOf(zone.block, index), item.host),
        labels: labels(rendering, zone.name),
      });
    }
}

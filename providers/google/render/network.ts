/**
 * The enclave's VPC: no route to the internet is ever made, no IPv6, no access to Google's public front doors, and a firewall
 * policy that holds before the first subnetwork exists.
 */
import { ComputeAddress } from "@cdktf/provider-google/lib/compute-address";
import { ComputeNetwork } from "@cdktf/provider-google/lib/compute-network";
import { addResource, expr, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { renderFirewallPolicy } from "./firewall-policy";
import type { Network } from "./handles";
import { googleName, labels } from "./naming";
import { renderBackstop } from "./subnet-rules";
import { renderSubnetwork } from "./subnetworks";

/** The project of the enclave, from its own network: nothing needs credentials while planning. */
export const PROJECT = "google_compute_network.enclave.project";

export function renderNetwork(rendering: Rendering): Network {
  const network = addResource(rendering, ComputeNetwork, "enclave", {
    name: googleName(rendering.plan),
    description: `Enclave ${rendering.plan.name}`,
    autoCreateSubnetworks: false,
    deleteDefaultRoutesOnCreate: true,
    networkFirewallPolicyEnforcementOrder: "BEFORE_CLASSIC_FIREWALL",
    routingMode: "REGIONAL",
    enableUlaInternalIpv6: false,
  });
  const association = renderFirewallPolicy(rendering, network);
  renderBackstop(rendering, network);
  const zones = Object.fromEntries(
    rendering.plan.zones.map((zone) => [
      zone.name,
      zone.subnets.map((block, slot) =>
        renderSubnetwork(rendering, {
          id: `${zone.id}_${slot + 1}`,
          text: `Zone ${zone.name}, slot ${slot + 1}`,
          block,
          network,
          association,
        }),
      ),
    ]),
  );
  return { network, association, zones };
}

/** A reserved address per slot: on Google an interface is part of its machine, and only its address can exist before. */
export function renderInterfaces(rendering: Rendering, network: Network): void {
  for (const zone of rendering.plan.zones) {
    for (const item of zone.interfaces) {
      zone.subnets.forEach((block, slot) => {
        addResource(rendering, ComputeAddress, `${zone.id}_${item.id}_${slot + 1}`, {
          name: googleName(rendering.plan, zone.id, item.id, `${slot + 1}`),
          description: `Interface ${item.name} of zone ${zone.name}, slot ${slot + 1}`,
          region: regionOf(rendering.plan),
          subnetwork: expr(`${network.zones[zone.name]?.[slot]}.id`),
          addressType: "INTERNAL",
          purpose: "GCE_ENDPOINT",
          address: rendering.printer.host(block, item.host),
          labels: labels(rendering, zone.name),
        });
      });
    }
  }
}

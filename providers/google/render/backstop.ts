/**
 * The second layer, because a subnetwork has no rules: the network's classic firewall. The policy comes
 * before it and decides everything. Should the policy be removed or moved behind it, these rules deny
 * everything, where Google's defaults would allow egress.
 * https://docs.cloud.google.com/firewall/docs/firewall-policies-overview
 */
import { ComputeFirewall, type ComputeFirewallConfig } from "@cdktf/provider-google/lib/compute-firewall";
import { id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { NETWORK } from "./addresses";
import { named } from "./naming";

export function renderBackstop(rendering: Rendering): void {
  const denyAll = (rule: string, ends: Partial<ComputeFirewallConfig>) =>
    addResource(rendering, ComputeFirewall, rule, {
      ...named(rendering, rule, "Denies all IPv4 should the firewall policy ever be taken off"),
      network: id(NETWORK),
      priority: 65535,
      deny: [{ protocol: "all" }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
      ...ends,
    });
  denyAll("enclave_deny_ingress", { direction: "INGRESS", sourceRanges: ["0.0.0.0/0"] });
  denyAll("enclave_deny_egress", { direction: "EGRESS", destinationRanges: ["0.0.0.0/0"] });
}

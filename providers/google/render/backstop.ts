/**
 * Google has no rules at a subnetwork. The second layer is the classic firewall of the network, which is
 * evaluated after the policy and so only sees packets that the policy does not decide; as the policy decides
 * all, it sees none. It matters when the policy is removed or moved behind it: then these two rules deny
 * everything, where Google's defaults would allow egress. They widen nothing, because they only deny, and
 * narrow nothing, because every permit is decided before them.
 * https://docs.cloud.google.com/firewall/docs/firewall-policies-overview
 */
import { ComputeFirewall, type ComputeFirewallConfig } from "@cdktf/provider-google/lib/compute-firewall";
import { id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { NETWORK } from "./addresses";
import { named } from "./naming";

/** The last priority that a classic rule can have. */
const LAST_PRIORITY = 65535;

export function renderBackstop(rendering: Rendering): void {
  const denyAll = (rule: string, ends: Partial<ComputeFirewallConfig>) =>
    addResource(rendering, ComputeFirewall, rule, {
      ...named(rendering, rule, "Denies everything should the firewall policy ever be taken off"),
      network: id(NETWORK),
      priority: LAST_PRIORITY,
      deny: [{ protocol: "all" }],
      logConfig: { metadata: "INCLUDE_ALL_METADATA" },
      ...ends,
    });
  denyAll("enclave_deny_ingress", { direction: "INGRESS", sourceRanges: ["0.0.0.0/0"] });
  denyAll("enclave_deny_egress", { direction: "EGRESS", destinationRanges: ["0.0.0.0/0"] });
}

/**
 * Google has no rules at a subnetwork. The second layer is the classic firewall of the network, which is evaluated after the
 * policy and so only sees what the policy does not decide; as the policy decides everything, it sees nothing. It matters when the
 * policy is taken off or moved behind it: then these two deny everything instead of letting Google's own defaults allow what
 * leaves. They can widen nothing, because they only deny, and narrow nothing, because every permit is decided before them.
 * https://docs.cloud.google.com/firewall/docs/firewall-policies-overview
 */
import { ComputeFirewall } from "@cdktf/provider-google/lib/compute-firewall";
import { type Address, addResource, expr, type Rendering } from "../../shared/rendering";
import { googleName } from "./naming";

/** The last priority that a classic rule can have. */
const LAST_PRIORITY = 65535;

export function renderBackstop(rendering: Rendering, network: Address): void {
  const common = (name: string) => ({
    name: googleName(rendering.plan, "enclave-deny", name),
    description: "Denies everything should the firewall policy ever be taken off",
    network: expr(`${network}.id`),
    priority: LAST_PRIORITY,
    deny: [{ protocol: "all" }],
    logConfig: { metadata: "INCLUDE_ALL_METADATA" },
  });
  addResource(rendering, ComputeFirewall, "enclave_deny_ingress", {
    ...common("ingress"),
    direction: "INGRESS",
    sourceRanges: ["0.0.0.0/0"],
  });
  addResource(rendering, ComputeFirewall, "enclave_deny_egress", {
    ...common("egress"),
    direction: "EGRESS",
    destinationRanges: ["0.0.0.0/0"],
  });
}

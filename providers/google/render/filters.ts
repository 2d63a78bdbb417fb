/**
 * All rules in one object of the API: they change at once, in any number, and the next apply removes a
 * foreign one. Classic rules come after it, so that no rule made elsewhere opens what is denied here.
 */
import { ComputeNetworkFirewallPolicyAssociation } from "@cdktf/provider-google/lib/compute-network-firewall-policy-association";
import { ComputeNetworkFirewallPolicyWithRules } from "@cdktf/provider-google/lib/compute-network-firewall-policy-with-rules";
import { portRange } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import { type Address, after, exprBoolean, id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { ASSOCIATION, EGRESS_NETWORK, NETWORK } from "./addresses";
import { hasEgressNetwork } from "./dns";
import { googleName, named, ruleName } from "./naming";
import { type PolicyRule, policyRules } from "./ways";

export function renderFilters(rendering: Rendering): void {
  const { plan } = rendering;
  const policy = addResource(rendering, ComputeNetworkFirewallPolicyWithRules, "enclave", {
    ...named(rendering, "enclave", `What enclave ${plan.name} admits, and nothing else`),
    rule: policyRules(rendering).map(ruleBlock),
  });
  const associate = (name: string, network: Address, ...first: Address[]): void => {
    addResource(rendering, ComputeNetworkFirewallPolicyAssociation, name, {
      name: googleName(plan, name),
      attachmentTarget: id(network),
      firewallPolicy: id(policy),
      ...after(...first),
    });
  };
  associate("enclave", NETWORK);
  // For a machine that somebody puts there; a policy is changed by one at a time. Rules without a target are for machines, not for managed proxies:
  // https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details#targets
  if (hasEgressNetwork(plan)) associate("enclave_egress", EGRESS_NETWORK, ASSOCIATION);
}

const ruleBlock = ({ name, sources, destinations, traffic, disabledWhen, ...rest }: PolicyRule) => ({
  ...rest,
  ruleName: ruleName(name, rest.direction),
  disabled: disabledWhen === undefined ? false : exprBoolean(disabledWhen),
  enableLogging: true,
  match: {
    ...(sources.length === 0 ? {} : { srcIpRanges: [...sources] }),
    ...(destinations.length === 0 ? {} : { destIpRanges: [...destinations] }),
    layer4Config: traffic.map(layer4),
  },
});

const layer4 = (traffic: Traffic): { ipProtocol: string; ports?: string[] } =>
  "from" in traffic
    ? { ipProtocol: traffic.protocol, ports: [portRange(traffic)] }
    : { ipProtocol: traffic.protocol === "any" ? "all" : traffic.protocol };

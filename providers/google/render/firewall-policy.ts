/**
 * One global network firewall policy holds all rules in one resource: it is one object of the API, so rules change in place and
 * all at once, in any number, and a rule that somebody else adds is taken out again. Evaluated before classic firewall rules,
 * so that no rule made elsewhere can open what is denied here.
 */
import { ComputeNetworkFirewallPolicyAssociation } from "@cdktf/provider-google/lib/compute-network-firewall-policy-association";
import {
  ComputeNetworkFirewallPolicyWithRules,
  type ComputeNetworkFirewallPolicyWithRulesRule,
} from "@cdktf/provider-google/lib/compute-network-firewall-policy-with-rules";
import { Token } from "cdktf";
import type { Traffic } from "../../../src/model/enclave";
import { type Address, addResource, expr, type Rendering } from "../../shared/rendering";
import { exitRules } from "./egress";
import { defaultRules, type PolicyRule, permitRules, quarantineRules } from "./flow-rules";
import { googleName, ruleName } from "./naming";
import { endpointRules } from "./private-endpoints";
import type { Planned } from "./sites";

/** By priority, the order in which the API gives rules back. */
export function policyRules(planned: Planned): PolicyRule[] {
  const rules = [
    ...quarantineRules(planned),
    ...permitRules(planned),
    ...endpointRules(planned),
    ...exitRules(planned),
    ...defaultRules(),
  ];
  return rules.sort((a, b) => a.priority - b.priority);
}

/** Gives the association: what depends on it finds the network closed. */
export function renderFirewallPolicy(rendering: Rendering, network: Address): Address {
  const policy = addResource(rendering, ComputeNetworkFirewallPolicyWithRules, "enclave", {
    name: googleName(rendering.plan, "enclave"),
    description: `What enclave ${rendering.plan.name} admits, and nothing else`,
    rule: policyRules(rendering).map(ruleBlock),
  });
  return addResource(rendering, ComputeNetworkFirewallPolicyAssociation, "enclave", {
    name: googleName(rendering.plan, "enclave"),
    attachmentTarget: expr(`${network}.id`),
    firewallPolicy: expr(`${policy}.id`),
  });
}

function ruleBlock(rule: PolicyRule): ComputeNetworkFirewallPolicyWithRulesRule {
  return {
    priority: rule.priority,
    ruleName: ruleName(rule),
    description: rule.description,
    direction: rule.direction,
    action: rule.action,
    disabled: rule.disabledWhen === undefined ? false : Token.asAny(expr(rule.disabledWhen)),
    enableLogging: true,
    match: {
      ...(rule.sources.length === 0 ? {} : { srcIpRanges: [...rule.sources] }),
      ...(rule.destinations.length === 0 ? {} : { destIpRanges: [...rule.destinations] }),
      layer4Config: rule.traffic.map(layer4),
    },
  };
}

function layer4(traffic: Traffic): { ipProtocol: string; ports?: string[] } {
  if (traffic.protocol === "any") return { ipProtocol: "all" };
  if (traffic.protocol === "icmp") return { ipProtocol: "icmp" };
  return {
    ipProtocol: traffic.protocol,
    ports: [traffic.from === traffic.to ? `${traffic.from}` : `${traffic.from}-${traffic.to}`],
  };
}

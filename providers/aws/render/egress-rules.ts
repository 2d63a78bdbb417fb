/**
 * The rule group of Network Firewall. The policy's HOME_NET is everything private, so that EXTERNAL_NET, always its
 * negation, is exactly the internet.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/suricata-limitations-caveats.html
 */
import { NetworkfirewallRuleGroup } from "@cdktf/provider-aws/lib/networkfirewall-rule-group";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, literal, quoted, unlessQuarantined } from "../../shared/expressions";
import { leavingZones } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { awsName, tags } from "./naming";
import { firewallRules, zoneVariable } from "./suricata";
import { NOWHERE } from "./ways";

/** Capacity can never change; each step is a group of its own that replaces the smaller one. */
const CAPACITIES = [1000, 3000, 10000, 30000] as const;
export const MOST_RULES = 30000;

/**
 * A policy takes TLS inspection only when it is made, so each way to inspect has a policy of its own with its own
 * rules: the firewall goes from one to the other, and is never without rules that fit.
 * https://docs.aws.amazon.com/network-firewall/latest/developerguide/tls-inspection-considerations.html
 */
export const policyName = ({ inspection }: NetworkPlan): string[] =>
  inspection === "request" ? ["egress", "request"] : ["egress"];

export function renderEgressRules(rendering: Rendering): Address {
  const { plan, printer } = rendering;
  const rules = firewallRules(plan);
  const capacity = CAPACITIES.find((size) => size >= 2 * rules.length) ?? MOST_RULES;
  const ipSets = leavingZones(plan).map((zone) => {
    const addresses = unlessQuarantined([zone.name], quoted(printer.cidr(zone.block)), quoted(NOWHERE));
    return { key: zoneVariable(zone), ipSet: { definition: [addresses] } };
  });
  return addResource(rendering, NetworkfirewallRuleGroup, "enclave", {
    name: awsName(plan, ...policyName(plan), String(capacity)),
    type: "STATEFUL",
    capacity,
    description: `What may leave enclave ${plan.name}`,
    ruleGroup: {
      ruleVariables: { ipSets },
      rulesSource: { rulesString: literal(rules.join("\n")) },
      statefulRuleOptions: { ruleOrder: "STRICT_ORDER" },
    },
    lifecycle: { createBeforeDestroy: true },
    tags: tags(rendering, "egress"),
  });
}

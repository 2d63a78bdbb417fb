/** The DNS firewall as the plan wants it: needed names resolve, and then nothing does. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { IN_VPC, idOf } from "./planned";
import { resolvableDomains } from "./render/dns";
import { awsName } from "./render/naming";

const GROUP = "aws_route53_resolver_firewall_rule_group.enclave";
const IN_GROUP = { firewall_rule_group_id: idOf(GROUP) } as const;

export function plannedNames(plan: NetworkPlan): Statement[] {
  const domains = resolvableDomains(plan);
  const allow = {
    priority: 100,
    action: "ALLOW",
    firewall_domain_redirection_action: "TRUST_REDIRECTION_DOMAIN",
  };
  const association = {
    ...IN_GROUP,
    ...IN_VPC,
    name: awsName(plan, "dns"),
    priority: 101,
    mutation_protection: expr('var.deletion_protection ? "ENABLED" : "DISABLED"'),
    depends_on: ["aws_route53_resolver_firewall_rule.enclave_all"],
  };
  return [
    [GROUP, { name: awsName(plan, "dns") }],
    ...(domains.length === 0 ? [] : listWithRule(plan, "needed", domains, allow)),
    ...listWithRule(plan, "all", ["*."], { priority: 9000, action: "BLOCK", block_response: "NXDOMAIN" }),
    ["aws_route53_resolver_firewall_rule_group_association.enclave", association],
    [
      "aws_route53_resolver_firewall_config.enclave",
      { resource_id: IN_VPC.vpc_id, firewall_fail_open: "DISABLED" },
    ],
  ];
}

function listWithRule(
  plan: NetworkPlan,
  part: "needed" | "all",
  domains: readonly string[],
  values: object,
): Statement[] {
  const list = `aws_route53_resolver_firewall_domain_list.enclave_${part}`;
  const name = awsName(plan, part);
  return [
    [list, { name, domains }],
    [
      `aws_route53_resolver_firewall_rule.enclave_${part}`,
      { ...IN_GROUP, ...values, name, firewall_domain_list_id: idOf(list) },
    ],
  ];
}

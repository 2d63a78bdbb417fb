/**
 * What must be true of a rendered document whatever the spec says, read back from the document itself. This is no proof that
 * it equals the spec; it catches a renderer that opens more than it should. Each sentence in the result is a bug of ours.
 */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { resourcesOf, text, texts } from "../shared/document";
import { brokenFrame, differing, orElse, unless } from "../shared/invariants";
import { brokenFirewall } from "./invariants-firewall";
import { brokenPolicies } from "./invariants-policies";
import { brokenRoutes } from "./invariants-routes";
import { brokenRules } from "./invariants-rules";
import { brokenValues } from "./invariants-values";
import { resolvableDomains } from "./render/dns";

/** Everything that is ever rendered: a type beside these (a peering, a transit gateway, an IPv6 gateway) is a way nobody planned. */
export const RENDERED_TYPES: ReadonlySet<string> = new Set([
  "aws_cloudwatch_log_group",
  "aws_cloudwatch_log_resource_policy",
  "aws_default_network_acl",
  "aws_default_route_table",
  "aws_default_security_group",
  "aws_ec2_managed_prefix_list",
  "aws_eip",
  "aws_flow_log",
  "aws_iam_role",
  "aws_iam_role_policy",
  "aws_internet_gateway",
  "aws_kms_key",
  "aws_nat_gateway",
  "aws_network_acl",
  "aws_network_acl_rule",
  "aws_network_interface",
  "aws_networkfirewall_firewall",
  "aws_networkfirewall_firewall_policy",
  "aws_networkfirewall_logging_configuration",
  "aws_networkfirewall_rule_group",
  "aws_networkfirewall_tls_inspection_configuration",
  "aws_opensearchserverless_vpc_endpoint",
  "aws_route",
  "aws_route53_record",
  "aws_route53_resolver_firewall_config",
  "aws_route53_resolver_firewall_domain_list",
  "aws_route53_resolver_firewall_rule",
  "aws_route53_resolver_firewall_rule_group",
  "aws_route53_resolver_firewall_rule_group_association",
  "aws_route53_resolver_query_log_config",
  "aws_route53_resolver_query_log_config_association",
  "aws_route53_zone",
  "aws_route_table",
  "aws_route_table_association",
  "aws_security_group",
  "aws_subnet",
  "aws_vpc",
  "aws_vpc_endpoint",
  "aws_vpc_ipv4_cidr_block_association",
  "aws_vpc_security_group_egress_rule",
  "aws_vpc_security_group_ingress_rule",
]);

export function brokenInvariants(document: TerraformDocument, plan: NetworkPlan): string[] {
  return orElse(brokenInAny(document, plan), () => brokenValues(document, plan));
}

function brokenInAny(document: TerraformDocument, plan: NetworkPlan): string[] {
  return [
    ...brokenFrame(document, RENDERED_TYPES),
    ...brokenDefaults(document),
    ...brokenRoutes(document, plan),
    ...brokenRules(document, plan),
    ...brokenInterfaces(document),
    ...brokenPolicies(document, plan),
    ...brokenFirewall(document, plan),
    ...brokenDns(document, plan),
    ...brokenLogs(document, plan),
  ];
}

const VPC = "${aws_vpc.enclave.id}";

/** What AWS makes with the VPC: argument by which it is taken over, and what must then be empty. */
const DEFAULTS = [
  ["aws_default_security_group", "vpc_id", VPC, ["ingress", "egress"]],
  [
    "aws_default_network_acl",
    "default_network_acl_id",
    "${aws_vpc.enclave.default_network_acl_id}",
    ["ingress", "egress"],
  ],
  [
    "aws_default_route_table",
    "default_route_table_id",
    "${aws_vpc.enclave.default_route_table_id}",
    ["route"],
  ],
] as const;

const brokenDefaults = (document: TerraformDocument): string[] =>
  DEFAULTS.flatMap(([type, argument, of, members]) => {
    const found = [...resourcesOf(document, type).values()].find(
      (resource) => text(resource, argument) === of,
    );
    if (found === undefined) return [`${type} is left as AWS makes it`];
    return members.flatMap((member) => {
      const given = found[member] as readonly unknown[] | undefined;
      if (given === undefined && type === "aws_default_security_group")
        return [`${type} keeps its ${member}`];
      return (given ?? []).length > 0 ? [`${type} has an ${member}`] : [];
    });
  });

/** Its own group and the subnets of endpoints, wherever it has network interfaces. */
function brokenInterfaces(document: TerraformDocument): string[] {
  const placed = ["aws_vpc_endpoint", "aws_opensearchserverless_vpc_endpoint"].flatMap((type) => [
    ...resourcesOf(document, type),
  ]);
  return placed
    .filter(([, endpoint]) => text(endpoint, "vpc_endpoint_type") !== "Gateway")
    .flatMap(([name, endpoint]) => [
      ...unless(
        texts(endpoint, "security_group_ids").join() === `\${aws_security_group.${name}.id}`,
        `endpoint ${name} has not one security group of its own`,
      ),
      ...unless(
        texts(endpoint, "subnet_ids").every((id) => /^\$\{aws_subnet\.enclave_endpoints_\d\.id\}$/.test(id)),
        `endpoint ${name} lies outside its subnets`,
      ),
    ]);
}

function brokenDns(document: TerraformDocument, plan: NetworkPlan): string[] {
  const rules = [...resourcesOf(document, "aws_route53_resolver_firewall_rule").values()];
  const block = rules.find((rule) => text(rule, "action") === "BLOCK");
  const lists = resourcesOf(document, "aws_route53_resolver_firewall_domain_list");
  const needed = texts(lists.get("enclave_needed"), "domains");
  const whole = needed.filter((name) => !name.endsWith(".") || /^\*\.([^.]+\.)?$/.test(name));
  const planned = new Set(resolvableDomains(plan));
  const allowed = rules.filter((rule) => text(rule, "action") === "ALLOW");
  return [
    ...unless(
      block !== undefined && texts(lists.get("enclave_all"), "domains").includes("*."),
      "names that nobody needs resolve",
    ),
    ...unless(
      allowed.every((rule) => Number(text(rule, "priority")) < Number(text(block, "priority"))),
      "needed names are blocked before they are allowed",
    ),
    ...whole.map((name) => `"${name}" lets a whole domain of the internet resolve`),
    ...unless(
      whole.length > 0 || [...lists.keys()].every((name) => ["enclave_needed", "enclave_all"].includes(name)),
      "a list of names is not planned",
    ),
    ...(whole.length > 0 ? [] : differing(needed, planned, (name) => `the name "${name}" that resolves`)),
    ...unless(
      text(
        resourcesOf(document, "aws_route53_resolver_firewall_config").get("enclave"),
        "firewall_fail_open",
      ) === "DISABLED",
      "the DNS firewall fails open",
    ),
    ...unless(
      [...resourcesOf(document, "aws_route53_resolver_firewall_rule_group_association").values()].some(
        (association) =>
          text(association, "vpc_id") === VPC &&
          text(association, "firewall_rule_group_id") ===
            "${aws_route53_resolver_firewall_rule_group.enclave.id}",
      ),
      "the DNS firewall is not on the VPC",
    ),
  ];
}

function brokenLogs(document: TerraformDocument, plan: NetworkPlan): string[] {
  const flows = [...resourcesOf(document, "aws_flow_log").values()];
  const queries = [...resourcesOf(document, "aws_route53_resolver_query_log_config_association").values()];
  const firewall = [...resourcesOf(document, "aws_networkfirewall_logging_configuration").values()].map(
    (each) => JSON.stringify(each),
  );
  const retention = "${local.enclave_log_retention_days}";
  return [
    ...unless(
      flows.some((flow) => text(flow, "traffic_type") === "ALL" && text(flow, "vpc_id") === VPC),
      "flows of the VPC are not all logged",
    ),
    ...unless(
      queries.some((each) => text(each, "resource_id") === VPC),
      "DNS queries are not logged",
    ),
    ...unless(
      plan.departures.length === 0 ||
        firewall.some((each) => ['"ALERT"', '"FLOW"'].every((kind) => each.includes(kind))),
      "what the firewall decides is not logged",
    ),
    ...[...resourcesOf(document, "aws_cloudwatch_log_group")].flatMap(([name, group]) =>
      unless(
        text(group, "kms_key_id") !== "" && text(group, "retention_in_days") === retention,
        `log group ${name} is not encrypted and kept as asked`,
      ),
    ),
  ];
}

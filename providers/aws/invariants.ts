/**
 * What must be true of a rendered document whatever the spec says, read back from the document itself. This is no proof that
 * it equals the spec; it catches a renderer that opens more than it should. Each sentence in the result is a bug of ours.
 */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { nested, resourcesOf, resourceTypes, text, texts } from "../document";
import { brokenRoutes } from "./invariants-routes";
import { brokenRules } from "./invariants-rules";

/** Everything that is ever rendered: a type beside these (a peering, a transit gateway, an IPv6 gateway) is a way nobody planned. */
const RENDERED_TYPES: ReadonlySet<string> = new Set([
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
  return [
    ...resourceTypes(document)
      .filter((type) => !RENDERED_TYPES.has(type))
      .map((type) => `${type} is a kind of resource that no enclave has`),
    ...(document["data"] === undefined ? [] : ["a data source would need credentials while planning"]),
    ...brokenDefaults(document),
    ...brokenRoutes(document, plan),
    ...brokenRules(document, plan),
    ...brokenEndpoints(document),
    ...brokenFirewall(document, plan),
    ...brokenDns(document),
    ...brokenLogs(document, plan),
  ];
}

function brokenDefaults(document: TerraformDocument): string[] {
  const empty: readonly (readonly [string, readonly string[]])[] = [
    ["aws_default_security_group", ["ingress", "egress"]],
    ["aws_default_network_acl", ["ingress", "egress"]],
    ["aws_default_route_table", ["route"]],
  ];
  return empty.flatMap(([type, members]) => {
    const [resource] = [...resourcesOf(document, type).values()];
    if (resource === undefined) return [`${type} is left as AWS makes it`];
    return members.filter((member) => ((resource[member] ?? []) as unknown[]).length > 0).map((member) => `${type} has an ${member}`);
  });
}

function brokenEndpoints(document: TerraformDocument): string[] {
  return [...resourcesOf(document, "aws_vpc_endpoint")].flatMap(([name, endpoint]) => {
    const policy = text(endpoint, "policy");
    const custom = name.startsWith("enclave_custom_");
    const gateway = text(endpoint, "vpc_endpoint_type") === "Gateway";
    return [
      ...(custom || keepsOthersOut(policy) ? [] : [`endpoint ${name} has no policy that keeps other accounts out`]),
      ...(custom || !/"Action":\["\*"|"Action":"\*"/.test(policy) ? [] : [`endpoint ${name} admits every action`]),
      ...(gateway || texts(endpoint, "security_group_ids").length === 1 ? [] : [`endpoint ${name} has not one security group of its own`]),
    ];
  });
}

interface Statement {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals?: Readonly<Record<string, string>> };
}

/** Each statement asks for an own principal, but for reading image layers out of AWS's bucket. */
function keepsOthersOut(policy: string): boolean {
  if (policy === "") return false;
  const { Statement: statements } = JSON.parse(policy) as { readonly Statement: readonly Statement[] };
  const layers = ({ Action, Resource }: Statement): boolean =>
    Action.join() === "s3:GetObject" && Resource.every((arn) => /:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/.test(arn));
  return statements.every((one) => one.Condition?.StringEquals?.["aws:PrincipalAccount"] !== undefined || layers(one));
}

function brokenFirewall(document: TerraformDocument, plan: NetworkPlan): string[] {
  const policy = nested(resourcesOf(document, "aws_networkfirewall_firewall_policy").get("enclave"), "firewall_policy");
  if (plan.departures.length === 0) return policy === undefined ? [] : ["there is a firewall although nothing leaves"];
  const defaults = texts(policy, "stateful_default_actions");
  const stateless = [...texts(policy, "stateless_default_actions"), ...texts(policy, "stateless_fragment_default_actions")];
  const home = JSON.stringify(policy?.["policy_variables"] ?? {});
  return [
    ...(defaults.includes("aws:drop_established") ? [] : ["the firewall does not drop what nothing passed"]),
    ...brokenPasses(document, plan),
    ...(text(nested(policy, "stateful_engine_options"), "rule_order") === "STRICT_ORDER"
      ? []
      : ["the firewall's rules are not in strict order"]),
    ...(stateless.length === 2 && stateless.every((action) => action === "aws:forward_to_sfe")
      ? []
      : ["packets pass the firewall's stateful rules by"]),
    ...(["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10", "169.254.0.0/16"].every((range) => home.includes(range))
      ? []
      : ["the firewall takes private addresses for the internet"]),
  ];
}

/** As many passes as departures, each from one zone's addresses to the internet with a name. */
function brokenPasses(document: TerraformDocument, plan: NetworkPlan): string[] {
  const group = nested(resourcesOf(document, "aws_networkfirewall_rule_group").get("enclave"), "rule_group");
  const passes = text(nested(group, "rules_source"), "rules_string")
    .split("\n")
    .filter((rule) => rule.startsWith("pass"));
  const named = passes.filter((rule) =>
    /^pass (tls|http) \$ZONE_\w+ any -> \$EXTERNAL_NET \d+ \((tls\.sni|http\.host); content:"[^"]+"; /.test(rule),
  );
  return passes.length === plan.departures.length && named.length === passes.length ? [] : ["the firewall passes what is not planned"];
}

function brokenDns(document: TerraformDocument): string[] {
  const rules = [...resourcesOf(document, "aws_route53_resolver_firewall_rule").values()];
  const block = rules.find((rule) => text(rule, "action") === "BLOCK");
  const lists = resourcesOf(document, "aws_route53_resolver_firewall_domain_list");
  const needed = texts(lists.get("enclave_needed"), "domains");
  const allowed = rules.filter((rule) => text(rule, "action") === "ALLOW");
  return [
    ...(block !== undefined && texts(lists.get("enclave_all"), "domains").includes("*.") ? [] : ["names that nobody needs resolve"]),
    ...(allowed.every((rule) => Number(text(rule, "priority")) < Number(text(block, "priority")))
      ? []
      : ["needed names are blocked before they are allowed"]),
    ...needed
      .filter((name) => !name.endsWith(".") || /^\*\.([^.]+\.)?$/.test(name))
      .map((name) => `"${name}" lets a whole domain of the internet resolve`),
    ...(text(resourcesOf(document, "aws_route53_resolver_firewall_config").get("enclave"), "firewall_fail_open") === "DISABLED"
      ? []
      : ["the DNS firewall fails open"]),
    ...(resourcesOf(document, "aws_route53_resolver_firewall_rule_group_association").size === 1
      ? []
      : ["the DNS firewall is not on the VPC"]),
  ];
}

function brokenLogs(document: TerraformDocument, plan: NetworkPlan): string[] {
  const [flow] = [...resourcesOf(document, "aws_flow_log").values()];
  const groups = [...resourcesOf(document, "aws_cloudwatch_log_group")];
  const firewall = plan.departures.length === 0 || resourcesOf(document, "aws_networkfirewall_logging_configuration").size === 1;
  return [
    ...(text(flow, "traffic_type") === "ALL" && text(flow, "vpc_id") !== "" ? [] : ["flows of the VPC are not all logged"]),
    ...(resourcesOf(document, "aws_route53_resolver_query_log_config_association").size === 1 ? [] : ["DNS queries are not logged"]),
    ...(firewall ? [] : ["what the firewall decides is not logged"]),
    ...groups
      .filter(([, group]) => text(group, "kms_key_id") === "" || text(group, "retention_in_days") === "")
      .map(([name]) => `log group ${name} is not encrypted and kept as asked`),
  ];
}

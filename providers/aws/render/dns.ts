/**
 * DNS is a way out too: the VPC's resolver answers any name for anybody, past all groups and ACLs. A resolver
 * firewall answers NXDOMAIN to all names but the needed ones; when it fails, nothing resolves.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html
 * https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html
 */
import { Route53ResolverFirewallConfig } from "@cdktf/provider-aws/lib/route53-resolver-firewall-config";
import { Route53ResolverFirewallDomainList } from "@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list";
import { Route53ResolverFirewallRule } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule";
import { Route53ResolverFirewallRuleGroup } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group";
import { Route53ResolverFirewallRuleGroupAssociation } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, after, expr, id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { hostDomain, regionOf } from "../data/regions";
import { LAYERS, layerBucket, S3 } from "../data/services";
import { VPC_ID } from "./addresses";
import { type EndpointGroup, endpointGroups } from "./endpoint-groups";
import { awsName, named, tags } from "./naming";

const RULE_GROUP_ID = id("aws_route53_resolver_firewall_rule_group.enclave");

/** Nobody may use the network without them. */
export const NAME_FILTERS: readonly Address[] = [
  "aws_route53_resolver_firewall_rule_group_association.enclave",
  "aws_route53_resolver_firewall_config.enclave",
];

export function renderDns(rendering: Rendering): void {
  addResource(rendering, Route53ResolverFirewallRuleGroup, "enclave", named(rendering, "dns"));
  // Names of content networks are aliases of names that nobody lists.
  const redirection = { firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN" };
  const allow = { priority: 100, action: "ALLOW", ...redirection };
  renderRule(rendering, "needed", resolvableDomains(rendering.plan), allow);
  const block = { priority: 9000, action: "BLOCK", blockResponse: "NXDOMAIN" };
  addResource(rendering, Route53ResolverFirewallRuleGroupAssociation, "enclave", {
    ...named(rendering, "dns"),
    vpcId: VPC_ID,
    firewallRuleGroupId: RULE_GROUP_ID,
    // The lowest: 100 is the service's own.
    priority: 101,
    mutationProtection: expr('var.deletion_protection ? "ENABLED" : "DISABLED"'),
    ...after(renderRule(rendering, "all", ["*."], block)),
  });
  const closed = { resourceId: VPC_ID, firewallFailOpen: "DISABLED" };
  addResource(rendering, Route53ResolverFirewallConfig, "enclave", closed);
}

type Verdict = { readonly priority: number; readonly action: string };

/** One rule, and the list of names that it is for. */
function renderRule(rendering: Rendering, rule: string, domains: string[], verdict: Verdict): Address {
  const name = awsName(rendering.plan, rule);
  const config = { name, domains, tags: tags(rendering, "dns") };
  const list = addResource(rendering, Route53ResolverFirewallDomainList, `enclave_${rule}`, config);
  return addResource(rendering, Route53ResolverFirewallRule, `enclave_${rule}`, {
    name,
    firewallRuleGroupId: RULE_GROUP_ID,
    firewallDomainListId: id(list),
    ...verdict,
  });
}

/** With the trailing dot that the service stores: without it, every later plan would differ. */
export function resolvableDomains(plan: NetworkPlan): string[] {
  const services = endpointGroups(plan).flatMap((group) => serviceHosts(plan, group));
  const patterns = [...plan.resolvable.map((rule) => rule.pattern), ...services, `*.${hostDomain(plan)}`];
  return [...new Set(patterns.map((pattern) => `${pattern.toLowerCase()}.`))].sort();
}

/** Names that lead to an AWS endpoint, for the uses of the group. */
export function serviceHosts(plan: NetworkPlan, { aws, uses }: EndpointGroup): string[] {
  const region = regionOf(plan);
  const host = aws.host?.replace("{region}", region);
  if (host === undefined) return uses.flatMap(({ endpoint }) => endpoint.dnsNames);
  if (aws !== S3) return [host];
  const hosts = storageHosts(region);
  const buckets = uses.flatMap(({ endpoint, grants }) => {
    if (grants.includes(LAYERS)) return [`${layerBucket(region)}.${host}`];
    const named = (endpoint.resources.aws ?? []).map((arn) => arn.split(":::")[1]?.split("/")[0] ?? "*");
    // The DNS firewall takes a wildcard only as the whole first label.
    const labels = named.length === 0 ? ["*"] : named.map((bucket) => (/[*?]/.test(bucket) ? "*" : bucket));
    return labels.flatMap((label) => hosts.map((each) => `${label}.${each}`));
  });
  return [...hosts, ...buckets];
}

/**
 * Clients ask for the dual-stack name where they are told to, and in us-east-1 for the global one by default:
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/dual-stack-endpoints.html
 */
const storageHosts = (region: string): string[] => [
  `s3.${region}.amazonaws.com`,
  `s3.dualstack.${region}.amazonaws.com`,
  ...(region === "us-east-1" ? ["s3.amazonaws.com"] : []),
];

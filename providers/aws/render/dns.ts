/**
 * DNS is a way out too: the VPC's resolver answers any name for anybody, and neither groups nor ACLs can stop that. A resolver
 * firewall lets the needed names through and answers NXDOMAIN to all others; when it fails, nothing resolves.
 * https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall-overview.html
 */
import { Route53ResolverFirewallConfig } from "@cdktf/provider-aws/lib/route53-resolver-firewall-config";
import { Route53ResolverFirewallDomainList } from "@cdktf/provider-aws/lib/route53-resolver-firewall-domain-list";
import { Route53ResolverFirewallRule } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule";
import { Route53ResolverFirewallRuleGroup } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group";
import { Route53ResolverFirewallRuleGroupAssociation } from "@cdktf/provider-aws/lib/route53-resolver-firewall-rule-group-association";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, addResource, dependable, expr, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { hostsOf, layerBucket, S3 } from "../data/services";
import { type EndpointGroup, endpointGroups } from "./endpoint-groups";
import { awsName, tags } from "./naming";

/** 100 and 9000 are the service's own: https://docs.aws.amazon.com/Route53/latest/APIReference/API_route53resolver_AssociateFirewallRuleGroup.html */
const ASSOCIATION_PRIORITY = 101;
const ALLOW_PRIORITY = 100;
const BLOCK_PRIORITY = 9000;

/** Answers the addresses of what has to be there before nothing else resolves. */
export function renderDns(rendering: Rendering): Address[] {
  const tagged = tags(rendering, "dns");
  const group = addResource(rendering, Route53ResolverFirewallRuleGroup, "enclave", {
    name: awsName(rendering.plan, "dns"),
    tags: tagged,
  });
  const rule = { firewallRuleGroupId: expr(`${group}.id`) };
  const domains = resolvableDomains(rendering.plan);
  if (domains.length > 0) {
    const needed = addResource(rendering, Route53ResolverFirewallDomainList, "enclave_needed", {
      name: awsName(rendering.plan, "needed"),
      domains,
      tags: tagged,
    });
    addResource(rendering, Route53ResolverFirewallRule, "enclave_needed", {
      ...rule,
      name: awsName(rendering.plan, "needed"),
      priority: ALLOW_PRIORITY,
      action: "ALLOW",
      firewallDomainListId: expr(`${needed}.id`),
      // Names of content networks are aliases of names that nobody lists.
      firewallDomainRedirectionAction: "TRUST_REDIRECTION_DOMAIN",
    });
  }
  const all = addResource(rendering, Route53ResolverFirewallDomainList, "enclave_all", {
    name: awsName(rendering.plan, "all"),
    domains: ["*."],
    tags: tagged,
  });
  const block = addResource(rendering, Route53ResolverFirewallRule, "enclave_all", {
    ...rule,
    name: awsName(rendering.plan, "all"),
    priority: BLOCK_PRIORITY,
    action: "BLOCK",
    blockResponse: "NXDOMAIN",
    firewallDomainListId: expr(`${all}.id`),
  });
  return putInForce(rendering, group, block);
}

/** `after` is the rule that blocks all names. */
function putInForce(rendering: Rendering, group: Address, after: Address): Address[] {
  const association = addResource(rendering, Route53ResolverFirewallRuleGroupAssociation, "enclave", {
    firewallRuleGroupId: expr(`${group}.id`),
    name: awsName(rendering.plan, "dns"),
    vpcId: expr("aws_vpc.enclave.id"),
    priority: ASSOCIATION_PRIORITY,
    mutationProtection: expr('var.deletion_protection ? "ENABLED" : "DISABLED"'),
    tags: tags(rendering, "dns"),
    dependsOn: [dependable(after)],
  });
  const config = addResource(rendering, Route53ResolverFirewallConfig, "enclave", {
    resourceId: expr("aws_vpc.enclave.id"),
    firewallFailOpen: "DISABLED",
  });
  return [association, config];
}

/**
 * With the trailing dot that the service stores, or every later plan would differ, sorted and each once. `*.x.` is one or more
 * labels below x here as in the spec.
 */
export function resolvableDomains(plan: NetworkPlan): string[] {
  const services = endpointGroups(plan).groups.flatMap((group) => serviceHosts(plan, group));
  const patterns = [...plan.resolvable.map((rule) => rule.pattern), ...services];
  return [...new Set(patterns.map((pattern) => `${pattern.toLowerCase()}.`))].sort();
}

/** Names that lead to an endpoint of the plan. */
export function endpointHosts(plan: NetworkPlan, name: string): string[] {
  const hosts = endpointGroups(plan).groups.flatMap((group) => {
    const uses = group.uses.filter(({ endpoint }) => endpoint.name === name);
    return uses.length === 0 ? [] : serviceHosts(plan, { ...group, uses });
  });
  return [...new Set(hosts)];
}

function serviceHosts(plan: NetworkPlan, group: EndpointGroup): string[] {
  if (group.kind === "custom") return [...group.aws.hosts];
  const region = regionOf(plan);
  const hosts = hostsOf(group.aws, region);
  if (group.aws !== S3) return hosts;
  const buckets = group.uses.flatMap((use) => {
    if (use.layers) return [layerBucket(region)];
    const named = (use.endpoint.resources.aws ?? []).map((arn) => arn.split(":::")[1]?.split("/")[0] ?? "*");
    // The DNS firewall takes a wildcard only as the whole first label.
    return named.length === 0 ? ["*"] : named.map((bucket) => (/[*?]/.test(bucket) ? "*" : bucket));
  });
  return [...hosts, ...buckets.flatMap((bucket) => hosts.map((host) => `${bucket}.${host}`))];
}

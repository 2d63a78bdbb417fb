/**
 * DNS is a way out too: no security group stops Azure's resolver, which answers any name for anybody. A DNS
 * security policy lets the needed names through, blocks all others and logs each query. No azurerm has a
 * resource for it, so it is deployed as the template that such a resource would become. Names of private
 * endpoints are answered by private DNS zones.
 * https://learn.microsoft.com/en-us/azure/dns/dns-security-policy
 */
import { PrivateDnsARecord } from "@cdktf/provider-azurerm/lib/private-dns-a-record";
import { PrivateDnsZone } from "@cdktf/provider-azurerm/lib/private-dns-zone";
import { PrivateDnsZoneVirtualNetworkLink } from "@cdktf/provider-azurerm/lib/private-dns-zone-virtual-network-link";
import { ResourceGroupTemplateDeployment } from "@cdktf/provider-azurerm/lib/resource-group-template-deployment";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, expr, id, quoted } from "../../shared/expressions";
import { domainOf } from "../../shared/questions";
import { addLocal, addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { VIRTUAL_NETWORK } from "./addresses";
import { zoneById } from "./azurerm-5";
import { dnsZoneId, type Hosts, hostsOf } from "./endpoint-targets";
import { azureName, tagged } from "./naming";

/** https://learn.microsoft.com/azure/templates/microsoft.network/dnsresolverpolicies/dnssecurityrules */
const API_VERSION = "2025-05-01";

const policyName = (plan: NetworkPlan): string => azureName(plan, "dns");

export const policyId = (plan: NetworkPlan): string => {
  const group = expr(`split("/providers/", ${VIRTUAL_NETWORK}.id)[0]`);
  return `${group}/providers/Microsoft.Network/dnsResolverPolicies/${policyName(plan)}`;
};

export function renderDns(rendering: Rendering): void {
  addResource(rendering, ResourceGroupTemplateDeployment, "enclave_dns", {
    ...tagged(rendering, policyName(rendering.plan)),
    deploymentMode: "Incremental",
    templateContent: JSON.stringify(template(rendering.plan)),
    parametersContent: parameters(rendering),
  });
}

/** Values that Terraform knows and a template cannot: ids, names that come by variable, the user's tags. */
function parameters(rendering: Rendering): string {
  const { known, later } = resolvableNames(rendering.plan);
  const names = addLocal(rendering, "enclave_resolvable_names", known);
  const all = later.length === 0 ? names : `concat(${[names, ...later].join(", ")})`;
  const domains = `sort(distinct(${all}))`;
  const values = [
    `domains = { value = [for name in ${domains} : "${expr("name")}."] }`,
    `tags = { value = merge(var.tags, { enclave = ${quoted(rendering.plan.name)} }) }`,
    `virtualNetworkId = { value = ${VIRTUAL_NETWORK}.id }`,
  ];
  return expr(`jsonencode({ ${values.join(", ")} })`);
}

/** A template's own expressions stand in brackets, Terraform's in braces: neither reads the other's. */
function template(plan: NetworkPlan): object {
  const policy = policyName(plan);
  const resource = (kind: string, name: string, properties: object, dependsOn?: readonly string[]) => ({
    type: `Microsoft.Network/${kind}`,
    apiVersion: API_VERSION,
    name,
    location: regionOf(plan),
    tags: "[parameters('tags')]",
    dependsOn,
    properties,
  });
  const idOf = (kind: string, name: string): string => `[resourceId('Microsoft.Network/${kind}', '${name}')]`;
  const policyId = idOf("dnsResolverPolicies", policy);
  const rule = (name: "needed" | "all", priority: number, actionType: "Allow" | "Block") => {
    const domains = idOf("dnsResolverDomainLists", `${policy}-${name}`);
    const properties = {
      priority,
      action: { actionType },
      dnsResolverDomainLists: [{ id: domains }],
      dnsSecurityRuleState: "Enabled",
    };
    const first = [policyId, domains];
    return resource("dnsResolverPolicies/dnsSecurityRules", `${policy}/${name}`, properties, first);
  };
  const network = { virtualNetwork: { id: "[parameters('virtualNetworkId')]" } };
  return {
    $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
    contentVersion: "1.0.0.0",
    parameters: {
      domains: { type: "array" },
      tags: { type: "object" },
      virtualNetworkId: { type: "string" },
    },
    resources: [
      resource("dnsResolverPolicies", policy, {}),
      // Always there, if only for no name: a template leaves alone what it does not mention.
      resource("dnsResolverDomainLists", `${policy}-needed`, { domains: "[parameters('domains')]" }),
      resource("dnsResolverDomainLists", `${policy}-all`, { domains: ["."] }),
      rule("needed", 100, "Allow"),
      rule("all", 65000, "Block"),
      resource("dnsResolverPolicies/virtualNetworkLinks", `${policy}/network`, network, [policyId]),
    ],
  };
}

/**
 * Below it every machine of the network has a name, and it is what machines complete short names with: blocked,
 * it would fail each lookup that tries it first.
 * https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-name-resolution-for-vms-and-role-instances
 */
const HOST_DOMAIN = "internal.cloudapp.net";

/**
 * Names, sorted and each once. A domain list holds all names below a name too, so `*.x` and `x` are one
 * entry: the firewall tells them apart, the resolver does not.
 */
export function resolvableNames(plan: NetworkPlan): Hosts {
  const hosts = plan.endpoints.map((endpoint) => hostsOf(plan, endpoint));
  const patterns = [...plan.resolvable.map(({ pattern }) => pattern), ...hosts.flatMap((each) => each.known)];
  const known = [HOST_DOMAIN, ...patterns.map(domainOf)];
  return { known: [...new Set(known)].sort(), later: hosts.flatMap((each) => each.later) };
}

export const zoneAddress = (name: string): Address => `${PrivateDnsZone.tfResourceType}.${dnsZoneId(name)}`;

export const zoneLinkOf = (name: string): Address =>
  `${PrivateDnsZoneVirtualNetworkLink.tfResourceType}.${dnsZoneId(name)}`;

/** A name that the zone does not hold does not exist: it is not looked for in public. */
export function renderDnsZone(rendering: Rendering, name: string): void {
  const zone = addResource(rendering, PrivateDnsZone, dnsZoneId(name), tagged(rendering, name));
  const link = {
    ...tagged(rendering, azureName(rendering.plan)),
    privateDnsZoneName: expr(`${zone}.name`),
    virtualNetworkId: id(VIRTUAL_NETWORK),
    registrationEnabled: false,
    // Azure has the choice for its own private names only; all others never fall back.
    ...(name.startsWith("privatelink.") ? { resolutionPolicy: "Default" } : {}),
  };
  const byId = zoneById(rendering, "private_dns_zone_name", zone);
  addResource(rendering, PrivateDnsZoneVirtualNetworkLink, dnsZoneId(name), link, byId);
}

/** A record is named within its zone. */
export function renderDnsRecord(
  rendering: Rendering,
  resource: string,
  domain: string,
  name: string,
  address: string,
): void {
  const zone = zoneAddress(domain);
  const label = name === domain ? "@" : name.slice(0, -domain.length - 1);
  const record = {
    ...tagged(rendering, label),
    zoneName: expr(`${zone}.name`),
    ttl: 300,
    records: [address],
  };
  addResource(rendering, PrivateDnsARecord, resource, record, zoneById(rendering, "zone_name", zone));
}

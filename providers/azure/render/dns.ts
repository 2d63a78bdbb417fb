/**
 * DNS is a way out too: Azure's resolver has an address of the platform's, which security groups do not stop, and answers any
 * name for anybody. A DNS security policy on the network lets the needed names through and blocks all others, and logs each
 * query. azurerm has no resource for it in any version, so it is deployed as the template that it would become.
 * https://learn.microsoft.com/en-us/azure/dns/dns-security-policy
 */
import { ResourceGroupTemplateDeployment } from "@cdktf/provider-azurerm/lib/resource-group-template-deployment";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, addLocal, expr, quoted, type Rendering } from "../../shared/rendering";
import { MONITOR } from "../data/managed-services";
import { regionOf } from "../data/regions";
import { type Hosts, hostsOf, managedTargets, monitorEndpoints } from "./endpoint-targets";
import { azureName, resourceGroupName, tags } from "./naming";
import { VIRTUAL_NETWORK } from "./network";
import { addAzure } from "./resources";

/** https://learn.microsoft.com/en-us/azure/templates/microsoft.network/2025-05-01/dnsresolverpolicies/dnssecurityrules */
const API_VERSION = "2025-05-01";
const DNS_PRIORITIES = { needed: 100, all: 65000 } as const;

export interface DnsPolicy {
  readonly deployment: Address;
  /** The policy's id as an expression, known after the network is made. */
  readonly id: string;
}

export function renderDns(rendering: Rendering): DnsPolicy {
  const { plan } = rendering;
  const name = azureName(plan, "dns");
  const deployment = addAzure(rendering, ResourceGroupTemplateDeployment, "enclave_dns", {
    name,
    resourceGroupName: resourceGroupName(plan),
    deploymentMode: "Incremental",
    templateContent: JSON.stringify(template(plan, name)),
    parametersContent: parameters(rendering),
    tags: tags(rendering),
  });
  const id = expr(`split("/providers/", ${VIRTUAL_NETWORK}.id)[0]`);
  return { deployment, id: `${id}/providers/Microsoft.Network/dnsResolverPolicies/${name}` };
}

/** A domain that can never exist (RFC 2606), for a list that has to have one. */
const NO_NAME = "none.invalid";

/** Values that Terraform knows and a template cannot: ids, the names of resources that come by variable, the user's tags. */
function parameters(rendering: Rendering): string {
  const { plan } = rendering;
  const { known, later } = resolvableNames(plan);
  const names = addLocal(rendering, "enclave_resolvable_names", known);
  const all = later.length === 0 ? names : `concat(${[names, ...later].join(", ")})`;
  const values = {
    domains: `[for name in coalescelist(sort(distinct(${all})), ["${NO_NAME}"]) : "${expr("name")}."]`,
    tags: `merge(var.tags, { enclave = ${quoted(plan.name)} })`,
    virtualNetworkId: `${VIRTUAL_NETWORK}.id`,
  };
  const fields = Object.entries(values).map(([field, value]) => `${field} = { value = ${value} }`);
  return expr(`jsonencode({ ${fields.join(", ")} })`);
}

const TEMPLATE = {
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  parameters: { domains: { type: "array" }, tags: { type: "object" }, virtualNetworkId: { type: "string" } },
} as const;

/** A template's own expressions stand in brackets, Terraform's in braces: neither reads the other's. */
function template(plan: NetworkPlan, policy: string): object {
  const list = (name: string): string => `${policy}-${name}`;
  const idOf = (kind: string, name: string): string => `[resourceId('Microsoft.Network/${kind}', '${name}')]`;
  const resource = (
    kind: string,
    name: string,
    properties: object,
    ...dependsOn: readonly string[]
  ): object => ({
    type: `Microsoft.Network/${kind}`,
    apiVersion: API_VERSION,
    name,
    location: regionOf(plan),
    tags: "[parameters('tags')]",
    ...(dependsOn.length === 0 ? {} : { dependsOn }),
    properties,
  });
  const policyId = idOf("dnsResolverPolicies", policy);
  const rule = (name: "needed" | "all", action: object): object => {
    const id = idOf("dnsResolverDomainLists", list(name));
    const properties = {
      priority: DNS_PRIORITIES[name],
      action,
      dnsResolverDomainLists: [{ id }],
      dnsSecurityRuleState: "Enabled",
    };
    return resource("dnsResolverPolicies/dnsSecurityRules", `${policy}/${name}`, properties, policyId, id);
  };
  const network = { virtualNetwork: { id: "[parameters('virtualNetworkId')]" } };
  const resources = [
    resource("dnsResolverPolicies", policy, {}),
    // Always there, if only for a name that does not exist: what a template leaves out stays as it was.
    resource("dnsResolverDomainLists", list("needed"), { domains: "[parameters('domains')]" }),
    resource("dnsResolverDomainLists", list("all"), { domains: ["."] }),
    rule("needed", { actionType: "Allow" }),
    rule("all", { actionType: "Block" }),
    resource("dnsResolverPolicies/virtualNetworkLinks", `${policy}/network`, network, policyId),
  ];
  return { ...TEMPLATE, resources };
}

/**
 * Names, sorted and each once, and expressions for the names of resources that are not known yet. A name of a domain list stands
 * for everything below it too, so `*.x` and `x` are the same entry here: the firewall tells them apart, the resolver does not.
 */
export function resolvableNames(plan: NetworkPlan): Hosts {
  const patterns = plan.resolvable.map((rule) => rule.pattern.replace(/^\*\./, "").toLowerCase());
  const targets = managedTargets(plan).map((target) => hostsOf(plan, target));
  const monitor = monitorEndpoints(plan).length === 0 ? [] : MONITOR.hosts;
  const known = [...patterns, ...targets.flatMap((hosts) => hosts.known), ...monitor];
  return { known: [...new Set(known)].sort(), later: targets.flatMap((hosts) => hosts.later) };
}

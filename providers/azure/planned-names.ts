/** Which names are answered and from where, as the plan wants it: private zones, and the policy on all other questions. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr, quoted } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { regionOf } from "./data/regions";
import { groupOf, idOf, NETWORK_ID } from "./planned";
import { resolvableNames } from "./render/dns";
import { dnsZoneId, privateDnsZones } from "./render/endpoint-targets";
import { azureName } from "./render/naming";

export const plannedNames = (plan: NetworkPlan): Statement[] => [
  ...privateDnsZones(plan).flatMap((zone): Statement[] => [
    [`azurerm_private_dns_zone.${dnsZoneId(zone)}`, { ...groupOf(plan), name: zone }],
    [
      `azurerm_private_dns_zone_virtual_network_link.${dnsZoneId(zone)}`,
      {
        ...inZone(plan, zone, "private_dns_zone_name"),
        virtual_network_id: NETWORK_ID,
        registration_enabled: false,
        ...(zone.startsWith("privatelink.") ? { resolution_policy: "Default" } : {}),
      },
    ],
  ]),
  ...plannedPolicy(plan),
];

/** By the zone's name with azurerm 4, by its id with azurerm 5. */
export function inZone(plan: NetworkPlan, zone: string, argument: string): Attributes {
  const address = `azurerm_private_dns_zone.${dnsZoneId(zone)}`;
  if (plan.providerMajors.azure === 5) return { private_dns_zone_id: idOf(address) };
  return { ...groupOf(plan), [argument]: expr(`${address}.name`) };
}

/** The needed names, and what comes after them: every other name, which is blocked. */
function plannedPolicy(plan: NetworkPlan): Statement[] {
  const policy = azureName(plan, "dns");
  const deployment = "azurerm_resource_group_template_deployment.enclave_dns";
  const resource = (
    name: string,
    kind: string,
    properties: Attributes,
    ...dependsOn: readonly string[]
  ): Statement => [
    `${deployment} ${name}`,
    {
      type: `Microsoft.Network/${kind}`,
      apiVersion: "2025-05-01",
      location: regionOf(plan),
      properties,
      ...(dependsOn.length === 0 ? {} : { dependsOn }),
    },
  ];
  const policyId = `[resourceId('Microsoft.Network/dnsResolverPolicies', '${policy}')]`;
  const rule = (name: string, priority: number, action: Attributes): Statement => {
    const list = `[resourceId('Microsoft.Network/dnsResolverDomainLists', '${policy}-${name}')]`;
    const properties = {
      priority,
      action,
      dnsResolverDomainLists: [{ id: list }],
      dnsSecurityRuleState: "Enabled",
    };
    return resource(`${policy}/${name}`, "dnsResolverPolicies/dnsSecurityRules", properties, policyId, list);
  };
  const network = { virtualNetwork: { id: "[parameters('virtualNetworkId')]" } };
  return [
    ["local.enclave_resolvable_names", { value: resolvableNames(plan).known }],
    [
      deployment,
      { ...groupOf(plan), deployment_mode: "Incremental", parameters_content: parametersOf(plan), ...HEAD },
    ],
    resource(policy, "dnsResolverPolicies", {}),
    resource(`${policy}-needed`, "dnsResolverDomainLists", { domains: "[parameters('domains')]" }),
    resource(`${policy}-all`, "dnsResolverDomainLists", { domains: ["."] }),
    rule("needed", 100, { actionType: "Allow" }),
    rule("all", 65000, { actionType: "Block" }),
    resource(`${policy}/network`, "dnsResolverPolicies/virtualNetworkLinks", network, policyId),
  ];
}

const HEAD = {
  $schema: "https://schema.management.azure.com/schemas/2019-04-01/deploymentTemplate.json#",
  contentVersion: "1.0.0.0",
  parameters: { domains: { type: "array" }, tags: { type: "object" }, virtualNetworkId: { type: "string" } },
};

/** Names that are known, and those of resources that come by variable; one that cannot exist where there are none. */
function parametersOf(plan: NetworkPlan): string {
  const names = ["local.enclave_resolvable_names", ...resolvableNames(plan).later];
  const all = names.length === 1 ? names.join() : `concat(${names.join(", ")})`;
  const domains = `domains = { value = [for name in coalescelist(sort(distinct(${all})), ["none.invalid"]) : "${expr("name")}."] }`;
  const tags = `tags = { value = merge(var.tags, { enclave = ${quoted(plan.name)} }) }`;
  return expr(
    `jsonencode({ ${domains}, ${tags}, virtualNetworkId = { value = azurerm_virtual_network.enclave.id } })`,
  );
}

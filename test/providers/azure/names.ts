/** What Azure takes for a name, and the names in a rendered document. */

import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf, resourceTypes, text } from "../../../src/verifier/terraform/document";
import type { Rendered } from "./rendered";

/** https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules */
export const RULES: Readonly<Record<string, RegExp>> = {
  azurerm_resource_group: /^[\w().-]{0,89}[\w()-]$/,
  azurerm_virtual_network: /^[A-Za-z0-9][\w.-]{0,62}\w$/,
  azurerm_virtual_network_peering: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_network_security_group: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_application_security_group: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_route_table: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_network_interface: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_public_ip: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_private_endpoint: /^[A-Za-z0-9][\w.-]{0,62}\w$/,
  azurerm_firewall: /^[A-Za-z0-9][\w.-]{0,54}\w$/,
  azurerm_firewall_policy: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_firewall_policy_rule_collection_group: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_log_analytics_workspace: /^[A-Za-z0-9][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
  azurerm_storage_account: /^[a-z0-9]{3,24}$/,
  azurerm_resource_group_template_deployment: /^[\w().-]{1,64}$/,
  azurerm_private_dns_zone_virtual_network_link: /^[A-Za-z0-9]([\w.-]{0,78}\w)?$/,
  azurerm_monitor_data_collection_endpoint: /^[A-Za-z0-9][\w.-]{1,42}[A-Za-z0-9]$/,
  azurerm_monitor_data_collection_rule: /^[A-Za-z0-9][\w.-]{0,62}\w$/,
  azurerm_monitor_workspace: /^[A-Za-z][A-Za-z0-9-]{2,61}[A-Za-z0-9]$/,
  azurerm_monitor_private_link_scope: /^[\w().-]{1,255}$/,
  azurerm_network_watcher_flow_log: /^[A-Za-z0-9][\w.-]{0,78}\w$/,
  azurerm_management_lock: /^[\w-]{1,260}$/,
  azurerm_monitor_private_link_scoped_service: /^[\w().-]{1,255}$/,
  azurerm_private_dns_a_record: /^@$/,
  azurerm_private_dns_zone:
    /^(?=.{1,253}$)[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$/,
  azurerm_user_assigned_identity: /^[A-Za-z0-9][\w-]{2,127}$/,
  azurerm_monitor_diagnostic_setting: /^[\w().-]{1,260}$/,
};

/** What Terraform will put in place of an expression is as long as `substr` says. */
const filled = (name: string): string =>
  name.replaceAll(/\$\{substr\(.*?, 0, (\d+)\)\}/g, (_, length) => "0".repeat(Number(length)));

export const named = ({ document }: Rendered) =>
  resourceTypes(document).flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([id, body]) =>
      text(body, "name") === "" ? [] : [{ type, id, name: filled(text(body, "name")) }],
    ),
  );

/** Of these each is named on a resource of its own, so one name does for all. */
export const ON_OTHERS = [
  "azurerm_management_lock",
  "azurerm_monitor_diagnostic_setting",
  "azurerm_private_dns_zone_virtual_network_link",
];

/** Names that two resources of a type would have, which Azure compares without capitals. */
export function twiceNamed(all: ReturnType<typeof named>): string[] {
  const keys = all.flatMap(({ type, name }) =>
    ON_OTHERS.includes(type) || name === "@" ? [] : [`${type} ${name.toLowerCase()}`],
  );
  return keys.filter((key, index) => keys.indexOf(key) !== index);
}

type Body = Readonly<Record<string, unknown>>;

/** Names of the rules of each collection of the firewall, of each group, and of each table. */
export function ruleNames(document: TerraformDocument): Map<string, string[]> {
  const all = new Map<string, string[]>();
  const add = (place: string, body: Body): void =>
    void all.set(place, [...(all.get(place) ?? []), text(body, "name")]);
  for (const [, group] of resourcesOf(document, "azurerm_firewall_policy_rule_collection_group"))
    for (const collection of (group["application_rule_collection"] ?? []) as Body[])
      for (const rule of collection["rule"] as Body[]) add(`firewall ${text(collection, "name")}`, rule);
  for (const [id, group] of resourcesOf(document, "azurerm_network_security_group"))
    for (const rule of (group["security_rule"] ?? []) as Body[]) add(`group ${id}`, rule);
  for (const [id, table] of resourcesOf(document, "azurerm_route_table"))
    for (const route of (table["route"] ?? []) as Body[]) add(`table ${id}`, route);
  return all;
}

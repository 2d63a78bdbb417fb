/**
 * Every argument of an enclave's resources on Azure, with its value if another would open, weaken or lose
 * something. Readers judge the others, or they open nothing. An argument that is not here is a fault.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
import type { Fault } from "../replay/fault";
import type { Rules } from "../terraform/arguments";
import { block, exactly, has, may, misfits, only, optional } from "../terraform/arguments";
import { mentions, type TerraformDocument, table } from "../terraform/document";
import { GROUPED, NETWORK, PLACED } from "./common-arguments";
import { lifecycle } from "./ignored";
import { LOG_TYPES } from "./log-arguments";
import { EXIT_TYPES, NETWORK_TYPES } from "./network-arguments";

const NAME_TYPES = {
  azurerm_application_security_group: PLACED,
  azurerm_private_endpoint: {
    ...PLACED,
    ...lifecycle("private_dns_zone_group"),
    ...has("subnet_id"),
    ...may("depends_on for_each custom_network_interface_name"),
    private_dns_zone_group: optional(block(has("name private_dns_zone_ids"))),
    private_service_connection: block({
      ...has("name is_manual_connection"),
      ...may(
        "private_connection_resource_id private_connection_resource_alias subresource_names request_message",
      ),
    }),
  },
  azurerm_private_endpoint_application_security_group_association: {
    ...has("private_endpoint_id application_security_group_id"),
    ...may("for_each"),
  },
  azurerm_private_dns_zone: GROUPED,
  // A name that a zone does not have must not be looked for in public, and nobody registers names by being
  // there:
  // https://learn.microsoft.com/en-us/azure/dns/private-dns-fallback
  azurerm_private_dns_zone_virtual_network_link: {
    ...has("name tags"),
    ...lifecycle(),
    ...exactly({ virtual_network_id: NETWORK, registration_enabled: false }),
    resolution_policy: only("Default", undefined),
  },
  azurerm_private_dns_a_record: { ...has("name tags records"), ...may("ttl"), ...lifecycle() },
  // The other mode removes whatever is in the resource group and not in the template.
  azurerm_resource_group_template_deployment: {
    ...GROUPED,
    ...has("parameters_content template_content"),
    deployment_mode: only("Incremental"),
  },
};

const ALL: Readonly<Record<string, Rules>> = { ...NETWORK_TYPES, ...EXIT_TYPES, ...NAME_TYPES, ...LOG_TYPES };

/** A type beside these (a peering, a NAT gateway, a service endpoint policy) is a way that nobody planned. */
export const RENDERED_TYPES: ReadonlySet<string> = new Set(Object.keys(ALL));

/**
 * A workspace is open where nothing is said.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide
 */
const BY_MAJOR: Readonly<Record<4 | 5, Readonly<Record<string, Rules>>>> = {
  4: {
    azurerm_private_dns_zone_virtual_network_link: has("private_dns_zone_name resource_group_name"),
    azurerm_private_dns_a_record: has("zone_name resource_group_name"),
    azurerm_log_analytics_workspace: {
      internet_ingestion_enabled: only(false),
      internet_query_enabled: only(true, false),
    },
  },
  5: {
    azurerm_private_dns_zone_virtual_network_link: has("private_dns_zone_id"),
    azurerm_private_dns_a_record: has("private_dns_zone_id"),
    azurerm_log_analytics_workspace: {
      internet_ingestion_access_type: only("Disabled"),
      internet_query_access_type: only("Enabled", "Disabled"),
    },
  },
};

export function misfitsOf(document: TerraformDocument, ...types: readonly string[]): Fault[] {
  const providers = table(document, "terraform")["required_providers"];
  const own = BY_MAJOR[mentions(providers, '">= 5.') ? 5 : 4];
  return types.flatMap((type) => misfits(document, type, { ...ALL[type], ...own[type] }));
}

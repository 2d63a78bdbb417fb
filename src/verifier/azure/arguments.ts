/**
 * Every argument of an enclave's resources on Azure, with its value if another would open, weaken or lose
 * something. Readers judge the others, or they open nothing. An argument that is not here is a fault.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
import type { Fault } from "../replay/fault";
import type { Rules } from "../terraform/arguments";
import { between, block, exactly, has, may, misfits, only, optional } from "../terraform/arguments";
import { mentions, type TerraformDocument, table } from "../terraform/document";
import { ASSERTING, GROUPED, IDENTITY, NETWORK, PLACED } from "./common-arguments";
import { LOG_TYPES } from "./log-arguments";

const NETWORK_TYPES = {
  azurerm_resource_group: has("name location tags"),
  // A subnet has a way out, and private endpoints ignore groups and routes, unless told otherwise:
  // https://learn.microsoft.com/en-us/azure/virtual-network/ip-services/default-outbound-access
  // https://learn.microsoft.com/en-us/azure/private-link/disable-private-endpoint-network-policy
  azurerm_virtual_network: {
    ...PLACED,
    ...has("address_space"),
    subnet: block({
      ...has("name address_prefixes"),
      ...may("security_group route_table_id"),
      default_outbound_access_enabled: only(false),
      private_endpoint_network_policies: only("Enabled"),
      private_link_service_network_policies_enabled: only(true, undefined),
    }),
  },
  // A gateway of the other network would lead further.
  azurerm_virtual_network_peering: {
    ...has("name resource_group_name virtual_network_name remote_virtual_network_id"),
    ...may("depends_on allow_forwarded_traffic"),
    ...exactly({
      allow_virtual_network_access: true,
      allow_gateway_transit: false,
      use_remote_gateways: false,
    }),
  },
  // The sender's port is nobody's to rely on: a rule about some of them admits or denies less than it seems
  // to.
  azurerm_network_security_group: {
    ...PLACED,
    security_rule: block({
      ...has("name access"),
      ...may("description source_address_prefix source_address_prefixes destination_port_range"),
      ...may("destination_port_ranges destination_address_prefix destination_address_prefixes"),
      ...may("destination_application_security_group_ids"),
      priority: between(100, 4096),
      direction: only("Inbound", "Outbound"),
      protocol: only("Tcp", "Udp", "Icmp", "*"),
      ...exactly({ source_port_range: "*", source_port_ranges: undefined }),
      source_application_security_group_ids: only(undefined),
    }),
  },
  azurerm_route_table: {
    ...PLACED,
    bgp_route_propagation_enabled: only(false),
    route: block({ ...has("name address_prefix next_hop_type"), ...may("next_hop_in_ip_address") }),
  },
  azurerm_network_interface: {
    ...PLACED,
    ...may("depends_on"),
    ip_forwarding_enabled: only(false),
    ip_configuration: block({
      ...has("name private_ip_address subnet_id"),
      primary: only(true, undefined),
      ...exactly({ private_ip_address_allocation: "Static", private_ip_address_version: "IPv4" }),
    }),
  },
};

const COLLECTION = {
  ...has("name"),
  priority: between(100, 65000),
  action: only("Allow", "Deny"),
  rule: block({
    ...has("name source_addresses destination_fqdns"),
    ...may("description terminate_tls"),
    protocols: block({ type: only("Http", "Https"), port: between(1, 64000) }),
  }),
};

const EXIT_TYPES = {
  azurerm_public_ip: {
    ...PLACED,
    ...may("zones"),
    ...exactly({ allocation_method: "Static", ip_version: "IPv4", sku: "Standard" }),
  },
  azurerm_firewall: {
    ...PLACED,
    ...ASSERTING,
    ...may("depends_on"),
    ...has("sku_tier firewall_policy_id"),
    ...exactly({ sku_name: "AZFW_VNet", zones: "${var.availability_zones}" }),
    ip_configuration: block({
      ...has("name subnet_id"),
      public_ip_address_id: only("${azurerm_public_ip.enclave_egress.id}"),
    }),
  },
  // A parent policy, addresses that skip inspection or a server for names would lead around the rules.
  azurerm_firewall_policy: {
    ...PLACED,
    sku: only("Standard", "Premium"),
    threat_intelligence_mode: only("Deny"),
    intrusion_detection: optional(block({ mode: only("Deny") })),
    identity: IDENTITY,
    tls_certificate: optional(block(has("name key_vault_secret_id"))),
  },
  // Network rules come before application rules and know no names; address translation would lead in:
  // https://learn.microsoft.com/en-us/azure/firewall/rule-processing
  azurerm_firewall_policy_rule_collection_group: {
    ...has("name firewall_policy_id"),
    priority: between(100, 65000),
    application_rule_collection: block(COLLECTION),
  },
};

const NAME_TYPES = {
  azurerm_application_security_group: PLACED,
  azurerm_private_endpoint: {
    ...PLACED,
    ...ASSERTING,
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
    ...exactly({ virtual_network_id: NETWORK, registration_enabled: false }),
    resolution_policy: only("Default", undefined),
  },
  azurerm_private_dns_a_record: { ...has("name tags records"), ...may("ttl") },
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

/**
 * Every argument of an enclave's resources on Azure, with its value if another would open, weaken or lose
 * something. Readers judge the others, or they open nothing. An argument that is not here is a fault.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
import type { Fault } from "../replay/fault";
import type { Rules } from "../terraform/arguments";
import { between, block, exactly, has, may, misfits, only, optional } from "../terraform/arguments";
import { mentions, type TerraformDocument, table } from "../terraform/document";

export const NETWORK = "${azurerm_virtual_network.enclave.id}";
export const WORKSPACE = "${azurerm_log_analytics_workspace.enclave.id}";

const GROUPED = has("name resource_group_name tags");
const PLACED: Rules = { ...GROUPED, ...has("location") };
const ASSERTING: Rules = { lifecycle: optional(block(may("precondition"))) };
const IDENTITY = optional(block({ type: only("UserAssigned"), ...has("identity_ids") }));

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

const LOG_TYPES = {
  // Bytes and packets are counted from the second version on.
  azurerm_network_watcher_flow_log: {
    ...has("name location tags resource_group_name network_watcher_name"),
    ...exactly({ enabled: true, version: 2 }),
    target_resource_id: only(NETWORK),
    storage_account_id: only("${azurerm_storage_account.enclave_flows.id}"),
    retention_policy: block(has("enabled days")),
    traffic_analytics: block({
      ...has("workspace_region"),
      enabled: only(true),
      interval_in_minutes: only(10, 60),
      workspace_id: only("${azurerm_log_analytics_workspace.enclave.workspace_id}"),
      workspace_resource_id: only(WORKSPACE),
    }),
  },
  azurerm_monitor_diagnostic_setting: {
    ...has("name target_resource_id"),
    ...may("depends_on enabled_metric"),
    log_analytics_workspace_id: only(WORKSPACE),
    log_analytics_destination_type: only("Dedicated", undefined),
    enabled_log: block({ category_group: only("allLogs") }),
  },
  azurerm_log_analytics_workspace: {
    ...PLACED,
    ...ASSERTING,
    ...has("retention_in_days"),
    sku: only("PerGB2018"),
  },
  azurerm_monitor_private_link_scope: {
    ...GROUPED,
    ...exactly({ ingestion_access_mode: "PrivateOnly", query_access_mode: "PrivateOnly" }),
  },
  azurerm_monitor_private_link_scoped_service: {
    ...ASSERTING,
    ...has("name resource_group_name linked_resource_id"),
    ...may("for_each"),
    scope_name: only("${azurerm_monitor_private_link_scope.enclave.name}"),
  },
  // Flow logs are written with the account's keys, by a service of Azure's that the account lets in; no copy
  // lies in another region:
  // https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview
  azurerm_storage_account: {
    ...PLACED,
    ...exactly({ account_kind: "StorageV2", account_tier: "Standard" }),
    account_replication_type: only("LRS", "ZRS"),
    ...exactly({ allow_nested_items_to_be_public: false, cross_tenant_replication_enabled: false }),
    customer_managed_key: optional(block(has("key_vault_key_id user_assigned_identity_id"))),
    https_traffic_only_enabled: only(true),
    identity: IDENTITY,
    ...exactly({ infrastructure_encryption_enabled: true, local_user_enabled: false }),
    min_tls_version: only("TLS1_2"),
    network_rules: block({ default_action: only("Deny"), bypass: only(["AzureServices"]) }),
    shared_access_key_enabled: only(true),
  },
  azurerm_user_assigned_identity: PLACED,
  azurerm_management_lock: {
    ...has("name scope"),
    ...may("depends_on notes"),
    ...exactly({ lock_level: "CanNotDelete", count: "${var.deletion_protection ? 1 : 0}" }),
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
    azurerm_log_analytics_workspace: exactly({
      internet_ingestion_enabled: false,
      internet_query_enabled: false,
    }),
  },
  5: {
    azurerm_private_dns_zone_virtual_network_link: has("private_dns_zone_id"),
    azurerm_private_dns_a_record: has("private_dns_zone_id"),
    azurerm_log_analytics_workspace: {
      internet_ingestion_access_type: only("Disabled"),
      internet_query_access_type: only("Disabled"),
    },
  },
};

export function misfitsOf(document: TerraformDocument, ...types: readonly string[]): Fault[] {
  const providers = table(document, "terraform")["required_providers"];
  const own = BY_MAJOR[mentions(providers, '">= 5.') ? 5 : 4];
  return types.flatMap((type) => misfits(document, type, { ...ALL[type], ...own[type] }));
}

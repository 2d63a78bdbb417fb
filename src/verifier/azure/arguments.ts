/**
 * Every argument that a resource of an enclave has on Azure. `only` stands where a value closes something that is open by itself;
 * an argument that is not here is one that nobody has thought of.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
import type { Fault } from "../replay/fault";
import {
  block,
  free,
  misfits,
  nothing,
  only,
  optional,
  present,
  type Rules,
  read,
} from "../terraform/arguments";
import { mentions, type TerraformDocument, table } from "../terraform/document";
import { ASSERTING, GROUPED, NETWORK, ORDERED, PLACED, USER_ASSIGNED } from "./alike";
import { LOG_TYPES } from "./log-arguments";

const NETWORK_TYPES: Readonly<Record<string, Rules>> = {
  azurerm_resource_group: { name: present, location: present, tags: present },
  azurerm_virtual_network: { ...PLACED, address_space: read },
  // A subnet has a way out, and private endpoints ignore groups and routes, unless told otherwise:
  // https://learn.microsoft.com/en-us/azure/virtual-network/ip-services/default-outbound-access
  // https://learn.microsoft.com/en-us/azure/private-link/disable-private-endpoint-network-policy
  azurerm_subnet: {
    name: present,
    resource_group_name: read,
    virtual_network_name: only("${azurerm_virtual_network.enclave.name}"),
    address_prefixes: read,
    default_outbound_access_enabled: only(false),
    private_endpoint_network_policies: only("Enabled"),
    private_link_service_network_policies_enabled: only(true, undefined),
  },
  azurerm_subnet_network_security_group_association: { subnet_id: read, network_security_group_id: read },
  azurerm_subnet_route_table_association: { subnet_id: read, route_table_id: read },
  // The sender's port is nobody's to rely on: a rule about some of them admits or denies less than it seems to.
  azurerm_network_security_group: {
    ...PLACED,
    security_rule: block({
      name: present,
      description: free,
      priority: read,
      direction: only("Inbound", "Outbound"),
      access: read,
      protocol: only("Tcp", "Udp", "Icmp", "*"),
      source_port_range: only("*"),
      source_port_ranges: nothing,
      source_address_prefix: read,
      source_address_prefixes: read,
      source_application_security_group_ids: nothing,
      destination_port_range: read,
      destination_port_ranges: read,
      destination_address_prefix: read,
      destination_address_prefixes: read,
      destination_application_security_group_ids: read,
    }),
  },
  azurerm_route_table: {
    ...PLACED,
    bgp_route_propagation_enabled: only(false),
    route: block({ name: present, address_prefix: read, next_hop_type: read, next_hop_in_ip_address: read }),
  },
  azurerm_network_interface: {
    ...PLACED,
    ...ORDERED,
    ip_forwarding_enabled: only(false),
    ip_configuration: block({
      name: present,
      primary: only(true, undefined),
      private_ip_address: read,
      private_ip_address_allocation: only("Static"),
      private_ip_address_version: only("IPv4"),
      subnet_id: read,
    }),
  },
};

const EXIT_TYPES: Readonly<Record<string, Rules>> = {
  azurerm_public_ip: {
    ...PLACED,
    allocation_method: only("Static"),
    ip_version: only("IPv4"),
    sku: only("Standard"),
    zones: only(
      undefined,
      ...["1", "2", "3"].map((zone) => [zone]),
      ["1", "2"],
      ["1", "3"],
      ["2", "3"],
      ["1", "2", "3"],
    ),
  },
  azurerm_firewall: {
    ...PLACED,
    ...ORDERED,
    ...ASSERTING,
    sku_name: only("AZFW_VNet"),
    sku_tier: read,
    zones: only("${var.availability_zones}"),
    firewall_policy_id: read,
    ip_configuration: block({ name: present, subnet_id: read, public_ip_address_id: read }),
  },
  // A parent policy, an address that skips inspection, a server for names: each would be a way around the rules.
  azurerm_firewall_policy: {
    ...PLACED,
    sku: only("Standard", "Premium"),
    threat_intelligence_mode: only("Deny"),
    intrusion_detection: optional(block({ mode: only("Deny") })),
    identity: optional(USER_ASSIGNED),
    tls_certificate: optional(block({ name: present, key_vault_secret_id: read })),
  },
  // Network rules come before all application rules and know no names; translation of addresses would lead in:
  // https://learn.microsoft.com/en-us/azure/firewall/rule-processing
  azurerm_firewall_policy_rule_collection_group: {
    name: present,
    priority: read,
    firewall_policy_id: read,
    application_rule_collection: block({
      name: present,
      priority: read,
      action: only("Allow", "Deny"),
      rule: block({
        name: present,
        description: free,
        source_addresses: present,
        destination_fqdns: present,
        protocols: block({ type: only("Http", "Https"), port: read }),
        terminate_tls: read,
      }),
    }),
  },
};

const ENDPOINT_TYPES: Readonly<Record<string, Rules>> = {
  azurerm_application_security_group: PLACED,
  azurerm_private_endpoint: {
    ...PLACED,
    ...ORDERED,
    ...ASSERTING,
    for_each: read,
    custom_network_interface_name: free,
    subnet_id: read,
    private_dns_zone_group: optional(block({ name: present, private_dns_zone_ids: read })),
    private_service_connection: block({
      name: present,
      is_manual_connection: read,
      private_connection_resource_id: read,
      private_connection_resource_alias: read,
      subresource_names: read,
      request_message: free,
    }),
  },
  azurerm_private_endpoint_application_security_group_association: {
    for_each: read,
    private_endpoint_id: read,
    application_security_group_id: read,
  },
};

const NAME_TYPES: Readonly<Record<string, Rules>> = {
  azurerm_private_dns_zone: GROUPED,
  // A name that a zone does not have must not be looked for in public, and nobody registers names by being there:
  // https://learn.microsoft.com/en-us/azure/dns/private-dns-fallback
  azurerm_private_dns_zone_virtual_network_link: {
    name: present,
    tags: present,
    virtual_network_id: only(NETWORK),
    registration_enabled: only(false),
    resolution_policy: only("Default", undefined),
  },
  azurerm_private_dns_a_record: { name: present, tags: present, records: read, ttl: free },
  azurerm_resource_group_template_deployment: {
    ...GROUPED,
    // The other mode removes whatever is in the resource group and not in the template.
    deployment_mode: only("Incremental"),
    parameters_content: read,
    template_content: read,
  },
};

const ALL = { ...NETWORK_TYPES, ...EXIT_TYPES, ...ENDPOINT_TYPES, ...NAME_TYPES, ...LOG_TYPES };

/** A type beside these (a peering, a NAT gateway, a service endpoint policy) is a way that nobody planned. */
export const RENDERED_TYPES: ReadonlySet<string> = new Set(Object.keys(ALL));

const LINK = "azurerm_private_dns_zone_virtual_network_link";
const RECORD = "azurerm_private_dns_a_record";
const STORE = "azurerm_log_analytics_workspace";

/**
 * What the two majors spell differently; a workspace is open where nothing is said.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs/guides/5.0-upgrade-guide
 */
const BY_MAJOR: Readonly<Record<4 | 5, Readonly<Record<string, Rules>>>> = {
  4: {
    [LINK]: { private_dns_zone_name: read, resource_group_name: read },
    [RECORD]: { zone_name: read, resource_group_name: read },
    [STORE]: { internet_ingestion_enabled: only(false), internet_query_enabled: only(false) },
  },
  5: {
    [LINK]: { private_dns_zone_id: read },
    [RECORD]: { private_dns_zone_id: read },
    [STORE]: {
      internet_ingestion_access_type: only("Disabled"),
      internet_query_access_type: only("Disabled"),
    },
  },
};

export function misfitsOf(document: TerraformDocument, ...types: readonly string[]): Fault[] {
  const own = BY_MAJOR[isMajor5(document) ? 5 : 4];
  return types.flatMap((type) => misfits(document, type, { ...ALL[type as keyof typeof ALL], ...own[type] }));
}

const isMajor5 = (document: TerraformDocument): boolean =>
  mentions(table(document, "terraform")["required_providers"], '">= 5.');

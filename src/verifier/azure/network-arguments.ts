/**
 * Arguments of networks, their subnets, rules and routes, and of the way out.
 * https://registry.terraform.io/providers/hashicorp/azurerm/latest/docs
 */
import { between, block, exactly, has, may, only, optional } from "../terraform/arguments";
import { IDENTITY, PLACED } from "./common-arguments";
import { lifecycle } from "./ignored";

export const NETWORK_TYPES = {
  azurerm_resource_group: { ...has("name location tags"), ...lifecycle() },
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
      delegation: optional(
        block({
          ...has("name"),
          service_delegation: block({
            ...has("name"),
            actions: only(["Microsoft.Network/virtualNetworks/subnets/join/action"]),
          }),
        }),
      ),
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

export const EXIT_TYPES = {
  azurerm_public_ip: {
    ...PLACED,
    ...may("zones"),
    ...exactly({ allocation_method: "Static", ip_version: "IPv4", sku: "Standard" }),
  },
  azurerm_firewall: {
    ...PLACED,
    ...lifecycle("zones"),
    ...may("depends_on"),
    ...has("sku_tier firewall_policy_id"),
    ...exactly({ sku_name: "AZFW_VNet" }),
    zones: only("${var.availability_zones}", undefined),
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

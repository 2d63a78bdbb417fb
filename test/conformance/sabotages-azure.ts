/** What would spoil an enclave on Azure. */
import { add, type Change, drop, put, replace, set } from "./sabotage";
import type { Mischief } from "./sabotages-aws";

const rule = (direction: string, access: string) => ({
  name: "all",
  priority: 100,
  direction,
  access,
  protocol: "*",
  source_address_prefix: "*",
  destination_address_prefix: "*",
  destination_port_range: "*",
  description: "",
});
const rules = (access: string) => ({ security_rule: [rule("Inbound", access), rule("Outbound", access)] });

export const AZURE: Readonly<Record<Mischief, readonly Change[]>> = {
  admitsAll: [
    set("azurerm_network_security_group", rules("Allow")),
    set("azurerm_route_table", { route: [] }),
    set("azurerm_virtual_network", { address_space: ["0.0.0.0/0"] }),
  ],
  admitsNothing: [
    set("azurerm_network_security_group", rules("Deny")),
    set("azurerm_firewall_policy_rule_collection_group", { application_rule_collection: [] }),
  ],
  judgesNoNames: [
    drop("azurerm_resource_group_template_deployment"),
    replace(/("destination_fqdns":)\[[^\]]*\]/g, '$1["*"]'),
  ],
  needsNoNames: [put("locals", { enclave_resolvable_names: [] })],
  otherResolver: [set("azurerm_virtual_network", { dns_servers: ["8.8.8.8"] })],
  publicAddresses: [add("azurerm_public_ip", "spoiled", {})],
  ipv6: [set("azurerm_virtual_network", { address_space: ["10.20.0.0/16", "fd00::/48"] })],
  joined: [add("azurerm_virtual_network_peering", "spoiled", {})],
  bypassed: [replace(/"service_endpoints":null/g, '"service_endpoints":["Microsoft.Storage"]')],
  unfiltered: [replace(/"security_group":"[^"]*"/g, '"security_group":null')],
  openDefaults: [
    replace(/"priority":4096/g, '"priority":4096,"protocol":"Tcp","spoiled":true'),
    set("azurerm_route_table", { bgp_route_propagation_enabled: true }),
  ],
  oneZone: [set("azurerm_firewall", { zones: ["1"] })],
  decryptsNothing: [replace(/"terminate_tls":true/g, '"terminate_tls":false')],
  decryptsAll: [
    set("azurerm_firewall_policy", { tls_certificate: {} }),
    replace(/"destination_fqdns"/g, '"terminate_tls":true,"destination_fqdns"'),
  ],
  wrongRights: [],
  wrongResources: [
    replace(/corpusfiles/g, "others"),
    set("azurerm_private_endpoint", { private_service_connection: { is_manual_connection: false } }),
  ],
  recordsNothing: [
    drop("azurerm_network_watcher_flow_log", "azurerm_monitor_diagnostic_setting"),
    set("azurerm_log_analytics_workspace", { retention_in_days: 30 }),
  ],
  otherWayOut: [
    replace(/"port":443,"type":"Https"/g, '"port":8443,"type":"Https"'),
    set("azurerm_firewall", { firewall_policy_id: "other" }),
    add("azurerm_firewall", "spoiled", {}),
  ],
  otherRoutes: [
    set("azurerm_route_table", { route: [{ address_prefix: "8.8.8.0/24", next_hop_type: "Internet" }] }),
    replace(/"priority":4096/g, '"priority":4097'),
  ],
  otherEndpoints: [
    set("azurerm_private_endpoint", { subnet_id: "${local.app_subnet_ids[0]}" }),
    set("azurerm_private_endpoint_application_security_group_association", {
      application_security_group_id: "${azurerm_application_security_group.other.id}",
    }),
    set("azurerm_storage_account", { customer_managed_key: [{ key_vault_key_id: "other" }] }),
  ],
  protectsNothing: [replace(/var\.deletion_protection/g, "false")],
  permitsComeAndGo: [
    set("azurerm_network_security_group", { count: '${contains(var.quarantine, "app") ? 0 : 1}' }),
  ],
  leadsOutside: [drop("azurerm_private_dns_zone_virtual_network_link")],
  forwards: [set("azurerm_network_interface", { ip_forwarding_enabled: true })],
  publishes: [add("azurerm_private_link_service", "spoiled", {})],
  opensStores: [
    set("azurerm_log_analytics_workspace", {
      internet_ingestion_enabled: true,
      internet_ingestion_access_type: "Enabled",
    }),
  ],
  keepsConnections: [set("azurerm_route_table", { route: [] })],
};

/** What would spoil an enclave on Google. */
import { add, type Change, drop, replace, set } from "./sabotage";
import type { Mischief } from "./sabotages-aws";

const allow = (direction: string) => ({
  action: "allow",
  direction,
  priority: 1,
  disabled: false,
  description: "",
  match: { layer4_config: [{ ip_protocol: "all" }] },
});
const NETWORK = "google_compute_network";

export const GOOGLE: Readonly<Record<Mischief, readonly Change[]>> = {
  admitsAll: [
    set("google_compute_network_firewall_policy_with_rules", { rule: [allow("EGRESS"), allow("INGRESS")] }),
    set(NETWORK, { delete_default_routes_on_create: false }),
    set("google_compute_global_address", { address_type: "EXTERNAL" }),
    add(NETWORK, "enclave_egress", {}),
    add("google_compute_network_peering", "spoiled", {
      network: "${google_compute_network.enclave.self_link}",
      peer_network: "${google_compute_network.enclave_egress.self_link}",
    }),
    add("google_compute_network_peering", "spoiled_back", {
      network: "${google_compute_network.enclave_egress.self_link}",
      peer_network: "${google_compute_network.enclave.self_link}",
    }),
    add("google_compute_subnetwork", "spoiled", {
      network: "${google_compute_network.enclave_egress.id}",
      ip_cidr_range: "172.31.255.0/24",
    }),
  ],
  admitsNothing: [
    set("google_compute_network_firewall_policy_with_rules", { rule: [] }),
    drop("google_network_security_gateway_security_policy_rule"),
  ],
  judgesNoNames: [
    drop("google_dns_managed_zone"),
    set("google_network_security_url_lists", { values: ["*"] }),
    replace(/destination\.port == 443/g, "destination.port == 8443"),
  ],
  needsNoNames: [
    drop("google_dns_record_set"),
    set("google_dns_managed_zone", { peering_config: undefined }),
  ],
  otherResolver: [set("google_dns_policy", { alternative_name_server_config: {} })],
  publicAddresses: [set("google_compute_address", { address_type: "EXTERNAL" })],
  ipv6: [set("google_compute_subnetwork", { stack_type: "IPV4_IPV6" })],
  joined: [
    add("google_compute_network_peering", "spoiled", {
      peer_network: "projects/other/global/networks/other",
    }),
  ],
  bypassed: [set("google_compute_subnetwork", { private_ip_google_access: true })],
  unfiltered: [drop("google_compute_network_firewall_policy_association")],
  openDefaults: [set(NETWORK, { delete_default_routes_on_create: false })],
  oneZone: [set("google_network_services_gateway", { location: "us-east1-b" })],
  decryptsNothing: [
    set("google_network_security_gateway_security_policy", { tls_inspection_policy: undefined }),
  ],
  decryptsAll: [
    set("google_network_security_gateway_security_policy", { tls_inspection_policy: "x" }),
    set("google_network_security_gateway_security_policy_rule", { tls_inspection_enabled: true }),
  ],
  wrongRights: [],
  wrongResources: [drop("google_access_context_manager_service_perimeter")],
  recordsNothing: [
    drop("google_logging_project_sink"),
    set("google_logging_project_bucket_config", { retention_days: 1, cmek_settings: undefined }),
  ],
  protectsNothing: [replace(/var\.deletion_protection/g, "false")],
  permitsComeAndGo: [
    set("google_compute_network_firewall_policy_with_rules", {
      count: '${contains(var.quarantine, "app") ? 0 : 1}',
    }),
  ],
  leadsOutside: [set("google_dns_record_set", { rrdatas: ["198.51.100.7"] })],
  forwards: [set("google_compute_address", { address_type: "EXTERNAL" })],
  publishes: [set("google_dns_managed_zone", { visibility: "public" })],
  opensStores: [add("google_logging_log_view_iam_member", "spoiled", { member: "allUsers" })],
  otherWayOut: [
    set("google_network_services_gateway", { gateway_security_policy: "other" }),
    add("google_network_services_gateway", "spoiled", {}),
  ],
  otherRoutes: [
    add("google_compute_route", "spoiled", { network: "${google_compute_network.enclave.id}" }),
    replace(/"priority":\d+/g, '"priority":1'),
  ],
  otherEndpoints: [
    set("google_network_connectivity_regional_endpoint", { subnetwork: "other" }),
    drop("google_compute_global_forwarding_rule"),
    add("google_compute_forwarding_rule", "spoiled", { ip_address: "${google_compute_address.spoiled.id}" }),
    add("google_compute_address", "spoiled", { address: "10.20.254.60", address_type: "INTERNAL" }),
  ],
  keepsConnections: [],
};

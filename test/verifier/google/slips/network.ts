/** Slips in networks and subnetworks. */
import { add, remove, type Slip, set } from "../../slips";
import { UNREADABLE } from "./slip";

const ELSEWHERE = "the document is for the region that the spec names";
const NETWORK = "google_compute_network";
const SUBNET = "google_compute_subnetwork";
const ENCLAVE = "${google_compute_network.enclave.id}";
const EGRESS = "${google_compute_network.enclave_egress.id}";
const DEFAULTS = "what the cloud makes by itself admits nothing";
const AROUND = "nothing leads around endpoints and inspection";
const IPV6 = "there is no IPv6";
const JOINED = "the enclave is joined to no network that is not its own";
const FILTER = "a filter applies to every subnet before anything can run there";
const SETTINGS = "the region and the settings are those that the spec gives for the cloud";
const FLOWS = "every connection in every zone is recorded";
const PLACE = "everything lies in the enclave's range, each thing apart from all others";
const OWN = "the way out is the enclave's own, and stands in its own place";
export const NETWORKS: readonly Slip[] = [
  [
    "subnetworks of its own",
    set(NETWORK, "enclave", { auto_create_subnetworks: true }),
    DEFAULTS,
    "google_compute_network.enclave",
  ],
  [
    "subnetworks of its own by default",
    set(NETWORK, "enclave_egress", { auto_create_subnetworks: undefined }),
    DEFAULTS,
    "google_compute_network.enclave_egress",
  ],
  [
    "Google's routes stay",
    set(NETWORK, "enclave", { delete_default_routes_on_create: false }),
    DEFAULTS,
    "google_compute_network.enclave",
  ],
  [
    "Google's routes stay, and packets find them",
    set(NETWORK, "enclave", { delete_default_routes_on_create: false }),
    "a zone leaves by the inspected path and no other",
    `${SUBNET}.app_1`,
  ],
  [
    "Google's routes stay with the proxy",
    set(NETWORK, "enclave_egress", { delete_default_routes_on_create: undefined }),
    DEFAULTS,
    "google_compute_network.enclave_egress",
  ],
  [
    "routes of all regions",
    set(NETWORK, "enclave", { routing_mode: "GLOBAL" }),
    JOINED,
    "google_compute_network.enclave",
  ],
  [
    "an IPv6 range",
    set(NETWORK, "enclave", { enable_ula_internal_ipv6: true }),
    IPV6,
    "google_compute_network.enclave",
  ],
  ["a third network", add(NETWORK, "third", {}), FILTER, "google_compute_network.third"],
  [
    "network is renamed, and its logs are lost",
    set(NETWORK, "enclave", { name: "other" }),
    FLOWS,
    "google_logging_project_sink.enclave",
  ],
];

export const SUBNETS: readonly Slip[] = [
  [
    "Google's front doors from the proxy's address",
    set(SUBNET, "enclave_proxy", { private_ip_google_access: true }),
    AROUND,
    `${SUBNET}.enclave_proxy`,
  ],
  [
    "Google's front doors by IPv6",
    set(SUBNET, "app_1", { private_ipv6_google_access: "ENABLE_OUTBOUND_VM_ACCESS_TO_GOOGLE" }),
    IPV6,
    `${SUBNET}.app_1`,
  ],
  ["two stacks", set(SUBNET, "app_1", { stack_type: "IPV4_IPV6" }), IPV6, `${SUBNET}.app_1`],
  [
    "an external IPv6 range",
    set(SUBNET, "app_1", { ipv6_access_type: "EXTERNAL" }),
    UNREADABLE,
    `${SUBNET}.app_1`,
  ],
  [
    "half of the flows",
    set(SUBNET, "app_1", {
      log_config: {
        aggregation_interval: "INTERVAL_5_SEC",
        flow_sampling: 0.5,
        metadata: "INCLUDE_ALL_METADATA",
      },
    }),
    SETTINGS,
    `${SUBNET}.app_1`,
  ],
  [
    "flows by a filter",
    set(SUBNET, "app_1", {
      log_config: {
        aggregation_interval: "INTERVAL_5_SEC",
        flow_sampling: 1,
        metadata: "INCLUDE_ALL_METADATA",
        filter_expr: "false",
      },
    }),
    UNREADABLE,
    `${SUBNET}.app_1`,
  ],
  [
    "flows without metadata",
    set(SUBNET, "app_1", {
      log_config: {
        aggregation_interval: "INTERVAL_5_SEC",
        flow_sampling: 1,
        metadata: "EXCLUDE_ALL_METADATA",
      },
    }),
    FLOWS,
    `${SUBNET}.app_1`,
  ],
  ["no flow logs", set(SUBNET, "app_1", { log_config: undefined }), FLOWS, `${SUBNET}.app_1`],
  ["before the policy", set(SUBNET, "app_1", { depends_on: [] }), FILTER, `${SUBNET}.app_1`],
  ["in the proxy's network", set(SUBNET, "app_1", { network: EGRESS }), FILTER, `${SUBNET}.app_1`],
  [
    "for load balancers",
    set(SUBNET, "app_1", { purpose: "REGIONAL_MANAGED_PROXY" }),
    UNREADABLE,
    `${SUBNET}.app_1`,
  ],
  [
    "for published services",
    set(SUBNET, "app_1", { purpose: "PRIVATE_SERVICE_CONNECT" }),
    DEFAULTS,
    `${SUBNET}.app_1`,
  ],
  [
    "a second range",
    set(SUBNET, "app_1", { secondary_ip_range: [{ range_name: "pods", ip_cidr_range: "10.20.200.0/24" }] }),
    UNREADABLE,
    `${SUBNET}.app_1`,
  ],
  [
    "another range",
    set(SUBNET, "app_1", { ip_cidr_range: "10.20.6.0/24" }),
    "a zone has the addresses that the lock gives it, slot by slot",
    `${SUBNET}.app_1`,
  ],
  ["another zone's range", set(SUBNET, "app_1", { ip_cidr_range: "10.20.0.0/24" }), PLACE, `${SUBNET}.web_1`],
  [
    "a range that is none",
    set(SUBNET, "app_1", { ip_cidr_range: "10.20.4.0" }),
    UNREADABLE,
    `${SUBNET}.app_1`,
  ],
  [
    "a slot is lost",
    remove(SUBNET, "app_2"),
    "a zone has the addresses that the lock gives it, slot by slot",
    `${SUBNET}.app_1`,
  ],
  ["another region", set(SUBNET, "app_1", { region: "us-west1" }), ELSEWHERE, `${SUBNET}.app_1`],
  [
    "proxies in the enclave's network",
    set(SUBNET, "enclave_proxy_only", { network: ENCLAVE }),
    FILTER,
    `${SUBNET}.enclave_proxy_only`,
  ],
  [
    "proxies on call",
    set(SUBNET, "enclave_proxy_only", { role: "BACKUP" }),
    OWN,
    `${SUBNET}.enclave_proxy_only`,
  ],
  [
    "one that nobody planned",
    add(SUBNET, "extra_1", { network: ENCLAVE, ip_cidr_range: "10.20.200.0/24" }),
    "infrastructure lies where the lock places it, and in no zone",
    `${SUBNET}.extra_1`,
  ],
];

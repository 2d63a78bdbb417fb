/** Terraform addresses that several steps refer to: made of names, so that no step hands them on. */
import type { Address } from "../../shared/expressions";

export const NETWORK: Address = "google_compute_network.enclave";
export const EGRESS_NETWORK: Address = "google_compute_network.enclave_egress";
export const POLICY: Address = "google_compute_network_firewall_policy_with_rules.enclave";
/** The firewall policy holds from here on: everything that workloads can be put into comes after it. */
export const ASSOCIATION: Address = "google_compute_network_firewall_policy_association.enclave";
export const EGRESS_ASSOCIATION: Address =
  "google_compute_network_firewall_policy_association.enclave_egress";
/** Answers every name that no longer zone holds. */
export const ROOT_ZONE: Address = "google_dns_managed_zone.enclave_root";
export const DNS_POLICY: Address = "google_dns_policy.enclave";
export const EGRESS_DNS_POLICY: Address = "google_dns_policy.enclave_egress";
export const ENDPOINTS: Address = "google_compute_subnetwork.enclave_endpoints";
export const LOG_BUCKET: Address = "google_logging_project_bucket_config.enclave";
export const LOG_EXCLUSION: Address = "google_logging_project_exclusion.enclave";
export const LOG_SINK: Address = "google_logging_project_sink.enclave";

export const subnetworkOf = (zone: string, slot: number): Address =>
  `google_compute_subnetwork.${zone}_${slot}`;

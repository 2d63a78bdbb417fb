/** Words in which the plan says what every resource has to be, for the comparison with a document. */
import { expr } from "../shared/rendering";

export const idOf = (address: string): string => expr(`${address}.id`);

export const ENCLAVE = "google_compute_network.enclave";
export const EGRESS = "google_compute_network.enclave_egress";
export const ASSOCIATION = "google_compute_network_firewall_policy_association.enclave";
export const ENDPOINTS = "google_compute_subnetwork.enclave_endpoints";

export const ANYWHERE = "0.0.0.0/0";

/** Of the one policy, by its place in it. */
export const ruleSubject = (priority: unknown): string =>
  `google_compute_network_firewall_policy_with_rules.enclave rule ${priority}`;

/** Slips in denials: of the policy, of what puts it on the network, and of the backstop behind it. */
import { add, remove, type Slip, set } from "../../slips";
import { match, POLICY, rule, UNREADABLE, withoutRule } from "./slip";

const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const DEFAULTS = "what the cloud makes by itself admits nothing";
const IPV6 = "there is no IPv6";
const FILTER = "a filter applies to every subnet before anything can run there";
const DENIALS = "every denial is recorded";
const NETWORK = "google_compute_network";
const ASSOCIATION = "google_compute_network_firewall_policy_association";
const CLASSIC = "google_compute_firewall";

const denial = (name: string) => `enclave-deny-${name}`;

export const DENIED: readonly Slip[] = [
  [
    "the policy is not on the proxy's network",
    remove(ASSOCIATION, "enclave_egress"),
    FILTER,
    `${NETWORK}.enclave_egress`,
  ],
  [
    "another policy is on the proxy's network",
    set(ASSOCIATION, "enclave_egress", { firewall_policy: "projects/p/global/firewallPolicies/open" }),
    FILTER,
    `${NETWORK}.enclave_egress`,
  ],
  [
    "the proxies are there before the policy",
    set("google_compute_subnetwork", "enclave_proxy_only", { depends_on: undefined }),
    FILTER,
    "google_compute_subnetwork.enclave_proxy_only",
  ],
  ["the denial of what leaves is lost", withoutRule(denial("egress-out")), DEFAULTS, POLICY],
  ["the denial of what enters is lost", withoutRule(denial("ingress-in")), DEFAULTS, POLICY],
  [
    "a denial of one block alone",
    rule(denial("egress-out"), match({ dest_ip_ranges: ["10.0.0.0/8"] })),
    DEFAULTS,
    POLICY,
  ],
  [
    "a denial for one zone alone",
    rule(denial("ingress-in"), match({ dest_ip_ranges: ["10.20.0.0/22"] })),
    DEFAULTS,
    POLICY,
  ],
  [
    "a denial of TCP alone",
    rule(denial("egress-out"), match({ layer4_config: [{ ip_protocol: "tcp" }] })),
    DEFAULTS,
    POLICY,
  ],
  ["a denial that is off", rule(denial("egress-out"), (one) => (one.disabled = true)), DEFAULTS, POLICY],
  [
    "a denial that depends on the quarantine",
    rule(denial("egress-out"), (one) => (one.disabled = '${contains(var.quarantine, "app")}')),
    DEFAULTS,
    POLICY,
  ],
  [
    "a denial becomes a permit",
    rule(denial("egress-out"), (one) => (one.action = "allow")),
    DEFAULTS,
    POLICY,
  ],
  ["the denial of IPv6 that leaves is lost", withoutRule(denial("egress-ipv6-out")), IPV6, POLICY],
  [
    "the denial of IPv6 that enters is shortened",
    rule(denial("ingress-ipv6-in"), match({ src_ip_ranges: ["2000::/3"] })),
    IPV6,
    POLICY,
  ],
  [
    "the policy is on no network",
    remove(ASSOCIATION, "enclave"),
    DEFAULTS,
    "google_compute_network_firewall_policy_with_rules.enclave",
  ],
  [
    "the policy is on no network, and nothing is filtered",
    remove(ASSOCIATION, "enclave"),
    FILTER,
    "google_compute_subnetwork.app_1",
  ],
  [
    "the policy is on the proxy's network",
    set(ASSOCIATION, "enclave", { attachment_target: "${google_compute_network.enclave_egress.id}" }),
    FILTER,
    "google_compute_subnetwork.app_1",
  ],
  [
    "another policy is on the network",
    set(ASSOCIATION, "enclave", { firewall_policy: "other" }),
    DEFAULTS,
    "google_compute_network_firewall_policy_with_rules.enclave",
  ],
  [
    "a second policy is on the network",
    add(ASSOCIATION, "second", {
      name: "second",
      attachment_target: "${google_compute_network.enclave.id}",
      firewall_policy: "other",
    }),
    FILTER,
    `${ASSOCIATION}.second`,
  ],
  [
    "a second policy is in the document",
    add("google_compute_network_firewall_policy_with_rules", "second", { name: "second", rule: [] }),
    FILTER,
    "google_compute_network_firewall_policy_with_rules.second",
  ],
  [
    "classic rules come before the policy",
    set(NETWORK, "enclave", { network_firewall_policy_enforcement_order: "AFTER_CLASSIC_FIREWALL" }),
    DEFAULTS,
    "google_compute_network.enclave",
  ],
  [
    "classic rules come before the policy by default, and close it",
    set(NETWORK, "enclave", { network_firewall_policy_enforcement_order: undefined }),
    FLOW,
    `${CLASSIC}.enclave_deny_egress`,
  ],
  ["the backstop of what leaves is lost", remove(CLASSIC, "enclave_deny_egress"), DEFAULTS, CLASSIC],
  [
    "the backstop is in another network",
    set(CLASSIC, "enclave_deny_ingress", { network: "${google_compute_network.enclave_egress.id}" }),
    DEFAULTS,
    CLASSIC,
  ],
  [
    "the backstop holds half",
    set(CLASSIC, "enclave_deny_egress", { destination_ranges: ["0.0.0.0/1"] }),
    DEFAULTS,
    `${CLASSIC}.enclave_deny_egress`,
  ],
  [
    "the backstop holds TCP alone",
    set(CLASSIC, "enclave_deny_ingress", { deny: [{ protocol: "tcp" }] }),
    DEFAULTS,
    `${CLASSIC}.enclave_deny_ingress`,
  ],
  [
    "the backstop is off",
    set(CLASSIC, "enclave_deny_ingress", { disabled: true }),
    UNREADABLE,
    `${CLASSIC}.enclave_deny_ingress`,
  ],
  [
    "the backstop is for tags",
    set(CLASSIC, "enclave_deny_ingress", { target_tags: ["a"] }),
    UNREADABLE,
    `${CLASSIC}.enclave_deny_ingress`,
  ],
  [
    "the backstop logs nothing",
    set(CLASSIC, "enclave_deny_ingress", { log_config: undefined }),
    DENIALS,
    `${CLASSIC}.enclave_deny_ingress`,
  ],
  [
    "the backstop permits",
    set(CLASSIC, "enclave_deny_ingress", { deny: undefined, allow: [{ protocol: "all" }] }),
    DEFAULTS,
    `${CLASSIC}.enclave_deny_ingress`,
  ],
];

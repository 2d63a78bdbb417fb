/** Slips in the proxy itself, and in what it decrypts. */
import { add, all, copy, remove, type Slip, set } from "../../slips";
import { type Any, POLICY, rule, UNREADABLE } from "./slip";

const ELSEWHERE = "the document is for the region that the spec names";
const GATEWAY = "google_network_services_gateway";
const EXIT_POLICY = "google_network_security_gateway_security_policy";
const EXIT = "google_network_security_gateway_security_policy_rule";
const LISTS = "google_network_security_url_lists";
const INSPECTION = "google_network_security_tls_inspection_policy";
const APP = `${EXIT}.app_443`;
const NAMES = "a zone gets to the names and ports that it declares";
const LEAVES = "a zone leaves by the ports that it declares";
const LEAVES_BESIDE = "a zone leaves by no other port or protocol";
const SETTINGS = "the region and the settings are those that the spec gives for the cloud";
const REQUESTS = "what is decided on the way out is recorded";
const DECRYPTS = "inspection of requests decrypts what leaves";
const DECRYPTS_NOTHING = "inspection of connections decrypts nothing";
const OWN = "the way out is the enclave's own, and stands in its own place";
export const PROXY: readonly Slip[] = [
  [
    "in the enclave's network",
    set(GATEWAY, "enclave", { network: "${google_compute_network.enclave.id}" }),
    OWN,
    `${GATEWAY}.enclave`,
  ],
  [
    "in a subnetwork of the enclave",
    set(GATEWAY, "enclave", { subnetwork: "${google_compute_subnetwork.app_1.id}" }),
    OWN,
    `${GATEWAY}.enclave`,
  ],
  ["of another kind", set(GATEWAY, "enclave", { type: "OPEN_MESH" }), OWN, `${GATEWAY}.enclave`],
  [
    "in the path of packets",
    set(GATEWAY, "enclave", { routing_mode: "NEXT_HOP_ROUTING_MODE" }),
    UNREADABLE,
    `${GATEWAY}.enclave`,
  ],
  ["under another policy", set(GATEWAY, "enclave", { gateway_security_policy: "other" }), NAMES, EXIT],
  ["at another address", set(GATEWAY, "enclave", { addresses: ["10.20.254.37"] }), LEAVES, POLICY],
  [
    "at an address of a zone",
    set(GATEWAY, "enclave", { addresses: ["10.20.4.9"] }),
    OWN,
    `${GATEWAY}.enclave`,
  ],
  [
    "at an address that is none",
    set(GATEWAY, "enclave", { addresses: ["10.20.254"] }),
    UNREADABLE,
    `${GATEWAY}.enclave`,
  ],
  ["on another port", set(GATEWAY, "enclave", { ports: [3128] }), LEAVES, POLICY],
  ["on a port more", set(GATEWAY, "enclave", { ports: [8080, 443] }), LEAVES, POLICY],
  [
    "in one zone",
    set(GATEWAY, "enclave", { location: "us-east1-b" }),
    "the way out stands in more than one availability zone",
    EXIT_POLICY,
  ],
  ["in another region", set(GATEWAY, "enclave", { location: "us-west1" }), ELSEWHERE, `${GATEWAY}.enclave`],
  [
    "renamed, and its logs are lost",
    set(GATEWAY, "enclave", { name: "other" }),
    REQUESTS,
    "google_logging_project_sink.enclave",
  ],
  ["two of them", copy(GATEWAY, "enclave", "more", { addresses: ["10.20.254.38"] }), OWN, `${GATEWAY}.more`],
  ["not there", remove(GATEWAY, "enclave"), NAMES, EXIT],
  [
    "called by a zone that does not leave",
    rule("app-to-enclave-proxy-out", (one) => (one.match.src_ip_ranges = ["10.20.4.0/22", "10.20.64.0/22"])),
    "a zone without a way out opens nothing to the internet",
    POLICY,
  ],
  [
    "called on a port more",
    rule("app-to-enclave-proxy-out", (one) => (one.match.layer4_config[0].ports = ["8080", "22"])),
    LEAVES_BESIDE,
    POLICY,
  ],
  [
    "called at every address beside it",
    rule("app-to-enclave-proxy-out", (one) => (one.match.dest_ip_ranges = ["10.20.254.32/28"])),
    "infrastructure opens nothing and receives nothing",
    POLICY,
  ],
  ["not called", rule("app-to-enclave-proxy-out", (one) => (one.disabled = true)), LEAVES, POLICY],
  [
    "told elsewhere",
    (d: Any) => (d.output.egress.value.proxy_url = "http://10.20.254.99:8080"),
    "the output of the way out has a proxy and addresses, where there are any",
    "output.egress",
  ],
  [
    "without what is reached directly",
    (d: Any) => (d.output.egress.value.no_proxy = ["169.254.169.254"]),
    "the output of the way out has a proxy and addresses, where there are any",
    "output.egress",
  ],
];

export const DECRYPTED: readonly Slip[] = [
  [
    "nothing decrypts",
    set(EXIT_POLICY, "enclave", { tls_inspection_policy: undefined }),
    DECRYPTS,
    EXIT_POLICY,
  ],
  [
    "something else decrypts",
    set(EXIT_POLICY, "enclave", { tls_inspection_policy: "other" }),
    OWN,
    `${EXIT_POLICY}.enclave`,
  ],
  ["a rule does not decrypt", set(EXIT, "app_443", { tls_inspection_enabled: false }), OWN, APP],
  ["a rule does not ask inside", set(EXIT, "app_443", { application_matcher: undefined }), OWN, APP],
  [
    "a rule asks something else inside",
    set(EXIT, "app_443", { application_matcher: "true" }),
    UNREADABLE,
    APP,
  ],
  [
    "a rule asks another list inside",
    all(
      add(LISTS, "more", { values: ["*"] }),
      set(EXIT, "app_443", {
        application_matcher: "inUrlList(request.url(), '${google_network_security_url_lists.more.id}')",
      }),
    ),
    OWN,
    APP,
  ],
  [
    "another authority",
    set(INSPECTION, "enclave", { ca_pool: "projects/other/locations/us-east1/caPools/other" }),
    SETTINGS,
    `${INSPECTION}.enclave`,
  ],
  [
    "older versions of TLS",
    set(INSPECTION, "enclave", { min_tls_version: "TLS_1_0" }),
    OWN,
    `${INSPECTION}.enclave`,
  ],
  [
    "weaker ciphers",
    set(INSPECTION, "enclave", { tls_feature_profile: "PROFILE_COMPATIBLE" }),
    OWN,
    `${INSPECTION}.enclave`,
  ],
  [
    "certificates of strangers alone",
    set(INSPECTION, "enclave", { exclude_public_ca_set: true }),
    UNREADABLE,
    `${INSPECTION}.enclave`,
  ],
];

export const NOT_DECRYPTED: readonly Slip[] = [
  [
    "everything is decrypted",
    all(
      set(EXIT_POLICY, "enclave", {
        tls_inspection_policy: "${google_network_security_tls_inspection_policy.enclave.id}",
      }),
      ...["app_443", "batch_80", "batch_8443"].map((name) =>
        set(EXIT, name, { tls_inspection_enabled: true }),
      ),
    ),
    DECRYPTS_NOTHING,
    EXIT_POLICY,
  ],
];

/** Slips in the bundle of Google APIs, and in the output of endpoints. */
import { add, all, remove, type Slip, set } from "../../slips";
import { type Any, POLICY, rule, UNREADABLE } from "./slip";

const BUNDLE = "google_compute_global_forwarding_rule";
const GLOBAL = "google_compute_global_address";
const FORWARDING = "google_compute_forwarding_rule";
const ADDRESS = "google_compute_address";
const STRANGERS = "no endpoint leads to resources of strangers";
const THERE = "each private endpoint of the spec is there";
const MORE = "no private endpoint is there that the spec does not name";
const USE = "an endpoint is open to each of its consumers";
const USES = "an endpoint is open to zones that use it, and on its ports alone";
const OFFERS = "nothing is published that the spec does not publish";
const AROUND = "nothing leads around endpoints and inspection";
const RESOLVER = "no resolver is asked but the one that is filtered";
const LEADS = "names of private endpoints lead to them, and to nothing public";
const OUTPUT = "outputs name what stands in the document";
export const BUNDLED: readonly Slip[] = [
  [
    "the bundle of all APIs",
    set(BUNDLE, "enclave_google_apis", { target: "all-apis" }),
    STRANGERS,
    `${BUNDLE}.enclave_google_apis`,
  ],
  [
    "a service attachment in place of the bundle",
    set(BUNDLE, "enclave_google_apis", { target: "projects/o/regions/r/serviceAttachments/s" }),
    STRANGERS,
    `${BUNDLE}.enclave_google_apis`,
  ],
  [
    "a load balancer by default",
    set(BUNDLE, "enclave_google_apis", { load_balancing_scheme: undefined }),
    OFFERS,
    `${BUNDLE}.enclave_google_apis`,
  ],
  [
    "that answers no machine of a zone",
    set("google_compute_subnetwork", "app_1", { private_ip_google_access: false }),
    USE,
    "google_compute_subnetwork.app_1",
  ],
  [
    "in the proxy's network",
    set(BUNDLE, "enclave_google_apis", { network: "${google_compute_network.enclave_egress.id}" }),
    AROUND,
    `${BUNDLE}.enclave_google_apis`,
  ],
  [
    "names by Service Directory",
    set(BUNDLE, "enclave_google_apis", { no_automate_dns_zone: false }),
    RESOLVER,
    `${BUNDLE}.enclave_google_apis`,
  ],
  [
    "at no address",
    set(BUNDLE, "enclave_google_apis", { ip_address: "other" }),
    UNREADABLE,
    `${BUNDLE}.enclave_google_apis`,
  ],
  ["at another address", set(GLOBAL, "enclave_google_apis", { address: "10.20.254.53" }), USE, POLICY],
  [
    "at another address, and names lead elsewhere",
    set(GLOBAL, "enclave_google_apis", { address: "10.20.254.53" }),
    LEADS,
    "google_dns_record_set.enclave_storage_googleapis_com",
  ],
  ["not there", remove(BUNDLE, "enclave_google_apis"), THERE, "output.private_endpoints"],
  [
    "one endpoint more",
    all(
      add(FORWARDING, "more", { ip_address: "${google_compute_address.more.id}", target: "x" }),
      add(ADDRESS, "more", { address: "10.20.254.55" }),
    ),
    MORE,
    `${FORWARDING}.more`,
  ],
  [
    "a zone that uses none reaches it",
    rule(
      "app-to-enclave-google-apis-out",
      (one) => (one.match.src_ip_ranges = ["10.20.4.0/22", "10.20.0.0/22"]),
    ),
    USES,
    POLICY,
  ],
  [
    "on another port, too",
    rule("app-to-enclave-google-apis-out", (one) => (one.match.layer4_config[0].ports = ["443", "80"])),
    USES,
    POLICY,
  ],
  [
    "a zone that uses it does not reach it",
    rule("app-to-enclave-google-apis-out", (one) => (one.disabled = true)),
    USE,
    POLICY,
  ],
];

export const OUTPUTS: readonly Slip[] = [
  [
    "another address",
    (d: Any) => (d.output.private_endpoints.value.files.addresses = ["10.20.254.9"]),
    OUTPUT,
    "output.private_endpoints",
  ],
  [
    "ids of something else",
    (d: Any) =>
      (d.output.private_endpoints.value.files.ids = ["${google_compute_global_forwarding_rule.other.id}"]),
    OUTPUT,
    "output.private_endpoints",
  ],
  [
    "a name less",
    (d: Any) => d.output.private_endpoints.value.files.dns_names.pop(),
    "the output of an endpoint has ids, names and addresses",
    "output.private_endpoints",
  ],
];

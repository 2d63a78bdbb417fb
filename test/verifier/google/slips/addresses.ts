/** Slips in reserved addresses. */
import { add, remove, type Slip, set } from "../../slips";

const LABELS = "what takes tags carries the enclave's name and the user's tags";
const SUBNET = "google_compute_subnetwork";
const ADDRESS = "google_compute_address";
const GLOBAL = "google_compute_global_address";
const PUBLIC = "only the way out has public addresses";
const LOOSE = "an interface is held by its zone's filter and forwards for nobody";
const PLACE = "everything lies in the enclave's range, each thing apart from all others";
export const ADDRESSES: readonly Slip[] = [
  ["a public one", set(ADDRESS, "db_main_1", { address_type: "EXTERNAL" }), PUBLIC, `${ADDRESS}.db_main_1`],
  [
    "a public one by default",
    set(ADDRESS, "db_main_1", { address_type: undefined }),
    PUBLIC,
    `${ADDRESS}.db_main_1`,
  ],
  [
    "a public one more",
    add(ADDRESS, "more", { address: "8.8.8.8", address_type: "EXTERNAL" }),
    PUBLIC,
    `${ADDRESS}.more`,
  ],
  [
    "of another host",
    set(ADDRESS, "db_main_1", { address: "10.20.64.11" }),
    "interfaces have the fixed addresses that the spec gives them",
    `${SUBNET}.db_1`,
  ],
  [
    "in another subnetwork",
    set(ADDRESS, "db_main_1", { subnetwork: "${google_compute_subnetwork.app_1.id}" }),
    LOOSE,
    `${ADDRESS}.db_main_1`,
  ],
  [
    "of a load balancer",
    set(ADDRESS, "db_main_1", { purpose: "SHARED_LOADBALANCER_VIP" }),
    LOOSE,
    `${ADDRESS}.db_main_1`,
  ],
  [
    "not there",
    remove(ADDRESS, "db_main_2"),
    "interfaces have the fixed addresses that the spec gives them",
    `${SUBNET}.db_1`,
  ],
  [
    "with another zone's label",
    set(ADDRESS, "db_main_1", { labels: '${merge(var.tags, { enclave = "conform", zone = "app" })}' }),
    LABELS,
    `${ADDRESS}.db_main_1`,
  ],
  [
    "with another enclave's label",
    set(GLOBAL, "enclave_google_apis", { labels: '${merge(var.tags, { enclave = "other" })}' }),
    LABELS,
    `${GLOBAL}.enclave_google_apis`,
  ],
  [
    "without the user's labels",
    set(ADDRESS, "db_main_1", { labels: '${{ enclave = "conform" }}' }),
    LABELS,
    `${ADDRESS}.db_main_1`,
  ],
  [
    "Google APIs at a public address",
    set(GLOBAL, "enclave_google_apis", { address_type: "EXTERNAL" }),
    PUBLIC,
    `${GLOBAL}.enclave_google_apis`,
  ],
  [
    "Google APIs at an address for peerings",
    set(GLOBAL, "enclave_google_apis", { purpose: "VPC_PEERING" }),
    PUBLIC,
    `${GLOBAL}.enclave_google_apis`,
  ],
  [
    "Google APIs at an address in a subnetwork",
    set(GLOBAL, "enclave_google_apis", { address: "10.20.4.9" }),
    PLACE,
    `${GLOBAL}.enclave_google_apis`,
  ],
  [
    "Google APIs at a zone's spare address",
    set(GLOBAL, "enclave_google_apis", { address: "10.20.7.9" }),
    "infrastructure lies where the lock places it, and in no zone",
    `${GLOBAL}.enclave_google_apis`,
  ],
];

/** Slips in DNS: names that resolve and should not, names that lead elsewhere, resolvers that are asked besides. */
import { copy, remove, type Slip, set } from "../../slips";
import { UNREADABLE } from "./slip";

const ZONE = "google_dns_managed_zone";
const RECORD = "google_dns_record_set";
const DNS = "google_dns_policy";
const NETWORK = "google_compute_network";
const STORAGE = "enclave_storage_googleapis_com";
const APIS = "enclave_googleapis_com";

const BESIDE = "nothing resolves but the needed names";
const NEEDED = "names of private endpoints resolve";
const LEADS = "names of private endpoints lead to them, and to nothing public";
const ALLOWED = "names that dns.allow lists resolve";
const RESOLVER = "no resolver is asked but the one that is filtered";
const QUERIES = "every query for a name is recorded";
const OFFERS = "nothing is published that the spec does not publish";

const EGRESS = "${google_compute_network.enclave_egress.id}";
const seenBy = (...networks: string[]) => ({
  networks: networks.map((network) => ({ network_url: network })),
});
const peer = (network: string) => ({ peering_config: { target_network: { network_url: network } } });

export const NAMES: readonly Slip[] = [
  ["the zone that catches all others is lost", remove(ZONE, "enclave_root"), BESIDE, ZONE],
  [
    "the zone that catches all others is another network's",
    set(ZONE, "enclave_root", { private_visibility_config: seenBy(EGRESS) }),
    BESIDE,
    ZONE,
  ],
  [
    "the zone that catches all others is public",
    set(ZONE, "enclave_root", { visibility: "public" }),
    OFFERS,
    `${ZONE}.enclave_root`,
  ],
  [
    "the zone that catches all others asks the proxy's network",
    set(ZONE, "enclave_root", peer(EGRESS)),
    BESIDE,
    `${ZONE}.enclave_root`,
  ],
  [
    "the zone that catches all others catches less",
    set(ZONE, "enclave_root", { dns_name: "com." }),
    BESIDE,
    ZONE,
  ],
  [
    "a zone is seen by the proxy, too",
    set(ZONE, APIS, { private_visibility_config: seenBy("${google_compute_network.enclave.id}", EGRESS) }),
    RESOLVER,
    `${ZONE}.${APIS}`,
  ],
  [
    "a zone is seen by a cluster",
    set(ZONE, APIS, { private_visibility_config: { gke_clusters: [{ gke_cluster_name: "c" }] } }),
    UNREADABLE,
    `${ZONE}.${APIS}`,
  ],
  [
    "a zone asks other name servers",
    set(ZONE, "enclave_allow_time_example_org", {
      peering_config: undefined,
      forwarding_config: { target_name_servers: [{ ipv4_address: "8.8.8.8" }] },
    }),
    RESOLVER,
    `${ZONE}.enclave_allow_time_example_org`,
  ],
  [
    "a zone asks another network",
    set(ZONE, "enclave_allow_time_example_org", peer("projects/other/global/networks/other")),
    RESOLVER,
    `${ZONE}.enclave_allow_time_example_org`,
  ],
  [
    "the zone of Google APIs asks the proxy's network",
    set(ZONE, APIS, peer(EGRESS)),
    BESIDE,
    `${ZONE}.${APIS}`,
  ],
  [
    "the zone of Google APIs asks the proxy's network, and names lead outside",
    set(ZONE, APIS, peer(EGRESS)),
    LEADS,
    `${ZONE}.${APIS}`,
  ],
  ["the zone of Google APIs is lost", remove(ZONE, APIS), NEEDED, `${ZONE}.enclave_root`],
  [
    "a zone hides a record",
    copy(ZONE, "enclave_root", "more", { dns_name: "storage.googleapis.com." }),
    LEADS,
    `${ZONE}.more`,
  ],
  [
    "an allowed name is lost",
    remove(ZONE, "enclave_allow_time_example_org"),
    ALLOWED,
    `${ZONE}.enclave_root`,
  ],
  [
    "a name is allowed that nobody asks for",
    copy(ZONE, "enclave_allow_time_example_org", "more", { dns_name: "attacker.example." }),
    BESIDE,
    `${ZONE}.more`,
  ],
  [
    "a domain above the allowed name",
    set(ZONE, "enclave_allow_time_example_org", { dns_name: "example.org." }),
    BESIDE,
    `${ZONE}.enclave_allow_time_example_org`,
  ],
  ["a record is lost", remove(RECORD, STORAGE), NEEDED, `${ZONE}.${APIS}`],
  [
    "the record of buckets by name is lost",
    remove(RECORD, "enclave_any_storage_googleapis_com"),
    NEEDED,
    `${ZONE}.${APIS}`,
  ],
  [
    "a record leads to the internet",
    set(RECORD, STORAGE, { rrdatas: ["142.250.1.1"] }),
    LEADS,
    `${RECORD}.${STORAGE}`,
  ],
  [
    "a record leads to the internet, too",
    set(RECORD, STORAGE, { rrdatas: ["10.20.254.52", "142.250.1.1"] }),
    LEADS,
    `${RECORD}.${STORAGE}`,
  ],
  [
    "a record leads to another address of the enclave",
    set(RECORD, STORAGE, { rrdatas: ["10.20.254.53"] }),
    LEADS,
    `${RECORD}.${STORAGE}`,
  ],
  ["a record leads nowhere", set(RECORD, STORAGE, { rrdatas: [] }), LEADS, `${RECORD}.${STORAGE}`],
  [
    "a record leads to another name",
    set(RECORD, STORAGE, { type: "CNAME", rrdatas: ["private.googleapis.com."] }),
    LEADS,
    `${RECORD}.${STORAGE}`,
  ],
  [
    "a record is of another name",
    set(RECORD, STORAGE, { name: "bigquery.googleapis.com." }),
    BESIDE,
    `${RECORD}.${STORAGE}`,
  ],
  [
    "a record is in another zone",
    set(RECORD, STORAGE, { managed_zone: "${google_dns_managed_zone.enclave_root.name}" }),
    NEEDED,
    `${ZONE}.${APIS}`,
  ],
  [
    "a record for every name",
    copy(RECORD, STORAGE, "more", { name: "*.googleapis.com." }),
    BESIDE,
    `${RECORD}.more`,
  ],
  [
    "a record that answers by place",
    set(RECORD, STORAGE, { routing_policy: { geo: [] } }),
    UNREADABLE,
    `${RECORD}.${STORAGE}`,
  ],
  [
    "other name servers",
    set(DNS, "enclave", {
      alternative_name_server_config: { target_name_servers: [{ ipv4_address: "8.8.8.8" }] },
    }),
    RESOLVER,
    `${DNS}.enclave`,
  ],
  [
    "asked from outside",
    set(DNS, "enclave", { enable_inbound_forwarding: true }),
    RESOLVER,
    `${DNS}.enclave`,
  ],
  ["queries are not logged", set(DNS, "enclave", { enable_logging: false }), QUERIES, `${DNS}.enclave`],
  [
    "queries of the enclave are not logged",
    set(DNS, "enclave", seenBy(EGRESS)),
    QUERIES,
    `${NETWORK}.enclave`,
  ],
  [
    "queries of the proxy are not logged",
    set(DNS, "enclave_egress", seenBy("${google_compute_network.enclave.id}")),
    QUERIES,
    `${NETWORK}.enclave_egress`,
  ],
  ["no policy of DNS", remove(DNS, "enclave"), QUERIES, `${NETWORK}.enclave`],
];

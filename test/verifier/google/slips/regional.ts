/** Slips in endpoints of the region, and in endpoints of services of somebody else. */
import { add, all, remove, type Slip, set } from "../../slips";
import { POLICY, rule } from "./slip";

const ELSEWHERE = "the document is for the region that the spec names";
const BUNDLE = "google_compute_global_forwarding_rule";
const GLOBAL = "google_compute_global_address";
const FORWARDING = "google_compute_forwarding_rule";
const ADDRESS = "google_compute_address";
const REGIONAL = "google_network_connectivity_regional_endpoint";
const PERIMETER = "google_access_context_manager_service_perimeter";
const SUBNET = "google_compute_subnetwork";
const STRANGERS = "no endpoint leads to resources of strangers";
const THERE = "each private endpoint of the spec is there";
const MORE = "no private endpoint is there that the spec does not name";
const USE = "an endpoint is open to each of its consumers";
const USES = "an endpoint is open to zones that use it, and on its ports alone";
const OFFERS = "nothing is published that the spec does not publish";
const AROUND = "nothing leads around endpoints and inspection";
const SETTINGS = "the region and the settings are those that the spec gives for the cloud";
const LOOSE = "an interface is held by its zone's filter and forwards for nobody";
export const ATTACHED: readonly Slip[] = [
  [
    "to another attachment",
    set(FORWARDING, "enclave_partner", {
      target: "projects/other/regions/us-east1/serviceAttachments/other",
    }),
    MORE,
    `${FORWARDING}.enclave_partner`,
  ],
  [
    "to an attachment of the variable",
    set(FORWARDING, "enclave_partner", {
      target: '${lookup(var.private_endpoint_resource_ids, "partner", [])[0]}',
    }),
    MORE,
    `${FORWARDING}.enclave_partner`,
  ],
  [
    "only when something is given",
    set(FORWARDING, "enclave_partner", {
      count: '${length(lookup(var.private_endpoint_resource_ids, "partner", [])) > 0 ? 1 : 0}',
    }),
    MORE,
    `${FORWARDING}.enclave_partner`,
  ],
  [
    "for other regions",
    set(FORWARDING, "enclave_partner", { allow_psc_global_access: true }),
    OFFERS,
    `${FORWARDING}.enclave_partner`,
  ],
  [
    "a load balancer",
    set(FORWARDING, "enclave_partner", { load_balancing_scheme: "INTERNAL" }),
    OFFERS,
    `${FORWARDING}.enclave_partner`,
  ],
  ["at another address", set(ADDRESS, "enclave_partner", { address: "10.20.255.9" }), USE, POLICY],
  [
    "at an address of a zone",
    set(ADDRESS, "enclave_partner", { address: "10.20.1.9" }),
    LOOSE,
    `${ADDRESS}.enclave_partner`,
  ],
  [
    "in another region",
    set(FORWARDING, "enclave_partner", { region: "us-west1" }),
    ELSEWHERE,
    `${FORWARDING}.enclave_partner`,
  ],
  [
    "on a port less",
    rule(
      "app-to-enclave-service-partner-out",
      (one) => (one.match.layer4_config = [{ ip_protocol: "tcp", ports: ["443"] }]),
    ),
    USE,
    POLICY,
  ],
  [
    "on a port more",
    rule("app-to-enclave-service-partner-out", (one) => (one.match.layer4_config[1].ports = ["5000-5003"])),
    USES,
    POLICY,
  ],
  [
    "its subnetwork before the policy",
    set(SUBNET, "enclave_endpoints", { depends_on: [] }),
    "a filter applies to every subnet before anything can run there",
    `${SUBNET}.enclave_endpoints`,
  ],
];

const QUEUE = "enclave_google_queue";
export const INSIDE_THE_REGION: readonly Slip[] = [
  ["for other regions", set(REGIONAL, QUEUE, { access_type: "GLOBAL" }), OFFERS, `${REGIONAL}.${QUEUE}`],
  [
    "to another region",
    set(REGIONAL, QUEUE, { target_google_api: "pubsub.us-west1.rep.googleapis.com" }),
    MORE,
    `${REGIONAL}.${QUEUE}`,
  ],
  [
    "to another service",
    set(REGIONAL, QUEUE, { target_google_api: "storage.us-east1.rep.googleapis.com" }),
    MORE,
    `${REGIONAL}.${QUEUE}`,
  ],
  [
    "to the global name",
    set(REGIONAL, QUEUE, { target_google_api: "pubsub.googleapis.com" }),
    MORE,
    `${REGIONAL}.${QUEUE}`,
  ],
  ["in another region", set(REGIONAL, QUEUE, { location: "us-west1" }), ELSEWHERE, `${REGIONAL}.${QUEUE}`],
  ["in another network", set(REGIONAL, QUEUE, { network: "other" }), AROUND, `${REGIONAL}.${QUEUE}`],
  ["at another's address", set(REGIONAL, QUEUE, { address: "10.20.255.239" }), USES, POLICY],
  ["at an address that no rule names", set(REGIONAL, QUEUE, { address: "10.20.255.9" }), USE, POLICY],
  [
    "at an address outside its subnetwork",
    set(REGIONAL, QUEUE, { address: "10.20.1.9" }),
    "endpoints stand in their own subnets, with a filter of their own",
    `${REGIONAL}.${QUEUE}`,
  ],
  ["not there", remove(REGIONAL, QUEUE), THERE, "output.private_endpoints"],
  [
    "the bundle, too",
    all(
      add(GLOBAL, "enclave_google_apis", { address: "10.20.254.52", address_type: "INTERNAL" }),
      add(BUNDLE, "enclave_google_apis", {
        ip_address: "${google_compute_global_address.enclave_google_apis.id}",
        target: "vpc-sc",
      }),
    ),
    SETTINGS,
    `${BUNDLE}.enclave_google_apis`,
  ],
  ["without a perimeter", remove(PERIMETER, "enclave"), STRANGERS, `${REGIONAL}.${QUEUE}`],
];

/** Where one service has an endpoint of the region, and one stays behind the bundle. */
export const PREFERRED: readonly Slip[] = [
  [
    "a name of another region that leads to the internet",
    set("google_dns_record_set", "enclave_us_east5_aiplatform_googleapis_com", { rrdatas: ["8.8.8.8"] }),
    "names of private endpoints lead to them, and to nothing public",
    "google_dns_record_set.enclave_us_east5_aiplatform_googleapis_com",
  ],
  [
    "a name of a third region",
    set("google_dns_record_set", "enclave_us_east5_aiplatform_googleapis_com", {
      name: "us-east4-aiplatform.googleapis.com.",
    }),
    "nothing resolves but the needed names",
    "google_dns_record_set.enclave_us_east5_aiplatform_googleapis_com",
  ],
  [
    "a service without the endpoint that it could have",
    remove(REGIONAL, "enclave_google_secrets"),
    SETTINGS,
    REGIONAL,
  ],
  [
    "an endpoint for a service that has none",
    set(REGIONAL, "enclave_google_secrets", { target_google_api: "aiplatform.us-east1.rep.googleapis.com" }),
    SETTINGS,
    `${REGIONAL}.enclave_google_secrets`,
  ],
  [
    "without the bundle that the other needs",
    remove(BUNDLE, "enclave_google_apis"),
    THERE,
    "output.private_endpoints",
  ],
];

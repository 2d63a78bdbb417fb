/**
 * Every argument of every resource that enclaves are made of on Google, and the value that it has to have,
 * from Google's own documentation. A type that is not here is a way nobody planned (a router, an address
 * translation, a VPN); an argument that is not here has an effect that the check does not know.
 */
import type { Fault } from "../replay/fault";
import type { Reader } from "../replay/reader";
import { EGRESS, ENCLAVE, refersTo, TYPE } from "./resources";

/** Questions that are answered by faults. */
export type Question = {
  [Q in keyof Reader]-?: Reader[Q] extends (...given: never[]) => readonly Fault[] ? Q : never;
}[keyof Reader];

/**
 * A value that an argument has to have, and the question that another value answers. Of an absent argument it
 * is undefined.
 */
export interface Demand {
  readonly question: Question;
  readonly holds: (value: unknown) => boolean;
}

/** Arguments of nested blocks are named by their path; a block that is judged as a whole by its own name. */
export interface Kind {
  /** Nothing opens or is lost by them. */
  readonly free?: readonly string[];
  /** Judged together with other values. */
  readonly read?: readonly string[];
  readonly wanted?: Readonly<Record<string, Demand>>;
}

/** Of every kind: names and texts of ours, and the order of work. Some of them are read. */
export const FREE = ["name", "description", "depends_on"];

const fits = (question: Question, holds: Demand["holds"]): Demand => ({ question, holds });
const is = (question: Question, value: unknown): Demand =>
  fits(question, (found) => JSON.stringify(found) === JSON.stringify(value));
const never = (question: Question): Demand => is(question, undefined);

const MERGED = /^\$\{merge\(var\.tags, \{ enclave = "[^"]+"(?:, zone = "[^"]+")? \}\)\}$/;
const LABELS = fits("untagged", (value) => MERGED.test(String(value)));
const INSIDE = fits("bypasses", (value) => refersTo(value, ENCLAVE));
const INTERNAL = is("publicAddresses", "INTERNAL");

/** https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis */
const CONSUMER = {
  labels: LABELS,
  network: INSIDE,
  // Without a scheme it is a load balancer.
  load_balancing_scheme: is("offers", ""),
  // Service Directory would make names for it.
  no_automate_dns_zone: is("otherResolvers", true),
};

const MATCH = ["src_ip_ranges", "dest_ip_ranges", "layer4_config.ip_protocol", "layer4_config.ports"].map(
  (path) => `match.${path}`,
);
/** Ways in and out that stand inside a perimeter are unknown here. */
const CLOSED = ["status", "spec"].flatMap((part) =>
  [
    ...["resources", "restricted_services", "access_levels"],
    ...["vpc_accessible_services.enable_restriction", "vpc_accessible_services.allowed_services"],
  ].map((key) => `${part}.${key}`),
);
const INGRESS = [
  "perimeter",
  ...["identities", "sources.access_level"].map((key) => `ingress_from.${key}`),
  ...["resources", "operations.service_name", "operations.method_selectors.method"].map(
    (key) => `ingress_to.${key}`,
  ),
];
const SUBNETWORK = ["region", "network", "ip_cidr_range"];

/** Parts with arguments of their own that are no types. */
export const PROXIES = `${TYPE.subnet} of proxies`;
export const RULE = `${TYPE.policy} rule`;
export const PROVIDER = "provider google";

export const KINDS: Readonly<Record<string, Kind>> = {
  [PROVIDER]: { read: ["project", "region"] },
  [TYPE.network]: {
    wanted: {
      auto_create_subnetworks: is("openDefaults", false),
      delete_default_routes_on_create: is("openDefaults", true),
      // By default classic rules come first:
      // https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-eval-order
      network_firewall_policy_enforcement_order: is("openDefaults", "BEFORE_CLASSIC_FIREWALL"),
      routing_mode: is("foreignLinks", "REGIONAL"),
      enable_ula_internal_ipv6: is("ipv6", false),
    },
  },
  [TYPE.subnet]: {
    read: [...SUBNETWORK, "private_ip_google_access", "log_config.flow_sampling"],
    wanted: {
      purpose: is("openDefaults", "PRIVATE"),
      stack_type: is("ipv6", "IPV4_ONLY"),
      private_ipv6_google_access: is("ipv6", "DISABLE_GOOGLE_ACCESS"),
      "log_config.aggregation_interval": is("unloggedFlows", "INTERVAL_5_SEC"),
      "log_config.metadata": is("unloggedFlows", "INCLUDE_ALL_METADATA"),
    },
  },
  // They take no flow logs: https://docs.cloud.google.com/load-balancing/docs/proxy-only-subnets
  [PROXIES]: { read: [...SUBNETWORK, "purpose", "role"] },
  [TYPE.peering]: {
    read: ["network", "peer_network"],
    wanted: {
      export_custom_routes: is("foreignLinks", false),
      import_custom_routes: is("foreignLinks", false),
      // Exported by default: https://docs.cloud.google.com/vpc/docs/vpc-peering
      export_subnet_routes_with_public_ip: is("foreignLinks", false),
      import_subnet_routes_with_public_ip: is("foreignLinks", false),
      stack_type: is("ipv6", "IPV4_ONLY"),
    },
  },
  [TYPE.route]: { read: ["network", "dest_range", "next_hop_gateway"] },
  [TYPE.policy]: { read: ["rule"], wanted: { count: never("permitsThatComeAndGo") } },
  [RULE]: {
    free: ["rule_name"],
    read: ["action", "direction", "priority", "disabled", ...MATCH],
    wanted: { enable_logging: is("unloggedDenials", true) },
  },
  [TYPE.association]: { read: ["attachment_target", "firewall_policy"] },
  [TYPE.classic]: {
    read: ["network", "direction", "priority", "deny.protocol", "source_ranges", "destination_ranges"],
    wanted: {
      allow: never("openDefaults"),
      "log_config.metadata": is("unloggedDenials", "INCLUDE_ALL_METADATA"),
    },
  },
  [TYPE.address]: {
    read: ["region", "address", "subnetwork"],
    wanted: {
      labels: LABELS,
      address_type: INTERNAL,
      purpose: fits("looseInterfaces", (value) => value === undefined || value === "GCE_ENDPOINT"),
    },
  },
  [TYPE.globalAddress]: {
    read: ["address"],
    wanted: {
      labels: LABELS,
      network: INSIDE,
      address_type: INTERNAL,
      purpose: is("publicAddresses", "PRIVATE_SERVICE_CONNECT"),
    },
  },
  [TYPE.bundle]: {
    read: ["ip_address"],
    // The other bundle answers for services that no perimeter can hold.
    wanted: { ...CONSUMER, target: is("openToStrangers", "vpc-sc") },
  },
  [TYPE.forwarding]: {
    free: ["recreate_closed_psc"],
    read: ["region", "ip_address", "target", "count"],
    // On, it answers other regions.
    wanted: { ...CONSUMER, allow_psc_global_access: is("offers", false) },
  },
  [TYPE.regional]: {
    read: ["location", "subnetwork", "address", "target_google_api"],
    wanted: { labels: LABELS, network: INSIDE, access_type: is("offers", "REGIONAL") },
  },
  // https://docs.cloud.google.com/vpc-service-controls/docs/vpc-accessible-services
  [TYPE.perimeter]: {
    free: ["title", "lifecycle.postcondition.error_message"],
    read: [
      ...["parent", "use_explicit_dry_run_spec"],
      ...["lifecycle.ignore_changes", "lifecycle.postcondition.condition"],
      ...CLOSED,
    ],
    wanted: { perimeter_type: is("openToStrangers", "PERIMETER_TYPE_REGULAR") },
  },
  [TYPE.ingress]: { free: ["title"], read: INGRESS },
  [TYPE.dryIngress]: { free: ["title"], read: INGRESS },
  [TYPE.dnsZone]: {
    read: ["dns_name"],
    wanted: {
      labels: LABELS,
      visibility: is("offers", "private"),
      "private_visibility_config.networks.network_url": fits("otherResolvers", (value) =>
        refersTo(value, ENCLAVE),
      ),
      "peering_config.target_network.network_url": fits(
        "otherResolvers",
        (value) => value === undefined || refersTo(value, EGRESS),
      ),
      forwarding_config: never("otherResolvers"),
    },
  },
  [TYPE.dnsRecord]: { free: ["ttl"], read: ["managed_zone", "type", "rrdatas"] },
  // Other name servers answer before every zone: https://docs.cloud.google.com/dns/docs/policies
  [TYPE.dnsPolicy]: {
    read: ["networks.network_url"],
    wanted: {
      enable_logging: is("unloggedQueries", true),
      enable_inbound_forwarding: is("otherResolvers", false),
      alternative_name_server_config: never("otherResolvers"),
    },
  },
  [TYPE.gateway]: {
    free: ["scope", "delete_swg_autogen_router_on_destroy"],
    read: ["location", "type", "addresses", "ports", "network", "subnetwork", "gateway_security_policy"],
    wanted: { labels: LABELS },
  },
  [TYPE.exitPolicy]: { read: ["location", "tls_inspection_policy"] },
  [TYPE.exitRule]: {
    read: [
      "location",
      "gateway_security_policy",
      "enabled",
      "priority",
      "basic_profile",
      "session_matcher",
      "application_matcher",
      "tls_inspection_enabled",
    ],
  },
  [TYPE.exitList]: { read: ["location", "values"] },
  [TYPE.inspection]: {
    read: ["location", "ca_pool"],
    wanted: {
      min_tls_version: is("inspectionFaults", "TLS_1_2"),
      tls_feature_profile: is("inspectionFaults", "PROFILE_MODERN"),
    },
  },
  [TYPE.bucket]: {
    free: ["bucket_id", "lifecycle.postcondition.error_message"],
    read: ["project", "location", "cmek_settings.kms_key_name", "locked"],
    wanted: {
      "lifecycle.ignore_changes": is("otherRetention", ["bucket_id"]),
      "lifecycle.postcondition.condition": is(
        "otherRetention",
        '${self.lifecycle_state != "DELETE_REQUESTED"}',
      ),
      retention_days: is("otherRetention", "${var.log_retention_days}"),
      // On, entries can be read from BigQuery: https://docs.cloud.google.com/logging/docs/buckets
      enable_analytics: is("openStores", false),
    },
  },
  [TYPE.sink]: {
    free: ["unique_writer_identity"],
    read: ["destination", "filter"],
    wanted: { exclusions: never("unloggedDenials"), disabled: never("unloggedDenials") },
  },
  [TYPE.exclusion]: { read: ["filter"], wanted: { disabled: never("unloggedFlows") } },
};

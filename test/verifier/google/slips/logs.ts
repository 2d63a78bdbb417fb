/** Slips in what is recorded and kept, and in the parts of a document beside its resources. */
import { add, remove, type Slip, set } from "../../slips";
import { type Any, UNREADABLE } from "./slip";

const ELSEWHERE = "the document is for the region that the spec names";
const BUCKET = "google_logging_project_bucket_config";
const SINK = "google_logging_project_sink";
const EXCLUSION = "google_logging_project_exclusion";

const FLOWS = "every connection in every zone is recorded";
const QUERIES = "every query for a name is recorded";
const DENIALS = "every denial is recorded";
const REQUESTS = "what is decided on the way out is recorded";
const KEPT = "logs are kept as long as the variable says";
const NOBODY = "logs are open to nobody outside";
const SETTINGS = "the region and the settings are those that the spec gives for the cloud";
const KEY = "flow logs lie under the key that the spec gives";
const OUTPUT = "outputs name what stands in the document";

const filter =
  (from: string | RegExp, to: string) =>
  (draft: Any): void => {
    const body = draft.resource[SINK].enclave;
    body.filter = body.filter.replace(from, to);
  };

export const KEEPING: readonly Slip[] = [
  ["flows are left out", filter("vpc_flows", "other"), FLOWS, `${SINK}.enclave`],
  [
    "flows of the enclave are left out",
    filter('jsonPayload.src_vpc.vpc_name="conform" OR ', ""),
    FLOWS,
    `${SINK}.enclave`,
  ],
  [
    "flows into the enclave are left out",
    filter('jsonPayload.dest_vpc.vpc_name="conform" OR ', ""),
    FLOWS,
    `${SINK}.enclave`,
  ],
  [
    "flows of the proxy are left out",
    filter(' OR jsonPayload.src_vpc.vpc_name="conform-enclave-egress"', ""),
    FLOWS,
    `${SINK}.enclave`,
  ],
  [
    "flows are kept of another network",
    filter('src_vpc.vpc_name="conform"', 'src_vpc.vpc_name="other"'),
    FLOWS,
    `${SINK}.enclave`,
  ],
  [
    "denials are left out",
    filter(/ OR \(log_id\("compute.googleapis.com\/firewall"\).*?\)\)/, ""),
    DENIALS,
    `${SINK}.enclave`,
  ],
  ["queries are left out", filter("dns_queries", "other"), QUERIES, `${SINK}.enclave`],
  [
    "queries of the proxy are left out",
    filter(' OR jsonPayload.sourceNetwork="conform-enclave-egress"', ""),
    QUERIES,
    `${SINK}.enclave`,
  ],
  [
    "requests are left out",
    filter("networkservices.googleapis.com/Gateway", "gce_instance"),
    REQUESTS,
    `${SINK}.enclave`,
  ],
  ["all of them at once", filter(/\) OR \(/g, ") AND ("), FLOWS, `${SINK}.enclave`],
  ["by a severity, too", filter(/$/, ' AND severity="ERROR"'), FLOWS, `${SINK}.enclave`],
  ["by a comparison of another kind", filter(/$/, ' AND severity>="ERROR"'), UNREADABLE, `${SINK}.enclave`],
  ["by a parenthesis less", filter(/\)$/, ""), UNREADABLE, `${SINK}.enclave`],
  ["without a filter", set(SINK, "enclave", { filter: undefined }), UNREADABLE, `${SINK}.enclave`],
  [
    "an exclusion",
    set(SINK, "enclave", { exclusions: [{ name: "x", filter: "true" }] }),
    DENIALS,
    `${SINK}.enclave`,
  ],
  ["off", set(SINK, "enclave", { disabled: true }), DENIALS, `${SINK}.enclave`],
  [
    "into a bucket of storage",
    set(SINK, "enclave", { destination: "storage.googleapis.com/elsewhere" }),
    FLOWS,
    `${SINK}.enclave`,
  ],
  [
    "into another bucket",
    set(SINK, "enclave", { destination: "logging.googleapis.com/projects/o/locations/l/buckets/b" }),
    QUERIES,
    `${SINK}.enclave`,
  ],
  ["the sink is lost", remove(SINK, "enclave"), FLOWS, SINK],
];

export const STORED: readonly Slip[] = [
  ["for a day", set(BUCKET, "enclave", { retention_days: 1 }), KEPT, `${BUCKET}.enclave`],
  [
    "for another time",
    set(BUCKET, "enclave", { retention_days: "${var.log_retention_days - 1}" }),
    KEPT,
    `${BUCKET}.enclave`,
  ],
  ["locked for good", set(BUCKET, "enclave", { locked: true }), SETTINGS, `${BUCKET}.enclave`],
  ["in another region", set(BUCKET, "enclave", { location: "global" }), ELSEWHERE, `${BUCKET}.enclave`],
  ["in another project", set(BUCKET, "enclave", { project: "other" }), SETTINGS, `${BUCKET}.enclave`],
  ["made again with everything", set(BUCKET, "enclave", { lifecycle: undefined }), KEPT, `${BUCKET}.enclave`],
  [
    "its retention may change unseen",
    set(BUCKET, "enclave", { lifecycle: { ignore_changes: ["retention_days"] } }),
    KEPT,
    `${BUCKET}.enclave`,
  ],
  [
    "more is dropped than kept",
    set(EXCLUSION, "enclave", { filter: 'severity="INFO"' }),
    FLOWS,
    `${EXCLUSION}.enclave`,
  ],
  ["everything is dropped", add(EXCLUSION, "more", { filter: "true" }), FLOWS, `${EXCLUSION}.more`],
  [
    "open to everybody",
    add("google_logging_log_view_iam_member", "more", { member: "allUsers" }),
    NOBODY,
    "google_logging_log_view_iam_member.more",
  ],
  [
    "under a key that nobody gave",
    set(BUCKET, "enclave", { cmek_settings: { kms_key_name: "k" } }),
    SETTINGS,
    `${BUCKET}.enclave`,
  ],
];

export const UNDER_A_KEY: readonly Slip[] = [
  [
    "under another key",
    set(BUCKET, "enclave", { cmek_settings: { kms_key_name: "k" } }),
    KEY,
    `${BUCKET}.enclave`,
  ],
  ["under Google's key", set(BUCKET, "enclave", { cmek_settings: undefined }), KEY, `${BUCKET}.enclave`],
];

export const BESIDE: readonly Slip[] = [
  [
    "a data source",
    (d: Any) => (d.data = { google_project: { current: {} } }),
    "a plan reads nothing: there are no data sources",
    "data.google_project",
  ],
  [
    "a module",
    (d: Any) => (d.module = { other: { source: "./other" } }),
    "there are no modules and no imports",
    "module",
  ],
  [
    "another region of the provider",
    (d: Any) => (d.provider.google[0].region = "us-west1"),
    ELSEWHERE,
    "provider.google",
  ],
  [
    "another project of the provider",
    (d: Any) => (d.provider.google[0].project = "other"),
    SETTINGS,
    "provider.google",
  ],
  [
    "a token of the provider",
    (d: Any) => (d.provider.google[0].access_token = "x"),
    UNREADABLE,
    "provider.google",
  ],
  [
    "somebody else for the provider",
    (d: Any) => (d.provider.google[0].impersonate_service_account = "a@b.c"),
    UNREADABLE,
    "provider.google",
  ],
  [
    "nothing is protected",
    (d: Any) => (d.variable.deletion_protection.default = false),
    "the variables begin with what the spec says",
    "variable.deletion_protection",
  ],
  [
    "another zone is in quarantine",
    (d: Any) => (d.variable.quarantine.default = ["app"]),
    "the variables begin with what the spec says",
    "variable.quarantine",
  ],
  ["logs are told elsewhere", (d: Any) => (d.output.logs.value.flow = "elsewhere"), OUTPUT, "output.logs"],
  [
    "public addresses that nobody knows",
    (d: Any) => (d.output.egress.value.public_ips = ["8.8.8.8"]),
    OUTPUT,
    "output.egress",
  ],
  [
    "more days than a bucket keeps",
    (d: Any) => d.variable.log_retention_days.validation.pop(),
    "the variables take what the spec knows, and nothing else",
    "variable.log_retention_days",
  ],
  [
    "any attachment by variable",
    (d: Any) => (d.variable.private_endpoint_resource_ids.validation = []),
    "the variables take what the spec knows, and nothing else",
    "variable.private_endpoint_resource_ids",
  ],
  [
    "another network",
    (d: Any) => (d.output.network_id.value = "${google_compute_network.enclave_egress.id}"),
    OUTPUT,
    "output.network_id",
  ],
  [
    "groups of a zone",
    (d: Any) => (d.output.zones.value.app.group_ids = ["x"]),
    "the output of a zone has addresses, subnets and groups",
    "output.zones",
  ],
];

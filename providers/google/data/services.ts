/**
 * Services as Google offers them. Google APIs share one address, so a perimeter tells services apart. Rights
 * are the business of identity policy (IAM): an enclave does not know the accounts of its workloads.
 * Names: https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
 * Services in perimeters: https://docs.cloud.google.com/vpc-service-controls/docs/supported-products
 * Regional endpoints: https://docs.cloud.google.com/vpc/docs/regional-service-endpoints
 * Their regions: the table in gcloud 578.0.0 of August 2026, read on 2026-11-21.
 */
import { usesRegionalEndpoints } from "../../../src/clouds/regional-endpoints";
import type { Service, Traffic } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { within } from "../../shared/questions";
import { KNOWN_REGIONS, regionOf } from "./regions";

/** Databases and indexes are reached as services of other owners are: by a service attachment each. */
export type AttachedService = "relational-db" | "vector-search" | "custom";
export type ApiService = Exclude<Service, AttachedService>;
export type ApiEndpoint = Endpoint & { readonly service: ApiService };

interface GoogleApi {
  /** The service as a perimeter names it. */
  readonly api: string;
  /**
   * Names in the bundle of all APIs that have to resolve. `{region}` is filled in; `*.` is any label below.
   */
  readonly hosts: readonly string[];
  /** Those in which the service has an endpoint of the region. */
  readonly regions: readonly string[];
  /** The reason that no region has one. */
  readonly nowhere?: string;
}

const KEY_REGIONS =
  `europe-west3 europe-west8 europe-west9 me-central2 northamerica-northeast1 northamerica-northeast2
  us-central1 us-east1 us-east4 us-east5 us-south1 us-west1 us-west2 us-west3 us-west4`.split(/\s+/);

const api = (name: string, where: readonly string[] | string, ...more: readonly string[]): GoogleApi => ({
  api: name,
  hosts: [name, ...more],
  ...(typeof where === "string" ? { regions: [], nowhere: where } : { regions: where }),
});

const VERTEX = api(
  "aiplatform.googleapis.com",
  "Vertex AI has such endpoints for the whole of the US and of the EU " +
    "(aiplatform.eu.rep.googleapis.com), and for no region.",
  "{region}-aiplatform.googleapis.com",
);

export const APIS: Readonly<Record<ApiService, GoogleApi>> = {
  // A client names a bucket by a path or by a label in front of the name.
  "object-storage": api("storage.googleapis.com", KNOWN_REGIONS, "*.storage.googleapis.com"),
  "model-api": VERTEX,
  "ml-platform": VERTEX,
  // Images come from a name for each location and format, us-east1-docker.pkg.dev, or from the older gcr.io:
  // https://docs.cloud.google.com/artifact-registry/docs/gke-private-clusters
  "container-registry": api(
    "artifactregistry.googleapis.com",
    "Artifact Registry has such endpoints for its management only; " +
      "images come from pkg.dev, for which no such name is known.",
    "*.pkg.dev",
    "gcr.io",
    "*.gcr.io",
  ),
  secrets: api("secretmanager.googleapis.com", KNOWN_REGIONS),
  keys: api("cloudkms.googleapis.com", KEY_REGIONS),
  logs: api("logging.googleapis.com", KNOWN_REGIONS),
  metrics: api("monitoring.googleapis.com", "Cloud Monitoring has no such endpoints."),
  queue: api("pubsub.googleapis.com", KNOWN_REGIONS, "{region}-pubsub.googleapis.com"),
};

export const isApi = (service: Service): service is ApiService => Object.hasOwn(APIS, service);

export const isApiEndpoint = (endpoint: Endpoint): endpoint is ApiEndpoint => isApi(endpoint.service);

export const apiEndpoints = (plan: NetworkPlan): ApiEndpoint[] => plan.endpoints.filter(isApiEndpoint);

export const attachedEndpoints = (plan: NetworkPlan): Endpoint[] =>
  plan.endpoints.filter((endpoint) => !isApiEndpoint(endpoint));

/** Whether an endpoint has an address of its service alone. */
export const isRegional = (plan: NetworkPlan, { service }: Endpoint): boolean =>
  isApi(service) &&
  usesRegionalEndpoints(plan.settings) &&
  (plan.settings.google.regionalEndpoints === true || APIS[service].regions.includes(regionOf(plan)));

/** Whether an endpoint stands behind the one address of all Google APIs. */
export const isBundled = (plan: NetworkPlan, endpoint: Endpoint): boolean =>
  isApiEndpoint(endpoint) && !isRegional(plan, endpoint);

const regionalDomain = (plan: NetworkPlan): string => `${regionOf(plan)}.rep.googleapis.com`;

/** `storage.us-east1.rep.googleapis.com` of `storage.googleapis.com`. */
export const regionalHost = (plan: NetworkPlan, service: ApiService): string =>
  APIS[service].api.replace("googleapis.com", regionalDomain(plan));

/** Names by which an endpoint is reached; empty for one that is reached by its address. */
export function hostsOf(plan: NetworkPlan, endpoint: Endpoint): string[] {
  if (!isApiEndpoint(endpoint)) return [...endpoint.dnsNames];
  if (isRegional(plan, endpoint)) return [regionalHost(plan, endpoint.service)];
  const own = APIS[endpoint.service].hosts.map((host) => host.replaceAll("{region}", regionOf(plan)));
  return [...own, ...hostsElsewhere(plan, endpoint)];
}

/** Names of the API in other regions that the spec allows: the one address of all Google APIs serves them. */
export function hostsElsewhere(plan: NetworkPlan, endpoint: ApiEndpoint): string[] {
  if (isRegional(plan, endpoint)) return [];
  const { hosts } = APIS[endpoint.service];
  return plan.resolvable.flatMap(({ purpose, pattern }) => {
    const [region] = /^[a-z]+-[a-z]+\d+(?=-)/.exec(pattern) ?? [regionOf(plan)];
    const isElsewhere = purpose === "explicit" && region !== regionOf(plan);
    return isElsewhere && hosts.includes(pattern.replace(region, "{region}")) ? [pattern] : [];
  });
}

/** The domains of zones that hold names of Google APIs, and the one for a name: the longest. */
export const apiDomains = (plan: NetworkPlan): string[] => [
  ...new Set(apiEndpoints(plan).flatMap((each) => hostsOf(plan, each).map((host) => apiDomain(plan, host)))),
];

export const apiDomain = (plan: NetworkPlan, host: string): string =>
  [regionalDomain(plan), "googleapis.com", "pkg.dev", "gcr.io"].find((domain) => within(host, domain)) ??
  host;

const tcp = (...ports: readonly number[]): readonly Traffic[] =>
  ports.map((port) => ({ protocol: "tcp", from: port, to: port }));

export const HTTPS = tcp(443);

/**
 * Ports of attached services where the spec gives none: PostgreSQL's, because an attachment names no engine.
 * Connectors of Cloud SQL (3307) need an API that no perimeter here holds.
 * https://docs.cloud.google.com/sql/docs/postgres/connect-overview
 * https://docs.cloud.google.com/vertex-ai/docs/vector-search/deploy-index-private-service-connect
 */
const ATTACHED_PORTS: Readonly<Record<AttachedService, readonly Traffic[]>> = {
  "relational-db": tcp(5432),
  "vector-search": tcp(443, 10000),
  custom: [],
};

export function portsOf({ service, traffic }: Endpoint): readonly Traffic[] {
  const own = isApi(service) ? HTTPS : ATTACHED_PORTS[service];
  return traffic.length > 0 ? traffic : own;
}

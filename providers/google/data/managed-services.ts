/**
 * Neutral services as Google offers them. Google APIs share one private address, so the network cannot tell them apart: which
 * service is a perimeter's to say, and which right is the business of identity policy (IAM), which an enclave does not write,
 * because it does not know the accounts of its workloads.
 * Names: https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
 * Services in perimeters: https://docs.cloud.google.com/vpc-service-controls/docs/supported-products
 */
import type { Service, Traffic } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";

/** Databases and indexes are reached as other people's services are: by a service attachment of their own. */
export type AttachedService = "relational-db" | "vector-search" | "custom";
export type ApiService = Exclude<Service, AttachedService>;

export interface GoogleApi {
  /** The service as a perimeter names it. */
  readonly api: string;
  /** Names that have to resolve, `{region}` to be filled in; `*.` means any label below. */
  readonly hosts: readonly string[];
}

const api = (name: string, ...hosts: readonly string[]): GoogleApi => ({
  api: name,
  hosts: [name, ...hosts],
});

const VERTEX = api("aiplatform.googleapis.com", "{region}-aiplatform.googleapis.com");

/** What each service consists of. */
const GOOGLE_APIS: Readonly<Record<ApiService, readonly GoogleApi[]>> = {
  // A bucket is a path or a label in front of the name, as the client likes.
  "object-storage": [api("storage.googleapis.com", "*.storage.googleapis.com")],
  "model-api": [VERTEX],
  "ml-platform": [VERTEX],
  // Images come from a name for each location and format, us-east1-docker.pkg.dev.
  "container-registry": [api("artifactregistry.googleapis.com", "*.pkg.dev")],
  secrets: [api("secretmanager.googleapis.com")],
  keys: [api("cloudkms.googleapis.com")],
  logs: [api("logging.googleapis.com")],
  metrics: [api("monitoring.googleapis.com")],
  queue: [api("pubsub.googleapis.com", "{region}-pubsub.googleapis.com")],
};

export const isApi = (service: Service): service is ApiService => Object.hasOwn(GOOGLE_APIS, service);

export const apiEndpoints = (plan: NetworkPlan): (Endpoint & { readonly service: ApiService })[] =>
  plan.endpoints.flatMap((endpoint) =>
    isApi(endpoint.service) ? [{ ...endpoint, service: endpoint.service }] : [],
  );

export const attachedEndpoints = (plan: NetworkPlan): Endpoint[] =>
  plan.endpoints.filter((endpoint) => !isApi(endpoint.service));

export const apisOf = (service: ApiService): readonly GoogleApi[] => GOOGLE_APIS[service];

/** Names under which the bundle of all APIs answers for a service. */
export const globalHosts = (service: ApiService, region: string): string[] =>
  apisOf(service).flatMap(({ hosts }) => hosts.map((host) => host.replaceAll("{region}", region)));

const tcp = (...ports: readonly number[]): readonly Traffic[] =>
  ports.map((port) => ({ protocol: "tcp", from: port, to: port }));

/**
 * Ports of attached services where the spec gives none; Google APIs have one.
 * Databases: https://docs.cloud.google.com/sql/docs/postgres/connect-overview (3307 is the connectors')
 * Indexes: https://docs.cloud.google.com/vertex-ai/docs/vector-search/deploy-index-private-service-connect
 */
const OWN_PORTS: Readonly<Record<AttachedService, readonly Traffic[]>> = {
  "relational-db": tcp(5432, 3307),
  "vector-search": tcp(443, 10000),
  custom: [],
};

export function portsOf({ service, ports }: Endpoint): readonly Traffic[] {
  if (ports.length > 0) return ports;
  return isApi(service) ? tcp(443) : OWN_PORTS[service];
}

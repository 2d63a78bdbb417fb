/**
 * The services of a spec as Google offers them, written here for a second time and apart from the renderer.
 */
import type { PrivateEndpoint, Service } from "../../model/enclave";
import { ANY, type PortRange } from "../replay/traffic";

interface Api {
  /** First label of its name below `googleapis.com`, by which a perimeter and a regional endpoint name it. */
  readonly label: string;
  /** Names beside it by which clients call it. `*` stands for any label, `{region}` for the region. */
  readonly more?: readonly string[];
  /** Where it has an endpoint of the region. */
  readonly regional?: "everywhere" | readonly string[];
}

/** The endpoint table of gcloud 578.0.0, August 2026. */
const KEY_REGIONS = [
  ...["europe-west3", "europe-west8", "europe-west9", "me-central2"],
  ...["northamerica-northeast1", "northamerica-northeast2", "us-central1", "us-east1", "us-east4"],
  ...["us-east5", "us-south1", "us-west1", "us-west2", "us-west3", "us-west4"],
];

/**
 * Names: https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis. What is not here has
 * a service attachment. Buckets are named by a path or by a label; images come from a name for each location
 * and format.
 */
const APIS: Readonly<Partial<Record<Service, Api>>> = {
  "object-storage": { label: "storage", more: ["*.storage.googleapis.com"], regional: "everywhere" },
  "model-api": { label: "aiplatform", more: ["{region}-aiplatform.googleapis.com"] },
  "ml-platform": { label: "aiplatform", more: ["{region}-aiplatform.googleapis.com"] },
  "container-registry": { label: "artifactregistry", more: ["*.pkg.dev", "gcr.io", "*.gcr.io"] },
  secrets: { label: "secretmanager", regional: "everywhere" },
  keys: { label: "cloudkms", regional: KEY_REGIONS },
  logs: { label: "logging", regional: "everywhere" },
  metrics: { label: "monitoring" },
  queue: { label: "pubsub", more: ["{region}-pubsub.googleapis.com"], regional: "everywhere" },
};

export const isApi = (service: Service): boolean => APIS[service] !== undefined;

export const apiOf = (service: Service): string => `${APIS[service]?.label}.googleapis.com`;

/** Whether the spec wants an endpoint of the region for the service. */
export function isRegional(service: Service, region: string, setting: boolean | "prefer" = false): boolean {
  const where = APIS[service]?.regional ?? [];
  return setting === "prefer" ? where === "everywhere" || where.includes(region) : setting;
}

/** https://docs.cloud.google.com/vpc/docs/regional-service-endpoints */
export const regionalNameOf = (service: Service, region: string): string =>
  `${APIS[service]?.label}.${region}.rep.googleapis.com`;

/** `allowed`: further names that resolve. Those of other regions' APIs are the endpoint's too. */
export function bundleNamesOf(service: Service, region: string, allowed: readonly string[]): string[] {
  const more = APIS[service]?.more ?? [];
  const elsewhere = allowed.filter((name) => more.includes(name.replace(/^[a-z]+-[a-z]+\d+-/, "{region}-")));
  const own = more.map((name) => name.replace("{region}", region));
  return [...new Set([apiOf(service), ...own, ...elsewhere])];
}

/**
 * Of attached services: https://docs.cloud.google.com/sql/docs/postgres/connect-overview,
 * https://docs.cloud.google.com/vertex-ai/docs/vector-search/deploy-index-private-service-connect
 */
const PORTS: Readonly<Partial<Record<Service, readonly number[]>>> = {
  "relational-db": [5432],
  "vector-search": [443, 10000],
};

export function portsOf({ service, traffic }: PrivateEndpoint): PortRange[] {
  if (traffic.length > 0)
    return traffic.map((one) => ("from" in one ? one : { protocol: ANY, from: 0, to: 0 }));
  return (PORTS[service] ?? [443]).map((port) => ({ protocol: "tcp", from: port, to: port }));
}

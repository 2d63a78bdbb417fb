/** What the services of a spec are on Google, said here for a second time and apart from the renderer. */
import type { PrivateEndpoint, Service } from "../../model/enclave";
import { ANY, type PortRange } from "../replay/traffic";

/** First label of a service's name below `googleapis.com`; undefined for what has a service attachment of its own. */
const LABELS: Readonly<Record<Service, string | undefined>> = {
  "object-storage": "storage",
  "model-api": "aiplatform",
  "ml-platform": "aiplatform",
  "container-registry": "artifactregistry",
  secrets: "secretmanager",
  keys: "cloudkms",
  logs: "logging",
  metrics: "monitoring",
  queue: "pubsub",
  "relational-db": undefined,
  "vector-search": undefined,
  custom: undefined,
};

export const labelOf = (service: Service): string | undefined => LABELS[service];
export const isApi = (service: Service): boolean => labelOf(service) !== undefined;

/** Of attached services: https://docs.cloud.google.com/sql/docs/postgres/connect-overview */
const PORTS: Readonly<Partial<Record<Service, readonly number[]>>> = {
  "relational-db": [5432, 3307],
  "vector-search": [443, 10000],
};

export function portsOf({ service, traffic }: PrivateEndpoint): PortRange[] {
  if (traffic.length > 0)
    return traffic.map((one) => ("from" in one ? one : { protocol: ANY, from: 0, to: 0 }));
  return (PORTS[service] ?? [443]).map((port) => ({ protocol: "tcp", from: port, to: port }));
}

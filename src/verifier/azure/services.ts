/**
 * What the services of a spec are on Azure, said here for a second time and apart from the renderer.
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview#private-link-resource
 */
import type { PrivateEndpoint } from "../../model/enclave";
import type { PortRange } from "../replay/traffic";

/** Ports that are not 443 alone, by the type of the resource or, where the spec names none, by the service. */
const PORTS: Readonly<Record<string, readonly number[]>> = {
  queue: [443, 5671],
  "microsoft.servicebus/namespaces": [443, 5671],
  "microsoft.eventhub/namespaces": [443, 5671, 9093],
  "relational-db": [5432],
  "microsoft.dbforpostgresql/flexibleservers": [5432],
  "microsoft.dbformysql/flexibleservers": [3306],
  "microsoft.sql/servers": [1433],
};
const HTTPS: readonly number[] = [443];

export function portsOf({ service, traffic, resources }: PrivateEndpoint): PortRange[] {
  const given = traffic.flatMap((one) => ("from" in one ? [one] : []));
  if (given.length > 0) return given;
  const types = (resources.azure ?? []).map(
    (id) => /\/providers\/([\w.]+\/\w+)\//i.exec(id)?.[1]?.toLowerCase() ?? "",
  );
  const ports =
    types.length === 0 ? (PORTS[service] ?? HTTPS) : types.flatMap((type) => PORTS[type] ?? HTTPS);
  return [...new Set(ports)].map((port) => ({ protocol: "tcp", from: port, to: port }));
}

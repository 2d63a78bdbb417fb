/** Names of endpoint services: of those that customers share, and of those of AWS itself. */
import { OPENSEARCH, POLICY_SERVICES } from "./services";

/**
 * A service that a customer shares through PrivateLink, with its region. Only its owner stands behind it, so its endpoint takes no
 * policy. All other names lead to services of AWS, where a missing policy admits every account.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
 */
const SHARED = /^com\.amazonaws\.vpce\.([a-z0-9-]+)\.vpce-svc-[0-9a-f]+$/;

/** The region of a shared service; undefined for every other name. */
export const sharedServiceRegion = (serviceName: string): string | undefined => SHARED.exec(serviceName)?.[1];

/** Services of AWS by the last part of their names, as a spec calls them. */
const OFFERED: ReadonlyMap<string, string> = new Map([
  ...Object.entries(POLICY_SERVICES).flatMap(([service, { read, write }]) =>
    [...read, ...write].map(({ endpoint }): [string, string] => [endpoint.name, service]),
  ),
  [OPENSEARCH.name, "vector-search"],
]);

/** The service of a spec that leads where an endpoint service of AWS does: `secrets` for `com.amazonaws.us-east-1.secretsmanager`. */
export const offeredAs = (serviceName: string): string | undefined =>
  OFFERED.get(serviceName.replace(/^com\.amazonaws\.[a-z]+-[a-z-]+-\d\./, ""));

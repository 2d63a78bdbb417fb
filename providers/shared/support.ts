/**
 * The features of a cloud, and what enforces each service that it has: from one table of its services, so that the two cannot
 * contradict each other, and so that a new service does not compile until every cloud has answered.
 */
import type { Cloud } from "../../src/clouds/cloud";
import { SERVICE_NAMES, type Service } from "../../src/clouds/services";
import type { Feature, Provider, Support } from "../../src/plan/provider";

export type Missing = Extract<Support, { readonly supported: false }>;

export const missing = (reason: string, alternative: string): Missing => ({
  supported: false,
  reason,
  alternative,
});

interface Offer {
  /** The thing that would publish a service of the enclave, with its article. */
  readonly publishing: string;
  /** The mechanism that enforces consumers and rights of an endpoint of each service, or why there is none. */
  readonly services: Readonly<Record<Service, string | Missing>>;
}

const SUPPORTED: Support = { supported: true };

export function supportOf(
  cloud: Cloud,
  { publishing, services }: Offer,
): Pick<Provider, "features" | "heldBy"> {
  const ofService = (service: Service): Support =>
    typeof services[service] === "string" ? SUPPORTED : services[service];
  const later = (subject: string, alternative: string): Missing =>
    missing(`${subject} not in this version, on ${cloud} as on every cloud.`, alternative);
  return {
    features: {
      "external-networks": later(
        "Networks outside the enclave are",
        "remove externalNetworks and the flows that name them",
      ),
      publish: later(`Publishing a service, here through ${publishing}, is`, "remove publish"),
      mesh: later("A service mesh is", "remove mesh"),
      "inspection-request": SUPPORTED,
      ...(Object.fromEntries(
        SERVICE_NAMES.map((service) => [`service:${service}`, ofService(service)]),
      ) as Record<`service:${Service}`, Support>),
    } satisfies Record<Feature, Support>,
    heldBy: Object.fromEntries(
      SERVICE_NAMES.flatMap((service) =>
        typeof services[service] === "string" ? [[service, services[service]]] : [],
      ),
    ) as Provider["heldBy"],
  };
}

/**
 * What a cloud has and has not, and what holds what it has: read off one table of its services, so that the two cannot
 * contradict each other, and so that a new service stops compiling until every cloud has answered.
 */
import type { Cloud } from "../../src/clouds/cloud";
import { SERVICE_NAMES, type Service } from "../../src/clouds/services";
import type { Feature } from "../../src/model/features";
import type { Provider, Support } from "../../src/plan/provider";

export type Missing = Extract<Support, { readonly supported: false }>;

export const missing = (reason: string, alternative: string): Missing => ({
  supported: false,
  reason,
  alternative,
});

interface Offer {
  /** What would publish a service of the enclave, with its article. */
  readonly publishing: string;
  /** What holds consumers and rights of an endpoint of each service, or why there is none. */
  readonly services: Readonly<Record<Service, string | Missing>>;
}

const HELD: Support = { supported: true };

export function supportOf(
  cloud: Cloud,
  { publishing, services }: Offer,
): Pick<Provider, "features" | "heldBy"> {
  const ofService = (service: Service): Support =>
    typeof services[service] === "string" ? HELD : services[service];
  return {
    features: {
      "external-networks": missing(
        `Networks outside the enclave are not in this version, on ${cloud} as on every cloud.`,
        "remove externalNetworks and the flows that name them",
      ),
      publish: missing(
        `Publishing a service, here through ${publishing}, is not in this version, on ${cloud} as on every cloud.`,
        "remove publish",
      ),
      mesh: missing(`A service mesh is not in this version, on ${cloud} as on every cloud.`, "remove mesh"),
      "inspection-request": HELD,
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

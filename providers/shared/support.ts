/** The features of a cloud and what enforces each service, of one table: neither contradicts the other. */
import type { Cloud } from "../../src/clouds/cloud";
import { SERVICE_NAMES, type Service } from "../../src/clouds/services";
import type { Feature, Support } from "../../src/plan/provider";

export type Missing = Extract<Support, { readonly supported: false }>;

export const missing = (reason: string, alternative: string): Missing => {
  return { supported: false, reason, alternative };
};

const SUPPORTED: Support = { supported: true };

/** The mechanism that enforces consumers and rights of an endpoint of each service, or why there is none. */
type Services = Readonly<Record<Service, string | Missing>>;

/** `publishing`: the thing that would publish a service of the enclave, with its article. */
export function supportOf(
  cloud: Cloud,
  publishing: string,
  services: Services,
  more: Partial<Readonly<Record<Feature, Support>>> = {},
) {
  const later = (subject: string, alternative: string): Missing =>
    missing(`${subject} not in this version, on ${cloud} as on every cloud.`, alternative);
  const supports = SERVICE_NAMES.map((service) => {
    const by = services[service];
    return [`service:${service}`, typeof by === "string" ? SUPPORTED : by];
  });
  const networks = "remove externalNetworks and the flows that name them";
  return {
    features: {
      "external-networks": later("Networks outside the enclave are", networks),
      publish: later(`Publishing a service, here through ${publishing}, is`, "remove publish"),
      mesh: later("A service mesh is", "remove mesh"),
      "inspection-request": { supported: true, preview: "It was not tried in a cloud." },
      actions: SUPPORTED,
      anonymous: SUPPORTED,
      ...(Object.fromEntries(supports) as Record<`service:${Service}`, Support>),
      ...more,
    } satisfies Record<Feature, Support>,
    heldBy: Object.fromEntries(Object.entries(services).filter(([, by]) => typeof by === "string")),
  };
}

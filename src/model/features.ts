/**
 * The parts of a spec that a cloud may be unable to hold. A spec that uses one which its cloud does not support is refused with
 * the cloud's reason; nothing is dropped in silence.
 */
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Enclave, Service } from "./enclave";

export type Feature = "external-networks" | "publish" | "mesh" | "inspection-request" | `service:${Service}`;

export interface UsedFeature {
  readonly feature: Feature;
  /** The spec item that asks for it. */
  readonly path: SpecPath;
}

type Placed = { readonly path: SpecPath };

/** As much of an enclave as says which features it uses: an item of a spec is there, however wrong it may be. */
export interface Features {
  readonly externalNetworks: readonly Placed[];
  readonly privateEndpoints: readonly (Placed & { readonly service: Service })[];
  readonly published: readonly Placed[];
  readonly inspection?: Enclave["inspection"];
  readonly mesh?: Placed;
}

/** In spec order; a service used by three endpoints is three uses. */
export function featuresOf(enclave: Features): UsedFeature[] {
  return [
    ...enclave.externalNetworks.map(
      (network): UsedFeature => ({ feature: "external-networks", path: network.path }),
    ),
    ...enclave.privateEndpoints.map(
      (endpoint): UsedFeature => ({ feature: `service:${endpoint.service}`, path: endpoint.path }),
    ),
    ...(enclave.inspection === "request"
      ? [{ feature: "inspection-request", path: "inspection" } as const]
      : []),
    ...enclave.published.map((service): UsedFeature => ({ feature: "publish", path: service.path })),
    ...(enclave.mesh === undefined ? [] : [{ feature: "mesh", path: enclave.mesh.path } as const]),
  ];
}

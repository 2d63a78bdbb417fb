/**
 * Regional endpoints: where the spec asks that requests to Google APIs stay in the region
 * (`google.regionalEndpoints`), every
 * service is reached by a name and an address of its own, and the bundle of all APIs is not there. The
 * network then tells services apart; the perimeter still decides whose resources they are.
 * Services that Private Service Connect reaches: https://docs.cloud.google.com/vpc/docs/regional-service-endpoints
 */
import { NetworkConnectivityRegionalEndpoint } from "@cdktf/provider-google/lib/network-connectivity-regional-endpoint";
import { type Address, addResource, after, id, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { type ApiEndpoint, regionalHost } from "../data/services";
import { labels, named } from "./naming";
import type { Network } from "./network";
import { addressOf } from "./sites";

/** Serves all endpoints of the spec for one service. */
export function renderRegionalEndpoint(
  rendering: Rendering,
  { network }: Network,
  subnetwork: Address,
  perimeter: readonly Address[],
  endpoint: ApiEndpoint,
): Address {
  const { plan } = rendering;
  const name = `enclave_google_${endpoint.service.replaceAll("-", "_")}`;
  const host = regionalHost(endpoint.service, regionOf(plan));
  return addResource(rendering, NetworkConnectivityRegionalEndpoint, name, {
    ...named(rendering, name, `${host} inside enclave ${plan.name}`),
    location: regionOf(plan),
    targetGoogleApi: host,
    // GLOBAL would open it to other regions.
    accessType: "REGIONAL",
    network: id(network),
    subnetwork: id(subnetwork),
    address: addressOf(rendering, endpoint),
    labels: labels(rendering),
    ...after(...perimeter),
  });
}

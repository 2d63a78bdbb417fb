/**
 * Regional endpoints: where the spec asks that requests to Google APIs stay in the region (`google.regionalEndpoints`), every
 * service is reached by a name and an address of its own, and the bundle of all APIs is not there. The network then tells services
 * apart; whose resources they are stays the perimeter's to say.
 * What Private Service Connect reaches: https://docs.cloud.google.com/vpc/docs/regional-service-endpoints
 * Regions: the table of endpoints in release 578.0.0 of Google's command line tool (gcloud), August 2026, read on 2026-11-21.
 */
import { NetworkConnectivityRegionalEndpoint } from "@cdktf/provider-google/lib/network-connectivity-regional-endpoint";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { endpointPath } from "../../shared/paths";
import { type Address, addResource, dependable, expr, type Rendering } from "../../shared/rendering";
import { type ApiService, apiEndpoints } from "../data/managed-services";
import { KNOWN_REGIONS, regionOf } from "../data/regions";
import type { Network } from "./handles";
import { googleName, labels } from "./naming";
import { type Planned, serviceAddress } from "./sites";

interface Regional {
  /** First label of `storage.us-east1.rep.googleapis.com`. */
  readonly label: string;
  readonly regions: readonly string[];
}

const KEY_REGIONS = [
  ...[
    "europe-west3",
    "europe-west8",
    "europe-west9",
    "me-central2",
    "northamerica-northeast1",
    "northamerica-northeast2",
  ],
  ...[
    "us-central1",
    "us-east1",
    "us-east4",
    "us-east5",
    "us-south1",
    "us-west1",
    "us-west2",
    "us-west3",
    "us-west4",
  ],
] as const;

const VERTEX_IS_WIDER =
  "Vertex AI has such endpoints for the whole of the US and of the EU (aiplatform.eu.rep.googleapis.com), and for no region.";

/** Or why there is none. A service's place in this list is its address: new ones go to the end. */
const SERVICES: Readonly<Record<ApiService, Regional | string>> = {
  "object-storage": { label: "storage", regions: KNOWN_REGIONS },
  secrets: { label: "secretmanager", regions: KNOWN_REGIONS },
  keys: { label: "cloudkms", regions: KEY_REGIONS },
  logs: { label: "logging", regions: KNOWN_REGIONS },
  queue: { label: "pubsub", regions: KNOWN_REGIONS },
  "model-api": VERTEX_IS_WIDER,
  "ml-platform": VERTEX_IS_WIDER,
  "container-registry":
    "Artifact Registry has such endpoints for its management only; images come from pkg.dev, for which no such name is known.",
  metrics: "Cloud Monitoring has no such endpoints.",
};

export const isRegional = ({ settings }: NetworkPlan): boolean => settings.google.regionalEndpoints === true;

export const hasRegional = (service: ApiService): boolean => typeof SERVICES[service] !== "string";

const seatOf = (service: ApiService): number => Object.keys(SERVICES).indexOf(service);

/** The service's own address; the same for all endpoints of it. */
export const regionalAddress = (planned: Planned, service: ApiService): string =>
  serviceAddress(planned, seatOf(service));

/** `us-east1.rep.googleapis.com`: what is above all regional names. */
export const regionalDomain = (plan: NetworkPlan): string => `${regionOf(plan)}.rep.googleapis.com`;

/** Throws where the review has refused the service. */
export function regionalHost(plan: NetworkPlan, service: ApiService): string {
  const regional = SERVICES[service];
  if (typeof regional === "string") throw new Error(`internal: ${service} has no regional endpoint`);
  return `${regional.label}.${regionalDomain(plan)}`;
}

/** One for each service in use, however many endpoints of the spec it serves; by service. */
export function renderRegionalEndpoints(
  rendering: Rendering,
  { network }: Network,
  subnetwork: Address,
  perimeter: Address | undefined,
): ReadonlyMap<ApiService, Address> {
  const { plan } = rendering;
  const services = [...new Set(apiEndpoints(plan).map(({ service }) => service))];
  return new Map(
    services.map((service) => {
      const target = regionalHost(plan, service);
      const endpoint = addResource(
        rendering,
        NetworkConnectivityRegionalEndpoint,
        `enclave_google_${service.replaceAll("-", "_")}`,
        {
          name: googleName(plan, "enclave", "google", service),
          description: `${target} inside enclave ${plan.name}`,
          location: regionOf(plan),
          targetGoogleApi: target,
          // From other regions it could be reached by GLOBAL.
          accessType: "REGIONAL",
          network: expr(`${network}.id`),
          subnetwork: expr(`${subnetwork}.id`),
          address: regionalAddress(rendering, service),
          labels: labels(rendering),
          ...(perimeter === undefined ? {} : { dependsOn: [dependable(perimeter)] }),
        },
      );
      return [service, endpoint];
    }),
  );
}

/** The whole point is that nothing goes elsewhere, so what cannot stay in the region is refused. */
export function reviewRegional(plan: NetworkPlan): Diagnostic[] {
  if (!isRegional(plan) || plan.regions.google === undefined) return [];
  return apiEndpoints(plan).flatMap((endpoint) => reviewService(regionOf(plan), endpoint));
}

function reviewService(region: string, endpoint: Endpoint & { readonly service: ApiService }): Diagnostic[] {
  const { name, service } = endpoint;
  const regional = SERVICES[service];
  const path = "google.regionalEndpoints";
  const facts = { endpoint: name, service, region };
  if (typeof regional === "string") {
    const fix = `# remove ${endpointPath(endpoint)}, or write regionalEndpoints: false`;
    return [
      error("google-regional-endpoint", path, `${service} has no regional endpoint on google`, regional, {
        facts,
        fix,
      }),
    ];
  }
  if (regional.regions.includes(region)) return [];
  const detail = `${regional.label}.${region}.rep.googleapis.com is not in the table of August 2026. It is there in ${regional.regions.join(", ")}.`;
  return [
    error("google-regional-endpoint", path, `${service} has no regional endpoint in ${region}`, detail, {
      facts,
      fix: `# build "${name}" in ${nearest(region, regional.regions)}, or write regionalEndpoints: false`,
    }),
  ];
}

/** One of the same continent, if there is one. */
const nearest = (region: string, regions: readonly string[]): string =>
  regions.find((other) => other.split("-")[0] === region.split("-")[0]) ?? regions[0] ?? region;

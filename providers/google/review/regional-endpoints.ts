/** Services that cannot stay in the region, where `google.regionalEndpoints` asks that every request does. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { regionOf } from "../data/regions";
import {
  type ApiEndpoint,
  apiEndpoints,
  isRegional,
  regionalHost,
  regionsWithEndpoint,
} from "../data/services";

export const reviewRegional = (plan: NetworkPlan): Diagnostic[] =>
  isRegional(plan) ? apiEndpoints(plan).flatMap((endpoint) => reviewService(regionOf(plan), endpoint)) : [];

function reviewService(region: string, endpoint: ApiEndpoint): Diagnostic[] {
  const { name, service } = endpoint;
  const regions = regionsWithEndpoint(service);
  const refuse = (place: string, detail: string, way: string): Diagnostic[] => {
    const summary = `${service} has no regional endpoint ${place}`;
    const more = {
      facts: { endpoint: name, service, region },
      fix: `# ${way}, or write regionalEndpoints: false`,
    };
    return [error("google-regional-endpoint", "google.regionalEndpoints", summary, detail, more)];
  };
  if (typeof regions === "string") return refuse("on google", regions, `remove ${endpoint.path}`);
  if (regions.includes(region)) return [];
  const detail = `${regionalHost(service, region)} is not in the table of August 2026. It is there in ${regions.join(", ")}.`;
  return refuse(`in ${region}`, detail, `build "${name}" in ${sameContinent(region, regions)}`);
}

/** The first region of the same continent, if there is one. */
const sameContinent = (region: string, regions: readonly string[]): string =>
  regions.find((other) => other.split("-")[0] === region.split("-")[0]) ?? regions[0] ?? region;

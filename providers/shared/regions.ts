/** The region of the enclave, and the names of its availability zones. */
import type { Cloud } from "../../src/clouds/cloud";
import { CLOUD_FACTS } from "../../src/clouds/clouds";
import { endsIn, isOneZone } from "../../src/clouds/regions";
import type { NetworkPlan } from "../../src/plan/network-plan";

/** Throws where the spec has no region for the cloud, which is refused before anything asks. */
export function regionFor(plan: NetworkPlan, cloud: Cloud): string {
  const region = plan.regions[cloud];
  if (region === undefined) throw new Error(`internal: no region for ${cloud}`);
  return region;
}

/** Availability zones that the table has for a region; undefined where it does not have the region. */
export function listedZones(cloud: Cloud, region: string): string[] | undefined {
  const ends = endsIn(cloud, region);
  return ends === undefined ? undefined : zonesEnding(cloud, region, ends);
}

export const zoneStart = (cloud: Cloud, region: string): string =>
  CLOUD_FACTS[cloud].regions.zoneStart.replace("{region}", region);

/** One zone for each character of `ends`. */
export const zonesEnding = (cloud: Cloud, region: string, ends: string): string[] =>
  [...ends].map((end) => `${zoneStart(cloud, region)}${end}`);

/** The spec's own names, else those of the table; undefined when neither has enough of them. */
export function zoneNamesFor(plan: NetworkPlan, cloud: Cloud): readonly string[] | undefined {
  const region = regionFor(plan, cloud);
  const listed = isOneZone(cloud, region) ? [region] : listedZones(cloud, region);
  const names = plan.zoneNames[cloud] ?? listed ?? [];
  return names.length < plan.availabilityZones ? undefined : names.slice(0, plan.availabilityZones);
}

/** False for a region that is probably mistyped, so that nothing else can be compared with it. */
export const isKnownRegion = (plan: NetworkPlan, cloud: Cloud): boolean =>
  plan.zoneNames[cloud] !== undefined || listedZones(cloud, regionFor(plan, cloud)) !== undefined;

/** Where the enclave lies, and what its slots are called there. */

import { CLOUDS, type Cloud } from "../../src/clouds/cloud";
import { replacing } from "../../src/diagnostics/edit";
import type { NetworkPlan } from "../../src/plan/network-plan";

/** Throws where the spec has no region for the cloud, which is refused before anything asks. */
export function regionFor(plan: NetworkPlan, cloud: Cloud): string {
  const region = plan.regions[cloud];
  if (region === undefined) throw new Error(`internal: no region for ${cloud}`);
  return region;
}

/** The spec's own names, else those of the cloud's table for the region; undefined when neither knows enough of them. */
export function slotNamesFor(
  plan: NetworkPlan,
  cloud: Cloud,
  known: readonly string[],
): readonly string[] | undefined {
  const names = plan.slotNames[cloud] ?? known;
  return names.length < plan.slots ? undefined : names.slice(0, plan.slots);
}

/** Where a cloud's region stands in the spec, and the edit that puts another there and leaves those of other clouds. */
export function inRegion(
  { regions }: NetworkPlan,
  cloud: Cloud,
  region: string,
): { readonly path: string; readonly fix: string } {
  const isShared = CLOUDS.every((each) => regions[each] !== undefined && regions[each] === regions[cloud]);
  const path = isShared ? "region" : `region.${cloud}`;
  return { path, fix: replacing(path, region) };
}

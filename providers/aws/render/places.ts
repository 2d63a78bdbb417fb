/** Zones and sites of the infrastructure: each has one subnet, one route table per availability zone and one network ACL. */
import { type Block, slotOf } from "../../../src/addresses/address";
import type { Site } from "../../../src/addresses/addresses";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { exitsOf } from "../../../src/plan/ways";
import { endpointGroups, hasInterfaces } from "./endpoint-groups";

export type SiteName = Extract<Site, "endpoints" | "firewall" | "nat">;

export type Place = {
  /** First part of its Terraform names. */
  readonly id: string;
  readonly name: string;
  /** One per availability zone, in their order. */
  readonly blocks: readonly Block[];
} & (
  | { readonly zone: PlannedZone; readonly site?: undefined }
  | { readonly site: SiteName; readonly zone?: undefined }
);

export function placesOf(plan: NetworkPlan): Place[] {
  const zones = plan.zones.map((zone) => ({ id: zone.id, name: zone.name, zone, blocks: zone.subnets }));
  return [...zones, ...sitesOf(plan).map((site) => placeOf(plan, site))];
}

function sitesOf(plan: NetworkPlan): SiteName[] {
  const served = endpointGroups(plan).groups.some(hasInterfaces);
  const leaves = exitsOf(plan).length > 0;
  return [...(served ? (["endpoints"] as const) : []), ...(leaves ? (["firewall", "nat"] as const) : [])];
}

function placeOf(plan: NetworkPlan, site: SiteName): Place {
  const blocks = Array.from({ length: plan.slots }, (_, slot) => slotOf(plan.sites[site], slot));
  return { id: `enclave_${site}`, name: site, site, blocks };
}

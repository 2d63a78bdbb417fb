/** Zones and sites of the infrastructure: each has one subnet, one route table per availability zone and one network ACL. */
import type { Block } from "../../../src/addresses/address";
import type { Site } from "../../../src/addresses/addresses";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { exitsOf } from "../../../src/plan/ways";
import { endpointGroups, hasInterfaces } from "./endpoint-groups";

export type SiteName = Extract<Site, "endpoints" | "firewall" | "nat">;

export type Place = {
  /** First part of its Terraform names. */
  readonly id: string;
  readonly name: string;
  /** All four slots. */
  readonly block: Block;
} & (
  | { readonly zone: PlannedZone; readonly site?: undefined }
  | { readonly site: SiteName; readonly zone?: undefined }
);

export function placesOf(plan: NetworkPlan): Place[] {
  const zones = plan.zones.map((zone) => ({ id: zone.id, name: zone.name, block: zone.block, zone }));
  const sites = sitesOf(plan).map((site) => ({
    id: `enclave_${site}`,
    name: site,
    block: plan.sites[site],
    site,
  }));
  return [...zones, ...sites];
}

function sitesOf(plan: NetworkPlan): SiteName[] {
  const served = endpointGroups(plan).groups.some(hasInterfaces);
  const leaves = exitsOf(plan).length > 0;
  return [...(served ? (["endpoints"] as const) : []), ...(leaves ? (["firewall", "nat"] as const) : [])];
}

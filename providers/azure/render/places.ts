/** Zones and the site of the private endpoints: each has one security group and one route table for all of its subnets. */
import type { Block } from "../../../src/addresses/address";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";

export interface Place {
  /** Terraform name of its group and its table. */
  readonly id: string;
  /** Absent for the site of the private endpoints. */
  readonly zone?: PlannedZone;
  /** By Terraform name. */
  readonly subnets: readonly { readonly name: string; readonly block: Block }[];
}

export const ENDPOINTS = "enclave_endpoints";

/** Private endpoints have no availability zone, so theirs is one subnet, whatever the number of slots. */
export function placesOf({ zones, endpoints, sites }: NetworkPlan): Place[] {
  const places = zones.map((zone): Place => {
    const subnets = zone.subnets.map((block, slot) => ({ name: `${zone.id}_${slot + 1}`, block }));
    return { id: zone.id, zone, subnets };
  });
  if (endpoints.length === 0) return places;
  return [...places, { id: ENDPOINTS, subnets: [{ name: ENDPOINTS, block: sites.endpoints }] }];
}

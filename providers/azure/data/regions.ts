/** The region of the enclave and its availability zones. */
import { AZURE } from "../../../src/clouds/azure";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { listedZones, regionFor } from "../../shared/regions";

export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "azure");

export const ZONES: readonly string[] = [...AZURE.regions.ends];

/**
 * Asked for two zones, an address reports three, and the next plan replaces it.
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/16470
 */
export function publicAddressZones(plan: NetworkPlan): readonly string[] {
  const zones = listedZones("azure", regionOf(plan)) ?? [];
  return zones.length > 0 ? zones : (plan.zoneNames.azure ?? []);
}

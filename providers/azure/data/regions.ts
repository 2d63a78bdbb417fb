/** The region of the enclave, and its availability zones. */
import { AZURE } from "../../../src/clouds/azure";
import { isOneZone } from "../../../src/clouds/regions";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { regionFor } from "../../shared/regions";

export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "azure");

/** Every region that has zones has these. */
export const ZONES: readonly string[] = [...AZURE.regions.ends];

/** The spec may know of zones that are newer than the table. */
export const hasZones = (plan: NetworkPlan): boolean =>
  namesZones(plan) || !isOneZone("azure", regionOf(plan));

/** Whether the spec chooses among the zones; else Azure does. */
export const namesZones = ({ zoneNames }: NetworkPlan): boolean => zoneNames.azure !== undefined;

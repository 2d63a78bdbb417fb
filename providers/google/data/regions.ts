/** The region of the enclave and its zones. */

import { listedRegions } from "../../../src/clouds/regions";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { isKnownRegion, regionFor } from "../../shared/regions";

export const KNOWN_REGIONS = listedRegions("google");
export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "google");
export const isKnown = (plan: NetworkPlan): boolean => isKnownRegion(plan, "google");

/** The region of the enclave. */
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { regionFor } from "../../shared/regions";

export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "azure");

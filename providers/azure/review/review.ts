/** All that Azure refuses or notes of a plan, found before anything is rendered. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewQuotas } from "../../shared/review/quotas";
import { reviewEndpoints } from "./endpoints";
import { reviewLimits } from "./limits";
import { reviewNames } from "./names";
import { countQuotas, groupsOf } from "./quotas";
import { reviewSettings } from "./settings";

export function reviewPlan(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  const groups = groupsOf(plan, printer);
  return [
    ...reviewSettings(plan),
    ...reviewEndpoints(plan),
    ...reviewNames(plan),
    ...reviewQuotas(countQuotas(plan, printer, groups), "azure"),
    ...reviewLimits(plan, groups),
  ];
}

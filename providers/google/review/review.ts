/** All that Google refuses or notes of a plan, found before anything is rendered. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewEndpoints } from "./endpoints";
import { reviewLimits } from "./limits";
import { reviewNames } from "./names";
import { reviewPerimeter } from "./perimeter";
import { reviewAllQuotas } from "./quotas";
import { reviewSettings } from "./settings";

export const reviewPlan = (plan: NetworkPlan, printer: Printer): Diagnostic[] => [
  ...reviewSettings(plan),
  ...reviewEndpoints(plan),
  ...reviewLimits(plan),
  ...reviewNames(plan),
  ...reviewAllQuotas(plan, printer),
  ...reviewPerimeter(plan),
];

/** All that AWS refuses or notes of a plan, found before anything is rendered. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewQuotas } from "../../shared/review/quotas";
import { reviewEndpoints } from "./endpoints";
import { reviewLimits } from "./limits";
import { reviewNames } from "./names";
import { reviewNetworkAcls } from "./network-acls";
import { countQuotas } from "./quotas";
import { reviewSettings } from "./settings";

export const reviewPlan = (plan: NetworkPlan, printer: Printer): Diagnostic[] => [
  ...reviewSettings(plan),
  ...reviewEndpoints(plan),
  ...reviewNames(plan),
  ...reviewLimits(plan, printer),
  ...reviewQuotas(countQuotas(plan, printer), "aws"),
  ...reviewNetworkAcls(plan),
];

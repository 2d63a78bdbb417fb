/** Limits in the words of AWS. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { judge, type Limits, type Quota } from "../../shared/quota";

const LIMITS: Limits = {
  cloud: "AWS",
  codes: { most: "aws-quota", normal: "aws-quota-default" },
  normally: ({ normal, most }) => `An account has ${normal} by default, and up to ${most} on request`,
};

export const judged = (quotas: readonly Quota[]): Diagnostic[] =>
  quotas.flatMap((quota) => judge(LIMITS, quota));

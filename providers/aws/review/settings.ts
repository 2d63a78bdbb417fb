/** Settings of a spec on AWS. AWS alone names keys and certificates by ARN. */

import { EXAMPLE_ID } from "../../../src/clouds/aws";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewCommonSettings } from "../../shared/review/settings";
import { arnOf } from "../data/arns";
import { reviewArn } from "./arns";

export function reviewSettings(plan: NetworkPlan): Diagnostic[] {
  const { kmsKeyArn, inspectionCertificateArn } = plan.settings.aws;
  const reviewSetting = (setting: string, arn: string | undefined, service: string, kind: string) =>
    arn === undefined ? [] : reviewArn(`aws.${setting}`, arn, arnOf(plan, service, `${kind}/${EXAMPLE_ID}`));
  return [
    ...reviewCommonSettings(plan, "aws"),
    ...reviewSetting("kmsKeyArn", kmsKeyArn, "kms", "key"),
    ...reviewSetting("inspectionCertificateArn", inspectionCertificateArn, "acm", "certificate"),
  ];
}

/** Settings of a spec on AWS. AWS alone names keys and certificates by ARN. */
import { NIL } from "../../../src/clouds/field-facts";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewPlatforms } from "../../shared/review/platforms";
import { reviewCommonSettings } from "../../shared/review/settings";
import { arnOf } from "../data/resource-ids";
import { reviewArn } from "./resource-ids";

export function* reviewSettings(plan: NetworkPlan): Iterable<Diagnostic> {
  const { kmsKeyArn: key, inspectionCertificateArn: certificate } = plan.settings.aws;
  yield* reviewCommonSettings(plan, "aws");
  yield* reviewPlatforms(plan, "aws", []);
  if (key !== undefined) yield* reviewArn("aws.kmsKeyArn", key, arnOf(plan, "kms", `key/${NIL}`));
  const authority = arnOf(plan, "acm", `certificate/${NIL}`);
  if (certificate !== undefined) yield* reviewArn("aws.inspectionCertificateArn", certificate, authority);
}

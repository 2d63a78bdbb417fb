/** Settings of a spec on AWS. AWS alone names keys and certificates by ARN. */
import { NIL } from "../../../src/clouds/field-facts";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { warning } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { leavingZones } from "../../shared/questions";
import { reviewPlatforms } from "../../shared/review/platforms";
import { reviewCommonSettings } from "../../shared/review/settings";
import { arnOf } from "../data/resource-ids";
import { reviewArn } from "./resource-ids";

export function* reviewSettings(plan: NetworkPlan): Iterable<Diagnostic> {
  const { kmsKeyArn: key, inspectionCertificateArn: certificate } = plan.settings.aws;
  yield* reviewCommonSettings(plan, "aws");
  yield* reviewPlatforms(plan, "aws", []);
  yield* reviewInspection(plan);
  if (key !== undefined) yield* reviewArn("aws.kmsKeyArn", key, arnOf(plan, "kms", `key/${NIL}`));
  const authority = arnOf(plan, "acm", `certificate/${NIL}`);
  if (certificate !== undefined) yield* reviewArn("aws.inspectionCertificateArn", certificate, authority);
}

/** https://docs.aws.amazon.com/network-firewall/latest/developerguide/session-holding-tls.html */
function* reviewInspection(plan: NetworkPlan): Iterable<Diagnostic> {
  const zones = leavingZones(plan).map(({ name }) => name);
  if (plan.inspection !== "request" || zones.length === 0) return;
  const summary = "on aws the firewall itself connects to a server before it judges the name";
  const detail =
    `Whoever is in ${zones.join(", ")} can make it begin a TLS connection to any address on the inspected ports, ` +
    "with any server name. What the server hears is that name, and no request. Session holding would end this, " +
    "and the lowest version of the plugin that is accepted here does not know it. With `inspection: connection` " +
    "nothing of a name that is not allowed leaves.";
  yield warning("aws-inspection-connects", "inspection", summary, detail, { facts: { zones } });
}

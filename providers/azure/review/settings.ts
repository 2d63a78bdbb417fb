/** Settings of a spec on Azure, which alone has a key of a vault, and a certificate with an identity. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewCommonSettings } from "../../shared/review/settings";
import { isIdentity, NO_IDENTITY, wrongVaultPart } from "./identities";
import { reviewLogKey } from "./log-key";

export function* reviewSettings(plan: NetworkPlan): Iterable<Diagnostic> {
  yield* reviewCommonSettings(plan, "azure");
  yield* reviewLogKey(plan);
  yield* reviewCertificate(plan);
}

function* reviewCertificate({ settings: { azure } }: NetworkPlan): Iterable<Diagnostic> {
  const certificate = azure.inspectionCertificate;
  if (certificate === undefined) return;
  const wrong = wrongVaultPart(certificate.keyVaultSecretId, ["secrets", "certificates"]);
  const reasons = [
    [
      "keyVaultSecretId",
      wrong && `It has to be the address of a secret or certificate in a key vault. ${wrong}`,
    ],
    ["identityId", isIdentity(certificate.identityId) ? undefined : NO_IDENTITY],
  ] as const;
  for (const [field, why] of reasons) {
    if (why === undefined) continue;
    const path = `azure.inspectionCertificate.${field}`;
    const summary = `the ${field} of the inspection certificate is not valid`;
    const more = { facts: { value: certificate[field] } };
    yield error("azure-certificate", path, summary, why, more);
  }
}

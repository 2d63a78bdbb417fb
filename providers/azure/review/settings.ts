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
  yield* reviewPolicyTags(plan);
}

/** A tag of ours is the spec's to change, and one that is left alone would never be. */
function* reviewPolicyTags({ tags, settings: { azure } }: NetworkPlan): Iterable<Diagnostic> {
  const own = ["enclave", "zone", ...Object.keys(tags)].map((key) => key.toLowerCase());
  const keys = (azure.policyTags ?? []).map((key) => key.toLowerCase());
  for (const [index, key] of keys.entries()) {
    const isOwn = own.includes(key);
    if (!isOwn && keys.indexOf(key) === index) continue;
    const detail = isOwn
      ? "The spec or the enclave sets this tag itself, and a change of it would never arrive."
      : "It stands there already; capitals make no difference to Azure.";
    const path = `azure.policyTags[${index}]`;
    yield error("azure-policy-tag", path, `tag "${key}" cannot be left to a policy`, detail, {
      facts: { key },
    });
  }
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

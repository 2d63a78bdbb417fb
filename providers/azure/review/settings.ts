/** Settings of a spec on Azure. Azure alone has the key of a vault and the certificate of an inspection with its identity. */

import { INSPECTION_EXAMPLE } from "../../../src/clouds/azure";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { replacing } from "../../../src/diagnostics/edit";
import { error, info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewCommonSettings } from "../../shared/review/settings";
import { wrongVaultPart } from "./vault-addresses";

export const reviewSettings = (plan: NetworkPlan): Diagnostic[] => [
  ...reviewCommonSettings(plan, "azure"),
  ...reviewKey(plan),
  ...reviewCertificate(plan),
];

function reviewKey({ name, settings: { azure } }: NetworkPlan): Diagnostic[] {
  const key = azure.keyVaultKeyId;
  if (key === undefined) return [];
  const path = "azure.keyVaultKeyId";
  const wrong = wrongVaultPart(key, ["keys"]);
  if (wrong !== undefined) {
    const more = { facts: { key }, fix: replacing(path, "https://vault-name.vault.azure.net/keys/enclave") };
    const detail = `"${key}" is not the address of a key. ${wrong}`;
    return [error("azure-key-id", path, "the key is not in a key vault", detail, more)];
  }
  const identity = `${name}-logs`;
  const summary = "the identity that encrypts the flow logs needs a role on the key's vault";
  const detail = `Before the account of the flow logs is created, the vault has to give the identity ${identity} the role Key Vault Crypto Service Encryption User. The workspace stays under Microsoft's key: a key of yours needs a dedicated cluster.`;
  return [info("azure-key-grant", path, summary, detail, { facts: { identity } })];
}

const IDENTITY_ID =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]{3,128}$/i;

function reviewCertificate({ settings: { azure } }: NetworkPlan): Diagnostic[] {
  const certificate = azure.inspectionCertificate;
  if (certificate === undefined) return [];
  const wrong = wrongVaultPart(certificate.keyVaultSecretId, ["secrets", "certificates"]);
  const isIdentity = IDENTITY_ID.test(certificate.identityId);
  const reasons = {
    keyVaultSecretId: wrong && `It has to be the address of a secret or certificate in a key vault. ${wrong}`,
    identityId: isIdentity ? undefined : "It has to be the resource id of a user-assigned identity.",
  };
  return (["keyVaultSecretId", "identityId"] as const).flatMap((field) => {
    const why = reasons[field];
    if (why === undefined) return [];
    const path = `azure.inspectionCertificate.${field}`;
    const summary = `the ${field} of the inspection certificate is not valid`;
    const more = { facts: { value: certificate[field] }, fix: replacing(path, INSPECTION_EXAMPLE[field]) };
    return [error("azure-certificate", path, summary, why, more)];
  });
}

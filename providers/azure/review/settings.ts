/** Settings of a spec on Azure, which alone has a key of a vault, and a certificate with an identity. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewCommonSettings } from "../../shared/review/settings";

export function* reviewSettings(plan: NetworkPlan): Iterable<Diagnostic> {
  yield* reviewCommonSettings(plan, "azure");
  yield* reviewKey(plan);
  yield* reviewCertificate(plan);
}

function* reviewKey({ name, settings: { azure } }: NetworkPlan): Iterable<Diagnostic> {
  const key = azure.keyVaultKeyId;
  if (key === undefined) return;
  const path = "azure.keyVaultKeyId";
  const wrong = wrongVaultPart(key, ["keys"]);
  if (wrong !== undefined) {
    const more = { facts: { key } };
    const detail = `"${key}" is not the address of a key. ${wrong}`;
    yield error("azure-key-id", path, "the key is not in a key vault", detail, more);
    return;
  }
  const identity = `${name}-logs`;
  const summary = "the identity that encrypts the flow logs needs a role on the key's vault";
  const detail =
    `Before the account of the flow logs is created, the vault has to give the identity ${identity} ` +
    "the role Key Vault Crypto Service Encryption User. The workspace stays under Microsoft's key: " +
    "a key of yours needs a dedicated cluster.";
  yield info("azure-key-grant", path, summary, detail, { facts: { identity } });
}

const IDENTITY_ID =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]{3,128}$/i;

function* reviewCertificate({ settings: { azure } }: NetworkPlan): Iterable<Diagnostic> {
  const certificate = azure.inspectionCertificate;
  if (certificate === undefined) return;
  const wrong = wrongVaultPart(certificate.keyVaultSecretId, ["secrets", "certificates"]);
  const isIdentity = IDENTITY_ID.test(certificate.identityId);
  const reasons = [
    [
      "keyVaultSecretId",
      wrong && `It has to be the address of a secret or certificate in a key vault. ${wrong}`,
    ],
    ["identityId", isIdentity ? undefined : "It has to be the resource id of a user-assigned identity."],
  ] as const;
  for (const [field, why] of reasons) {
    if (why === undefined) continue;
    const path = `azure.inspectionCertificate.${field}`;
    const summary = `the ${field} of the inspection certificate is not valid`;
    const more = { facts: { value: certificate[field] } };
    yield error("azure-certificate", path, summary, why, more);
  }
}

/** https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
const ADDRESS = /^https:\/\/([^/.]+)\.vault\.azure\.net\/([a-z]+)\/([^/]*)(?:\/(.*))?$/;

/** Says which part of an address is wrong; undefined for a valid one. `kinds`: what the address may be of. */
export function wrongVaultPart(address: string, kinds: readonly string[]): string | undefined {
  const [, vault, kind = "", name = "", version] = ADDRESS.exec(address) ?? [];
  if (vault === undefined || !kinds.includes(kind))
    return (
      `It has the form of https://VAULT.vault.azure.net/${kinds.join("|")}/NAME, with or without a ` +
      "version."
    );
  if (!/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(vault))
    return (
      `The vault "${vault}" has ${vault.length} characters. ` +
      "The name of a vault has 3 to 24 small letters, digits and hyphens, begins with a letter and " +
      "does not end with a hyphen."
    );
  if (!/^[A-Za-z0-9-]{1,127}$/.test(name))
    return `The name "${name}" is not valid: it has 1 to 127 letters, digits and hyphens.`;
  return version === undefined || /^[0-9a-f]{32}$/.test(version)
    ? undefined
    : `The version "${version}" is not valid: it has 32 hexadecimal digits, or is left out.`;
}

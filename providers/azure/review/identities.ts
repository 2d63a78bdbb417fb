/** What a spec says of a key vault and of who reads it, by form. */

const IDENTITY_ID =
  /^\/subscriptions\/[0-9a-f-]{36}\/resourceGroups\/[\w.()-]+\/providers\/Microsoft\.ManagedIdentity\/userAssignedIdentities\/[\w-]{3,128}$/i;

export const isIdentity = (id: string): boolean => IDENTITY_ID.test(id);

export const NO_IDENTITY = "It has to be the resource id of a user-assigned identity.";

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

/** Of an address that is valid. */
export const vaultOf = (address: string): string => ADDRESS.exec(address)?.[1] ?? "";

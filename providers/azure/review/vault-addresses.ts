/** Addresses of keys, secrets and certificates in key vaults. */

/** An address in a key vault: https://learn.microsoft.com/azure/key-vault/general/about-keys-secrets-certificates#object-identifiers */
const ADDRESS = /^https:\/\/([^/.]+)\.vault\.azure\.net\/([a-z]+)\/([^/]*)(?:\/(.*))?$/;

/** The first part of an address that is wrong, in words; undefined for one that is right. `kinds`: what it may be of. */
export function wrongVaultPart(address: string, kinds: readonly string[]): string | undefined {
  const [, vault, kind = "", name = "", version] = ADDRESS.exec(address) ?? [];
  if (vault === undefined || !kinds.includes(kind))
    return `It has the form of https://VAULT.vault.azure.net/${kinds.join("|")}/NAME, with or without a version.`;
  if (!/^[a-z][a-z0-9-]{1,22}[a-z0-9]$/.test(vault))
    return `The vault "${vault}" has ${vault.length} characters. A vault's name has 3 to 24: small letters, digits and hyphens, a letter first and no hyphen last.`;
  if (!/^[A-Za-z0-9-]{1,127}$/.test(name))
    return `The name "${name}" is none: 1 to 127 letters, digits and hyphens.`;
  return version === undefined || /^[0-9a-f]{32}$/.test(version)
    ? undefined
    : `The version "${version}" is none: 32 hexadecimal digits, or nothing.`;
}

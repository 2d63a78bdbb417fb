import { wrongVaultPart } from "../../../providers/azure/review/identities";

test.each([
  ["https://my-vault.vault.azure.net/keys/logs", undefined],
  ["https://my-vault.vault.azure.net/keys/logs/0123456789abcdef0123456789abcdef", undefined],
  ["https://kv.vault.azure.net/keys/logs", /^The vault "kv" has 2 characters/],
  ["https://my-vault.vault.azure.net/keys/lo_gs", /^The name "lo_gs"/],
  ["https://my-vault.vault.azure.net/keys/logs/1", /^The version "1"/],
  ["https://my-vault.vault.azure.net/secrets/logs", /^It has the form of/],
  ["https://my-vault.managedhsm.azure.net/keys/logs", /^It has the form of/],
])("of %s the wrong part is named", (address, wrong) => {
  const found = wrongVaultPart(address, ["keys"]);
  if (wrong === undefined) expect(found).toBeUndefined();
  else expect(found).toMatch(wrong);
});

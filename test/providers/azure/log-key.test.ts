/** A key of one's own: the commands that have to be run before the account of the flow logs is made. */
import { reviewLogKey } from "../../../providers/azure/review/log-key";
import { render, type Spec } from "./rendered";

const KEY = "https://rag-vault.vault.azure.net/keys/logs";
const IDENTITY =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities/logs";

const grant = (azure: Spec["azure"]) => [...reviewLogKey(render({ azure }).plan)][0];
const GRANT = 'az role assignment create --role "Key Vault Crypto Service Encryption User"';

test("an identity that the enclave makes is made first, and gets its role before the rest", () => {
  const { severity, detail = "" } = grant({ keyVaultKeyId: KEY, resourceGroup: "rag" }) ?? {};
  expect(severity).toBe("warning");
  const steps = [
    "terraform apply -target=azurerm_user_assigned_identity.enclave_logs",
    GRANT,
    "az identity show --resource-group rag --name case-logs",
    "az keyvault show --name rag-vault --query id",
    "properties.enablePurgeProtection",
  ].map((step) => detail.indexOf(step));
  expect(Math.min(...steps)).toBeGreaterThanOrEqual(0);
  expect(steps).toEqual([...steps].sort((a, b) => a - b));
});

test("one that exists needs its role alone", () => {
  const { severity, detail = "" } = grant({ keyVaultKeyId: KEY, logIdentityId: IDENTITY }) ?? {};
  expect(severity).toBe("info");
  expect(detail).toContain(`az identity show --ids ${IDENTITY}`);
  expect(detail).not.toContain("-target");
});

test("where no key is given, nothing is said", () => expect(grant({})).toBeUndefined());

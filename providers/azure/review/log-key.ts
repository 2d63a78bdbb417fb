/** A key of one's own for the flow logs: who reads it, and what has to be there before the first apply. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info, warning } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { parseResourceId, specIds } from "../data/resource-ids";
import { LOG_IDENTITY } from "../render/addresses";
import { azureName, logIdentityName } from "../render/naming";
import { isIdentity, NO_IDENTITY, vaultOf, wrongVaultPart } from "./identities";

const KEY_PATH = "azure.keyVaultKeyId";
const IDENTITY_PATH = "azure.logIdentityId";
const ROLE = "Key Vault Crypto Service Encryption User";

export function* reviewLogKey(plan: NetworkPlan): Iterable<Diagnostic> {
  const { keyVaultKeyId: key, logIdentityId: identity } = plan.settings.azure;
  if (identity !== undefined) yield* reviewIdentity(identity, key);
  if (key === undefined) return;
  const wrong = wrongVaultPart(key, ["keys"]);
  const detail = `"${key}" is not the address of a key. ${wrong}`;
  yield wrong === undefined
    ? grantOf(plan, key, identity)
    : error("azure-key-id", KEY_PATH, "the key is not in a key vault", detail, { facts: { key } });
}

function* reviewIdentity(identity: string, key: string | undefined): Iterable<Diagnostic> {
  const unread = key === undefined ? `There is no ${KEY_PATH} that it could read.` : undefined;
  const why = isIdentity(identity) ? unread : NO_IDENTITY;
  if (why === undefined) return;
  const summary = "the identity cannot read the key of the logs";
  yield error("azure-log-identity", IDENTITY_PATH, summary, why, { facts: { value: identity } });
}

/** An identity that the enclave makes cannot have its role before it is made: one apply is not enough. */
function grantOf(plan: NetworkPlan, key: string, identity: string | undefined): Diagnostic {
  const vault = vaultOf(key);
  const subscription = subscriptionOf(plan, vault);
  const [report, summary, who] =
    identity === undefined
      ? ([warning, "the first apply with a key of yours has two steps", logIdentityName(plan)] as const)
      : ([info, "the identity of the logs needs a role on the key's vault", identity] as const);
  const detail = [
    ...stepsOf(plan, vault, identity),
    `azurerm finds the vault ${vault} only in the subscription that Terraform works in` +
      `${subscription === undefined ? "" : `, here ${subscription}`}, and takes it only with purge protection: ` +
      `az keyvault show --name ${vault} --query "{id: id, purge: properties.enablePurgeProtection}".`,
    "The workspace stays under Microsoft's key: a key of yours needs a dedicated cluster.",
  ].join(" ");
  const facts = { identity: who, vault, ...(subscription === undefined ? {} : { subscription }) };
  return report("azure-key-grant", KEY_PATH, summary, detail, { facts });
}

/** https://learn.microsoft.com/en-us/azure/storage/common/customer-managed-keys-configure-new-account */
function stepsOf(plan: NetworkPlan, vault: string, identity: string | undefined): string[] {
  const group = plan.settings.azure.resourceGroup ?? azureName(plan);
  const found =
    identity === undefined
      ? `--resource-group ${group} --name ${logIdentityName(plan)}`
      : `--ids ${identity}`;
  const grant =
    `az role assignment create --role "${ROLE}" --assignee-principal-type ServicePrincipal ` +
    `--assignee-object-id "$(az identity show ${found} --query principalId -o tsv)" ` +
    `--scope "$(az keyvault show --name ${vault} --query id -o tsv)"`;
  if (identity !== undefined) return [`Before the first apply: ${grant}.`];
  return [
    `First: terraform apply -target=azurerm_user_assigned_identity.${LOG_IDENTITY}.`,
    `Then: ${grant}.`,
    `With ${IDENTITY_PATH}, an identity that has the role already, one apply is enough.`,
  ];
}

/** Of a vault that an endpoint names, too: names of vaults are unique in the world. */
function subscriptionOf({ endpoints }: NetworkPlan, vault: string): string | undefined {
  const ids = endpoints.flatMap(specIds);
  const own = ids.find((id) => {
    const { type, name } = parseResourceId(id) ?? {};
    return type === "Microsoft.KeyVault/vaults" && name?.toLowerCase() === vault;
  });
  return own?.split("/")[2];
}

/**
 * Flow logs, which Azure writes to a storage account only. They stay there; traffic analytics would store them in the
 * workspace once more.
 * https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview
 */
import { NetworkWatcherFlowLog } from "@cdktf/provider-azurerm/lib/network-watcher-flow-log";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { FLOW_DAYS_MOST } from "../../../src/clouds/azure";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, exprNumber, id, ref } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { hasZones, regionOf } from "../data/regions";
import { spelled } from "../data/resource-ids";
import { FLOW_LOGS, LOG_IDENTITY, VIRTUAL_NETWORK, WORKSPACE } from "./addresses";
import { azureName, logIdentityName, regional, storageName } from "./naming";

/** Azure makes a network watcher for each region by itself, under this name in this group, unless somebody did. */
export function renderFlowLogs(rendering: Rendering): Address {
  const { plan } = rendering;
  renderStorage(rendering);
  const region = regionOf(plan);
  const made = { name: `NetworkWatcher_${region}`, resourceGroup: "NetworkWatcherRG" };
  const watcher = plan.settings.azure.networkWatcher ?? made;
  // 0 keeps them for ever.
  const days = `var.log_retention_days <= ${FLOW_DAYS_MOST} ? var.log_retention_days : 0`;
  return addResource(rendering, NetworkWatcherFlowLog, "enclave", {
    ...regional(rendering, azureName(plan, "flows")),
    resourceGroupName: watcher.resourceGroup,
    networkWatcherName: watcher.name,
    targetResourceId: id(VIRTUAL_NETWORK),
    storageAccountId: id(FLOW_LOGS),
    enabled: true,
    version: 2,
    retentionPolicy: { enabled: true, days: exprNumber(days) },
    ...(plan.logging.azure.trafficAnalytics ? { trafficAnalytics: analytics(region) } : {}),
  });
}

const analytics = (region: string) => ({
  enabled: true,
  workspaceId: ref(WORKSPACE, "workspace_id"),
  workspaceRegion: region,
  workspaceResourceId: id(WORKSPACE),
  intervalInMinutes: 60,
});

/** The flow log rewrites the rules for deleting, so the account is its own. Only Azure's services get in. */
function renderStorage(rendering: Rendering): void {
  addResource(rendering, StorageAccount, "enclave_flows", {
    ...regional(rendering, storageName(rendering.plan)),
    accountKind: "StorageV2",
    accountTier: "Standard",
    accountReplicationType: hasZones(rendering.plan) ? "ZRS" : "LRS",
    minTlsVersion: "TLS1_2",
    httpsTrafficOnlyEnabled: true,
    allowNestedItemsToBePublic: false,
    crossTenantReplicationEnabled: false,
    localUserEnabled: false,
    infrastructureEncryptionEnabled: true,
    // Flow logs need the keys: https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
    sharedAccessKeyEnabled: true,
    // Azure's own services get in all the same, and private endpoints:
    // https://learn.microsoft.com/en-us/azure/storage/common/storage-network-security
    publicNetworkAccessEnabled: false,
    networkRules: { defaultAction: "Deny", bypass: ["AzureServices"] },
    // Days, hours, minutes, seconds. Keys sign tokens for others; Azure's writer may use some, so a longer one is
    // recorded, not blocked.
    sasPolicy: { expirationPeriod: "01.00:00:00", expirationAction: "Log" },
    blobProperties: { deleteRetentionPolicy: { days: 14 }, containerDeleteRetentionPolicy: { days: 14 } },
    ...ownKey(rendering),
  });
}

/** Whether the identity that reads the key of the logs is the enclave's own. */
export const makesLogIdentity = ({
  keyVaultKeyId,
  logIdentityId,
}: NetworkPlan["settings"]["azure"]): boolean => keyVaultKeyId !== undefined && logIdentityId === undefined;

/** The vault has to know the identity before the account is made; the review says so. */
function ownKey(rendering: Rendering) {
  const { keyVaultKeyId, logIdentityId } = rendering.plan.settings.azure;
  if (keyVaultKeyId === undefined) return {};
  const userAssignedIdentityId =
    logIdentityId === undefined ? id(renderIdentity(rendering)) : spelled(logIdentityId);
  return {
    identity: { type: "UserAssigned", identityIds: [userAssignedIdentityId] },
    customerManagedKey: { keyVaultKeyId, userAssignedIdentityId },
  };
}

const renderIdentity = (rendering: Rendering): Address =>
  addResource(
    rendering,
    UserAssignedIdentity,
    LOG_IDENTITY,
    regional(rendering, logIdentityName(rendering.plan)),
  );

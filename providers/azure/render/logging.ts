/**
 * Logs of every flow, every query, every connection that the firewall judged. Azure writes flows to a storage
 * account only; they are analysed into the workspace, which holds the rest and is closed to the internet.
 */
import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { MonitorPrivateLinkScope } from "@cdktf/provider-azurerm/lib/monitor-private-link-scope";
import { MonitorPrivateLinkScopedService } from "@cdktf/provider-azurerm/lib/monitor-private-link-scoped-service";
import { NetworkWatcherFlowLog } from "@cdktf/provider-azurerm/lib/network-watcher-flow-log";
import { StorageAccount } from "@cdktf/provider-azurerm/lib/storage-account";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { FLOW_DAYS_MOST, WORKSPACE_DAYS } from "../../../src/clouds/azure";
import { type Address, dependables, exprBoolean, exprNumber, id, ref, when } from "../../shared/expressions";
import { hasEgress } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { DNS_DEPLOYMENT, FIREWALL, FLOW_LOGS, MONITOR_SCOPE, VIRTUAL_NETWORK, WORKSPACE } from "./addresses";
import { closedWorkspace } from "./azurerm-5";
import { policyId } from "./dns";
import { azureName, regional, resourceGroupName, storageName, tagged } from "./naming";

export function renderLogging(rendering: Rendering): void {
  const { plan } = rendering;
  renderWorkspace(rendering);
  renderStorage(rendering);
  renderLock(rendering, "enclave_logs", id(WORKSPACE));
  renderLock(rendering, "enclave_flows", id(FLOW_LOGS), renderFlowLog(rendering));
  // A lock here is worth the most: nobody would see in a plan that a part of what a template made is gone.
  renderLogged(rendering, "enclave_dns", policyId(plan), [DNS_DEPLOYMENT]);
  if (!hasEgress(plan)) return;
  // A table for each kind of log; the old way puts all into one, cut short.
  const tables = { logAnalyticsDestinationType: "Dedicated", enabledMetric: [{ category: "AllMetrics" }] };
  renderLogged(rendering, "enclave_firewall", id(FIREWALL), [], tables);
}

function renderLogged(rendering: Rendering, name: string, target: string, first: Address[], more = {}): void {
  const setting = addResource(rendering, MonitorDiagnosticSetting, name, {
    name: azureName(rendering.plan, "logs"),
    targetResourceId: target,
    logAnalyticsWorkspaceId: id(WORKSPACE),
    enabledLog: [{ categoryGroup: "allLogs" }],
    dependsOn: dependables(first),
    ...more,
  });
  renderLock(rendering, name, target, setting);
}

/**
 * Keeps everybody from deleting. A lock holds what lies on its resource too, so it comes after `users`, which
 * do, and goes before them.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/lock-resources
 */
function renderLock(rendering: Rendering, name: string, scope: string, ...users: readonly Address[]): void {
  if (rendering.plan.settings.azure.locks !== true) return;
  addResource(rendering, ManagementLock, name, {
    name: azureName(rendering.plan, "deletion-protection"),
    scope,
    lockLevel: "CanNotDelete",
    notes: "Set the variable deletion_protection to false before deleting",
    count: when("var.deletion_protection"),
    dependsOn: dependables(users),
  });
}

/** In a scope that takes private connections only: else an endpoint would lead to everybody's workspaces. */
function renderWorkspace(rendering: Rendering): void {
  const { plan } = rendering;
  const workspace = {
    ...regional(rendering, azureName(plan, "logs")),
    sku: "PerGB2018",
    retentionInDays: exprNumber(`max(${WORKSPACE_DAYS.least}, var.log_retention_days)`),
    internetIngestionEnabled: false,
    internetQueryEnabled: false,
  };
  addResource(rendering, LogAnalyticsWorkspace, "enclave", workspace, closedWorkspace(rendering));
  addResource(rendering, MonitorPrivateLinkScope, "enclave", {
    ...tagged(rendering, azureName(plan, "monitor")),
    ingestionAccessMode: "PrivateOnly",
    queryAccessMode: "PrivateOnly",
  });
  joinScope(rendering, "enclave", azureName(plan, "logs"), id(WORKSPACE));
}

export function joinScope(rendering: Rendering, id: string, name: string, resource: string, each = {}): void {
  const member = {
    name,
    resourceGroupName: resourceGroupName(rendering.plan),
    scopeName: ref(MONITOR_SCOPE, "name"),
    linkedResourceId: resource,
  };
  addResource(rendering, MonitorPrivateLinkScopedService, id, member, each);
}

/** Azure makes a network watcher for each region by itself, under this name in this group, unless somebody did. */
function renderFlowLog(rendering: Rendering): Address {
  const region = regionOf(rendering.plan);
  const made = { name: `NetworkWatcher_${region}`, resourceGroup: "NetworkWatcherRG" };
  const watcher = rendering.plan.settings.azure.networkWatcher ?? made;
  const isDeleted = `var.log_retention_days <= ${FLOW_DAYS_MOST}`;
  return addResource(rendering, NetworkWatcherFlowLog, "enclave", {
    ...regional(rendering, azureName(rendering.plan, "flows")),
    resourceGroupName: watcher.resourceGroup,
    networkWatcherName: watcher.name,
    targetResourceId: id(VIRTUAL_NETWORK),
    storageAccountId: id(FLOW_LOGS),
    enabled: true,
    version: 2,
    retentionPolicy: {
      enabled: exprBoolean(isDeleted),
      days: exprNumber(`${isDeleted} ? var.log_retention_days : 0`),
    },
    trafficAnalytics: {
      enabled: true,
      workspaceId: ref(WORKSPACE, "workspace_id"),
      workspaceRegion: region,
      workspaceResourceId: id(WORKSPACE),
      intervalInMinutes: 10,
    },
  });
}

/** The flow log rewrites the rules for deleting, so the account is its own. Only Azure's services get in. */
function renderStorage(rendering: Rendering): void {
  addResource(rendering, StorageAccount, "enclave_flows", {
    ...regional(rendering, storageName(rendering.plan)),
    accountKind: "StorageV2",
    accountTier: "Standard",
    accountReplicationType: "ZRS",
    minTlsVersion: "TLS1_2",
    httpsTrafficOnlyEnabled: true,
    allowNestedItemsToBePublic: false,
    crossTenantReplicationEnabled: false,
    localUserEnabled: false,
    infrastructureEncryptionEnabled: true,
    // Flow logs need the keys: https://learn.microsoft.com/azure/network-watcher/vnet-flow-logs-overview
    sharedAccessKeyEnabled: true,
    networkRules: { defaultAction: "Deny", bypass: ["AzureServices"] },
    ...ownKey(rendering),
  });
}

/** The vault has to know the identity before the account is made; the review says so. */
function ownKey(rendering: Rendering) {
  const { keyVaultKeyId } = rendering.plan.settings.azure;
  if (keyVaultKeyId === undefined) return {};
  const name = azureName(rendering.plan, "logs");
  const identity = addResource(rendering, UserAssignedIdentity, "enclave_logs", regional(rendering, name));
  return {
    identity: { type: "UserAssigned", identityIds: [id(identity)] },
    customerManagedKey: { keyVaultKeyId, userAssignedIdentityId: id(identity) },
  };
}

/**
 * What is logged: every flow of the network, every query to its resolver, every connection that the firewall judged. Flows go to
 * a storage account, because Azure writes them nowhere else, and are analysed into the workspace that holds the rest; the
 * workspace takes and answers nothing over the internet.
 */
import { LogAnalyticsWorkspace } from "@cdktf/provider-azurerm/lib/log-analytics-workspace";
import { ManagementLock } from "@cdktf/provider-azurerm/lib/management-lock";
import { MonitorDiagnosticSetting } from "@cdktf/provider-azurerm/lib/monitor-diagnostic-setting";
import { MonitorPrivateLinkScope } from "@cdktf/provider-azurerm/lib/monitor-private-link-scope";
import { MonitorPrivateLinkScopedService } from "@cdktf/provider-azurerm/lib/monitor-private-link-scoped-service";
import { NetworkWatcherFlowLog } from "@cdktf/provider-azurerm/lib/network-watcher-flow-log";
import { StorageAccount, type StorageAccountConfig } from "@cdktf/provider-azurerm/lib/storage-account";
import { UserAssignedIdentity } from "@cdktf/provider-azurerm/lib/user-assigned-identity";
import { Token } from "cdktf";
import { type Address, dependable, expr, type Rendering, when } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import type { DnsPolicy } from "./dns";
import type { EgressPath } from "./egress";
import { azureName, placed, resourceGroupName, storageName, tags } from "./naming";
import { VIRTUAL_NETWORK } from "./network";
import { addAzure } from "./resources";

/** https://learn.microsoft.com/en-us/azure/azure-monitor/logs/data-retention-configure */
export const WORKSPACE_DAYS = { least: 30, most: 730 } as const;
/** Longer than this, flows are kept for ever: https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview */
export const FLOW_DAYS_MOST = 365;

export const WORKSPACE_ID = "azurerm_log_analytics_workspace.enclave.id";
export const MONITOR_SCOPE = "azurerm_monitor_private_link_scope.enclave";

/** Addresses of what holds logs, by what they hold; the output `logs` shows them. */
export interface Logs {
  readonly workspace: Address;
  readonly flows: Address;
}

export function renderLogging(rendering: Rendering, dns: DnsPolicy, egress: EgressPath | undefined): Logs {
  const workspace = renderWorkspace(rendering);
  renderScope(rendering, workspace);
  const flows = renderStorage(rendering);
  const flowLog = renderFlowLog(rendering, workspace, flows);
  if (egress !== undefined) {
    const setting = renderDiagnostics(
      rendering,
      "enclave_firewall",
      expr(`${egress.firewall}.id`),
      workspace,
      true,
    );
    renderLock(rendering, "enclave_firewall", expr(`${egress.firewall}.id`), [setting]);
  }
  const queries = renderDiagnostics(rendering, "enclave_dns", dns.id, workspace, false, [dns.deployment]);
  // Nobody would see in a plan that a part of what a template made is gone.
  renderLock(rendering, "enclave_dns", dns.id, [queries]);
  renderLock(rendering, "enclave_logs", expr(`${workspace}.id`), []);
  renderLock(rendering, "enclave_flows", expr(`${flows}.id`), [flowLog]);
  return { workspace, flows };
}

/**
 * Keeps everybody from deleting, until the variable says otherwise. A lock holds what lies on its resource too, so it comes after
 * `users`, which hang on that, and goes before them.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/lock-resources
 */
function renderLock(rendering: Rendering, name: string, scope: string, users: readonly Address[]): void {
  addAzure(rendering, ManagementLock, name, {
    name: azureName(rendering.plan, "deletion-protection"),
    scope,
    lockLevel: "CanNotDelete",
    notes: "Set the variable deletion_protection to false before deleting",
    count: when("var.deletion_protection"),
    dependsOn: users.map(dependable),
  });
}

function renderWorkspace(rendering: Rendering): Address {
  return addAzure(rendering, LogAnalyticsWorkspace, "enclave", {
    ...placed(rendering),
    name: azureName(rendering.plan, "logs"),
    sku: "PerGB2018",
    retentionInDays: Token.asNumber(expr(`max(${WORKSPACE_DAYS.least}, var.log_retention_days)`)),
    internetIngestionEnabled: false,
    internetQueryEnabled: false,
    tags: tags(rendering),
    lifecycle: {
      precondition: [
        {
          condition: expr(`var.log_retention_days <= ${WORKSPACE_DAYS.most}`),
          errorMessage: `A workspace keeps logs for ${WORKSPACE_DAYS.most} days at most.`,
        },
      ],
    },
  });
}

/** Without a scope that takes private connections only, a private endpoint would lead to everybody's workspaces. */
function renderScope(rendering: Rendering, workspace: Address): void {
  const scope = addAzure(rendering, MonitorPrivateLinkScope, "enclave", {
    name: azureName(rendering.plan, "monitor"),
    resourceGroupName: resourceGroupName(rendering.plan),
    ingestionAccessMode: "PrivateOnly",
    queryAccessMode: "PrivateOnly",
    tags: tags(rendering),
  });
  addAzure(rendering, MonitorPrivateLinkScopedService, "enclave", {
    name: azureName(rendering.plan, "logs"),
    resourceGroupName: resourceGroupName(rendering.plan),
    scopeName: expr(`${scope}.name`),
    linkedResourceId: expr(`${workspace}.id`),
  });
}

/** Azure makes one network watcher for each region and subscription by itself, under this name in this group. */
function renderFlowLog(rendering: Rendering, workspace: Address, storage: Address): Address {
  const region = regionOf(rendering.plan);
  return addAzure(rendering, NetworkWatcherFlowLog, "enclave", {
    name: azureName(rendering.plan, "flows"),
    networkWatcherName: `NetworkWatcher_${region}`,
    resourceGroupName: "NetworkWatcherRG",
    location: region,
    targetResourceId: expr(`${VIRTUAL_NETWORK}.id`),
    storageAccountId: expr(`${storage}.id`),
    enabled: true,
    version: 2,
    retentionPolicy: {
      enabled: Token.asAny(expr(`var.log_retention_days <= ${FLOW_DAYS_MOST}`)),
      days: Token.asNumber(expr(`var.log_retention_days <= ${FLOW_DAYS_MOST} ? var.log_retention_days : 0`)),
    },
    trafficAnalytics: {
      enabled: true,
      workspaceId: expr(`${workspace}.workspace_id`),
      workspaceRegion: region,
      workspaceResourceId: expr(`${workspace}.id`),
      intervalInMinutes: 10,
    },
    tags: tags(rendering),
  });
}

/** An account of its own, because the flow log rewrites the account's rules for deleting. Only Azure's own services get in. */
function renderStorage(rendering: Rendering): Address {
  return addAzure(rendering, StorageAccount, "enclave_flows", {
    ...placed(rendering),
    name: storageName(rendering.plan),
    accountKind: "StorageV2",
    accountTier: "Standard",
    accountReplicationType: "ZRS",
    minTlsVersion: "TLS1_2",
    httpsTrafficOnlyEnabled: true,
    allowNestedItemsToBePublic: false,
    crossTenantReplicationEnabled: false,
    localUserEnabled: false,
    infrastructureEncryptionEnabled: true,
    // Flow logs are written with the account's keys: https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview
    sharedAccessKeyEnabled: true,
    networkRules: { defaultAction: "Deny", bypass: ["AzureServices"] },
    ...ownKey(rendering),
    tags: tags(rendering),
  });
}

/** The vault has to know the identity before the account is made; see the review's note. */
function ownKey(rendering: Rendering): Pick<StorageAccountConfig, "identity" | "customerManagedKey"> {
  const key = rendering.plan.settings.azure.keyVaultKeyId;
  if (key === undefined) return {};
  const identity = addAzure(rendering, UserAssignedIdentity, "enclave_logs", {
    ...placed(rendering),
    name: azureName(rendering.plan, "logs"),
    tags: tags(rendering),
  });
  const id = expr(`${identity}.id`);
  return {
    identity: { type: "UserAssigned", identityIds: [id] },
    customerManagedKey: { keyVaultKeyId: key, userAssignedIdentityId: id },
  };
}

function renderDiagnostics(
  rendering: Rendering,
  id: string,
  target: string,
  workspace: Address,
  metrics: boolean,
  after: readonly Address[] = [],
): Address {
  return addAzure(rendering, MonitorDiagnosticSetting, id, {
    name: azureName(rendering.plan, "logs"),
    targetResourceId: target,
    logAnalyticsWorkspaceId: expr(`${workspace}.id`),
    // A table for each kind of log; the old way puts all into one, cut short.
    ...(metrics
      ? { logAnalyticsDestinationType: "Dedicated", enabledMetric: [{ category: "AllMetrics" }] }
      : {}),
    enabledLog: [{ categoryGroup: "allLogs" }],
    dependsOn: after.map(dependable),
  });
}

/** Arguments of what holds logs, and of what keeps them from being lost. */
import { block, free, only, optional, present, type Rules, read } from "../terraform/arguments";
import { ASSERTING, GROUPED, NETWORK, ORDERED, PLACED, USER_ASSIGNED, WORKSPACE } from "./alike";

export const LOG_TYPES: Readonly<Record<string, Rules>> = {
  azurerm_network_watcher_flow_log: {
    name: present,
    location: present,
    tags: present,
    resource_group_name: only("NetworkWatcherRG"),
    network_watcher_name: present,
    enabled: only(true),
    // Bytes and packets are counted from the second version on.
    version: only(2),
    target_resource_id: only(NETWORK),
    storage_account_id: only("${azurerm_storage_account.enclave_flows.id}"),
    retention_policy: block({ enabled: read, days: read }),
    traffic_analytics: block({
      enabled: only(true),
      interval_in_minutes: only(10, 60),
      workspace_id: only("${azurerm_log_analytics_workspace.enclave.workspace_id}"),
      workspace_region: present,
      workspace_resource_id: only(WORKSPACE),
    }),
  },
  azurerm_monitor_diagnostic_setting: {
    ...ORDERED,
    name: present,
    target_resource_id: read,
    log_analytics_workspace_id: only(WORKSPACE),
    log_analytics_destination_type: only("Dedicated", undefined),
    enabled_log: block({ category_group: only("allLogs") }),
    enabled_metric: optional(block({ category: only("AllMetrics") })),
  },
  azurerm_log_analytics_workspace: {
    ...PLACED,
    ...ASSERTING,
    sku: only("PerGB2018"),
    retention_in_days: read,
  },
  azurerm_monitor_private_link_scope: {
    ...GROUPED,
    ingestion_access_mode: only("PrivateOnly"),
    query_access_mode: only("PrivateOnly"),
  },
  azurerm_monitor_private_link_scoped_service: {
    ...ASSERTING,
    name: present,
    resource_group_name: read,
    for_each: read,
    scope_name: only("${azurerm_monitor_private_link_scope.enclave.name}"),
    linked_resource_id: read,
  },
  // Flow logs are written with the account's keys, by a service of Azure's that the rules of the account let in:
  // https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview
  azurerm_storage_account: {
    ...PLACED,
    account_kind: only("StorageV2"),
    account_tier: only("Standard"),
    // No copy in another region.
    account_replication_type: only("LRS", "ZRS"),
    allow_nested_items_to_be_public: only(false),
    cross_tenant_replication_enabled: only(false),
    customer_managed_key: optional(block({ key_vault_key_id: read, user_assigned_identity_id: read })),
    https_traffic_only_enabled: only(true),
    identity: optional(USER_ASSIGNED),
    infrastructure_encryption_enabled: only(true),
    local_user_enabled: only(false),
    min_tls_version: only("TLS1_2"),
    network_rules: block({ default_action: only("Deny"), bypass: only(["AzureServices"]) }),
    shared_access_key_enabled: only(true),
  },
  azurerm_user_assigned_identity: PLACED,
  azurerm_management_lock: {
    ...ORDERED,
    name: present,
    notes: free,
    scope: read,
    lock_level: only("CanNotDelete"),
    count: only("${var.deletion_protection ? 1 : 0}"),
  },
};

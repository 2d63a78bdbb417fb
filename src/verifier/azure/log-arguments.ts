/** Arguments of what holds logs on Azure. */
import { block, exactly, has, may, only, optional } from "../terraform/arguments";
import { ASSERTING, GROUPED, IDENTITY, NETWORK, PLACED } from "./common-arguments";
import { lifecycle } from "./ignored";

export const LOG_TYPES = {
  // Bytes and packets are counted from the second version on.
  azurerm_network_watcher_flow_log: {
    ...has("name location tags resource_group_name network_watcher_name"),
    ...lifecycle(),
    ...exactly({ enabled: true, version: 2 }),
    target_resource_id: only(NETWORK),
    storage_account_id: only("${azurerm_storage_account.enclave_flows.id}"),
    retention_policy: block(has("enabled days")),
    traffic_analytics: optional(
      block({
        ...has("workspace_region"),
        enabled: only(true),
        interval_in_minutes: only(10, 60),
        workspace_id: only("${azurerm_log_analytics_workspace.enclave.workspace_id}"),
        workspace_resource_id: only("${azurerm_log_analytics_workspace.enclave.id}"),
      }),
    ),
  },
  azurerm_monitor_diagnostic_setting: {
    ...has("name target_resource_id"),
    ...may("depends_on enabled_metric"),
    ...has("log_analytics_workspace_id"),
    log_analytics_destination_type: only("Dedicated", undefined),
    enabled_log: block(may("category_group category")),
  },
  azurerm_log_analytics_workspace: {
    ...PLACED,
    ...ASSERTING,
    ...has("retention_in_days"),
    sku: only("PerGB2018"),
  },
  azurerm_monitor_data_collection_endpoint: {
    ...PLACED,
    ...exactly({ public_network_access_enabled: false }),
  },
  azurerm_monitor_workspace: { ...PLACED, ...exactly({ public_network_access_enabled: false }) },
  azurerm_monitor_data_collection_rule: {
    ...PLACED,
    ...has("data_collection_endpoint_id"),
    data_flow: block(may("streams destinations transform_kql output_stream")),
    data_sources: optional(block({ prometheus_forwarder: block(has("name streams")) })),
    destinations: block({
      log_analytics: optional(block(has("name workspace_resource_id"))),
      monitor_account: optional(block(has("name monitor_account_id"))),
    }),
    stream_declaration: optional(block({ ...has("stream_name"), column: block(has("name type")) })),
  },
  azurerm_monitor_private_link_scope: {
    ...GROUPED,
    ...exactly({ ingestion_access_mode: "PrivateOnly", query_access_mode: "PrivateOnly" }),
  },
  azurerm_monitor_private_link_scoped_service: {
    ...ASSERTING,
    ...has("name resource_group_name linked_resource_id"),
    ...may("for_each depends_on"),
    scope_name: only("${azurerm_monitor_private_link_scope.enclave.name}"),
  },
  // Flow logs are written with the account's keys, by a service of Azure's that the account lets in; no copy
  // lies in another region:
  // https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview
  azurerm_storage_account: {
    ...PLACED,
    ...exactly({ account_kind: "StorageV2", account_tier: "Standard" }),
    account_replication_type: only("LRS", "ZRS"),
    ...exactly({ allow_nested_items_to_be_public: false, cross_tenant_replication_enabled: false }),
    customer_managed_key: optional(block(has("key_vault_key_id user_assigned_identity_id"))),
    https_traffic_only_enabled: only(true),
    identity: IDENTITY,
    ...exactly({ infrastructure_encryption_enabled: true, local_user_enabled: false }),
    min_tls_version: only("TLS1_2"),
    network_rules: block({ default_action: only("Deny"), bypass: only(["AzureServices"]) }),
    ...exactly({ public_network_access_enabled: false, shared_access_key_enabled: true }),
    sas_policy: block({ expiration_period: only("01.00:00:00"), expiration_action: only("Log", "Block") }),
    blob_properties: block({
      delete_retention_policy: block({ days: only(14) }),
      container_delete_retention_policy: block({ days: only(14) }),
    }),
  },
  azurerm_user_assigned_identity: PLACED,
  azurerm_management_lock: {
    ...has("name scope"),
    ...may("depends_on notes"),
    ...exactly({ lock_level: "CanNotDelete", count: "${var.deletion_protection ? 1 : 0}" }),
  },
};

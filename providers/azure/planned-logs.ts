/** What is logged and where it is kept, as the plan wants it. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { regionOf } from "./data/regions";
import { groupOf, idOf, NETWORK_ID, placeOf } from "./planned";
import { azureName } from "./render/naming";

const WORKSPACE = "azurerm_log_analytics_workspace.enclave";
const STORAGE = "azurerm_storage_account.enclave_flows";
const FIREWALL = "azurerm_firewall.enclave";

export const plannedLogs = (plan: NetworkPlan): Statement[] => [
  [
    WORKSPACE,
    {
      ...placeOf(plan),
      sku: "PerGB2018",
      retention_in_days: expr("max(30, var.log_retention_days)"),
      ...closed(plan),
    },
  ],
  [
    "azurerm_monitor_private_link_scope.enclave",
    { ...groupOf(plan), ingestion_access_mode: "PrivateOnly", query_access_mode: "PrivateOnly" },
  ],
  [
    "azurerm_monitor_private_link_scoped_service.enclave",
    {
      ...groupOf(plan),
      scope_name: expr("azurerm_monitor_private_link_scope.enclave.name"),
      linked_resource_id: idOf(WORKSPACE),
    },
  ],
  ["azurerm_network_watcher_flow_log.enclave", plannedFlows(plan)],
  ...plannedStorage(plan),
  ...plannedDiagnostics(plan),
  ...plannedLocks(plan),
];

const closed = (plan: NetworkPlan): Attributes =>
  plan.providerMajors.azure === 5
    ? { internet_ingestion_access_type: "Disabled", internet_query_access_type: "Disabled" }
    : { internet_ingestion_enabled: false, internet_query_enabled: false };

/** Every flow of the network, under the watcher that Azure makes by itself. */
const plannedFlows = (plan: NetworkPlan): Attributes => ({
  location: regionOf(plan),
  resource_group_name: "NetworkWatcherRG",
  network_watcher_name: `NetworkWatcher_${regionOf(plan)}`,
  target_resource_id: NETWORK_ID,
  storage_account_id: idOf(STORAGE),
  enabled: true,
  version: 2,
  retention_policy: {
    enabled: expr("var.log_retention_days <= 365"),
    days: expr("var.log_retention_days <= 365 ? var.log_retention_days : 0"),
  },
  traffic_analytics: {
    enabled: true,
    interval_in_minutes: 10,
    workspace_id: expr(`${WORKSPACE}.workspace_id`),
    workspace_region: regionOf(plan),
    workspace_resource_id: idOf(WORKSPACE),
  },
});

/** Open to Azure's own services only, and encrypted with the spec's key where there is one. */
function plannedStorage(plan: NetworkPlan): Statement[] {
  const key = plan.settings.azure.keyVaultKeyId;
  const identity = idOf("azurerm_user_assigned_identity.enclave_logs");
  const account = {
    ...placeOf(plan),
    account_kind: "StorageV2",
    account_tier: "Standard",
    account_replication_type: "ZRS",
    min_tls_version: "TLS1_2",
    https_traffic_only_enabled: true,
    allow_nested_items_to_be_public: false,
    cross_tenant_replication_enabled: false,
    local_user_enabled: false,
    infrastructure_encryption_enabled: true,
    shared_access_key_enabled: true,
    network_rules: { default_action: "Deny", bypass: ["AzureServices"] },
  };
  if (key === undefined) return [[STORAGE, account]];
  return [
    ["azurerm_user_assigned_identity.enclave_logs", placeOf(plan)],
    [
      STORAGE,
      {
        ...account,
        identity: { type: "UserAssigned", identity_ids: [identity] },
        customer_managed_key: { key_vault_key_id: key, user_assigned_identity_id: identity },
      },
    ],
  ];
}

/** Every query to the resolver, and everything that the firewall decides. */
function plannedDiagnostics(plan: NetworkPlan): Statement[] {
  const setting = (name: string, target: string, values: Attributes = {}): Statement => [
    `azurerm_monitor_diagnostic_setting.${name}`,
    {
      target_resource_id: target,
      log_analytics_workspace_id: idOf(WORKSPACE),
      enabled_log: [{ category_group: "allLogs" }],
      ...values,
    },
  ];
  const firewall = {
    log_analytics_destination_type: "Dedicated",
    enabled_metric: [{ category: "AllMetrics" }],
  };
  return [
    setting("enclave_dns", policyOf(plan)),
    ...(plan.departures.length === 0 ? [] : [setting("enclave_firewall", idOf(FIREWALL), firewall)]),
  ];
}

const plannedLocks = (plan: NetworkPlan): Statement[] =>
  Object.entries({
    enclave_dns: policyOf(plan),
    enclave_logs: idOf(WORKSPACE),
    enclave_flows: idOf(STORAGE),
    ...(plan.departures.length === 0 ? {} : { enclave_firewall: idOf(FIREWALL) }),
  }).map(([name, scope]) => [
    `azurerm_management_lock.${name}`,
    { scope, lock_level: "CanNotDelete", count: expr("var.deletion_protection ? 1 : 0") },
  ]);

/** The policy on names, in the network's own group. */
const policyOf = (plan: NetworkPlan): string => {
  const group = expr('split("/providers/", azurerm_virtual_network.enclave.id)[0]');
  return `${group}/providers/Microsoft.Network/dnsResolverPolicies/${azureName(plan, "dns")}`;
};

/** Logs: which there are, where and for how long they are kept, and their locks. */

import { NIL } from "../../../src/clouds/field-facts";
import type { TerraformDocument } from "../../../src/plan/provider";
import { nested, resourcesOf } from "../../../src/verifier/terraform/document";
import { render, type Spec } from "./rendered";

type Body = Readonly<Record<string, unknown>>;

const EGRESS = [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp"], why: "packages" }];
const of = (spec: Spec): TerraformDocument => render(spec).document;
const one = (document: TerraformDocument, type: string, name = "enclave"): Body =>
  resourcesOf(document, type).get(name) ?? {};

const KEY = "https://rag-vault.vault.azure.net/keys/logs";
const IDENTITIES =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/keys/providers/Microsoft.ManagedIdentity/userAssignedIdentities";

describe("logs", () => {
  test("are those of flows, queries and the firewall, in a workspace that takes nothing from the internet", () => {
    const document = of({ egress: EGRESS });
    expect(one(document, "azurerm_network_watcher_flow_log")).toMatchObject({
      target_resource_id: "${azurerm_virtual_network.enclave.id}",
      network_watcher_name: "NetworkWatcher_eastus2",
      enabled: true,
      version: 2,
    });
    expect([...resourcesOf(document, "azurerm_monitor_diagnostic_setting").keys()]).toEqual([
      "enclave_dns",
      "enclave_firewall",
    ]);
    expect(one(document, "azurerm_log_analytics_workspace")).toMatchObject({
      internet_ingestion_enabled: false,
      internet_query_enabled: true,
    });
    expect(one(document, "azurerm_storage_account", "enclave_flows")).toMatchObject({
      public_network_access_enabled: false,
      network_rules: { bypass: ["AzureServices"], default_action: "Deny" },
      blob_properties: {
        delete_retention_policy: { days: 14 },
        container_delete_retention_policy: { days: 14 },
      },
    });
  });

  test("are read by private endpoints alone where the spec says so", () => {
    const document = of({ logging: { azure: { query: "private" } } });
    expect(one(document, "azurerm_log_analytics_workspace")["internet_query_enabled"]).toBe(false);
  });

  test("go to a workspace that exists where the spec names one, which joins the scope", () => {
    const workspaceId = `/subscriptions/${NIL}/resourcegroups/soc/providers/microsoft.operationalinsights/workspaces/soc`;
    const document = of({
      egress: EGRESS,
      privateEndpoints: { logs: { service: "logs", from: ["app"], access: "read" } },
      logging: { retentionDays: 3000, azure: { workspaceId } },
    });
    expect(resourcesOf(document, "azurerm_log_analytics_workspace").size).toBe(0);
    const given = `/subscriptions/${NIL}/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc`;
    for (const [, setting] of resourcesOf(document, "azurerm_monitor_diagnostic_setting"))
      expect(setting["log_analytics_workspace_id"]).toBe(given);
    expect(
      one(document, "azurerm_monitor_private_link_scoped_service", "enclave")["linked_resource_id"],
    ).toBe(given);
    expect(document["output"]).toMatchObject({ logs: { value: { dns: given, firewall: given } } });
  });

  test("of flows are stored once, and analysed only where the spec says so", () => {
    const analysed = (azure: object) =>
      one(of({ logging: { azure }, azure: { resourceGroup: "rag" } }), "azurerm_network_watcher_flow_log")[
        "traffic_analytics"
      ];
    expect(analysed({})).toBeUndefined();
    expect(analysed({ trafficAnalytics: true })).toMatchObject({ enabled: true, interval_in_minutes: 60 });
  });

  test("of the firewall are named one by one, so that nothing is told twice", () => {
    const logs = one(of({ egress: EGRESS }), "azurerm_monitor_diagnostic_setting", "enclave_firewall")[
      "enabled_log"
    ];
    expect(logs).toContainEqual({ category: "AZFWApplicationRule" });
    expect(JSON.stringify(logs)).not.toContain("allLogs");
    expect(logs).not.toContainEqual({ category: "AZFWIdpsSignature" });
  });

  test("have a scope only where zones use one", () => {
    expect(resourcesOf(of({ egress: EGRESS }), "azurerm_monitor_private_link_scope").size).toBe(0);
  });

  test("are kept for at least the days of the variable", () => {
    const document = of({});
    expect(one(document, "azurerm_log_analytics_workspace")["retention_in_days"]).toBe(
      "${max(30, var.log_retention_days)}",
    );
    expect(nested(one(document, "azurerm_network_watcher_flow_log"), "retention_policy")).toEqual({
      enabled: true,
      days: "${var.log_retention_days <= 365 ? var.log_retention_days : 0}",
    });
  });

  test("are under a key of one's own where one is given", () => {
    const document = of({ azure: { keyVaultKeyId: KEY } });
    expect(
      nested(one(document, "azurerm_storage_account", "enclave_flows"), "customer_managed_key"),
    ).toMatchObject({ key_vault_key_id: KEY });
    expect(resourcesOf(document, "azurerm_user_assigned_identity").size).toBe(1);
    expect(resourcesOf(of({}), "azurerm_user_assigned_identity").size).toBe(0);
  });

  test("are under a key that an identity of one's own reads, where it is given", () => {
    const logIdentityId = `${IDENTITIES}/logs`;
    const document = of({ azure: { keyVaultKeyId: KEY, logIdentityId } });
    const account = one(document, "azurerm_storage_account", "enclave_flows");
    expect(nested(account, "identity")).toMatchObject({ identity_ids: [logIdentityId] });
    expect(nested(account, "customer_managed_key")).toMatchObject({
      key_vault_key_id: KEY,
      user_assigned_identity_id: logIdentityId,
    });
    expect(resourcesOf(document, "azurerm_user_assigned_identity").size).toBe(0);
  });

  test("the flow log is with the network watcher that there is", () => {
    const watcher = { name: "watcher", resourceGroup: "network-watchers" };
    expect(one(of({ azure: { networkWatcher: watcher } }), "azurerm_network_watcher_flow_log")).toMatchObject(
      { network_watcher_name: "watcher", resource_group_name: "network-watchers" },
    );
  });

  test("locks, which take an owner, are made where the spec asks for them, until the variable says otherwise", () => {
    expect(resourcesOf(of({ egress: EGRESS }), "azurerm_management_lock").size).toBe(0);
    const locks = resourcesOf(of({ egress: EGRESS, azure: { locks: true } }), "azurerm_management_lock");
    expect([...locks.keys()].sort()).toEqual([
      "enclave_dns",
      "enclave_firewall",
      "enclave_flows",
      "enclave_logs",
    ]);
    for (const lock of locks.values())
      expect(lock).toMatchObject({ lock_level: "CanNotDelete", count: "${var.deletion_protection ? 1 : 0}" });
  });
});

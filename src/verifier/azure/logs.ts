/** Azure: what is recorded, where, for how long and under whose key. */

import type { Logs } from "../replay/reader";
import type { TerraformDocument } from "../terraform/document";
import { type Attributes, mentions, nested, referredTo, resourcesOf, text } from "../terraform/document";

export function logsOf(document: TerraformDocument): Logs {
  const every = (type: string): Attributes[] => [...resourcesOf(document, type).values()];
  const flows = every("azurerm_network_watcher_flow_log").filter(
    (log) => log["enabled"] === true && mentions(log["target_resource_id"], "{azurerm_virtual_network."),
  );
  const settings = every("azurerm_monitor_diagnostic_setting").filter((setting) =>
    mentions(setting["enabled_log"], "allLogs"),
  );
  const recorded = (target: string): boolean =>
    settings.some((setting) => mentions(setting["target_resource_id"], target));
  const collections = every("azurerm_firewall_policy_rule_collection_group").flatMap(
    (group) => group["application_rule_collection"] as Attributes[],
  );
  const [last] = [...collections].sort((a, b) => Number(b["priority"]) - Number(a["priority"]));
  return {
    unloggedFlows: () => (flows.length > 0 ? [] : [...resourcesOf(document, "azurerm_subnet").keys()]),
    queriesLogged: () => recorded("/dnsResolverPolicies/"),
    exitsLogged: () => recorded("{azurerm_firewall."),
    unloggedDenials: () => [
      ...(flows.length > 0 ? [] : ["what security groups refuse"]),
      ...(recorded("{azurerm_firewall.") && last?.["action"] === "Deny" ? [] : ["what the firewall refuses"]),
    ],
    ...storesIn(document, flows),
    decrypts: () =>
      every("azurerm_firewall_policy").some((policy) => policy["tls_certificate"] !== undefined) &&
      collections.some((collection) =>
        (collection["rule"] as Attributes[]).some((rule) => rule["terminate_tls"] === true),
      ),
  };
}

type Stores = Pick<Logs, "storesOfOtherRetention" | "storesWithoutOwnKey" | "flowLogsUnder" | "openStores">;

/** The workspace, and the account that the flow logs lie in. */
function storesIn(document: TerraformDocument, flows: readonly Attributes[]): Stores {
  const workspaces = [...resourcesOf(document, "azurerm_log_analytics_workspace")];
  const accounts = resourcesOf(document, "azurerm_storage_account");
  const logs = [...resourcesOf(document, "azurerm_network_watcher_flow_log").values()];
  return {
    storesOfOtherRetention: () => [
      ...workspaces.flatMap(([name, body]) =>
        mentions(body["retention_in_days"], "var.log_retention_days") ? [] : [name],
      ),
      ...logs.flatMap((log) =>
        mentions(nested(log, "retention_policy")?.["days"], "var.log_retention_days")
          ? []
          : [text(log, "name")],
      ),
    ],
    storesWithoutOwnKey: () => [
      ...workspaces.map(([name]) => name),
      ...[...accounts].flatMap(([name, body]) => (body["customer_managed_key"] === undefined ? [name] : [])),
    ],
    flowLogsUnder: (key) =>
      flows.length > 0 &&
      flows.every((log) =>
        referredTo(log["storage_account_id"], "azurerm_storage_account").every((name) =>
          mentions(accounts.get(name)?.["customer_managed_key"], key),
        ),
      ),
    openStores: () => [
      ...workspaces.flatMap(([name, body]) =>
        ["ingestion", "query"].every((way) => isClosed(body, way)) ? [] : [name],
      ),
      ...[...accounts].flatMap(([name, body]) =>
        nested(body, "network_rules")?.["default_action"] === "Deny" ? [] : [name],
      ),
    ],
  };
}

/** A switch in azurerm 4, a choice in 5; open where nothing is said. */
const isClosed = (workspace: Attributes, way: string): boolean =>
  workspace[`internet_${way}_enabled`] === false || workspace[`internet_${way}_access_type`] === "Disabled";

/** Azure: what is recorded, where, for how long and under whose key. */
import { faults, unless } from "../replay/fault";
import type { Logs } from "../replay/reader";
import {
  type Attributes,
  blocks,
  mentions,
  nested,
  references,
  resourcesOf,
  type TerraformDocument,
} from "../terraform/document";

const FLOW_LOG = "azurerm_network_watcher_flow_log";
const SETTING = "azurerm_monitor_diagnostic_setting";
const WORKSPACE = "azurerm_log_analytics_workspace";
const ACCOUNT = "azurerm_storage_account";
const RULES = "azurerm_firewall_policy_rule_collection_group";

export function logsIn(document: TerraformDocument): Logs {
  const every = (type: string): Attributes[] => [...resourcesOf(document, type).values()];
  const flows = every(FLOW_LOG).filter(
    (log) => log["enabled"] === true && mentions(log["target_resource_id"], "{azurerm_virtual_network."),
  );
  const settings = every(SETTING).filter((setting) => mentions(setting["enabled_log"], "allLogs"));
  const recorded = (target: string): boolean =>
    settings.some((setting) => mentions(setting["target_resource_id"], target));
  const unloggedFlows = () => unless(flows.length > 0, FLOW_LOG, "no record of the network's flows is kept");
  const unloggedExits = () =>
    resourcesOf(document, "azurerm_firewall").size === 0
      ? []
      : unless(recorded("{azurerm_firewall."), SETTING, "the firewall's decisions leave no record");
  return {
    unloggedFlows,
    unloggedQueries: () => unless(recorded("/dnsResolverPolicies/"), SETTING, "queries leave no record"),
    unloggedExits,
    unloggedDenials: () => [...unloggedFlows(), ...unloggedExits(), ...silentDrops(document)],
    ...storesIn(document, flows),
  };
}

/** What no rule of the firewall names is dropped without a record, so the last collection has to deny by name. */
function silentDrops(document: TerraformDocument) {
  return [...resourcesOf(document, RULES)].flatMap(([name, group]) => {
    const collections = blocks(group, "application_rule_collection");
    const [last] = collections.sort((a, b) => Number(b["priority"]) - Number(a["priority"]));
    return unless(last?.["action"] === "Deny", `${RULES}.${name}`, "what it refuses leaves no record");
  });
}

type Stores = Pick<Logs, "otherRetention" | "withoutOwnKey" | "flowLogsUnderOther" | "openStores">;

/** The workspace, and the account that the flow logs lie in. */
function storesIn(document: TerraformDocument, flows: readonly Attributes[]): Stores {
  const workspaces = [...resourcesOf(document, WORKSPACE)];
  const accounts = resourcesOf(document, ACCOUNT);
  const kept = "it is not kept as long as the variable says";
  return {
    otherRetention: () => [
      ...workspaces.flatMap(([name, body]) =>
        unless(mentions(body["retention_in_days"], "var.log_retention_days"), `${WORKSPACE}.${name}`, kept),
      ),
      ...[...resourcesOf(document, FLOW_LOG)].flatMap(([name, log]) =>
        unless(
          mentions(nested(log, "retention_policy")?.["days"], "var.log_retention_days"),
          `${FLOW_LOG}.${name}`,
          kept,
        ),
      ),
    ],
    withoutOwnKey: () => [
      ...faults(
        workspaces.map(([name]) => `${WORKSPACE}.${name}`),
        "it lies under Azure's own key",
      ),
      ...[...accounts].flatMap(([name, body]) =>
        unless(
          body["customer_managed_key"] !== undefined,
          `${ACCOUNT}.${name}`,
          "it lies under Azure's own key",
        ),
      ),
    ],
    flowLogsUnderOther: (key) =>
      flows.flatMap((log) =>
        references(log["storage_account_id"], ACCOUNT).flatMap((name) =>
          unless(
            mentions(accounts.get(name)?.["customer_managed_key"], key),
            `${ACCOUNT}.${name}`,
            `it is not under ${key}`,
          ),
        ),
      ),
    openStores: () => [
      ...workspaces.flatMap(([name, body]) =>
        unless(
          ["ingestion", "query"].every((way) => isClosed(body, way)),
          `${WORKSPACE}.${name}`,
          "it is open to the internet",
        ),
      ),
      ...[...accounts].flatMap(([name, body]) =>
        unless(
          nested(body, "network_rules")?.["default_action"] === "Deny",
          `${ACCOUNT}.${name}`,
          "it is open to the internet",
        ),
      ),
    ],
  };
}

/** A switch in azurerm 4, a choice in 5; open where nothing is said. */
const isClosed = (workspace: Attributes, way: string): boolean =>
  workspace[`internet_${way}_enabled`] === false || workspace[`internet_${way}_access_type`] === "Disabled";

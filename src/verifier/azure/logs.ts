/** Azure: what is recorded, where, for how long and under whose key. */
import { type Fault, faults, unless } from "../replay/fault";
import type { Logs } from "../replay/reader";
import {
  type Attributes,
  blocks,
  nested,
  resourcesOf,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";
import { misfitsOf } from "./arguments";
import type { DnsPolicy } from "./template";

const FLOW_LOG = "azurerm_network_watcher_flow_log";
const SETTING = "azurerm_monitor_diagnostic_setting";
const WORKSPACE = "azurerm_log_analytics_workspace";
const ACCOUNT = "azurerm_storage_account";
const FIREWALL = "azurerm_firewall";
const RULES = "azurerm_firewall_policy_rule_collection_group";

/** The id of the DNS policy, which azurerm does not know, as the others' are made. */
export const policyId = ({ name }: DnsPolicy): string =>
  `\${split("/providers/", ` +
  `azurerm_virtual_network.enclave.id)[0]}/providers/Microsoft.Network/dnsResolverPolicies/${name}`;

export function logsIn(document: TerraformDocument, policy: DnsPolicy, region: string): Logs {
  const unrecorded = (target: string, logs: readonly string[], detail: string): Fault[] =>
    withoutSetting(document, target, logs, detail);
  const unloggedFlows = (): Fault[] => [
    ...unless(resourcesOf(document, FLOW_LOG).size > 0, FLOW_LOG, "no record of the network's flows is kept"),
    ...[...resourcesOf(document, FLOW_LOG)].flatMap(([name, body]) =>
      unless(
        [undefined, region].includes(nested(body, "traffic_analytics")?.["workspace_region"] as string),
        `${FLOW_LOG}.${name}`,
        "it is for another region",
      ),
    ),
    ...misfitsOf(document, FLOW_LOG),
  ];
  const unloggedExits = (): Fault[] =>
    [...resourcesOf(document, FIREWALL).keys()].flatMap((name) =>
      unrecorded(
        `\${${FIREWALL}.${name}.id}`,
        decisionsIn(document),
        "the firewall's decisions leave no record",
      ),
    );
  return {
    unloggedFlows,
    unloggedQueries: () => unrecorded(policyId(policy), ["allLogs"], "queries leave no record"),
    unloggedExits,
    unloggedDenials: () => [...unloggedFlows(), ...unloggedExits(), ...silentDrops(document)],
    otherRetention: () => [
      ...otherRetention(document, WORKSPACE, keepsRecords),
      ...otherRetention(document, FLOW_LOG, keepsFlows),
    ],
    ...keysIn(document),
    openStores: () => openStores(document),
  };
}

/** Of the firewall: https://learn.microsoft.com/en-us/azure/firewall/monitor-firewall-reference */
const DECISIONS = ["AZFWApplicationRule", "AZFWNetworkRule", "AZFWThreatIntel"];

/** Signatures are judged where the policy detects intrusions. */
const decisionsIn = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "azurerm_firewall_policy").values()].some(
    (policy) => nested(policy, "intrusion_detection") !== undefined,
  )
    ? [...DECISIONS, "AZFWIdpsSignature"]
    : DECISIONS;

/** What is not told of the target, in one setting at least. */
function withoutSetting(
  document: TerraformDocument,
  target: string,
  logs: readonly string[],
  detail: string,
): Fault[] {
  const settings = [...resourcesOf(document, SETTING)].filter(
    ([, setting]) => text(setting, "target_resource_id") === target,
  );
  return [
    ...unless(settings.length > 0, SETTING, detail),
    ...settings.flatMap(([name, setting]) =>
      unless(
        logs.every((log) => enabledIn(setting).includes(log)),
        `${SETTING}.${name}`,
        detail,
      ),
    ),
    ...misfitsOf(document, SETTING),
  ];
}

/** Groups of logs, and single ones. */
const enabledIn = (setting: Attributes): string[] =>
  blocks(setting, "enabled_log").map((log) => text(log, "category_group") + text(log, "category"));

/**
 * The firewall drops unnamed requests without a record, so the last collection has to deny by name, on every
 * port in use.
 */
function silentDrops(document: TerraformDocument): Fault[] {
  const groups = [...resourcesOf(document, RULES)].sort(([, a], [, b]) => rank(b) - rank(a));
  const protocols = (collection: Attributes): string[] =>
    blocks(collection, "rule").flatMap((rule) =>
      blocks(rule, "protocols").map((one) => `${text(one, "type")} ${text(one, "port")}`),
    );
  return groups.slice(0, 1).flatMap(([name, group]) => {
    const [last, ...others] = blocks(group, "application_rule_collection").sort((a, b) => rank(b) - rank(a));
    const denied = blocks(last, "rule").filter((rule) =>
      ["source_addresses", "destination_fqdns"].every((argument) => texts(rule, argument).join() === "*"),
    );
    const used = ["Http 80", "Https 443", ...others.flatMap(protocols)];
    const isWhole =
      last?.["action"] === "Deny" && used.every((each) => protocols({ rule: denied }).includes(each));
    return unless(isWhole, `${RULES}.${name}`, "what it refuses leaves no record");
  });
}

const rank = (body: Attributes): number => Number(body["priority"]);

/** Values of the variable on both sides of every limit. */
const DAYS = [1, 29, 30, 31, 364, 365, 366, 730];

function otherRetention(
  document: TerraformDocument,
  type: string,
  keeps: (body: Attributes, value: (of: unknown) => unknown, days: number) => boolean,
): Fault[] {
  return [...resourcesOf(document, type)].flatMap(([name, body]) =>
    unless(
      DAYS.every((days) =>
        keeps(
          body,
          (of) => evaluate(of ?? null, { quarantine: [], names: { "var.log_retention_days": days } }),
          days,
        ),
      ),
      `${type}.${name}`,
      "it is not kept as long as the variable says",
    ),
  );
}

/** From 30 days on: https://learn.microsoft.com/en-us/azure/azure-monitor/logs/data-retention-configure */
const keepsRecords = (body: Attributes, value: (of: unknown) => unknown, days: number): boolean =>
  value(body["retention_in_days"]) === Math.max(30, days);

/**
 * For 365 days at most, or for ever:
 * https://learn.microsoft.com/en-us/azure/network-watcher/vnet-flow-logs-overview
 */
function keepsFlows(body: Attributes, value: (of: unknown) => unknown, days: number): boolean {
  const policy = nested(body, "retention_policy");
  const [enabled, kept] = [value(policy?.["enabled"]), value(policy?.["days"])];
  return enabled === true && kept === (days <= 365 ? days : 0);
}

function keysIn(document: TerraformDocument): Pick<Logs, "withoutOwnKey" | "flowLogsUnderOther"> {
  const accounts = [...resourcesOf(document, ACCOUNT)].map(([name, body]) => {
    const key = nested(body, "customer_managed_key");
    const identities = texts(nested(body, "identity"), "identity_ids").join();
    return {
      resource: `${ACCOUNT}.${name}`,
      key,
      isReadable: identities === text(key, "user_assigned_identity_id"),
    };
  });
  const detail = "it lies under Azure's own key";
  return {
    withoutOwnKey: () => [
      ...faults(
        [...resourcesOf(document, WORKSPACE).keys()].map((name) => `${WORKSPACE}.${name}`),
        detail,
      ),
      ...accounts.flatMap(({ resource, key }) => unless(key !== undefined, resource, detail)),
    ],
    flowLogsUnderOther: (wanted) =>
      accounts.flatMap(({ resource, key, isReadable }) => [
        ...unless(text(key, "key_vault_key_id") === wanted, resource, `it is not under ${wanted}`),
        ...unless(isReadable, resource, "it may not read its key"),
      ]),
  };
}

const openStores = (document: TerraformDocument): Fault[] =>
  misfitsOf(
    document,
    WORKSPACE,
    ACCOUNT,
    "azurerm_monitor_data_collection_endpoint",
    "azurerm_monitor_data_collection_rule",
    "azurerm_monitor_workspace",
    "azurerm_monitor_private_link_scope",
    "azurerm_monitor_private_link_scoped_service",
    "azurerm_user_assigned_identity",
  );

/** Slips in logs: what is recorded, where, for how long, under whose key, and what guards it. */
import { expectNoticed, remove, rewrite, set } from "../slips";
import { breaking } from "./changes";
import { everyPart, everyPart5 } from "./specs";

const FLOW_LOG = "azurerm_network_watcher_flow_log";
const SETTING = "azurerm_monitor_diagnostic_setting";
const STORE = "azurerm_log_analytics_workspace";
const ACCOUNT = "azurerm_storage_account";
const LOCK = "azurerm_management_lock";
const FLOWS = "every connection in every zone is recorded";
const QUERIES = "every query for a name is recorded";
const EXITS = "what is decided on the way out is recorded";
const KEPT = "logs are kept as long as the variable says";
const OPEN = "logs are open to nobody outside";
const KEY = "flow logs lie under the key that the spec gives";
const GUARDED = "the cloud's own protection of the logs follows deletion_protection";

describe("logs", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(FLOWS, FLOW_LOG, [["no flow log", remove(FLOW_LOG, "enclave")]]),
    ...breaking(FLOWS, `${FLOW_LOG}.enclave`, [
      ["a flow log that is off", set(FLOW_LOG, "enclave", { enabled: false })],
      ["a flow log without bytes", set(FLOW_LOG, "enclave", { version: 1 })],
      [
        "a flow log of a subnet",
        set(FLOW_LOG, "enclave", { target_resource_id: "${local.db_subnet_ids[0]}" }),
      ],
      ["a flow log elsewhere", set(FLOW_LOG, "enclave", { storage_account_id: "/subscriptions/x" })],
    ]),
    ...breaking(KEPT, `${FLOW_LOG}.enclave`, [
      ["flow logs for a day", rewrite(FLOW_LOG, "enclave", "retention_policy", /"days":"[^"]*"/, '"days":1')],
      [
        "flow logs that nothing deletes",
        rewrite(FLOW_LOG, "enclave", "retention_policy", /"enabled":"[^"]*"/, '"enabled":false'),
      ],
      [
        "flow logs that end with the limit",
        rewrite(FLOW_LOG, "enclave", "retention_policy", /: 0\}/, ": 365}"),
      ],
    ]),
    ...breaking(KEPT, `${STORE}.enclave`, [
      ["a workspace that forgets", set(STORE, "enclave", { retention_in_days: 30 })],
      [
        "a workspace that keeps a year at most",
        set(STORE, "enclave", { retention_in_days: "${max(30, 365)}" }),
      ],
    ]),
    ...breaking(QUERIES, SETTING, [
      ["no log of queries", remove(SETTING, "enclave_dns")],
      [
        "a log of another policy's",
        rewrite(SETTING, "enclave_dns", "target_resource_id", "case-dns", "other-dns"),
      ],
    ]),
    ...breaking(QUERIES, `${SETTING}.enclave_dns`, [
      ["a log without categories", set(SETTING, "enclave_dns", { enabled_log: [] })],
      ["a log of some", set(SETTING, "enclave_dns", { enabled_log: [{ category_group: "audit" }] })],
      ["a log to others", set(SETTING, "enclave_dns", { eventhub_authorization_rule_id: "x" })],
    ]),
    ...breaking(EXITS, SETTING, [["no log of the firewall", remove(SETTING, "enclave_firewall")]]),
    ...breaking(EXITS, `${SETTING}.enclave_firewall`, [
      [
        "a log elsewhere",
        set(SETTING, "enclave_firewall", { log_analytics_workspace_id: "/subscriptions/x" }),
      ],
    ]),
    ...breaking(OPEN, `${STORE}.enclave`, [
      ["questions from the internet", set(STORE, "enclave", { internet_query_enabled: true })],
      ["questions left open", set(STORE, "enclave", { internet_query_enabled: undefined })],
      ["records from the internet", set(STORE, "enclave", { internet_ingestion_enabled: true })],
      ["a limit, above which records are lost", set(STORE, "enclave", { daily_quota_gb: 1 })],
    ]),
    ...breaking(OPEN, `${ACCOUNT}.enclave_flows`, [
      [
        "everybody",
        set(ACCOUNT, "enclave_flows", {
          network_rules: { default_action: "Allow", bypass: ["AzureServices"] },
        }),
      ],
      ["no rules", set(ACCOUNT, "enclave_flows", { network_rules: undefined })],
      [
        "an address",
        set(ACCOUNT, "enclave_flows", {
          network_rules: { default_action: "Deny", bypass: ["AzureServices"], ip_rules: ["8.8.8.8"] },
        }),
      ],
      ["whoever has a link", set(ACCOUNT, "enclave_flows", { allow_nested_items_to_be_public: true })],
      ["HTTP", set(ACCOUNT, "enclave_flows", { https_traffic_only_enabled: false })],
      ["old TLS", set(ACCOUNT, "enclave_flows", { min_tls_version: "TLS1_0" })],
      ["users by key", set(ACCOUNT, "enclave_flows", { local_user_enabled: true })],
      ["a copy elsewhere", set(ACCOUNT, "enclave_flows", { account_replication_type: "GRS" })],
      ["copies for others", set(ACCOUNT, "enclave_flows", { cross_tenant_replication_enabled: true })],
    ]),
    ...breaking(KEY, `${ACCOUNT}.enclave_flows`, [
      ["another key", rewrite(ACCOUNT, "enclave_flows", "customer_managed_key", "keys/logs", "keys/logs2")],
      ["Azure's own key", set(ACCOUNT, "enclave_flows", { customer_managed_key: undefined })],
      ["nobody to read the key", set(ACCOUNT, "enclave_flows", { identity: undefined })],
    ]),
    ...breaking(GUARDED, `${STORE}.enclave`, [
      ["no lock", remove(LOCK, "enclave_logs")],
      [
        "a lock on something else",
        set(LOCK, "enclave_logs", { scope: "${azurerm_resource_group.enclave.id}" }),
      ],
    ]),
    ...breaking(GUARDED, `${LOCK}.enclave_logs`, [
      ["a lock that holds nothing", set(LOCK, "enclave_logs", { lock_level: "None" })],
      [
        "a lock that the variable turns round",
        set(LOCK, "enclave_logs", { count: "${var.deletion_protection ? 0 : 1}" }),
      ],
    ]),
  ]));

describe("with azurerm 5", () =>
  expectNoticed("azure", everyPart5(), [
    ...breaking(OPEN, `${STORE}.enclave`, [
      ["questions from the internet", set(STORE, "enclave", { internet_query_access_type: "Enabled" })],
      ["records left open", set(STORE, "enclave", { internet_ingestion_access_type: undefined })],
      ["the switch of azurerm 4", set(STORE, "enclave", { internet_query_enabled: false })],
    ]),
  ]));

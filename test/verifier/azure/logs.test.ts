/** Slips in logs: what is recorded, where, for how long, under whose key, and what guards it. */
import { add, expectNoticed, remove, rewrite, set } from "../slips";
import { breaking } from "./changes";
import { analysed, elsewhere, everyPart, everyPart5 } from "./specs";

const FLOW_LOG = "azurerm_network_watcher_flow_log";
const SETTING = "azurerm_monitor_diagnostic_setting";
const STORE = "azurerm_log_analytics_workspace";
const ACCOUNT = "azurerm_storage_account";
const LOCK = "azurerm_management_lock";
const SCOPED = "azurerm_monitor_private_link_scoped_service";
const FLOWS = "every connection in every zone is recorded";
const QUERIES = "every query for a name is recorded";
const EXITS = "what is decided on the way out is recorded";
const KEPT = "logs are kept as long as the variable says";
const OPEN = "logs are open to nobody outside";
const GIVEN = "the region and the settings are those that the spec gives for the cloud";
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
        rewrite(FLOW_LOG, "enclave", "retention_policy", '"enabled":true', '"enabled":false'),
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
        "a log of permits alone",
        set(SETTING, "enclave_firewall", { enabled_log: [{ category: "AZFWApplicationRule" }] }),
      ],
    ]),
    ...breaking(GIVEN, `${SETTING}.enclave_firewall`, [
      [
        "a log elsewhere",
        set(SETTING, "enclave_firewall", { log_analytics_workspace_id: "/subscriptions/x" }),
      ],
    ]),
    ...breaking(GIVEN, `${STORE}.enclave`, [
      ["questions from private endpoints alone", set(STORE, "enclave", { internet_query_enabled: false })],
    ]),
    ...breaking(GIVEN, `${FLOW_LOG}.enclave`, [
      [
        "flow logs that are stored twice",
        set(FLOW_LOG, "enclave", { traffic_analytics: { enabled: true, workspace_region: "eastus2" } }),
      ],
    ]),
    ...breaking(OPEN, `${STORE}.enclave`, [
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
      ["a public door", set(ACCOUNT, "enclave_flows", { public_network_access_enabled: true })],
      ["links for ever", set(ACCOUNT, "enclave_flows", { sas_policy: undefined })],
      ["blobs that are gone at once", set(ACCOUNT, "enclave_flows", { blob_properties: undefined })],
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
    ...breaking(GIVEN, `${ACCOUNT}.enclave_flows`, [
      [
        "another identity",
        set(ACCOUNT, "enclave_flows", {
          identity: { type: "UserAssigned", identity_ids: ["/subscriptions/x"] },
        }),
      ],
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

describe("logs in a workspace that exists, read by private endpoints", () =>
  expectNoticed("azure", elsewhere(), [
    ...breaking(GIVEN, `${SETTING}.enclave_dns`, [
      [
        "another workspace",
        rewrite(SETTING, "enclave_dns", "log_analytics_workspace_id", "workspaces/soc", "workspaces/other"),
      ],
    ]),
    ...breaking(GIVEN, `${STORE}.enclave`, [
      ["a workspace of its own beside it", add(STORE, "enclave", { name: "x" })],
    ]),
    ...breaking("an endpoint leads to the resources that the spec names, and to no other", SCOPED, [
      ["a scope without it", remove(SCOPED, "enclave")],
    ]),
  ]));

describe("logs that are analysed", () =>
  expectNoticed("azure", analysed(), [
    ...breaking(GIVEN, `${FLOW_LOG}.enclave`, [
      ["nothing is", set(FLOW_LOG, "enclave", { traffic_analytics: undefined })],
    ]),
    ...breaking(FLOWS, `${FLOW_LOG}.enclave`, [
      [
        "for another region",
        rewrite(
          FLOW_LOG,
          "enclave",
          "traffic_analytics",
          '"workspace_region":"eastus2"',
          '"workspace_region":"x"',
        ),
      ],
    ]),
  ]));

describe("with azurerm 5", () =>
  expectNoticed("azure", everyPart5(), [
    ...breaking(OPEN, `${STORE}.enclave`, [
      [
        "questions from perimeters",
        set(STORE, "enclave", { internet_query_access_type: "SecuredByPerimeter" }),
      ],
      ["records left open", set(STORE, "enclave", { internet_ingestion_access_type: undefined })],
      ["the switch of azurerm 4", set(STORE, "enclave", { internet_query_enabled: false })],
    ]),
  ]));

/** What every document has whatever its spec says: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/azure/invariants";
import {
  add,
  type Change,
  expectNoticed,
  type Mutation,
  remove,
  set,
  setNested,
} from "../../support/mutations";
import { EVERYTHING } from "./everything";
import { render } from "./rendered";

const GROUP = "azurerm_firewall_policy_rule_collection_group";
const MEMBERS = "azurerm_private_endpoint_application_security_group_association";
const SETTING = "azurerm_monitor_diagnostic_setting";

type Part = Parameters<Change>[0][string][string];
const collections = (resources: Parameters<Change>[0]): Part[] =>
  resources[GROUP]?.["enclave"].application_rule_collection;
const exits = (resources: Parameters<Change>[0]): Part[] => collections(resources)[0].rule;

const template =
  (change: (resources: Part[]) => Part[]): Change =>
  (resources) => {
    const deployment = resources["azurerm_resource_group_template_deployment"]?.["enclave_dns"];
    const content = JSON.parse(deployment.template_content);
    deployment.template_content = JSON.stringify({ ...content, resources: change(content.resources) });
  };

const MUTATIONS: readonly Mutation[] = [
  [
    "a peering",
    add("azurerm_virtual_network_peering", "x", {}),
    ["azurerm_virtual_network_peering is a kind of resource that no enclave has"],
  ],
  [
    "a NAT gateway",
    add("azurerm_nat_gateway", "x", {}),
    ["azurerm_nat_gateway is a kind of resource that no enclave has"],
  ],
  [
    "a data source",
    (_, document) => void Object.assign(document, { data: { azurerm_client_config: { x: {} } } }),
    ["a data source would need credentials while planning"],
  ],
  [
    "subnets inside the network",
    set("azurerm_virtual_network", "enclave", { subnet: [] }),
    ["the network has subnets or name servers of its own"],
  ],
  [
    "other name servers",
    set("azurerm_virtual_network", "enclave", { dns_servers: ["8.8.8.8"] }),
    ["the network has subnets or name servers of its own"],
  ],
  [
    "default outbound access",
    set("azurerm_subnet", "db_1", { default_outbound_access_enabled: true }),
    ["subnet db_1 has a way out of Azure's making"],
  ],
  [
    "default outbound access left out",
    set("azurerm_subnet", "db_1", { default_outbound_access_enabled: undefined }),
    ["subnet db_1 has a way out of Azure's making"],
  ],
  [
    "private endpoints without policies",
    set("azurerm_subnet", "enclave_endpoints", { private_endpoint_network_policies: "Disabled" }),
    ["subnet enclave_endpoints lets private endpoints past its rules"],
  ],
  [
    "a service endpoint",
    set("azurerm_subnet", "app_1", { service_endpoints: ["Microsoft.Storage"] }),
    ["subnet app_1 reaches services past the firewall"],
  ],
  [
    "a public address on an interface",
    setNested("azurerm_network_interface", "app_card_1", ["ip_configuration", "public_ip_address_id"], "x"),
    ["interface app_card_1 has a public address or forwards"],
  ],
  [
    "an interface that forwards",
    set("azurerm_network_interface", "app_card_1", { ip_forwarding_enabled: true }),
    ["interface app_card_1 has a public address or forwards"],
  ],
  [
    "a second public address",
    add("azurerm_public_ip", "other", {}),
    ["there is a public address that is not the firewall's"],
  ],
  [
    "a firewall among workloads",
    setNested("azurerm_firewall", "enclave", ["ip_configuration", "subnet_id"], "${azurerm_subnet.app_1.id}"),
    ["the firewall stands outside its subnet"],
  ],
  [
    "network rules in the firewall",
    set(GROUP, "enclave", { network_rule_collection: [{}] }),
    ["the firewall has rules that know no names"],
  ],
  [
    "no last denial in the firewall",
    (r) => collections(r).pop(),
    ["the firewall's last rule does not deny everything"],
  ],
  [
    "a name for all names in the firewall",
    (r) => (exits(r)[0].destination_fqdns = ["*"]),
    ["the firewall allows more or less than is planned"],
  ],
  [
    "every source in the firewall",
    (r) => (exits(r)[0].source_addresses = ["*"]),
    ["the firewall allows every source", "the firewall lets zones leave in quarantine"],
  ],
  [
    "a source that quarantine leaves",
    (r) => (exits(r)[0].source_addresses = ["10.20.0.0/24"]),
    ["the firewall lets zones leave in quarantine"],
  ],
  [
    "a source that another zone's quarantine switches",
    (r) => (exits(r)[0].source_addresses = [exits(r)[0].source_addresses[0].replace("app", "db")]),
    ["the firewall lets zones leave in quarantine"],
  ],
  [
    "a name more in the firewall",
    (r) => exits(r).push(exits(r)[0]),
    ["the firewall allows more or less than is planned"],
  ],
  [
    "threat intelligence that only alerts",
    set("azurerm_firewall_policy", "enclave", { threat_intelligence_mode: "Alert" }),
    ["the firewall's policy is not as strict as planned"],
  ],
  [
    "an endpoint among workloads",
    set("azurerm_private_endpoint", "secret_vault", { subnet_id: "${azurerm_subnet.app_1.id}" }),
    ["endpoint secret_vault lies outside its subnet"],
  ],
  [
    "an endpoint in no group",
    remove(MEMBERS, "secret_vault"),
    ["endpoint secret_vault is in no group that rules could name"],
  ],
  [
    "an endpoint in another's group",
    set(MEMBERS, "secret_vault", {
      application_security_group_id: "${azurerm_application_security_group.queue.id}",
    }),
    ["endpoint secret_vault is in the group of queue"],
  ],
  [
    "private names that fall back to public ones",
    set("azurerm_private_dns_zone_virtual_network_link", "enclave_privatelink_vaultcore_azure_net", {
      resolution_policy: "NxDomainRedirect",
    }),
    ["names of zone enclave_privatelink_vaultcore_azure_net can come from elsewhere"],
  ],
  [
    "no DNS policy",
    remove("azurerm_resource_group_template_deployment", "enclave_dns"),
    ["names are not filtered"],
  ],
  [
    "a DNS policy that blocks nothing",
    template((all) => all.filter((each) => !each.name.endsWith("/all"))),
    ["names that nobody declared are not blocked"],
  ],
  [
    "a DNS policy that only alerts",
    template((all) =>
      all.map((each) =>
        each.name.endsWith("/all")
          ? { ...each, properties: { ...each.properties, action: { actionType: "Alert" } } }
          : each,
      ),
    ),
    ["names that nobody declared are not blocked"],
  ],
  [
    "a DNS policy on no network",
    template((all) => all.filter((each) => !each.name.endsWith("/network"))),
    ["the network's queries are not filtered"],
  ],
  [
    "no flow log",
    set("azurerm_network_watcher_flow_log", "enclave", { enabled: false }),
    ["flows of the network are not logged"],
  ],
  [
    "a flow log elsewhere",
    set("azurerm_network_watcher_flow_log", "enclave", { target_resource_id: "x" }),
    ["flows of the network are not logged"],
  ],
  [
    "flow logs for a day",
    setNested("azurerm_network_watcher_flow_log", "enclave", ["retention_policy", "days"], 1),
    ["logs are not kept as asked"],
  ],
  [
    "a workspace that forgets",
    set("azurerm_log_analytics_workspace", "enclave", { retention_in_days: 30 }),
    ["logs are not kept as asked"],
  ],
  ["no log of queries", remove(SETTING, "enclave_dns"), ["queries are not logged"]],
  [
    "a log of queries without categories",
    set(SETTING, "enclave_dns", { enabled_log: [] }),
    ["queries are not logged"],
  ],
  ["no log of the firewall", remove(SETTING, "enclave_firewall"), ["what leaves is not logged"]],
  [
    "a log of another firewall",
    set(SETTING, "enclave_firewall", { target_resource_id: "x" }),
    ["what leaves is not logged"],
  ],
  [
    "a workspace open to the internet",
    set("azurerm_log_analytics_workspace", "enclave", { internet_query_enabled: true }),
    ["the workspace is open to the internet"],
  ],
  [
    "a workspace whose access is left out",
    set("azurerm_log_analytics_workspace", "enclave", { internet_ingestion_enabled: undefined }),
    ["the workspace is open to the internet"],
  ],
  [
    "a scope that leads to any workspace",
    set("azurerm_monitor_private_link_scope", "enclave", { query_access_mode: "Open" }),
    ["the private link scope leads to other workspaces"],
  ],
  [
    "an open log account",
    setNested("azurerm_storage_account", "enclave_flows", ["network_rules", "default_action"], "Allow"),
    ["the account of the flow logs is open"],
  ],
];

describe("an enclave with everything", () => expectNoticed(render(EVERYTHING), brokenInvariants, MUTATIONS));

describe("with azurerm 5", () =>
  expectNoticed(render({ ...EVERYTHING, terraform: { azurerm: 5 } }), brokenInvariants, [
    [
      "a workspace open to the internet",
      set("azurerm_log_analytics_workspace", "enclave", { internet_query_access_type: "Enabled" }),
      ["the workspace is open to the internet"],
    ],
    [
      "a workspace whose access is left out",
      set("azurerm_log_analytics_workspace", "enclave", { internet_ingestion_access_type: undefined }),
      ["the workspace is open to the internet"],
    ],
  ]));

describe("an enclave without egress", () =>
  expectNoticed(render({}), brokenInvariants, [
    [
      "a firewall",
      add("azurerm_firewall", "enclave", {}),
      ["there is a firewall or a public address although nothing leaves"],
    ],
  ]));

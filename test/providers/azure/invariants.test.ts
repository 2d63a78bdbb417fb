/** Each thing that must never be rendered, done to a document that is right: it has to be noticed. */
import { brokenInvariants } from "../../../providers/azure/invariants";
import type { TerraformDocument } from "../../../src/provider";
import { render } from "./rendered";

const { document, plan } = render({
  zones: {
    web: { exposure: "public", prefix: 26 },
    app: { exposure: "private", prefix: 26, interfaces: [{ name: "card", host: 10 }] },
    db: { exposure: "isolated", prefix: 26 },
  },
  flows: [
    { from: "internet", to: "web", ports: ["443/tcp"], why: "x" },
    { from: "web", to: "app", ports: ["8080/tcp"], why: "x" },
    { from: "app", to: "db", ports: ["5432/tcp"], why: "x" },
  ],
  privateEndpoints: { secret: { service: "secrets", from: ["app"] } },
  egress: [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp"], why: "x" }],
});

/** Anything inside a document, to be changed. */
// biome-ignore lint/suspicious/noExplicitAny: a mutation reaches anywhere
type Anything = any;
type Mutation = (resource: Anything, whole: Anything) => void;

const rule = (resource: Anything, group: string, direction: string, name: string): Anything =>
  resource.azurerm_network_security_group[group].security_rule.find((each: Anything) => each.direction === direction && each.name === name);

const template = (resource: Anything, change: (resources: Anything[]) => Anything[]): void => {
  const deployment = resource.azurerm_resource_group_template_deployment.enclave_dns;
  const content = JSON.parse(deployment.template_content);
  deployment.template_content = JSON.stringify({ ...content, resources: change(content.resources) });
};

const MUTATIONS: readonly (readonly [string, Mutation])[] = [
  [
    "a peering",
    (r) => {
      r.azurerm_virtual_network_peering = { x: {} };
    },
  ],
  [
    "a NAT gateway",
    (r) => {
      r.azurerm_nat_gateway = { x: {} };
    },
  ],
  [
    "a data source",
    (_, whole) => {
      whole.data = { azurerm_client_config: { x: {} } };
    },
  ],
  [
    "subnets inside the network",
    (r) => {
      r.azurerm_virtual_network.enclave.subnet = [];
    },
  ],
  [
    "other name servers",
    (r) => {
      r.azurerm_virtual_network.enclave.dns_servers = ["8.8.8.8"];
    },
  ],
  [
    "default outbound access",
    (r) => {
      r.azurerm_subnet.db_1.default_outbound_access_enabled = true;
    },
  ],
  [
    "default outbound access left out",
    (r) => {
      delete r.azurerm_subnet.db_1.default_outbound_access_enabled;
    },
  ],
  [
    "private endpoints without policies",
    (r) => {
      r.azurerm_subnet.enclave_endpoints.private_endpoint_network_policies = "Disabled";
    },
  ],
  [
    "a service endpoint",
    (r) => {
      r.azurerm_subnet.app_1.service_endpoints = ["Microsoft.Storage"];
    },
  ],
  [
    "a public address on an interface",
    (r) => {
      r.azurerm_network_interface.app_card_1.ip_configuration[0].public_ip_address_id = "x";
    },
  ],
  [
    "an interface that forwards",
    (r) => {
      r.azurerm_network_interface.app_card_1.ip_forwarding_enabled = true;
    },
  ],
  [
    "a subnet without security group",
    (r) => {
      delete r.azurerm_subnet_network_security_group_association.db_2;
    },
  ],
  [
    "a subnet without route table",
    (r) => {
      delete r.azurerm_subnet_route_table_association.db_2;
    },
  ],
  [
    "learned routes",
    (r) => {
      r.azurerm_route_table.db.bgp_route_propagation_enabled = true;
    },
  ],
  [
    "an isolated zone that leaves",
    (r) => {
      r.azurerm_route_table.db.route[0].next_hop_type = "Internet";
    },
  ],
  [
    "a way around the firewall",
    (r) => {
      r.azurerm_route_table.app.route.push({ address_prefix: "8.8.8.8/32", next_hop_type: "Internet" });
    },
  ],
  [
    "a missing way",
    (r) => {
      r.azurerm_route_table.db.route.shift();
    },
  ],
  [
    "no last denial",
    (r) => {
      r.azurerm_network_security_group.db.security_rule.pop();
    },
  ],
  [
    "a last denial that allows",
    (r) => {
      rule(r, "db", "Inbound", "deny_inbound").access = "Allow";
    },
  ],
  [
    "a last denial of TCP only",
    (r) => {
      rule(r, "db", "Outbound", "deny_outbound").protocol = "Tcp";
    },
  ],
  [
    "the tag for the whole network",
    (r) => {
      rule(r, "db", "Inbound", "app_to_db_5432_tcp").source_address_prefix = "VirtualNetwork";
    },
  ],
  [
    "the tag for the internet",
    (r) => {
      Object.assign(rule(r, "web", "Inbound", "internet_to_web_443_tcp"), {
        source_address_prefixes: null,
        source_address_prefix: "Internet",
      });
    },
  ],
  [
    "everybody",
    (r) => {
      rule(r, "db", "Inbound", "app_to_db_5432_tcp").source_address_prefix = "*";
    },
  ],
  [
    "private addresses as the internet",
    (r) => {
      rule(r, "web", "Inbound", "internet_to_web_443_tcp").source_address_prefixes.push("10.0.0.0/8");
    },
  ],
  [
    "an exit to private addresses",
    (r) => {
      rule(r, "app", "Outbound", "app_to_internet_443_tcp").destination_address_prefixes.push("172.16.0.0/12");
    },
  ],
  [
    "a permit that quarantine leaves open",
    (r) => {
      rule(r, "db", "Inbound", "app_to_db_5432_tcp").access = "Allow";
    },
  ],
  [
    "a permit that nobody planned",
    (r) => {
      r.azurerm_network_security_group.db.security_rule.push({
        ...rule(r, "db", "Inbound", "app_to_db_5432_tcp"),
        name: "extra",
        priority: 300,
      });
    },
  ],
  [
    "a planned permit that is missing",
    (r) => {
      r.azurerm_network_security_group.db.security_rule = r.azurerm_network_security_group.db.security_rule.filter(
        (each: Anything) => each.name !== "app_to_db_5432_tcp",
      );
    },
  ],
  [
    "two rules of one priority",
    (r) => {
      rule(r, "db", "Inbound", "app_to_db_5432_tcp").priority = 100;
    },
  ],
  [
    "a second public address",
    (r) => {
      r.azurerm_public_ip.other = {};
    },
  ],
  [
    "network rules in the firewall",
    (r) => {
      r.azurerm_firewall_policy_rule_collection_group.enclave.network_rule_collection = [{}];
    },
  ],
  [
    "no last denial in the firewall",
    (r) => {
      r.azurerm_firewall_policy_rule_collection_group.enclave.application_rule_collection.pop();
    },
  ],
  [
    "a name for all names in the firewall",
    (r) => {
      r.azurerm_firewall_policy_rule_collection_group.enclave.application_rule_collection[0].rule[0].destination_fqdns = ["*"];
    },
  ],
  [
    "every source in the firewall",
    (r) => {
      r.azurerm_firewall_policy_rule_collection_group.enclave.application_rule_collection[0].rule[0].source_addresses = ["*"];
    },
  ],
  [
    "a name more in the firewall",
    (r) => {
      const [first] = r.azurerm_firewall_policy_rule_collection_group.enclave.application_rule_collection;
      first.rule.push(first.rule[0]);
    },
  ],
  [
    "threat intelligence that only alerts",
    (r) => {
      r.azurerm_firewall_policy.enclave.threat_intelligence_mode = "Alert";
    },
  ],
  [
    "an endpoint among workloads",
    (r) => {
      r.azurerm_private_endpoint.secret_vault.subnet_id = "${azurerm_subnet.app_1.id}";
    },
  ],
  [
    "an endpoint in no group",
    (r) => {
      r.azurerm_private_endpoint_application_security_group_association = {};
    },
  ],
  [
    "private names that fall back to public ones",
    (r) => {
      r.azurerm_private_dns_zone_virtual_network_link.enclave_privatelink_vaultcore_azure_net.resolution_policy = "NxDomainRedirect";
    },
  ],
  [
    "no DNS policy",
    (r) => {
      delete r.azurerm_resource_group_template_deployment.enclave_dns;
    },
  ],
  ["a DNS policy that blocks nothing", (r) => template(r, (all) => all.filter((each) => !each.name.endsWith("/all")))],
  [
    "a DNS policy that only alerts",
    (r) =>
      template(r, (all) =>
        all.map((each) =>
          each.name.endsWith("/all") ? { ...each, properties: { ...each.properties, action: { actionType: "Alert" } } } : each,
        ),
      ),
  ],
  ["a DNS policy on no network", (r) => template(r, (all) => all.filter((each) => !each.name.endsWith("/network")))],
  [
    "no flow log",
    (r) => {
      r.azurerm_network_watcher_flow_log.enclave.enabled = false;
    },
  ],
  [
    "no log of queries",
    (r) => {
      delete r.azurerm_monitor_diagnostic_setting.enclave_dns;
    },
  ],
  [
    "no log of the firewall",
    (r) => {
      delete r.azurerm_monitor_diagnostic_setting.enclave_firewall;
    },
  ],
  [
    "a workspace open to the internet",
    (r) => {
      r.azurerm_log_analytics_workspace.enclave.internet_query_enabled = true;
    },
  ],
  [
    "a workspace whose access is left out",
    (r) => {
      delete r.azurerm_log_analytics_workspace.enclave.internet_ingestion_enabled;
    },
  ],
  [
    "a scope that leads to any workspace",
    (r) => {
      r.azurerm_monitor_private_link_scope.enclave.query_access_mode = "Open";
    },
  ],
  [
    "an open log account",
    (r) => {
      r.azurerm_storage_account.enclave_flows.network_rules.default_action = "Allow";
    },
  ],
];

test("a rendered document breaks none", () => {
  expect(brokenInvariants(document, plan)).toEqual([]);
});

test.each(MUTATIONS)("%s is noticed", (_what, mutate) => {
  const copy = structuredClone(document) as Anything;
  mutate(copy.resource, copy);
  expect(copy).not.toEqual(document);
  expect(brokenInvariants(copy as TerraformDocument, plan)).not.toEqual([]);
});

test("a firewall that nothing needs is noticed", () => {
  expect(brokenInvariants(document, { ...plan, departures: [] })).toContain(
    "there is a firewall or a public address although nothing leaves",
  );
});

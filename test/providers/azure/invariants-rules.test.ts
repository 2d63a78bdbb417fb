/** Security groups and routes: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/azure/invariants";
import {
  add,
  type Change,
  expectNoticed,
  type Mutation,
  remove,
  rewrite,
  set,
} from "../../support/mutations";
import { EVERYTHING } from "./everything";
import { render } from "./rendered";

const GROUP_OF_SUBNET = "azurerm_subnet_network_security_group_association";
const TABLE_OF_SUBNET = "azurerm_subnet_route_table_association";
const TABLE = "azurerm_route_table";
const SUBNET = { default_outbound_access_enabled: false, private_endpoint_network_policies: "Enabled" };

type Resources = Parameters<Change>[0];
type Rule = Resources[string][string];
const table = (resources: Resources, name: string): Rule => resources[TABLE]?.[name];
const rules = (resources: Resources, group: string): Rule[] =>
  resources["azurerm_network_security_group"]?.[group].security_rule;
const rule = (resources: Resources, group: string, direction: string, name: string): Rule =>
  rules(resources, group).find((each) => each.direction === direction && each.name === name);

const MUTATIONS: readonly Mutation[] = [
  [
    "a subnet without security group",
    remove(GROUP_OF_SUBNET, "db_2"),
    ["subnet db_2 has not its own security group"],
  ],
  [
    "another zone's security group",
    set(GROUP_OF_SUBNET, "db_2", { network_security_group_id: "${azurerm_network_security_group.web.id}" }),
    ["subnet db_2 has not its own security group"],
  ],
  [
    "the firewall's subnet by another name",
    add("azurerm_subnet", "x", { ...SUBNET, name: "AzureFirewallSubnet" }),
    ["subnet x has not its own route table", "subnet x has not its own security group"],
  ],
  [
    "a subnet without route table",
    remove(TABLE_OF_SUBNET, "db_2"),
    ["subnet db_2 has not its own route table"],
  ],
  [
    "another zone's route table",
    set(TABLE_OF_SUBNET, "db_2", { route_table_id: "${azurerm_route_table.app.id}" }),
    ["subnet db_2 has not its own route table"],
  ],
  [
    "learned routes",
    set(TABLE, "db", { bgp_route_propagation_enabled: true }),
    ["route table db learns routes"],
  ],
  [
    "an isolated zone that leaves",
    (r) => (table(r, "db").route[0].next_hop_type = "Internet"),
    ["route table db does not lead to None"],
  ],
  [
    "a way around the firewall",
    (r) => table(r, "app").route.push({ address_prefix: "8.8.8.8/32", next_hop_type: "Internet" }),
    ["route table app has a way that is not planned"],
  ],
  ["a missing way", (r) => table(r, "db").route.shift(), ["route table db does not lead to None"]],
  [
    "another machine in the firewall's place",
    rewrite(
      TABLE,
      "app",
      ["route"],
      "azurerm_firewall.enclave.ip_configuration[0].private_ip_address",
      '\\"10.20.0.4\\"',
    ),
    ["route table app leads past the firewall"],
  ],
  [
    "a way out that quarantine leaves",
    (r) => (table(r, "web").route[0].next_hop_type = "Internet"),
    ["route table web leads out in quarantine"],
  ],
  [
    "no route for quarantine",
    (r) => table(r, "db").route.pop(),
    ["route table db leaves open connections in quarantine"],
  ],
  [
    "quarantine of another zone",
    rewrite(TABLE, "db", ["route"], '(var.quarantine, \\"db\\")', '(var.quarantine, \\"app\\")'),
    ["route table db leaves open connections in quarantine"],
  ],
  ["no last denial", (r) => rules(r, "db").pop(), ["group db does not deny outbound what nothing permits"]],
  [
    "a last denial that allows",
    (r) => (rule(r, "db", "Inbound", "deny_inbound").access = "Allow"),
    ["group db does not deny inbound what nothing permits", "rule db Inbound deny_inbound is not planned"],
  ],
  [
    "a last denial of TCP only",
    (r) => (rule(r, "db", "Outbound", "deny_outbound").protocol = "Tcp"),
    ["group db does not deny outbound what nothing permits"],
  ],
  [
    "the tag for the whole network",
    (r) => (rule(r, "db", "Inbound", "app_to_db_5432_tcp").source_address_prefix = "VirtualNetwork"),
    ["rule db Inbound app_to_db_5432_tcp has other sources than planned"],
  ],
  [
    "the tag for the internet",
    (r) =>
      Object.assign(rule(r, "web", "Inbound", "internet_to_web_443_tcp"), {
        source_address_prefixes: null,
        source_address_prefix: "Internet",
      }),
    ["rule web Inbound internet_to_web_443_tcp has other sources than planned"],
  ],
  [
    "everybody",
    (r) => (rule(r, "db", "Inbound", "app_to_db_5432_tcp").source_address_prefix = "*"),
    ["rule db Inbound app_to_db_5432_tcp has other sources than planned"],
  ],
  [
    "everybody as a range",
    (r) => (rule(r, "db", "Inbound", "app_to_db_5432_tcp").source_address_prefix = "0.0.0.0/0"),
    ["rule db Inbound app_to_db_5432_tcp has other sources than planned"],
  ],
  [
    "private addresses as the internet",
    (r) => rule(r, "web", "Inbound", "internet_to_web_443_tcp").source_address_prefixes.push("10.0.0.0/8"),
    ["rule web Inbound internet_to_web_443_tcp has other sources than planned"],
  ],
  [
    "an exit to private addresses",
    (r) =>
      rule(r, "app", "Outbound", "app_to_internet_443_tcp").destination_address_prefixes.push(
        "172.16.0.0/12",
      ),
    ["rule app Outbound app_to_internet_443_tcp has other targets than planned"],
  ],
  [
    "a permit that quarantine leaves open",
    (r) => (rule(r, "db", "Inbound", "app_to_db_5432_tcp").access = "Allow"),
    ["rule db Inbound app_to_db_5432_tcp has other access than planned"],
  ],
  [
    "a range of ports for one",
    (r) => (rule(r, "db", "Inbound", "app_to_db_5432_tcp").destination_port_range = "1-65535"),
    ["rule db Inbound app_to_db_5432_tcp has other ports than planned"],
  ],
  [
    "every protocol for one",
    (r) => (rule(r, "db", "Inbound", "app_to_db_5432_tcp").protocol = "*"),
    ["rule db Inbound app_to_db_5432_tcp has other protocol than planned"],
  ],
  [
    "another's rule",
    (r) => (rule(r, "app", "Outbound", "app_to_db_5432_tcp").destination_address_prefix = "10.20.0.0/24"),
    ["rule app Outbound app_to_db_5432_tcp has other targets than planned"],
  ],
  [
    "a permit that another zone's quarantine voids",
    (r) =>
      (rule(r, "db", "Inbound", "app_to_db_5432_tcp").access = rule(
        r,
        "web",
        "Inbound",
        "internet_to_web_443_tcp",
      ).access),
    ["rule db Inbound app_to_db_5432_tcp has other access than planned"],
  ],
  [
    "a permit that nobody planned",
    (r) =>
      rules(r, "db").push({
        ...rule(r, "db", "Inbound", "app_to_db_5432_tcp"),
        name: "extra",
        priority: 300,
      }),
    ["rule db Inbound extra is not planned"],
  ],
  [
    "a planned permit that is missing",
    (r) =>
      void rules(r, "db").splice(rules(r, "db").indexOf(rule(r, "db", "Inbound", "app_to_db_5432_tcp")), 1),
    ["rule db Inbound app_to_db_5432_tcp is missing"],
  ],
  [
    "two rules of one priority",
    (r) => (rule(r, "app", "Inbound", "web_to_app_8080_tcp").priority = 4096),
    [
      "group app does not deny inbound what nothing permits",
      "group app has two inbound rules of one priority",
    ],
  ],
  [
    "two rules of one name",
    (r) =>
      rules(r, "app").push({
        ...rule(r, "app", "Outbound", "app_to_db_5432_tcp"),
        direction: "Inbound",
        priority: 300,
      }),
    ["group app has two rules of one name", "rule app Inbound app_to_db_5432_tcp is not planned"],
  ],
  [
    "another endpoint behind a rule",
    (r) =>
      (rule(r, "app", "Outbound", "app_to_endpoint.secret").destination_application_security_group_ids = [
        "${azurerm_application_security_group.queue.id}",
      ]),
    ["rule app Outbound app_to_endpoint.secret has other targets than planned"],
  ],
  [
    "no denial in quarantine",
    (r) => (rule(r, "db", "Outbound", "quarantine_outbound").source_address_prefix = "192.0.2.0/24"),
    ["group db is not cut off outbound in quarantine"],
  ],
  [
    "a denial after the permits",
    (r) => (rule(r, "db", "Inbound", "quarantine_inbound").priority = 4000),
    ["group db is not cut off inbound in quarantine"],
  ],
];

describe("an enclave with everything", () => expectNoticed(render(EVERYTHING), brokenInvariants, MUTATIONS));

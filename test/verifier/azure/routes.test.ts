/** Slips in routes, in what stands on a subnet, and in what a quarantine does. */
import { add, copy, expectNoticed, remove, rewrite, set } from "../slips";
import { breaking, into, list, out, route, withoutRule } from "./changes";
import { everyPart } from "./specs";

const GROUP = "azurerm_network_security_group";
const TABLE = "azurerm_route_table";
const ON_GROUP = "azurerm_subnet_network_security_group_association";
const ON_TABLE = "azurerm_subnet_route_table_association";
const APP = `${GROUP}.app`;
const DB = `${GROUP}.db`;

const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const CUT = "a zone in quarantine opens nothing and receives nothing";
const OTHERS = "quarantine of a zone cuts no other zone, and opens none";
const ENDS = "quarantine ends connections that are open when it begins";
const READ = "every part of the document can be read";
const DEFAULTS = "what the cloud makes by itself admits nothing";
const FILTER = "a filter applies to every subnet before anything can run there";
const ROUTES = "routes lead along the way out, and nowhere else";
const LEAVES = "a zone leaves by the inspected path and no other";
const STAYS = "a zone that does not leave has no way to the internet but that by which it serves it";

const ANY = "app_to_db_any";
const cut = (zones: readonly string[], then: string, otherwise: string): string =>
  `\${${zones.map((zone) => `contains(var.quarantine, "${zone}")`).join(" || ")} ? "${then}" : "${otherwise}"}`;
const way = (address_prefix: string, next_hop_type: string) => ({ name: "x", address_prefix, next_hop_type });

describe("quarantine", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(CUT, APP, [
      ["no denial first", withoutRule("app", "Inbound", "quarantine_inbound")],
      [
        "a denial that never begins",
        out("app", "quarantine_outbound", { source_address_prefix: "192.0.2.0/24" }),
      ],
      ["a denial after the permits", into("app", "quarantine_inbound", { priority: 3999 })],
      ["a denial of TCP only", into("app", "quarantine_inbound", { protocol: "Tcp" })],
      ["an exit that stays", out("app", "app_to_internet_443_tcp", { access: "Allow" })],
    ]),
    ...breaking(CUT, DB, [
      ["a permit that stays", into("db", ANY, { access: "Allow" })],
      ["a permit that one of two zones closes", into("db", ANY, { access: cut(["db"], "Deny", "Allow") })],
    ]),
    ...breaking(CUT, `${GROUP}.enclave_endpoints`, [
      [
        "a use that stays at the endpoint",
        into("enclave_endpoints", "app_to_endpoint.secret", { access: "Allow" }),
      ],
    ]),
    ...breaking(OTHERS, APP, [
      [
        "a denial by another zone's quarantine",
        into("app", "quarantine_inbound", { source_address_prefix: cut(["web"], "*", "192.0.2.0/24") }),
      ],
    ]),
    ...breaking(OTHERS, DB, [
      [
        "a permit that a third zone closes",
        into("db", ANY, { access: cut(["app", "db", "web"], "Deny", "Allow") }),
      ],
    ]),
    ...breaking(FLOW, APP, [
      ["a denial all the time", into("app", "quarantine_inbound", { source_address_prefix: "*" })],
    ]),
    ...breaking("the internet reaches a zone on the ports that are declared", `${GROUP}.web`, [
      [
        "a permit that quarantine opens",
        into("web", "internet_to_web_443_tcp", { access: cut(["web"], "Allow", "Deny") }),
      ],
    ]),
    ...breaking("no permit comes or goes with the quarantine", DB, [
      [
        "a group that comes and goes",
        set(GROUP, "db", { count: '${contains(var.quarantine, "db") ? 0 : 1}' }),
      ],
    ]),
    ...breaking(DEFAULTS, DB, [["a group that is not made", set(GROUP, "db", { count: 0 })]]),
    ...breaking(ENDS, `${TABLE}.db`, [
      ["open connections that go on", route("db", 1, { address_prefix: "192.0.2.0/24" })],
      [
        "a route for half of the network",
        route("db", 1, { address_prefix: cut(["db"], "10.20.0.0/17", "192.0.2.0/24") }),
      ],
      [
        "a route for another zone's quarantine",
        rewrite(TABLE, "db", "route", /\(var\.quarantine, \\"db\\"\)/, '(var.quarantine, \\"app\\")'),
      ],
    ]),
    ...breaking(ENDS, `${TABLE}.web`, [
      ["a way out that stays", route("web", 0, { next_hop_type: "Internet" })],
    ]),
  ]));

describe("what stands on a subnet", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(FILTER, "azurerm_subnet.db_2", [
      ["no group", remove(ON_GROUP, "db_2")],
      ["no table", remove(ON_TABLE, "db_2")],
    ]),
    ...breaking(FILTER, "azurerm_subnet.enclave_endpoints", [
      ["no table for endpoints", remove(ON_TABLE, "enclave_endpoints")],
    ]),
    ...breaking(FLOW, `${GROUP}.web`, [
      [
        "another's group",
        set(ON_GROUP, "db_2", { network_security_group_id: "${azurerm_network_security_group.web.id}" }),
      ],
    ]),
    ...breaking(READ, `${ON_GROUP}.x`, [
      [
        "two groups",
        copy(ON_GROUP, "db_1", "x", {
          network_security_group_id: "${azurerm_network_security_group.web.id}",
        }),
      ],
    ]),
    ...breaking(FILTER, "azurerm_subnet.enclave_firewall", [
      [
        "a group at the firewall",
        add(ON_GROUP, "x", {
          subnet_id: "${azurerm_subnet.enclave_firewall.id}",
          network_security_group_id: "${azurerm_network_security_group.db.id}",
        }),
      ],
    ]),
    ...breaking(FILTER, "azurerm_subnet.db_1", [
      ["the name of the firewall's subnet", set("azurerm_subnet", "db_1", { name: "AzureFirewallSubnet" })],
    ]),
    ...breaking(STAYS, "azurerm_subnet.db_2", [
      ["another zone's table", set(ON_TABLE, "db_2", { route_table_id: "${azurerm_route_table.app.id}" })],
    ]),
    ...breaking(FILTER, "azurerm_network_interface.app_card_1", [
      ["an interface before its group", set("azurerm_network_interface", "app_card_1", { depends_on: [] })],
    ]),
    ...breaking(FILTER, "azurerm_private_endpoint.secret_vault", [
      ["an endpoint before its group", set("azurerm_private_endpoint", "secret_vault", { depends_on: [] })],
    ]),
  ]));

describe("routes", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(DEFAULTS, `${TABLE}.db`, [
      ["a table that learns", set(TABLE, "db", { bgp_route_propagation_enabled: true })],
      ["a table whose learning is left out", set(TABLE, "db", { bgp_route_propagation_enabled: undefined })],
    ]),
    ...breaking(STAYS, "azurerm_subnet.db_1", [
      ["out instead of nowhere", route("db", 0, { next_hop_type: "Internet" })],
    ]),
    ...breaking(LEAVES, "azurerm_subnet.app_1", [
      [
        "out instead of the firewall",
        route("app", 0, { next_hop_type: "Internet", next_hop_in_ip_address: null }),
      ],
      [
        "nowhere instead of the firewall",
        route("app", 0, { next_hop_type: "None", next_hop_in_ip_address: null }),
      ],
      [
        "a gateway instead of the firewall",
        route("app", 0, { next_hop_type: "VirtualNetworkGateway", next_hop_in_ip_address: null }),
      ],
      ["another machine instead of the firewall", route("app", 0, { next_hop_in_ip_address: "10.20.0.4" })],
    ]),
    ...breaking(READ, `${TABLE}.app`, [
      ["a next hop that there is not", route("app", 0, { next_hop_type: "Nowhere" })],
      ["a tag as a route", list(TABLE, "app", "route", (all) => all.push(way("Storage", "Internet")))],
    ]),
    ...breaking(ROUTES, `${TABLE}.app`, [
      [
        "a way around the firewall",
        list(TABLE, "app", "route", (all) => all.push(way("8.8.8.8/32", "Internet"))),
      ],
    ]),
    ...breaking(ROUTES, `${TABLE}.enclave_endpoints`, [
      ["a way out for endpoints", route("enclave_endpoints", 0, { next_hop_type: "Internet" })],
    ]),
    ...breaking(ROUTES, `${TABLE}.db`, [
      ["Azure's own way out", list(TABLE, "db", "route", (all) => all.shift())],
      ["an appliance for nothing", route("db", 0, { next_hop_in_ip_address: "10.20.0.4" })],
    ]),
    ...breaking(FLOW, `${TABLE}.web`, [
      [
        "a neighbour that is led nowhere",
        list(TABLE, "web", "route", (all) => all.push(way("10.20.1.0/24", "None"))),
      ],
    ]),
  ]));

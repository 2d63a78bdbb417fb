/** Slips in routes, in what stands on a subnet, and in what a quarantine does. */
import { copy, expectNoticed, remove, rewrite, set, setIn } from "../slips";
import {
  breaking,
  into,
  list,
  out,
  route,
  subnet,
  subnetIds,
  subnetNamed,
  withoutRule,
  withoutSubnet,
} from "./changes";
import { everyPart } from "./specs";

const GROUP = "azurerm_network_security_group";
const TABLE = "azurerm_route_table";
const LINKS = "the enclave is joined to no network that is not its own";
const PEERING = "azurerm_virtual_network_peering";
const EGRESS = "azurerm_virtual_network.enclave_egress/subnets/AzureFirewallSubnet";
const onlySubnet = (values: Record<string, unknown>) =>
  setIn("azurerm_virtual_network", "enclave_egress", "subnet", {}, values);
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
      ["names that stay", withoutRule("app", "Outbound", "quarantine_names")],
      ["metadata that stay", out("app", "quarantine_metadata", { protocol: "Tcp" })],
      [
        "metadata that never go",
        out("app", "quarantine_metadata", { source_address_prefix: "192.0.2.0/24" }),
      ],
    ]),
    ...breaking(DEFAULTS, `${GROUP}.enclave_endpoints`, [
      ["names for who asks nobody", withoutRule("enclave_endpoints", "Outbound", "deny_platform_names")],
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
      ["open connections that go on", route("db", 2, { address_prefix: "192.0.2.1/32" })],
      [
        "a route for half of a range",
        route("db", 2, { address_prefix: cut(["db"], "10.20.0.0/18", "192.0.2.1/32") }),
      ],
      ["a range less", list(TABLE, "db", "route", (all) => all.pop())],
      ["connections with the firewall that go on", list(TABLE, "db", "route", (all) => all.splice(1, 1))],
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
    ...breaking(FILTER, subnetNamed("db-2"), [
      ["no group", subnet("db-2", { security_group: null })],
      ["no table", subnet("db-2", { route_table_id: null })],
      ["no subnet", withoutSubnet("db-2")],
      ["a subnet in no list", subnetIds("db", (ids) => ids.pop())],
    ]),
    ...breaking(FILTER, subnetNamed("enclave-endpoints"), [
      ["no table for endpoints", subnet("enclave-endpoints", { route_table_id: null })],
    ]),
    ...breaking(FLOW, `${GROUP}.web`, [
      ["another's group", subnet("db-2", { security_group: "${azurerm_network_security_group.web.id}" })],
    ]),
    ...breaking(READ, "local.db_subnet_ids", [
      ["a subnet twice", subnetIds("db", (ids) => ids.splice(1, 1, ids[0] ?? ""))],
      ["an id of somebody's", subnetIds("db", (ids) => ids.splice(1, 1, "/subscriptions/x"))],
    ]),
    ...breaking("a zone has the addresses that the lock gives it, slot by slot", subnetNamed("db-1"), [
      ["subnets in another order", subnetIds("db", (ids) => ids.reverse())],
    ]),
    ...breaking(FILTER, EGRESS, [
      ["a group at the firewall", onlySubnet({ security_group: "${azurerm_network_security_group.db.id}" })],
    ]),
    ...breaking(STAYS, subnetNamed("db-2"), [
      ["another zone's table", subnet("db-2", { route_table_id: "${azurerm_route_table.app.id}" })],
    ]),
  ]));

describe("the network of the firewall", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(LINKS, PEERING, [
      ["no way there", remove(PEERING, "enclave_to_egress")],
      ["no way back", remove(PEERING, "enclave_from_egress")],
    ]),
    ...breaking(LINKS, `${PEERING}.enclave_to_egress`, [
      ["answers that are not taken", set(PEERING, "enclave_to_egress", { allow_forwarded_traffic: false })],
      ["a gateway of the other's", set(PEERING, "enclave_to_egress", { use_remote_gateways: true })],
      [
        "access that is left out",
        set(PEERING, "enclave_to_egress", { allow_virtual_network_access: undefined }),
      ],
      [
        "another network",
        set(PEERING, "enclave_to_egress", { remote_virtual_network_id: "/subscriptions/x" }),
      ],
    ]),
    ...breaking(LINKS, `${PEERING}.enclave_from_egress`, [
      ["what others forward", set(PEERING, "enclave_from_egress", { allow_forwarded_traffic: true })],
      ["a gateway for the other", set(PEERING, "enclave_from_egress", { allow_gateway_transit: true })],
    ]),
    ...breaking(LINKS, `${PEERING}.x`, [
      [
        "a peering more",
        copy(PEERING, "enclave_to_egress", "x", { name: "x", remote_virtual_network_id: "/x" }),
      ],
    ]),
    ...breaking(LINKS, EGRESS, [
      [
        "more addresses than the firewall's",
        set("azurerm_virtual_network", "enclave_egress", { address_space: ["10.20.254.128/25"] }),
      ],
    ]),
    ...breaking("nothing leads around endpoints and inspection", "azurerm_virtual_network.enclave_egress", [
      ["servers for names", set("azurerm_virtual_network", "enclave_egress", { dns_servers: ["10.20.0.4"] })],
    ]),
    ...breaking(FLOW, `${TABLE}.web`, [
      ["the enclave's ranges, but for one", set("azurerm_virtual_network", "enclave", { address_space: [] })],
    ]),
  ]));

describe("routes", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(DEFAULTS, `${TABLE}.db`, [
      ["a table that learns", set(TABLE, "db", { bgp_route_propagation_enabled: true })],
      ["a table whose learning is left out", set(TABLE, "db", { bgp_route_propagation_enabled: undefined })],
    ]),
    ...breaking(STAYS, subnetNamed("db-1"), [
      ["out instead of nowhere", route("db", 0, { next_hop_type: "Internet" })],
    ]),
    ...breaking(LEAVES, subnetNamed("app-1"), [
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

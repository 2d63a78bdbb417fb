/** Slips in rules of security groups: each is noticed by the packets that it lets through or stops, or by what Azure makes of it. */
import { expectNoticed } from "../slips";
import { breaking, into, items, moreRule, out, rule, withoutRule } from "./changes";
import { everyPart } from "./specs";

const GROUP = "azurerm_network_security_group";
const APP = `${GROUP}.app`;
const DB = `${GROUP}.db`;
const WEB = `${GROUP}.web`;

const FLOW = "a declared flow is admitted at both ends, in every availability zone";
const BESIDE = "a flow opens its own ports and protocols, and nothing else";
const UNDECLARED = "zones without a flow between them open nothing to each other";
const INSIDE = "the internet reaches no zone that takes nothing from it";
const SOURCES = "a flow from some sources of the internet admits no others";
const PRIVATE = "private ranges outside the enclave are not the internet";
const EXITS = "a zone leaves by no other port or protocol";
const PROBES = "load balancers look after nothing else";
const READ = "every part of the document can be read";
const SOUND = "rules are such as the cloud takes, and none undoes another";
const DEFAULTS = "what the cloud makes by itself admits nothing";

const HTTP = "web_to_app_8080_tcp";
const ANY = "app_to_db_any";
const EVERYBODY = {
  source_address_prefix: "*",
  destination_address_prefix: "*",
  destination_application_security_group_ids: null,
};
const INTERNET = { destination_address_prefixes: null, destination_address_prefix: "Internet" };

expectNoticed("azure", everyPart(), [
  ...breaking(BESIDE, APP, [
    ["a port more", into("app", HTTP, { destination_port_range: "8080-8081" })],
    ["every port", into("app", HTTP, { destination_port_range: "*" })],
    ["every protocol", into("app", HTTP, { protocol: "*" })],
  ]),
  ...breaking(BESIDE, WEB, [
    ["a port more at the sender alone", out("web", HTTP, { destination_port_range: "8079-8080" })],
  ]),
  ...breaking(FLOW, APP, [
    ["another port", into("app", HTTP, { destination_port_range: "8081" })],
    [
      "a range that ends early",
      into("app", "web_to_app_8000_8100_udp", { destination_port_range: "8000-8099" }),
    ],
    ["another protocol", into("app", HTTP, { protocol: "Udp" })],
    ["another zone's block", out("app", ANY, { destination_address_prefix: "10.20.0.0/24" })],
    ["the last denial before everything", into("app", "deny_inbound", { priority: 150 })],
    [
      "a denial before a permit",
      moreRule("app", "Inbound", "deny_inbound", { name: "x", priority: 150, protocol: "Tcp" }),
    ],
  ]),
  ...breaking(FLOW, WEB, [
    [
      "a range that begins late",
      out("web", "web_to_app_8000_8100_udp", { destination_port_range: "8001-8100" }),
    ],
  ]),
  ...breaking(FLOW, DB, [
    ["any protocol narrowed to TCP", into("db", ANY, { protocol: "Tcp" })],
    ["a block one bit narrower", into("db", ANY, { source_address_prefix: "10.20.1.0/26" })],
    ["a lost permit", withoutRule("db", "Inbound", ANY)],
    ["a permit behind the last denial", into("db", ANY, { priority: 4097 })],
    ["a permit that became a denial", into("db", ANY, { access: "Deny" })],
    ["a permit in the other direction", into("db", ANY, { direction: "Outbound" })],
    [
      "a denial of one port of many",
      moreRule("db", "Inbound", "deny_inbound", {
        name: "x",
        priority: 150,
        protocol: "Tcp",
        destination_port_range: "5432",
      }),
    ],
  ]),
  ...breaking(UNDECLARED, DB, [
    ["a block one bit wider", into("db", ANY, { source_address_prefix: "10.20.0.0/23" })],
    ["the whole network", into("db", ANY, { source_address_prefix: "10.20.0.0/16" })],
    ["the last denial a permit", into("db", "deny_inbound", { access: "Allow" })],
    [
      "a permit that nobody declared",
      moreRule("db", "Inbound", ANY, { name: "x", priority: 300, source_address_prefix: "10.20.0.0/24" }),
    ],
  ]),
  ...breaking("hosts of one zone reach each other only by a declared flow", DB, [
    [
      "hosts of a zone among each other",
      moreRule("db", "Inbound", ANY, { name: "x", priority: 300, source_address_prefix: "10.20.2.0/24" }),
    ],
  ]),
  ...breaking(INSIDE, APP, [
    ["everybody", into("app", HTTP, EVERYBODY)],
    ["everybody as a block", into("app", HTTP, { source_address_prefix: "0.0.0.0/0" })],
    [
      "the tag of the network, which routes widen",
      into("app", HTTP, { source_address_prefix: "VirtualNetwork" }),
    ],
  ]),
  ...breaking(EXITS, APP, [
    ["an exit on a port more", out("app", "app_to_internet_80_tcp", { destination_port_range: "80-81" })],
    ["a tag of a service", out("app", ANY, { destination_address_prefix: "Storage.EastUS2" })],
  ]),
  ...breaking(UNDECLARED, APP, [
    ["the tag of the internet", out("app", "app_to_internet_443_tcp", INTERNET)],
  ]),
  ...breaking(SOUND, APP, [
    ["the tag of the internet, which routes change", out("app", "app_to_internet_443_tcp", INTERNET)],
    ["two rules of one number", into("app", HTTP, { priority: 4096 })],
    ["two rules of one name", moreRule("app", "Inbound", HTTP, { priority: 300 })],
  ]),
  ...breaking(SOUND, DB, [
    ["a denial by a tag", into("db", "deny_inbound", { source_address_prefix: "Internet" })],
  ]),
  ...breaking(READ, APP, [
    ["two ports in one text", into("app", HTTP, { destination_port_range: "8080,22" })],
    ["ports the wrong way round", into("app", HTTP, { destination_port_range: "8081-8080" })],
    [
      "a group that nobody can read",
      out("app", "app_to_endpoint.secret", { destination_application_security_group_ids: ["x"] }),
    ],
  ]),
  ...breaking(READ, DB, [
    ["an address of IPv6", into("db", ANY, { source_address_prefix: "fd00::/8" })],
    ["an access that there is not", into("db", ANY, { access: "Permit" })],
  ]),
  ...breaking(SOURCES, WEB, [
    [
      "a source more",
      items("web", "Inbound", "internet_to_web_443_tcp", "source_address_prefixes", (all) =>
        all.push("8.8.8.0/24"),
      ),
    ],
    ["probes from everywhere", into("web", "load_balancer_to_web", { source_address_prefix: "*" })],
  ]),
  ...breaking(PRIVATE, WEB, [
    [
      "private addresses as the internet",
      items("web", "Inbound", "internet_to_web_443_tcp", "source_address_prefixes", (all) =>
        all.push("10.0.0.0/8"),
      ),
    ],
  ]),
  ...breaking(PRIVATE, APP, [
    [
      "an exit to private addresses",
      items("app", "Outbound", "app_to_internet_443_tcp", "destination_address_prefixes", (all) =>
        all.push("172.16.0.0/12"),
      ),
    ],
  ]),
  ...breaking("the internet reaches a zone on the ports that are declared", WEB, [
    [
      "a source less",
      items("web", "Inbound", "internet_to_web_443_tcp", "source_address_prefixes", (all) => all.pop()),
    ],
  ]),
  ...breaking("the internet reaches a zone on the declared ports alone", WEB, [
    [
      "a port more from the internet",
      into("web", "internet_to_web_443_tcp", { destination_port_range: "443-444" }),
    ],
  ]),
  ...breaking("a zone without a way out opens nothing to the internet", DB, [
    [
      "a zone that stays",
      moreRule("db", "Outbound", "db_to_endpoint.archive", { ...EVERYBODY, name: "x", priority: 300 }),
    ],
  ]),
  ...breaking("a zone leaves by the ports that it declares", APP, [
    ["a lost exit", withoutRule("app", "Outbound", "app_to_internet_8443_tcp")],
    [
      "a block of the internet less",
      items("app", "Outbound", "app_to_internet_443_tcp", "destination_address_prefixes", (all) =>
        all.shift(),
      ),
    ],
  ]),
  ...breaking(PROBES, WEB, [
    [
      "probes on a port more",
      into("web", "load_balancer_to_web", {
        destination_port_range: null,
        destination_port_ranges: ["443", "8443"],
      }),
    ],
    [
      "probes by every protocol",
      into("web", "load_balancer_to_web", { protocol: "*", destination_port_range: "*" }),
    ],
  ]),
  ...breaking(PROBES, APP, [
    [
      "probes of a port that no flow opens",
      moreRule("app", "Inbound", HTTP, {
        name: "x",
        priority: 300,
        source_address_prefix: "AzureLoadBalancer",
        destination_port_range: "9999",
      }),
    ],
  ]),
  ...breaking("load balancers look after what they may serve", WEB, [
    ["no probes", withoutRule("web", "Inbound", "load_balancer_to_web")],
  ]),
  ...breaking("load balancers look after what they may serve", APP, [
    ["no probes inside the network", withoutRule("app", "Inbound", "load_balancer_to_app")],
  ]),
  ...breaking(DEFAULTS, APP, [
    ["a protocol that there is not", into("app", "web_to_app_icmp", { protocol: "Ping" })],
    ["some ports of the sender's", into("app", HTTP, { source_port_range: "80" })],
    ["senders by a group", into("app", HTTP, { source_application_security_group_ids: ["x"] })],
    ["no last denial on the way out", withoutRule("app", "Outbound", "deny_outbound")],
    ["a number that there is not", into("app", "quarantine_inbound", { priority: 99 })],
  ]),
  ...breaking(DEFAULTS, DB, [
    ["no last denial", withoutRule("db", "Inbound", "deny_inbound")],
    ["the last denial of TCP only", out("db", "deny_outbound", { protocol: "Tcp" })],
    ["the last denial of some ports", out("db", "deny_outbound", { destination_port_range: "1-65534" })],
    ["the last denial of some senders' ports", into("db", "deny_inbound", { source_port_range: "1-1023" })],
    [
      "the last denial of some addresses",
      into("db", "deny_inbound", { source_address_prefix: "10.20.0.0/16" }),
    ],
    [
      "the last denial in the other direction",
      into("db", "deny_inbound", { direction: "Outbound", priority: 4095 }),
    ],
    ["a direction that there is not", rule("db", "Inbound", "deny_inbound", { direction: "inbound" })],
    ["activation of Windows", withoutRule("db", "Outbound", "deny_platform_key_management")],
  ]),
]);

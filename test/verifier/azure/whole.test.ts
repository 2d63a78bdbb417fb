/** Slips that no packet meets: the frame of the document, addresses, edges, and the majors of azurerm. */
import { add, type Change, copy, expectNoticed, rewrite, set } from "../slips";
import { breaking, moreSubnet, subnet, subnetNamed } from "./changes";
import { everyPart, everyPart5 } from "./specs";

const NETWORK = "azurerm_virtual_network";
const CARD = "azurerm_network_interface";
const ACCOUNT = "azurerm_storage_account";

const BYPASSES = "nothing leads around endpoints and inspection";
const LOOSE = "an interface is held by its zone's filter and forwards for nobody";
const GIVEN = "the region and the settings are those that the spec gives for the cloud";
const LINKS = "the enclave is joined to no network that is not its own";
const TYPE = "every resource is of a type that enclaves are made of";
const HELD = "the variables take what the spec knows, and nothing else";
const VERSIONS = "versions have a lower bound and an upper one";

const put =
  (path: readonly string[], value: unknown): Change =>
  (draft) => {
    const parent = path.slice(0, -1).reduce<Record<string, unknown>>((part, key) => {
      part[key] ??= {};
      return part[key] as Record<string, unknown>;
    }, draft);
    parent[path.at(-1) ?? ""] = value;
  };
const azurerm = (argument: string, value: string): Change =>
  put(["terraform", "required_providers", "azurerm", argument], value);

describe("the frame", () =>
  expectNoticed("azure", everyPart(), [
    ...["azurerm_nat_gateway", "azurerm_subnet", "azurerm_subnet_service_endpoint_storage_policy"].flatMap(
      (type) => breaking(TYPE, type, [[type, add(type, "x", {})]]),
    ),
    ...breaking("nothing is published that the spec does not publish", "azurerm_private_link_service", [
      ["a service for others", add("azurerm_private_link_service", "x", {})],
    ]),
    ...breaking("a plan reads nothing: there are no data sources", "data.azurerm_client_config", [
      ["a data source", put(["data", "azurerm_client_config"], { x: {} })],
    ]),
    ...breaking("there are no modules and no imports", "module", [
      ["a module", put(["module", "x"], { source: "./x" })],
    ]),
    ...breaking("no credentials stand in the document", "provider.azurerm", [
      ["a secret", put(["provider", "azurerm"], [{ client_secret: "x" }])],
    ]),
    ...breaking(VERSIONS, "terraform", [
      ["another provider", azurerm("source", "someone/azurerm")],
      ["any version", azurerm("version", ">= 4.55.0")],
      ["the other major", azurerm("version", ">= 5.2.0, < 6.0.0")],
    ]),
    ...breaking(HELD, "variable.private_endpoint_resource_ids", [
      ["keys of no endpoint", put(["variable", "private_endpoint_resource_ids", "validation"], [])],
    ]),
    ...breaking(HELD, "variable.log_retention_days", [
      [
        "more days than a workspace keeps",
        put(
          ["variable", "log_retention_days", "validation"],
          [
            {
              condition:
                "${var.log_retention_days >= 1 && floor(var.log_retention_days) == var.log_retention_days}",
            },
          ],
        ),
      ],
    ]),
    ...breaking(HELD, "variable.quarantine", [
      ["zones that there are not", put(["variable", "quarantine", "validation"], [])],
    ]),
    ...breaking(HELD, "azurerm_firewall.enclave", [
      ["zones of another cloud", set("azurerm_firewall", "enclave", { lifecycle: {} })],
    ]),
  ]));

describe("places", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(LINKS, NETWORK, [["a second network", copy(NETWORK, "enclave", "x", { subnet: [] })]]),
    ...breaking("the network lies in the range that the spec gives", `${NETWORK}.enclave`, [
      ["a wider range", set(NETWORK, "enclave", { address_space: ["10.0.0.0/8"] })],
      ["a second range", set(NETWORK, "enclave", { address_space: ["10.20.0.0/16", "10.99.0.0/16"] })],
    ]),
    ...breaking("there is no IPv6", `${NETWORK}.enclave`, [
      ["a range of IPv6", set(NETWORK, "enclave", { address_space: ["10.20.0.0/16", "fd00::/48"] })],
    ]),
    ...breaking("a zone has the addresses that the lock gives it, slot by slot", subnetNamed("db-1"), [
      ["another block", subnet("db-1", { address_prefixes: ["10.20.9.0/26"] })],
    ]),
    ...breaking("every part of the document can be read", subnetNamed("db-1"), [
      ["two blocks", subnet("db-1", { address_prefixes: ["10.20.2.0/26", "10.20.9.0/26"] })],
    ]),
    ...breaking("infrastructure lies where the lock places it, and in no zone", subnetNamed("x"), [
      ["a subnet more", moreSubnet({ name: "case-x", address_prefixes: ["10.20.9.0/26"] })],
    ]),
    ...breaking(BYPASSES, `${NETWORK}.enclave`, [
      ["Azure's own way out", subnet("db-1", { default_outbound_access_enabled: true })],
      ["Azure's own way out left open", subnet("db-1", { default_outbound_access_enabled: undefined })],
      ["a service endpoint", subnet("db-1", { service_endpoints: ["Microsoft.Storage"] })],
      [
        "a service endpoint of azurerm 5",
        subnet("db-1", { service_endpoint: [{ service: "Microsoft.Storage" }] }),
      ],
      ["a delegation", subnet("db-1", { delegation: [{ name: "x" }] })],
      [
        "endpoints without groups",
        subnet("enclave-endpoints", { private_endpoint_network_policies: "Disabled" }),
      ],
      [
        "endpoints with routes alone",
        subnet("enclave-endpoints", { private_endpoint_network_policies: "RouteTableEnabled" }),
      ],
    ]),
    ...breaking(LOOSE, `${CARD}.app_card_1`, [
      ["an interface that forwards", set(CARD, "app_card_1", { ip_forwarding_enabled: true })],
      [
        "an interface among endpoints",
        rewrite(CARD, "app_card_1", "ip_configuration", "app_subnet", "enclave_endpoints_subnet"),
      ],
      ["an interface of another slot", rewrite(CARD, "app_card_1", "ip_configuration", "ids[0]", "ids[1]")],
    ]),
    ...breaking("interfaces have the fixed addresses that the spec gives them", subnetNamed("app-1"), [
      ["another address", rewrite(CARD, "app_card_1", "ip_configuration", "10.20.1.10", "10.20.1.11")],
      ["an interface more", copy(CARD, "app_card_1", "x", {})],
    ]),
    ...breaking("only the way out has public addresses", `${CARD}.app_card_1`, [
      [
        "a public address",
        rewrite(CARD, "app_card_1", "ip_configuration", '"name"', '"public_ip_address_id":"x","name"'),
      ],
    ]),
    ...breaking("only the way out has public addresses", "azurerm_public_ip.x", [
      ["a public address more", copy("azurerm_public_ip", "enclave_egress", "x", {})],
    ]),
    ...breaking(GIVEN, `${CARD}.app_card_1`, [
      ["another group", set(CARD, "app_card_1", { resource_group_name: "other" })],
    ]),
    ...breaking(GIVEN, "azurerm_network_watcher_flow_log.enclave", [
      [
        "another network watcher",
        set("azurerm_network_watcher_flow_log", "enclave", {
          network_watcher_name: "NetworkWatcher_westeurope",
        }),
      ],
    ]),
    ...breaking(GIVEN, `${ACCOUNT}.enclave_flows`, [
      ["another region", set(ACCOUNT, "enclave_flows", { location: "westeurope" })],
    ]),
  ]));

describe("with azurerm 5", () =>
  expectNoticed("azure", everyPart5(), [
    ...breaking(VERSIONS, "terraform", [["azurerm 4", azurerm("version", ">= 4.55.0, < 5.0.0")]]),
  ]));

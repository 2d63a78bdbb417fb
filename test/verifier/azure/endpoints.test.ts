/** Slips in private endpoints: who gets there, and where they lead. */
import { all, copy, expectNoticed, remove, rewrite, set } from "../slips";
import { breaking, into, out, withoutRule } from "./changes";
import { everyPart } from "./specs";

const GROUP = "azurerm_network_security_group";
const APP = `${GROUP}.app`;
const DB = `${GROUP}.db`;
const ENDPOINTS = `${GROUP}.enclave_endpoints`;
const ENDPOINT = "azurerm_private_endpoint";
const MEMBER = "azurerm_private_endpoint_application_security_group_association";
const SERVICE = "azurerm_monitor_private_link_scoped_service";
const COLLECTS = "azurerm_monitor_data_collection_rule";

const USE = "an endpoint is open to each of its consumers";
const USES = "an endpoint is open to zones that use it, and on its ports alone";
const RESOURCES = "an endpoint leads to the resources that the spec names, and to no other";
const STRANGERS = "no endpoint leads to resources of strangers";
const NAMED = "no private endpoint is there that the spec does not name";

const ACCOUNTS =
  "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/data/providers/Microsoft.Storage/storageAccounts";
const instance = (name: string, id: string): string => `${ENDPOINT}.${name}["${id.toLowerCase()}"]`;
const CORPUS = instance("corpus_blob", `${ACCOUNTS}/corpus`);
const PARTNER = `${ENDPOINT}.partner_custom`;
const SECRET = "app_to_endpoint.secret";
const group = (name: string) => ({
  application_security_group_id: `\${azurerm_application_security_group.${name}.id}`,
});

describe("who gets there", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(USES, ENDPOINTS, [
      [
        "a use by everybody inside",
        into("enclave_endpoints", SECRET, { source_address_prefix: "10.20.0.0/16" }),
      ],
    ]),
    ...breaking("no endpoint is reached from outside the enclave", ENDPOINTS, [
      ["a use from outside", into("enclave_endpoints", SECRET, { source_address_prefix: "*" })],
    ]),
    ...breaking(USES, APP, [
      [
        "a use on a port more",
        out("app", "app_to_endpoint.partner", { destination_port_ranges: ["443", "5000-5003"] }),
      ],
      [
        "a use of another endpoint",
        out("app", SECRET, {
          destination_application_security_group_ids: ["${azurerm_application_security_group.archive.id}"],
        }),
      ],
    ]),
    ...breaking(USES, DB, [
      [
        "a use of the whole subnet",
        out("db", "db_to_endpoint.metrics", {
          destination_application_security_group_ids: null,
          destination_address_prefix: "10.20.255.0/24",
        }),
      ],
    ]),
    ...breaking(USE, ENDPOINTS, [
      [
        "a use on a port less",
        into("enclave_endpoints", "app_to_endpoint.partner", {
          destination_port_ranges: ["443", "5000-5001"],
        }),
      ],
    ]),
    ...breaking(USE, DB, [["a lost use", withoutRule("db", "Outbound", "db_to_endpoint.metrics")]]),
    ...breaking("endpoints stand in their own subnets, with a filter of their own", PARTNER, [
      [
        "an endpoint among workloads",
        set(ENDPOINT, "partner_custom", { subnet_id: "${local.app_subnet_ids[0]}" }),
      ],
    ]),
    ...breaking(NAMED, `${ENDPOINT}.secret_vault["/given/secret-1"]`, [
      ["an endpoint in no group", remove(MEMBER, "secret_vault")],
    ]),
    ...breaking("each private endpoint of the spec is there", "output.private_endpoints", [
      ["no endpoint", all(remove(ENDPOINT, "partner_custom"), remove(MEMBER, "partner_custom"))],
    ]),
    ...breaking(RESOURCES, `${ENDPOINT}.secret_vault["/given/secret-1"]`, [
      ["an endpoint in another's group", set(MEMBER, "secret_vault", group("partner"))],
      ["an endpoint in another's group too", copy(MEMBER, "secret_vault", "x", group("corpus"))],
    ]),
    ...breaking(RESOURCES, instance("archive_blob", `${ACCOUNTS}/corpus2`), [
      [
        "a shared endpoint that is not in the other's group",
        remove(MEMBER, "enclave_shared_archive__corpus_blob"),
      ],
    ]),
  ]));

describe("where they lead", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(RESOURCES, CORPUS, [
      [
        "another account",
        rewrite(ENDPOINT, "corpus_blob", "for_each", "storageAccounts/corpus", "storageAccounts/others"),
      ],
      [
        "another subscription",
        rewrite(ENDPOINT, "corpus_blob", "for_each", /:"\/subscriptions\/0/, ':"/subscriptions/1'),
      ],
      ["another part", rewrite(ENDPOINT, "corpus_blob", "private_service_connection", '"blob"', '"file"')],
    ]),
    ...breaking(RESOURCES, `${ENDPOINT}.secret_vault["/given/corpus-1"]`, [
      [
        "ids of another endpoint",
        rewrite(ENDPOINT, "secret_vault", "for_each", '\\"secret\\"', '\\"corpus\\"'),
      ],
    ]),
    ...breaking(RESOURCES, PARTNER, [
      [
        "another alias",
        rewrite(ENDPOINT, "partner_custom", "private_service_connection", "partner.0", "evil.0"),
      ],
    ]),
    ...breaking(RESOURCES, `${ENDPOINT}.x["${`${ACCOUNTS}/corpus`.toLowerCase()}"]`, [
      ["a second endpoint of one resource", copy(ENDPOINT, "corpus_blob", "x", {})],
    ]),
    ...breaking(NAMED, `${ENDPOINT}.x`, [["an endpoint more", copy(ENDPOINT, "partner_custom", "x", {})]]),
    ...breaking(STRANGERS, PARTNER, [
      [
        "nobody to approve",
        rewrite(ENDPOINT, "partner_custom", "private_service_connection", "true", "false"),
      ],
    ]),
    ...breaking(STRANGERS, CORPUS, [
      [
        "somebody to approve",
        rewrite(ENDPOINT, "corpus_blob", "private_service_connection", "false", "true"),
      ],
    ]),
    ...breaking(RESOURCES, `${ENDPOINT}.corpus_blob`, [
      ["an argument that nobody knows", set(ENDPOINT, "corpus_blob", { ip_configuration: {} })],
    ]),
    ...breaking(RESOURCES, `${SERVICE}.x`, [
      [
        "a resource more in the scope",
        copy(SERVICE, "enclave", "x", { linked_resource_id: `${ACCOUNTS}/others` }),
      ],
    ]),
    ...breaking(RESOURCES, SERVICE, [
      ["the workspace outside the scope", remove(SERVICE, "enclave")],
      ["the endpoint of data collection outside the scope", remove(SERVICE, "enclave_collection")],
    ]),
    ...breaking(RESOURCES, `${COLLECTS}.enclave_metrics`, [
      ["nothing that keeps metrics", remove(COLLECTS, "enclave_metrics")],
      [
        "a rule without the endpoint",
        set(COLLECTS, "enclave_metrics", { data_collection_endpoint_id: "/subscriptions/x" }),
      ],
      [
        "a rule that keeps metrics elsewhere",
        rewrite(
          COLLECTS,
          "enclave_metrics",
          "destinations",
          "azurerm_monitor_workspace.enclave",
          "var.other",
        ),
      ],
      [
        "a rule that leads nowhere",
        rewrite(COLLECTS, "enclave_metrics", "data_flow", '"account"', '"nowhere"'),
      ],
      [
        "a rule for another stream",
        rewrite(COLLECTS, "enclave_metrics", "data_flow", "PrometheusMetrics", "Perf"),
      ],
    ]),
    ...breaking(RESOURCES, `${COLLECTS}.other`, [
      ["a rule that nobody writes to", copy(COLLECTS, "enclave_metrics", "other", {})],
    ]),
    ...breaking("logs are open to nobody outside", "azurerm_monitor_private_link_scope.enclave", [
      [
        "a scope that leads anywhere",
        set("azurerm_monitor_private_link_scope", "enclave", { query_access_mode: "Open" }),
      ],
    ]),
    ...breaking("the variables take what the spec knows, and nothing else", `${ENDPOINT}.secret_vault`, [
      ["ids of any type", set(ENDPOINT, "secret_vault", { lifecycle: {} })],
      [
        "ids of another type",
        rewrite(ENDPOINT, "secret_vault", "lifecycle", /KeyVault\/vaults/g, "Sql/servers"),
      ],
    ]),
  ]));

/** Private endpoints: the kind of resource of each service, ids that come later, third parties. */

import { block } from "../../../src/verifier/replay/blocks";
import { resourcesOf, text } from "../../../src/verifier/terraform/document";
import { endpointOutput, GROUP, linked, renderEndpoints as of, STORAGE, subresource } from "./endpoints";
import { readNetwork, readRules, type SecurityRule } from "./network";

const portsOf = (rule: SecurityRule | undefined): string[] | undefined =>
  rule?.ranges.map(({ from, to }) => (from === to ? `${from}` : `${from}-${to}`));

test.each([
  ["object-storage", "x_blob", "blob", ["privatelink.blob.core.windows.net"], ["443"]],
  [
    "model-api",
    "x_account",
    "account",
    [
      "privatelink.cognitiveservices.azure.com",
      "privatelink.openai.azure.com",
      "privatelink.services.ai.azure.com",
    ],
    ["443"],
  ],
  [
    "ml-platform",
    "x_workspace",
    "amlworkspace",
    ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"],
    ["443"],
  ],
  ["container-registry", "x_registry", "registry", ["privatelink.azurecr.io"], ["443"]],
  ["secrets", "x_vault", "vault", ["privatelink.vaultcore.azure.net"], ["443"]],
  ["keys", "x_vault", "vault", ["privatelink.vaultcore.azure.net"], ["443"]],
  ["queue", "x_bus", "namespace", ["privatelink.servicebus.windows.net"], ["443", "5671"]],
  ["relational-db", "x_postgres", "postgresqlServer", ["privatelink.postgres.database.azure.com"], ["5432"]],
  ["vector-search", "x_search", "searchService", ["privatelink.search.windows.net"], ["443"]],
])(
  "%s leads to %s: sub-resource %s, with its private names and ports",
  (service, name, part, names, ports) => {
    const document = of({ x: { service, from: ["app"] } });
    expect(subresource(document, name)).toEqual([part]);
    expect(linked(document)).toEqual(names);
    const rule = readRules(
      resourcesOf(document, "azurerm_network_security_group").get("enclave_endpoints"),
      [],
    ).find((each) => each.allow);
    expect(rule).toMatchObject({ name: "app_to_endpoint.x", from: [block("10.20.0.0/24")], toGroups: ["x"] });
    expect(portsOf(rule)).toEqual(ports);
  },
);

test.each([
  ["keys", "KeyVault/managedHSMs/rag-hsm", "x_hsm", "managedhsm", ["443"]],
  ["queue", "EventHub/namespaces/rag-events", "x_hub", "namespace", ["443", "5671", "9093"]],
  ["queue", "Storage/storageAccounts/ragqueue", "x_queue", "queue", ["443"]],
  ["relational-db", "Sql/servers/rag-sql", "x_sql", "sqlServer", ["1433"]],
  ["relational-db", "DBforMySQL/flexibleServers/rag-my", "x_mysql", "mysqlServer", ["3306"]],
])("%s by an id of %s is %s", (service, id, name, part, ports) => {
  const document = of({ x: { service, from: ["app"], resources: { azure: [`${GROUP}/Microsoft.${id}`] } } });
  expect(subresource(document, name)).toEqual([part]);
  expect(
    portsOf(
      readRules(resourcesOf(document, "azurerm_network_security_group").get("app"), []).find(
        (rule) => rule.name === "app_to_endpoint.x",
      ),
    ),
  ).toEqual(ports);
});

test("a private DNS zone that several endpoints need is there once", () => {
  const names = linked(
    of({
      a: { service: "secrets", from: ["app"] },
      b: { service: "keys", from: ["jobs"] },
      c: { service: "logs", from: ["app"] },
      d: { service: "object-storage", from: ["app"] },
    }),
  );
  expect(names.filter((name, index) => names.indexOf(name) !== index)).toEqual([]);
  expect(names).toContain("privatelink.blob.core.windows.net");
});

describe("an endpoint whose ids come by variable", () => {
  const document = of({
    vault: { service: "secrets", from: ["app"] },
    corpus: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE] } },
  });
  const endpoint = resourcesOf(document, "azurerm_private_endpoint").get("vault_vault");

  test("is made for each of them, under an address that follows from the id", () => {
    expect(endpoint?.["for_each"]).toBe(
      '${{ for id in lookup(var.private_endpoint_resource_ids, "vault", []) : lower(id) => id }}',
    );
  });

  test("is missed at plan while there are none", () => {
    const check = document["check"] as Record<
      string,
      { assert: { condition: string; error_message: string }[] }
    >;
    expect(Object.keys(check)).toEqual(["enclave_resource_ids", "vault_resource_ids"]);
    expect(check["vault_resource_ids"]?.assert[0]?.error_message).toContain(
      "Private endpoint vault is not created",
    );
  });

  test("is not mistaken for one whose ids are in the spec, for which the variable changes nothing", () => {
    const check = document["check"] as Record<
      string,
      { assert: { condition: string; error_message: string }[] }
    >;
    expect(check["enclave_resource_ids"]?.assert).toEqual([
      {
        condition: '${length(setintersection(keys(var.private_endpoint_resource_ids), ["corpus"])) == 0}',
        error_message:
          "private_endpoint_resource_ids changes nothing for endpoints whose resources are in the spec: corpus.",
      },
    ]);
  });

  test("refuses ids of another kind, and ids that another endpoint has", () => {
    const { precondition } = (endpoint?.["lifecycle"] ?? {}) as { precondition: { condition: string }[] };
    expect(precondition[0]?.condition).toContain("Microsoft[.]KeyVault/vaults");
    expect(precondition[1]?.condition).toContain(STORAGE.toLowerCase());
  });

  test("has the names of its resources resolve, whatever they are", () => {
    const parameters = text(
      resourcesOf(document, "azurerm_resource_group_template_deployment").get("enclave_dns"),
      "parameters_content",
    );
    expect(parameters).toContain(
      'for host in ["{name}.vault.azure.net", "{name}.privatelink.vaultcore.azure.net"]',
    );
  });
});

test("logs and metrics share one private endpoint of Azure Monitor, and each zone reaches it by a rule of its own", () => {
  const document = of({
    logs: { service: "logs", from: ["app"] },
    numbers: { service: "metrics", from: ["jobs"] },
  });
  expect([...resourcesOf(document, "azurerm_private_endpoint").keys()]).toEqual(["enclave_monitor"]);
  expect(readNetwork(document, []).members.get("enclave_monitor")).toEqual(["logs", "numbers"]);
  expect(Object.keys(document["check"] ?? {})).toEqual(["logs_one_at_a_time", "numbers_one_at_a_time"]);
});

test("a third party is asked by its alias, approves by hand, and answers to its name inside the network only", () => {
  const alias = "vendor_svc-1.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice";
  const document = of({
    db: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp", "8000-8010/tcp"],
      dnsNames: ["x.example.com"],
      target: { azure: { privateLinkServiceAlias: alias } },
    },
  });
  const endpoint = resourcesOf(document, "azurerm_private_endpoint").get("db_custom");
  expect(endpoint?.["private_service_connection"]).toMatchObject({
    is_manual_connection: true,
    private_connection_resource_alias: alias,
  });
  expect(linked(document)).toEqual(["x.example.com"]);
  expect(resourcesOf(document, "azurerm_private_dns_a_record").get("db_custom__x_example_com")).toMatchObject(
    { name: "@", zone_name: "${azurerm_private_dns_zone.enclave_x_example_com.name}" },
  );
  expect(
    portsOf(
      readRules(resourcesOf(document, "azurerm_network_security_group").get("app"), []).find(
        (rule) => rule.allow,
      ),
    ),
  ).toEqual(["443", "8000-8010"]);
});

test.each([
  ["x_blob", "object-storage", "azurerm_private_endpoint", "Microsoft.Storage/storageAccounts/ragcorpus"],
  ["x__app", "logs", "azurerm_monitor_private_link_scoped_service", "Microsoft.Insights/components/App"],
])(
  "the id behind %s is written with Azure's capitals, whatever the spec's are",
  (name, service, type, resource) => {
    const id = `${GROUP}/${resource}`;
    const given = id
      .replace("/subscriptions/", "/SUBSCRIPTIONS/")
      .replace("resourceGroups", "resourcegroups")
      .replace("Microsoft", "microsoft");
    const document = of({ x: { service, from: ["app"], access: "read", resources: { azure: [given] } } });
    const { for_each, linked_resource_id } = resourcesOf(document, type).get(name) ?? {};
    expect([{ [id.toLowerCase()]: id }, id]).toContainEqual(for_each ?? linked_resource_id);
    expect(endpointOutput(document, "x").role_assignments).toContainEqual({
      role: expect.any(String),
      scope: id,
    });
  },
);

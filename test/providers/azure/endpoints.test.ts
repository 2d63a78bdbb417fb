/** Private endpoints: what each service is on Azure, resources named twice, ids that come later, third parties. */
import { resourcesOf, text, texts } from "../../../providers/document";
import type { TerraformDocument } from "../../../src/provider";
import { readNetwork, readRules } from "./network";
import { render } from "./rendered";

const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag/providers";
const STORAGE = `${GROUP}/Microsoft.Storage/storageAccounts/ragcorpus`;
const zones = { app: { exposure: "private", prefix: 26 }, jobs: { exposure: "private", prefix: 26 } };
const of = (privateEndpoints: object): TerraformDocument => render({ zones, privateEndpoints }).document;
const subresource = (document: TerraformDocument, name: string): unknown =>
  (
    resourcesOf(document, "azurerm_private_endpoint").get(name)?.["private_service_connection"] as
      | { subresource_names: string[] }
      | undefined
  )?.subresource_names;
const linked = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "azurerm_private_dns_zone").values()].map((zone) => text(zone, "name"));

/** What the output `private_endpoints` says of one. */
function endpointOutput(
  document: TerraformDocument,
  name: string,
): Record<"ids" | "dns_names" | "addresses" | "role_assignments", unknown> {
  const outputs = document["output"] as Record<string, { value: Record<string, ReturnType<typeof endpointOutput>> }>;
  const found = outputs["private_endpoints"]?.value[name];
  if (found === undefined) throw new Error(`no output of ${name}`);
  return found;
}

test.each([
  ["object-storage", "x_blob", "blob", ["privatelink.blob.core.windows.net"], ["443"]],
  [
    "model-api",
    "x_account",
    "account",
    ["privatelink.cognitiveservices.azure.com", "privatelink.openai.azure.com", "privatelink.services.ai.azure.com"],
    ["443"],
  ],
  ["ml-platform", "x_workspace", "amlworkspace", ["privatelink.api.azureml.ms", "privatelink.notebooks.azure.net"], ["443"]],
  ["container-registry", "x_registry", "registry", ["privatelink.azurecr.io"], ["443"]],
  ["secrets", "x_vault", "vault", ["privatelink.vaultcore.azure.net"], ["443"]],
  ["keys", "x_vault", "vault", ["privatelink.vaultcore.azure.net"], ["443"]],
  ["queue", "x_bus", "namespace", ["privatelink.servicebus.windows.net"], ["443", "5671"]],
  ["relational-db", "x_postgres", "postgresqlServer", ["privatelink.postgres.database.azure.com"], ["5432"]],
  ["vector-search", "x_search", "searchService", ["privatelink.search.windows.net"], ["443"]],
])("%s leads to %s: sub-resource %s, with its private names and ports", (service, name, part, names, ports) => {
  const document = of({ x: { service, from: ["app"] } });
  expect(subresource(document, name)).toEqual([part]);
  expect(linked(document)).toEqual(names);
  const rule = readRules(resourcesOf(document, "azurerm_network_security_group").get("enclave_endpoints"), []).find((each) => each.allow);
  expect(rule).toMatchObject({ name: "app_to_endpoint.x", from: ["10.20.0.0/24"], ports, toGroups: ["x"] });
});

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
    readRules(resourcesOf(document, "azurerm_network_security_group").get("app"), []).find((rule) => rule.name === "app_to_endpoint.x")
      ?.ports,
  ).toEqual(ports);
});

test("a resource that two endpoints name has one private endpoint, which both zones reach, each by a rule of its own", () => {
  const document = of({
    reader: { service: "object-storage", from: ["app"], access: "read", resources: { azure: [STORAGE] } },
    writer: {
      service: "object-storage",
      from: ["jobs"],
      access: "write",
      resources: { azure: [STORAGE.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions").replace("RAGCORPUS", "ragcorpus")] },
    },
  });
  expect([...resourcesOf(document, "azurerm_private_endpoint").keys()]).toEqual(["reader_blob"]);
  expect(readNetwork(document, []).members).toEqual(new Map([["reader_blob", ["writer", "reader"]]]));
});

test("what leads to one of two resources of another endpoint's has that one among its own, in the outputs too", () => {
  const other = STORAGE.replace("ragcorpus", "ragother");
  const document = of({
    both: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE, other] } },
    one: { service: "object-storage", from: ["jobs"], resources: { azure: [other] } },
  });
  expect(
    resourcesOf(document, "azurerm_private_endpoint_application_security_group_association").get("enclave_shared_one__both_blob"),
  ).toEqual(expect.objectContaining({ for_each: { [other.toLowerCase()]: other.toLowerCase() } }));
  expect(endpointOutput(document, "one").ids).toBe(
    `\${[for each in concat([for key in ["${other.toLowerCase()}"] : azurerm_private_endpoint.both_blob[key]]) : each.id]}`,
  );
});

describe("a Data Lake, which is a part of an account beside its blobs", () => {
  const dfs = `${STORAGE}/privateLinkResources/dfs`;
  const document = of({ corpus: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE, dfs] } } });

  test("has a private endpoint, private names and names that resolve of its own", () => {
    expect([...resourcesOf(document, "azurerm_private_endpoint")].map(([name, body]) => [name, body["for_each"]])).toEqual([
      ["corpus_blob", { [STORAGE.toLowerCase()]: STORAGE }],
      ["corpus_dfs", { [dfs.toLowerCase()]: STORAGE }],
    ]);
    expect([subresource(document, "corpus_blob"), subresource(document, "corpus_dfs")]).toEqual([["blob"], ["dfs"]]);
    expect(linked(document)).toEqual(["privatelink.blob.core.windows.net", "privatelink.dfs.core.windows.net"]);
    expect(endpointOutput(document, "corpus").dns_names).toContain("ragcorpus.dfs.core.windows.net");
  });

  test("is not led to where the spec names the account alone", () => {
    const alone = of({ corpus: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE] } } });
    expect([...resourcesOf(alone, "azurerm_private_endpoint").keys()]).toEqual(["corpus_blob"]);
    expect(JSON.stringify(alone)).not.toContain("dfs");
  });

  test("is reached by the same role, which the outputs name once", () => {
    expect(endpointOutput(document, "corpus").role_assignments).toEqual([{ role: "Storage Blob Data Reader", scope: STORAGE }]);
  });

  test("is one resource for two endpoints, however each spells its blobs", () => {
    const shared = of({
      a: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE, dfs] } },
      b: { service: "object-storage", from: ["jobs"], resources: { azure: [`${STORAGE}/privateLinkResources/blob`, dfs.toLowerCase()] } },
    });
    const members = [...readNetwork(shared, []).members].map(([name, groups]) => [name, [...groups].sort()]);
    expect(members).toEqual([
      ["a_blob", ["a", "b"]],
      ["a_dfs", ["a", "b"]],
    ]);
  });
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
    expect(endpoint?.["for_each"]).toBe('${{ for id in lookup(var.private_endpoint_resource_ids, "vault", []) : lower(id) => id }}');
  });

  test("is missed at plan while there are none", () => {
    const check = document["check"] as Record<string, { assert: { condition: string; error_message: string }[] }>;
    expect(Object.keys(check)).toEqual(["enclave_resource_ids", "vault_resource_ids"]);
    expect(check["vault_resource_ids"]?.assert[0]?.error_message).toContain("Private endpoint vault is not created");
  });

  test("is not mistaken for one whose ids are in the spec, for which the variable changes nothing", () => {
    const check = document["check"] as Record<string, { assert: { condition: string; error_message: string }[] }>;
    expect(check["enclave_resource_ids"]?.assert).toEqual([
      {
        condition: '${length(setintersection(keys(var.private_endpoint_resource_ids), ["corpus"])) == 0}',
        error_message: "private_endpoint_resource_ids changes nothing for endpoints whose resources are in the spec: corpus.",
      },
    ]);
  });

  test("refuses ids of another kind, and ids that another endpoint has", () => {
    const { precondition } = (endpoint?.["lifecycle"] ?? {}) as { precondition: { condition: string }[] };
    expect(precondition[0]?.condition).toContain("Microsoft[.]KeyVault/vaults");
    expect(precondition[1]?.condition).toContain(STORAGE.toLowerCase());
  });

  test("has the names of its resources resolve, whatever they are", () => {
    const parameters = text(resourcesOf(document, "azurerm_resource_group_template_deployment").get("enclave_dns"), "parameters_content");
    expect(parameters).toContain('for host in ["{name}.vault.azure.net", "{name}.privatelink.vaultcore.azure.net"]');
  });
});

test("logs and metrics share one private endpoint of Azure Monitor, and each zone reaches it by a rule of its own", () => {
  const document = of({ logs: { service: "logs", from: ["app"] }, numbers: { service: "metrics", from: ["jobs"] } });
  expect([...resourcesOf(document, "azurerm_private_endpoint").keys()]).toEqual(["enclave_monitor"]);
  expect(readNetwork(document, []).members.get("enclave_monitor")).toEqual(["logs", "numbers"]);
  expect(document["check"]).toBeUndefined();
});

describe("what joins the scope of Azure Monitor", () => {
  const workspace = `${GROUP}/Microsoft.OperationalInsights/workspaces/team`;
  const scoped = (document: TerraformDocument) => resourcesOf(document, "azurerm_monitor_private_link_scoped_service");

  test("joins it once, however many endpoints name it", () => {
    const document = of({
      logs: { service: "logs", from: ["app"], resources: { azure: [workspace] } },
      numbers: { service: "metrics", from: ["jobs"], resources: { azure: [workspace.toLowerCase(), `${workspace}2`] } },
    });
    expect(scoped(document).get("logs")?.["for_each"]).toEqual({ [workspace.toLowerCase()]: workspace });
    expect(scoped(document).get("numbers")?.["for_each"]).toEqual({ [`${workspace}2`.toLowerCase()]: `${workspace}2` });
  });

  test("is of the scope's kinds and named by nobody else, when it comes by variable", () => {
    const document = of({
      logs: { service: "logs", from: ["app"], resources: { azure: [workspace] } },
      numbers: { service: "metrics", from: ["jobs"] },
    });
    const { precondition } = (scoped(document).get("numbers")?.["lifecycle"] ?? {}) as { precondition: { condition: string }[] };
    expect(precondition[0]?.condition).toContain("/(Microsoft[.]OperationalInsights/workspaces|Microsoft[.]Insights/components|");
    expect(precondition[1]?.condition).toContain(workspace.toLowerCase());
  });
});

test.each(["blob", "custom", "monitor", "vault", "dfs"])(
  "an endpoint whose name ends like the address of another's part (%s) is told apart",
  (part) => {
    const alias = "vendor.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice";
    const document = of({
      a: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE, `${STORAGE}/privateLinkResources/dfs`] } },
      [`a-${part}`]: { service: "logs", from: ["app"] },
      b: {
        service: "custom",
        from: ["app"],
        ports: ["443/tcp"],
        dnsName: "x.example.com",
        target: { azure: { privateLinkServiceAlias: alias } },
      },
      [`b-${part}`]: { service: "metrics", from: ["app"] },
      c: { service: "secrets", from: ["app"] },
      [`c-${part}`]: { service: "keys", from: ["app"] },
    });
    expect(readNetwork(document, []).members.size).toBe(6);
  },
);

test("a third party is asked by its alias, approves by hand, and answers to its name inside the network only", () => {
  const alias = "vendor.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice";
  const document = of({
    db: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp", "8000-8010/tcp"],
      dnsName: "x.example.com",
      target: { azure: { privateLinkServiceAlias: alias } },
    },
  });
  const endpoint = resourcesOf(document, "azurerm_private_endpoint").get("db_custom");
  expect(endpoint?.["private_service_connection"]).toMatchObject({ is_manual_connection: true, private_connection_resource_alias: alias });
  expect(linked(document)).toEqual(["x.example.com"]);
  expect(resourcesOf(document, "azurerm_private_dns_a_record").get("db_custom")).toMatchObject({
    name: "@",
    zone_name: "${azurerm_private_dns_zone.enclave_x_example_com.name}",
  });
  expect(readRules(resourcesOf(document, "azurerm_network_security_group").get("app"), []).find((rule) => rule.allow)?.ports).toEqual([
    "443",
    "8000-8010",
  ]);
});

test.each([
  ["read", ["Storage Blob Data Reader"]],
  ["write", ["Storage Blob Data Contributor"]],
  ["read-write", ["Storage Blob Data Reader", "Storage Blob Data Contributor"]],
])("a right that the network cannot hold is an output: %s", (access, roles) => {
  const { document } = render({
    zones,
    privateEndpoints: { corpus: { service: "object-storage", from: ["app"], access, resources: { azure: [STORAGE] } } },
  });
  expect(endpointOutput(document, "corpus").role_assignments).toEqual(roles.map((role) => ({ role, scope: STORAGE })));
  expect(endpointOutput(document, "corpus").dns_names).toEqual([
    "ragcorpus.blob.core.windows.net",
    "ragcorpus.privatelink.blob.core.windows.net",
  ]);
});

test.each([
  ["queue", "ServiceBus/namespaces/rag-bus", ["Azure Service Bus Data Receiver", "Azure Service Bus Data Sender"]],
  ["queue", "EventHub/namespaces/rag-events", ["Azure Event Hubs Data Receiver", "Azure Event Hubs Data Sender"]],
  ["queue", "Storage/storageAccounts/ragqueue", ["Storage Queue Data Message Processor", "Storage Queue Data Message Sender"]],
  ["keys", "KeyVault/vaults/rag-vault", ["Key Vault Crypto User"]],
  ["keys", "KeyVault/managedHSMs/rag-hsm", ["Managed HSM Crypto User"]],
  ["relational-db", "Sql/servers/rag-sql", []],
])("the role of %s on %s is one of that kind of resource", (service, id, roles) => {
  const scope = `${GROUP}/Microsoft.${id}`;
  const access = service === "relational-db" ? {} : { access: "read-write" };
  const document = of({ x: { service, from: ["app"], ...access, resources: { azure: [scope] } } });
  expect(endpointOutput(document, "x").role_assignments).toEqual(roles.map((role) => ({ role, scope })));
});

test("logs are written to the enclave's own workspace first, so its role is named too", () => {
  expect(endpointOutput(of({ logs: { service: "logs", from: ["app"] } }), "logs").role_assignments).toBe(
    '${flatten([for role in ["Monitoring Metrics Publisher"] : [for id in concat([azurerm_log_analytics_workspace.enclave.id], lookup(var.private_endpoint_resource_ids, "logs", [])) : { role = role, scope = id }]])}',
  );
});

test("everything in the endpoint subnet waits for the group on it", () => {
  const document = of({ a: { service: "secrets", from: ["app"] }, b: { service: "logs", from: ["app"] } });
  for (const [, endpoint] of resourcesOf(document, "azurerm_private_endpoint"))
    expect(texts(endpoint, "depends_on")).toContain("azurerm_subnet_network_security_group_association.enclave_endpoints");
});

test("a vault that holds secrets for one endpoint and keys for another has one private endpoint", () => {
  const vault = `${GROUP}/Microsoft.KeyVault/vaults/rag-vault`;
  const document = of({
    credentials: { service: "secrets", from: ["app"], resources: { azure: [vault] } },
    signing: { service: "keys", from: ["jobs"], resources: { azure: [vault] } },
  });
  expect(readNetwork(document, []).members).toEqual(new Map([["credentials_vault", ["credentials", "signing"]]]));
});

/** Rights on private endpoints, which the network cannot hold: roles and their scopes in the outputs. */
import { NIL } from "../../../src/clouds/field-facts";
import { endpointOutput, GROUP, renderEndpoints as of, STORAGE, zones } from "./endpoints";
import { render } from "./rendered";

test.each([
  ["read", ["Storage Blob Data Reader"]],
  ["write", ["Storage Blob Data Contributor"]],
  ["read-write", ["Storage Blob Data Reader", "Storage Blob Data Contributor"]],
])("a right that the network cannot hold is an output: %s", (access, roles) => {
  const { document } = render({
    zones,
    privateEndpoints: {
      corpus: { service: "object-storage", from: ["app"], access, resources: { azure: [STORAGE] } },
    },
  });
  expect(endpointOutput(document, "corpus").role_assignments).toEqual(
    roles.map((role) => ({ role, scope: STORAGE })),
  );
  expect(endpointOutput(document, "corpus").dns_names).toEqual([
    "ragcorpus.blob.core.windows.net",
    "ragcorpus.privatelink.blob.core.windows.net",
  ]);
});

test.each([
  [
    "queue",
    "ServiceBus/namespaces/rag-bus",
    ["Azure Service Bus Data Receiver", "Azure Service Bus Data Sender"],
  ],
  [
    "queue",
    "EventHub/namespaces/rag-events",
    ["Azure Event Hubs Data Receiver", "Azure Event Hubs Data Sender"],
  ],
  [
    "queue",
    "Storage/storageAccounts/ragqueue",
    ["Storage Queue Data Message Processor", "Storage Queue Data Message Sender"],
  ],
  ["keys", "KeyVault/vaults/rag-vault", ["Key Vault Crypto User"]],
  ["keys", "KeyVault/managedHSMs/rag-hsm", ["Managed HSM Crypto User"]],
  ["relational-db", "Sql/servers/rag-sql", []],
])("the role of %s on %s is one of that kind of resource", (service, id, roles) => {
  const scope = `${GROUP}/Microsoft.${id}`;
  const access = service === "relational-db" ? {} : { access: "read-write" };
  const document = of({ x: { service, from: ["app"], ...access, resources: { azure: [scope] } } });
  expect(endpointOutput(document, "x").role_assignments).toEqual(roles.map((role) => ({ role, scope })));
});

test("who writes logs gets the role on the rule that collects them", () => {
  expect(endpointOutput(of({ logs: { service: "logs", from: ["app"] } }), "logs").role_assignments).toBe(
    '${flatten([for role in ["Monitoring Metrics Publisher"] : [for id in concat([azurerm_monitor_data_collection_rule.enclave_logs.id], lookup(var.private_endpoint_resource_ids, "logs", [])) : { role = role, scope = id }]])}',
  );
});

const SOC = `/subscriptions/${NIL}/resourceGroups/soc/providers/Microsoft.OperationalInsights/workspaces/soc`;

test("who reads and writes gets each role where it works, in a workspace that exists as well", () => {
  const output = endpointOutput(
    render({
      zones,
      privateEndpoints: {
        logs: { service: "logs", from: ["app"], access: "read-write", resources: { azure: [`${SOC}2`] } },
      },
      logging: { azure: { workspaceId: SOC } },
    }).document,
    "logs",
  );
  const rule = "${azurerm_monitor_data_collection_rule.enclave_logs.id}";
  expect(output.role_assignments).toEqual([
    { role: "Log Analytics Reader", scope: SOC },
    { role: "Log Analytics Reader", scope: `${SOC}2` },
    { role: "Monitoring Metrics Publisher", scope: rule },
    { role: "Monitoring Metrics Publisher", scope: `${SOC}2` },
  ]);
});

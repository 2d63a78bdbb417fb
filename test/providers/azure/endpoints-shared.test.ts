/** Resources that several private endpoints name, parts of one resource, and what joins the scope of Azure Monitor. */

import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf } from "../../../src/verifier/terraform/document";
import {
  endpointOutput,
  GROUP,
  linked,
  renderEndpoints as of,
  STORAGE,
  subresource,
  zones,
} from "./endpoints";
import { readNetwork } from "./network";
import { review } from "./rendered";

test("a resource that two endpoints name has one private endpoint, which both zones reach, each by a rule of its own", () => {
  const document = of({
    reader: { service: "object-storage", from: ["app"], access: "read", resources: { azure: [STORAGE] } },
    writer: {
      service: "object-storage",
      from: ["jobs"],
      access: "write",
      resources: {
        azure: [
          STORAGE.toUpperCase().replace("/SUBSCRIPTIONS", "/subscriptions").replace("RAGCORPUS", "ragcorpus"),
        ],
      },
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
    resourcesOf(document, "azurerm_private_endpoint_application_security_group_association").get(
      "enclave_shared_one__both_blob",
    ),
  ).toEqual(expect.objectContaining({ for_each: { [other.toLowerCase()]: other.toLowerCase() } }));
  expect(endpointOutput(document, "one").ids).toBe(
    `\${[for each in concat([for key in ["${other.toLowerCase()}"] : azurerm_private_endpoint.both_blob[key]]) : each.id]}`,
  );
});

describe("a Data Lake, which is a part of an account beside its blobs", () => {
  const dfs = `${STORAGE}/privateLinkResources/dfs`;
  const document = of({
    corpus: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE, dfs] } },
  });

  test("has a private endpoint, private names and names that resolve of its own", () => {
    expect(
      [...resourcesOf(document, "azurerm_private_endpoint")].map(([name, body]) => [name, body["for_each"]]),
    ).toEqual([
      ["corpus_blob", { [STORAGE.toLowerCase()]: STORAGE }],
      ["corpus_dfs", { [dfs.toLowerCase()]: STORAGE }],
    ]);
    expect([subresource(document, "corpus_blob"), subresource(document, "corpus_dfs")]).toEqual([
      ["blob"],
      ["dfs"],
    ]);
    expect(linked(document)).toEqual([
      "privatelink.blob.core.windows.net",
      "privatelink.dfs.core.windows.net",
    ]);
    expect(endpointOutput(document, "corpus").dns_names).toContain("ragcorpus.dfs.core.windows.net");
  });

  test("is not led to where the spec names the account alone", () => {
    const alone = of({
      corpus: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE] } },
    });
    expect([...resourcesOf(alone, "azurerm_private_endpoint").keys()]).toEqual(["corpus_blob"]);
    expect(JSON.stringify(alone)).not.toContain("dfs");
  });

  test("is reached by the same role, which the outputs name once", () => {
    expect(endpointOutput(document, "corpus").role_assignments).toEqual([
      { role: "Storage Blob Data Reader", scope: STORAGE },
    ]);
  });

  test("is one resource for two endpoints, however each spells its blobs", () => {
    const shared = of({
      a: { service: "object-storage", from: ["app"], resources: { azure: [STORAGE, dfs] } },
      b: {
        service: "object-storage",
        from: ["jobs"],
        resources: { azure: [`${STORAGE}/privateLinkResources/blob`, dfs.toLowerCase()] },
      },
    });
    const members = [...readNetwork(shared, []).members].map(([name, groups]) => [name, [...groups].sort()]);
    expect(members).toEqual([
      ["a_blob", ["a", "b"]],
      ["a_dfs", ["a", "b"]],
    ]);
  });
});

describe("what joins the scope of Azure Monitor", () => {
  const workspace = `${GROUP}/Microsoft.OperationalInsights/workspaces/team`;
  const scoped = (document: TerraformDocument) =>
    resourcesOf(document, "azurerm_monitor_private_link_scoped_service");

  test("joins it once, however many endpoints name it", () => {
    const document = of({
      logs: { service: "logs", from: ["app"], resources: { azure: [workspace] } },
      numbers: {
        service: "metrics",
        from: ["jobs"],
        resources: { azure: [workspace.toLowerCase(), `${workspace}2`] },
      },
    });
    expect([...scoped(document)].map(([name, { linked_resource_id }]) => [name, linked_resource_id])).toEqual(
      [
        ["enclave", "${azurerm_log_analytics_workspace.enclave.id}"],
        ["enclave_collection", "${azurerm_monitor_data_collection_endpoint.enclave.id}"],
        ["logs__team", workspace],
        ["numbers__team2", `${workspace}2`],
      ],
    );
  });

  test("joins it one after the other, because Azure refuses two changes at once", () => {
    const document = of({
      logs: { service: "logs", from: ["app"], resources: { azure: [workspace, `${workspace}2`] } },
      numbers: { service: "metrics", from: ["jobs"] },
    });
    const all = [...scoped(document)];
    for (const [at, [, { depends_on }]] of all.entries())
      expect(depends_on).toEqual(
        at === 0 ? undefined : [`azurerm_monitor_private_link_scoped_service.${all[at - 1]?.[0]}`],
      );
    expect(all).toHaveLength(5);
  });

  test("is told apart by group where two have one name", () => {
    const elsewhere = workspace.replace("resourceGroups/rag", "resourceGroups/other");
    const document = of({
      logs: { service: "logs", from: ["app"], access: "read", resources: { azure: [workspace, elsewhere] } },
    });
    expect([...scoped(document).keys()]).toEqual(["enclave", "logs__team", "logs__team__2"]);
  });

  test("is of the scope's kinds and named by nobody else, when it comes by variable", () => {
    const document = of({
      logs: { service: "logs", from: ["app"], resources: { azure: [workspace] } },
      numbers: { service: "metrics", from: ["jobs"] },
    });
    const { precondition } = (scoped(document).get("numbers")?.["lifecycle"] ?? {}) as {
      precondition: { condition: string }[];
    };
    expect(precondition[0]?.condition).toContain(
      "/(Microsoft[.]OperationalInsights/workspaces|Microsoft[.]Insights/components|",
    );
    expect(precondition[1]?.condition).toContain(workspace.toLowerCase());
  });
});

test.each(["blob", "custom", "monitor", "vault", "dfs"])(
  "an endpoint whose name ends like the address of another's part (%s) is told apart",
  (part) => {
    const alias = "vendor.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice";
    const document = of({
      a: {
        service: "object-storage",
        from: ["app"],
        resources: { azure: [STORAGE, `${STORAGE}/privateLinkResources/dfs`] },
      },
      [`a-${part}`]: { service: "logs", from: ["app"] },
      b: {
        service: "custom",
        from: ["app"],
        ports: ["443/tcp"],
        dnsNames: ["x.example.com"],
        target: { azure: { privateLinkServiceAlias: alias } },
      },
      [`b-${part}`]: { service: "metrics", from: ["app"] },
      c: { service: "secrets", from: ["app"] },
      [`c-${part}`]: { service: "keys", from: ["app"] },
    });
    expect(readNetwork(document, []).members.size).toBe(6);
  },
);

test("a vault that holds secrets for one endpoint and keys for another has one private endpoint", () => {
  const vault = `${GROUP}/Microsoft.KeyVault/vaults/rag-vault`;
  const document = of({
    credentials: { service: "secrets", from: ["app"], resources: { azure: [vault] } },
    signing: { service: "keys", from: ["jobs"], resources: { azure: [vault] } },
  });
  expect(readNetwork(document, []).members).toEqual(
    new Map([["credentials_vault", ["credentials", "signing"]]]),
  );
});

test.each([
  ["other zones", ["jobs"], [{ system: ["app"], numbers: ["jobs"] }]],
  ["the same zones in another order", ["jobs", "app"], []],
])("that logs and metrics are one is told when they are for %s", (_title, from, told) => {
  const system = from.length === 1 ? ["app"] : ["app", "jobs"];
  const diagnostics = review({
    zones,
    privateEndpoints: { system: { service: "logs", from: system }, numbers: { service: "metrics", from } },
  });
  expect(diagnostics.filter(({ code }) => code === "azure-monitor-shared").map(({ facts }) => facts)).toEqual(
    told,
  );
});

/** The path out: the firewall, its rules by name, and the routes to it. */

import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf, resourceTypes, texts } from "../../../src/verifier/terraform/document";
import { readNetwork } from "./network";
import { render, type Spec } from "./rendered";

type Body = Readonly<Record<string, unknown>>;

const EGRESS = [
  {
    from: ["app"],
    to: ["*.huggingface.co", "mirror.example.com"],
    ports: ["443/tcp", "80/tcp"],
    why: "weights and packages",
  },
];
const GROUP = "/subscriptions/00000000-0000-0000-0000-000000000000/resourceGroups/rag";
const IDENTITY = `${GROUP}/providers/Microsoft.ManagedIdentity/userAssignedIdentities/inspector`;
const INSPECTION = {
  inspection: "request",
  azure: {
    inspectionCertificate: {
      keyVaultSecretId: "https://rag-vault.vault.azure.net/secrets/inspection",
      identityId: IDENTITY.replace("resourceGroups", "resourcegroups"), // as Azure's own tools have it
    },
  },
};
const of = (spec: Spec): TerraformDocument => render(spec).document;
const one = (document: TerraformDocument, type: string, name = "enclave"): Body =>
  resourcesOf(document, type).get(name) ?? {};
const collections = (document: TerraformDocument): Body[] =>
  (one(document, "azurerm_firewall_policy_rule_collection_group")["application_rule_collection"] ??
    []) as Body[];
const rulesOf = (collection: Body | undefined): Body[] => (collection?.["rule"] ?? []) as Body[];

describe("the firewall", () => {
  const document = of({ egress: EGRESS });

  test("binds each name to its zone and its port", () => {
    const [app] = collections(document);
    expect(app).toMatchObject({ name: "app", action: "Allow" });
    expect(rulesOf(app).map((rule) => [texts(rule, "destination_fqdns").join(), rule["protocols"]])).toEqual([
      ["*.huggingface.co", [{ type: "Https", port: 443 }]],
      ["*.huggingface.co", [{ type: "Http", port: 80 }]],
      ["mirror.example.com", [{ type: "Https", port: 443 }]],
      ["mirror.example.com", [{ type: "Http", port: 80 }]],
    ]);
    for (const rule of rulesOf(app)) expect(rule["description"]).toBe("weights and packages");
  });

  test("denies everything else by name before Azure's own list is asked", () => {
    const last = collections(document).at(-1);
    expect(last).toMatchObject({ priority: 65000, action: "Deny" });
    expect(rulesOf(last)).toEqual([
      expect.objectContaining({
        source_addresses: ["*"],
        destination_fqdns: ["*"],
        protocols: [
          { type: "Http", port: 80 },
          { type: "Https", port: 443 },
        ],
      }),
    ]);
  });

  test("denies on every port by which anything leaves", () => {
    const last = collections(
      of({ egress: [{ from: ["app"], to: ["mirror.example.com"], ports: ["8443/tcp"], why: "x" }] }),
    ).at(-1);
    expect(rulesOf(last)[0]?.["protocols"]).toContainEqual({ type: "Https", port: 8443 });
  });

  test("has no rules that know no names, and is the standard tier with threat intelligence that denies", () => {
    const group = one(document, "azurerm_firewall_policy_rule_collection_group");
    expect([group["network_rule_collection"], group["nat_rule_collection"]]).toEqual([undefined, undefined]);
    expect(one(document, "azurerm_firewall_policy")).toMatchObject({
      sku: "Standard",
      threat_intelligence_mode: "Deny",
    });
    expect(one(document, "azurerm_firewall")["sku_tier"]).toBe("Standard");
  });

  test("lies in the one subnet that takes neither group nor routes, at least a /26", () => {
    const subnet = readNetwork(document, []).subnets.find((each) => each.name === "enclave_firewall");
    expect(subnet).toMatchObject({ block: { prefix: 26 }, rules: undefined, routes: [] });
    expect(subnet?.resource).toBe("azurerm_virtual_network.enclave_egress/subnets/AzureFirewallSubnet");
  });

  test("has the only public address, in all zones of the region", () => {
    expect([...resourcesOf(document, "azurerm_public_ip").entries()]).toEqual([
      [
        "enclave_egress",
        expect.objectContaining({ zones: ["1", "2", "3"], sku: "Standard", allocation_method: "Static" }),
      ],
    ]);
  });

  test("is spread by Azure, which may report zones that nobody asked for, unless the spec names some", () => {
    expect(one(document, "azurerm_firewall")).not.toHaveProperty("zones");
    expect(one(document, "azurerm_firewall")["lifecycle"]).toEqual({ ignore_changes: ["zones"] });
    const chosen = one(of({ egress: EGRESS, zoneNames: { azure: ["1", "3"] } }), "azurerm_firewall");
    expect(chosen["zones"]).toBe("${var.availability_zones}");
    const { precondition } = chosen["lifecycle"] as { precondition: Body[] };
    expect(precondition.map((each) => each["condition"])).toEqual([
      '${length(setsubtract(var.availability_zones, ["1", "2", "3"])) == 0}',
    ]);
  });

  test("has no zones, as its address, in a region that has none", () => {
    const placed = of({ egress: EGRESS, region: { azure: "westus" }, availabilityZones: 1 });
    for (const type of ["azurerm_firewall", "azurerm_public_ip"])
      expect([...resourcesOf(placed, type).values()].map(({ zones }) => zones)).toEqual([undefined]);
    expect(one(placed, "azurerm_storage_account", "enclave_flows")["account_replication_type"]).toBe("LRS");
  });

  test("has an address in all zones of a region that is newer than the table", () => {
    const placed = of({ egress: EGRESS, region: { azure: "denmarkeast" }, zoneNames: { azure: ["1", "2"] } });
    expect(one(placed, "azurerm_public_ip", "enclave_egress")["zones"]).toEqual(["1", "2", "3"]);
  });

  test("is absent, and its address too, where nothing leaves", () => {
    expect(resourceTypes(of({})).filter((type) => /firewall|public_ip|nat_gateway/.test(type))).toEqual([]);
  });
});

test("requests are inspected by the premium tier with the certificate given, on TLS only", () => {
  const document = of({ egress: EGRESS, ...INSPECTION });
  expect(one(document, "azurerm_firewall_policy")).toMatchObject({
    sku: "Premium",
    tls_certificate: { key_vault_secret_id: "https://rag-vault.vault.azure.net/secrets/inspection" },
    identity: { type: "UserAssigned", identity_ids: [IDENTITY] },
    intrusion_detection: { mode: "Deny" },
  });
  expect(one(document, "azurerm_firewall")["sku_tier"]).toBe("Premium");
  expect(rulesOf(collections(document)[0]).map((rule) => rule["terminate_tls"])).toEqual([
    true,
    undefined,
    true,
    undefined,
  ]);
});

describe("routes", () => {
  const net = readNetwork(
    of({
      zones: {
        web: { exposure: "public", prefix: 26 },
        back: { exposure: "public", prefix: 26 },
        app: { exposure: "private", prefix: 26 },
        quiet: { exposure: "private", prefix: 26 },
        db: { exposure: "isolated", prefix: 26 },
      },
      flows: [
        { from: "internet", to: "web", ports: ["443/tcp"], why: "x" },
        { from: "web", to: "back", ports: ["443/tcp"], why: "x" },
      ],
      privateEndpoints: { secret: { service: "secrets", from: ["db"] } },
      egress: EGRESS,
    }),
    [],
  );

  test.each([
    ["a public zone that serves the internet answers it", "web_1", "Internet"],
    ["a public zone that serves nobody outside reaches nobody", "back_1", "None"],
    ["a private zone that leaves goes to the firewall", "app_2", "VirtualAppliance"],
    ["a private zone that does not leave goes nowhere", "quiet_1", "None"],
    ["an isolated zone goes nowhere", "db_1", "None"],
    ["private endpoints go nowhere", "enclave_endpoints", "None"],
  ])("%s", (_what, subnet, hop) => {
    const routes = net.subnets.find((each) => each.name === subnet)?.routes ?? [];
    expect(routes.filter(({ block }) => block.prefix === 0).map((route) => route.hop)).toEqual([hop]);
  });
});

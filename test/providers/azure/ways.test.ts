/** Ways as security rules: at both ends, under a name and a number of their own. */

import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf, text } from "../../../src/verifier/terraform/document";
import { render } from "./rendered";

type Body = Readonly<Record<string, unknown>>;

const rulesOf = (document: TerraformDocument, group: string): Body[] =>
  (resourcesOf(document, "azurerm_network_security_group").get(group)?.["security_rule"] ?? []) as Body[];

const { document } = render({
  zones: {
    web: { exposure: "public", prefix: 26 },
    app: { exposure: "private", prefix: 26 },
    vault: { exposure: "isolated", prefix: 26 },
  },
  flows: [
    { from: "internet", to: "web", ports: ["443/tcp"], sources: ["198.51.100.0/24"], why: "clients" },
    { from: "app", to: "vault", ports: ["5000-5010/udp"], why: "a zone" },
  ],
  privateEndpoints: { vault: { service: "queue", from: ["app"] } },
  egress: [
    { from: ["app"], to: ["a.example.com"], ports: ["443/tcp"], why: "packages" },
    { from: ["app"], to: ["b.example.com"], ports: ["443/tcp"], why: "weights" },
  ],
});

const GROUP = "${azurerm_application_security_group.vault.id}";

test.each([
  ["web", "Inbound", "internet_to_web_443_tcp", 200, "Tcp", ["443"], "clients", ["web"]],
  ["app", "Outbound", "app_to_vault_5000_5010_udp", 201, "Udp", ["5000-5010"], "a zone", ["app", "vault"]],
  ["vault", "Inbound", "app_to_vault_5000_5010_udp", 201, "Udp", ["5000-5010"], "a zone", ["app", "vault"]],
  [
    "app",
    "Outbound",
    "app_to_endpoint.vault",
    3990,
    "Tcp",
    ["443", "5671"],
    "Private endpoint vault",
    ["app"],
  ],
  [
    "enclave_endpoints",
    "Inbound",
    "app_to_endpoint.vault",
    3990,
    "Tcp",
    ["443", "5671"],
    "Private endpoint vault",
    ["app"],
  ],
  ["app", "Outbound", "app_to_internet_443_tcp", 3989, "Tcp", ["443"], "packages; weights", ["app"]],
])("%s has the %s rule %s", (group, direction, name, priority, protocol, ports, description, zones) => {
  const [rule, ...others] = rulesOf(document, group).filter((each) => text(each, "name") === name);
  expect(others).toEqual([]);
  expect(rule).toMatchObject({ direction, priority, protocol, description, source_port_range: "*" });
  expect(rule?.["destination_port_ranges"] ?? [rule?.["destination_port_range"]]).toEqual(ports);
  const cut = zones.map((zone) => `contains(var.quarantine, "${zone}")`).join(" || ");
  expect(rule?.["access"]).toBe(`\${${cut} ? "Deny" : "Allow"}`);
});

test("a rule to a private endpoint names the endpoint's group at both ends", () => {
  for (const group of ["app", "enclave_endpoints"]) {
    const rule = rulesOf(document, group).find((each) => text(each, "name") === "app_to_endpoint.vault");
    expect(rule?.["destination_application_security_group_ids"]).toEqual([GROUP]);
  }
});

test("load balancers may look after a zone on the ports that the internet may use, and no other zone", () => {
  const probes = ["web", "app", "vault"].map((group) =>
    rulesOf(document, group).filter((rule) => text(rule, "source_address_prefix") === "AzureLoadBalancer"),
  );
  expect(probes.map((rules) => rules.map((rule) => text(rule, "destination_port_range")))).toEqual([
    ["443"],
    [],
    [],
  ]);
});

test.each([
  ["reach every TCP port that a flow opens", undefined, ["443", "8080"]],
  ["reach the same where the zone says so", true, ["443", "8080"]],
  ["reach what serves the internet where the zone says no", false, ["443"]],
])("health checks %s", (_words, healthChecks, ports) => {
  const zone = { prefix: 26, ...(healthChecks === undefined ? {} : { healthChecks }) };
  const { document } = render({
    zones: { web: { exposure: "public", ...zone }, app: { exposure: "isolated", ...zone } },
    flows: [
      { from: "internet", to: "web", ports: ["443/tcp"], why: "clients" },
      { from: "web", to: "app", ports: ["8080/tcp", "53/udp"], why: "requests" },
    ],
  });
  const probed = ["web", "app"].flatMap((group) =>
    rulesOf(document, group)
      .filter((rule) => text(rule, "source_address_prefix") === "AzureLoadBalancer")
      .map((rule) => text(rule, "destination_port_range")),
  );
  expect(probed).toEqual(ports);
});

test("the internet comes to whatever address a balancer has, and to no other zone", () => {
  const rule = rulesOf(document, "web").find((each) => text(each, "name") === "internet_to_web_443_tcp");
  expect(rule?.["destination_address_prefix"]).toBe("*");
});

test("why a flow is there stands on its rule, as text and never as a template", () => {
  const flow = { from: "app", to: "app", ports: ["443/tcp"], why: "costs ${amount} #1" };
  const rules = rulesOf(render({ flows: [flow] }).document, "app");
  expect(
    rules.filter((rule) => text(rule, "name").startsWith("app_to_app")).map((rule) => rule["description"]),
  ).toEqual(["costs $${amount} #1", "costs $${amount} #1"]);
});

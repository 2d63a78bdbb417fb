/** The network, its group, and the interfaces in its subnets. */

import type { TerraformDocument } from "../../../src/plan/provider";
import { nested, resourcesOf, texts } from "../../../src/verifier/terraform/document";
import { render, type Spec } from "./rendered";

type Body = Readonly<Record<string, unknown>>;

const EGRESS = [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp"], why: "packages" }];
const of = (spec: Spec): TerraformDocument => render(spec).document;
const one = (document: TerraformDocument, type: string, name = "enclave"): Body =>
  resourcesOf(document, type).get(name) ?? {};

test("a resource group of one's own is used, and none is made", () => {
  const document = of({ azure: { resourceGroup: "existing-rg" } });
  expect(resourcesOf(document, "azurerm_resource_group").size).toBe(0);
  expect(one(document, "azurerm_virtual_network")["resource_group_name"]).toBe("existing-rg");
});

test("interfaces have their fixed address in each subnet, and no public one", () => {
  const document = of({
    zones: {
      app: { exposure: "private", cidr: "10.20.64.0/22", interfaces: [{ name: "pgvector", host: 10 }] },
    },
  });
  expect(
    [...resourcesOf(document, "azurerm_network_interface")].map(([name, body]) => [
      name,
      nested(body, "ip_configuration")?.["private_ip_address"],
    ]),
  ).toEqual([
    ["app_pgvector_1", "10.20.64.10"],
    ["app_pgvector_2", "10.20.65.10"],
  ]);
});

test("no subnet is there without its group and its routes, because they stand in one request", () => {
  const { subnet } = one(of({ egress: EGRESS }), "azurerm_virtual_network") as { subnet: Body[] };
  expect(
    subnet.map(({ name, security_group, route_table_id }) => [name, security_group, route_table_id]),
  ).toEqual(
    ["case-app-1", "case-app-2"].map((name) => [
      name,
      "${azurerm_network_security_group.app.id}",
      "${azurerm_route_table.app.id}",
    ]),
  );
});

test("the addresses of the firewall are its own network's, also before there is one", () => {
  const spaceOf = (document: TerraformDocument, name: string): string[] =>
    texts(one(document, "azurerm_virtual_network", name), "address_space");
  const [without, having] = [of({}), of({ egress: EGRESS })];
  expect(spaceOf(having, "enclave_egress")).toEqual(["10.20.254.192/26"]);
  expect(spaceOf(having, "enclave")).toEqual(spaceOf(without, "enclave"));
  expect(spaceOf(having, "enclave")).not.toContain("10.20.254.192/26");
  expect(resourcesOf(without, "azurerm_virtual_network").size).toBe(1);
});

test("nothing of IPv6 is anywhere", () => {
  expect(
    JSON.stringify(of({ egress: EGRESS, flows: [{ from: "app", to: "app", ports: ["any"], why: "x" }] })),
  ).not.toMatch(/::|IPv6/);
});

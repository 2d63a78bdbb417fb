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

test("interfaces have their fixed address in each subnet, no public one, and wait for the group", () => {
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
  expect(texts(one(document, "azurerm_network_interface", "app_pgvector_1"), "depends_on")).toContain(
    "azurerm_subnet_network_security_group_association.app_1",
  );
});

test("nothing of IPv6 is anywhere", () => {
  expect(
    JSON.stringify(of({ egress: EGRESS, flows: [{ from: "app", to: "app", ports: ["any"], why: "x" }] })),
  ).not.toMatch(/::|IPv6/);
});

/** A zone that is made ready for an application gateway: one subnet, given away, and what Azure reaches there. */
import { reviewPlaces } from "../../../providers/azure/review/platforms";
import type { TerraformDocument } from "../../../src/plan/provider";
import { blocks, outputOf, resourcesOf, text } from "../../../src/verifier/terraform/document";
import { readNetwork } from "./network";
import { render } from "./rendered";

const front = { exposure: "public", prefix: 26, platform: { azure: "application-gateway" } };
const FLOWS = [{ from: "internet", to: "front", ports: ["443/tcp"], why: "clients" }];
const { document, plan, printer } = render({ zones: { front }, flows: FLOWS });

const rules = (of: TerraformDocument) =>
  blocks(resourcesOf(of, "azurerm_network_security_group").get("front"), "security_rule");

test("the subnet is the whole block, and the gateways' alone", () => {
  const all = readNetwork(document, []).subnets.filter(({ name }) => name.startsWith("front"));
  expect(all).toMatchObject([
    { name: "front_1", block: { prefix: 24 }, delegation: "Microsoft.Network/applicationGateways" },
  ]);
  expect(outputOf(document, "zones")).toMatchObject({ front: { cidrs: ["10.20.0.0/24"] } });
});

test("the balancer looks after the gateway on every port, no manager comes in, and names are asked for", () => {
  const tags = rules(document).map((rule) => [
    text(rule, "name"),
    rule["source_address_prefix"],
    rule["destination_address_prefix"],
  ]);
  expect(tags).toContainEqual(["load_balancer_to_front", "AzureLoadBalancer", "10.20.0.0/24"]);
  expect(JSON.stringify(tags)).not.toContain("GatewayManager");
  expect(tags.map(([name]) => name)).not.toContain("deny_platform_names");
});

test("a zone of a size that Microsoft advises has one note, which names the feature", () => {
  const found = [...reviewPlaces(plan, printer)];
  expect(found.map(({ code }) => code)).toEqual(["azure-platform-needs"]);
  expect(found[0]?.detail).toContain("--name EnableApplicationGatewayNetworkIsolation");
});

test("other zones stay as they are", () => {
  const without = render({ zones: { front: { ...front, platform: {} } }, flows: FLOWS });
  const subnets = readNetwork(without.document, []).subnets;
  expect(subnets.map(({ delegation }) => delegation)).toEqual(["", ""]);
});

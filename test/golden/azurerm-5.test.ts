/** The same enclave for azurerm 5, as a file to review beside the one for azurerm 4, and as the differences between the two. */
import { join } from "node:path";
import { readSpecInput } from "../../src/app/inputs";
import { synthesize } from "../../src/app/synthesize";
import type { TerraformDocument } from "../../src/plan/provider";
import { resourcesOf, resourceTypes } from "../../src/verifier/terraform/document";
import { expectGolden } from "../support/golden";

/** Types with other arguments in azurerm 5, among those of the example. */
const DIFFERENT = ["azurerm_log_analytics_workspace", "azurerm_private_dns_zone_virtual_network_link"];

const EXAMPLE = "private-rag/private-rag.enclave.yaml";

function rendered(azurermMajor: 4 | 5): string {
  const input = readSpecInput(EXAMPLE, undefined, join(__dirname, "../../examples"));
  if (!input.ok) throw new Error(input.problem.summary);
  const [document] = synthesize(input.value, {
    cloud: "azure",
    azurermMajor,
    frozenLock: false,
    reclaim: false,
  }).documents;
  if (document === undefined) throw new Error("nothing was rendered");
  return document.text;
}

const four = rendered(4);
const five = rendered(5);

test("the example renders for azurerm 5 as it did", () => {
  expectGolden(join(__dirname, "private-rag/azurerm-5/main.tf.json"), five);
});

test("both have the same resources, and differ only in two types", () => {
  const [old, next] = [four, five].map((text) => JSON.parse(text) as TerraformDocument) as [
    TerraformDocument,
    TerraformDocument,
  ];
  const { resource: _old, terraform: _oldTerraform, ...oldRest } = old;
  const { resource: _next, terraform: _nextTerraform, ...nextRest } = next;
  expect(nextRest).toEqual(oldRest);
  expect(resourceTypes(next)).toEqual(resourceTypes(old));
  for (const type of resourceTypes(old)) {
    expect([...resourcesOf(next, type).keys()]).toEqual([...resourcesOf(old, type).keys()]);
    if (!DIFFERENT.includes(type)) expect(resourcesOf(next, type)).toEqual(resourcesOf(old, type));
    else expect(resourcesOf(next, type)).not.toEqual(resourcesOf(old, type));
  }
});

test.each([
  [4, four, ">= 4.55.0, < 5.0.0"],
  [5, five, ">= 5.2.0, < 6.0.0"],
])("azurerm %i is asked for by its own range", (_major, text, version) => {
  expect(JSON.parse(text).terraform.required_providers).toEqual({
    azurerm: { source: "hashicorp/azurerm", version },
  });
});

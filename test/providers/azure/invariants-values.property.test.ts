/** No value of a rendered document changes unnoticed, whatever resource it is of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants, RENDERED_TYPES } from "../../../providers/azure/invariants";
import { resourceTypes } from "../../../providers/shared/document";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import type { TerraformDocument } from "../../../src/plan/provider";
import { unnoticed } from "../../support/leaves";
import { render as renderFor } from "../../support/rendered";
import { EVERY_PART } from "./everything";
import { render } from "./rendered";

const EXAMPLE = readFileSync(
  join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"),
  "utf8",
);
const FIVE = "\nterraform: { azurerm: 5 }\n";

const RENDERED = {
  "private-rag": renderFor("azure", EXAMPLE),
  "private-rag with azurerm 5": renderFor("azure", EXAMPLE + FIVE),
  "every part": render(EVERY_PART),
  "every part with azurerm 5": render({ ...EVERY_PART, terraform: { azurerm: 5 } }),
} as const;

/** Texts for readers, what has to be true of a variable, and the order of work but where something waits for its guard. */
const WITHOUT_EFFECT = ["name", "tags", "description", "notes", "lifecycle", "custom_network_interface_name"];
const GUARDED = ["azurerm_network_interface", "azurerm_private_endpoint"];
const ignored = (type: string): string[] => [
  ...WITHOUT_EFFECT,
  "template_content",
  ...(GUARDED.includes(type) ? [] : ["depends_on"]),
];

test("every type that is ever rendered is among these", () => {
  const found = [RENDERED["private-rag"], RENDERED["every part"]].flatMap(({ document }) =>
    resourceTypes(document),
  );
  expect([...new Set(found)].sort()).toEqual([...RENDERED_TYPES].sort());
});

describe.each(Object.entries(RENDERED))("%s", (_name, rendered) => {
  test("breaks nothing as it is", () =>
    expect(brokenInvariants(rendered.document, rendered.plan)).toEqual([]));

  test.each(resourceTypes(rendered.document))("no value of %s changes unnoticed", (type) => {
    expect(unnoticed(rendered, brokenInvariants, [type], ignored(type))).toEqual([]);
  });

  test("no value of the template for the DNS policy changes unnoticed", () => {
    const template = { resource: { template: templateOf(rendered.document) } };
    const check = (changed: TerraformDocument, plan: NetworkPlan): readonly string[] =>
      brokenInvariants(withTemplate(rendered.document, (changed as typeof template).resource.template), plan);
    expect(unnoticed({ document: template, plan: rendered.plan }, check, ["template"], ["tags"])).toEqual([]);
  });
});

interface Deployments {
  readonly azurerm_resource_group_template_deployment: {
    readonly enclave_dns: { readonly template_content: string };
  };
}

const deploymentsOf = (document: TerraformDocument): Deployments => document["resource"] as Deployments;

const templateOf = (document: TerraformDocument): unknown =>
  JSON.parse(deploymentsOf(document).azurerm_resource_group_template_deployment.enclave_dns.template_content);

function withTemplate(document: TerraformDocument, template: unknown): TerraformDocument {
  const { enclave_dns } = deploymentsOf(document).azurerm_resource_group_template_deployment;
  const changed = { enclave_dns: { ...enclave_dns, template_content: JSON.stringify(template) } };
  return {
    ...document,
    resource: { ...deploymentsOf(document), azurerm_resource_group_template_deployment: changed },
  };
}

/** No value of a rendered document changes unnoticed, whatever resource it is of. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { brokenInvariants, RENDERED_TYPES } from "../../../providers/aws/invariants";
import { resourceTypes } from "../../../providers/shared/document";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import type { TerraformDocument } from "../../../src/plan/provider";
import { unnoticed } from "../../support/leaves";
import { EVERYTHING } from "./everything";
import { EXAMPLE, render } from "./rendered";

const RENDERED = { "private-rag": render(EXAMPLE), everything: render(EVERYTHING) } as const;

/** Too large to change each of its values in turn. */
const EVERY_PART = render(
  readFileSync(join(__dirname, "../../terraform/specs/every-part.enclave.yaml"), "utf8"),
);

/** Texts for readers. */
const WITHOUT_EFFECT = ["tags", "description", "comment"];

/** `aws_subnet.vpc_id`: every argument, at any depth, of whatever resource. */
function argumentsOf(value: unknown, path: readonly string[] = []): string[] {
  if (typeof value !== "object" || value === null)
    return [path.filter((key, depth) => depth !== 1 && !/^\d+$/.test(key)).join(".")];
  return Object.entries(value).flatMap(([key, item]) =>
    key === "tags" ? [] : argumentsOf(item, [...path, key]),
  );
}

test("every type that is ever rendered is among these, and every argument of the largest test spec", () => {
  const documents = Object.values(RENDERED).map(({ document }) => document);
  const types = documents.flatMap(resourceTypes);
  expect([...new Set(types)].sort()).toEqual([...RENDERED_TYPES].sort());
  const known = new Set(documents.flatMap((document) => argumentsOf(document["resource"])));
  expect(argumentsOf(EVERY_PART.document["resource"]).filter((argument) => !known.has(argument))).toEqual([]);
  expect(brokenInvariants(EVERY_PART.document, EVERY_PART.plan)).toEqual([]);
});

describe.each(Object.entries(RENDERED))("%s", (_name, rendered) => {
  test("breaks nothing as it is", () =>
    expect(brokenInvariants(rendered.document, rendered.plan)).toEqual([]));

  test.each(resourceTypes(rendered.document))("no value of %s changes unnoticed", (type) => {
    const ignored = type === "aws_ec2_managed_prefix_list" ? ["tags"] : WITHOUT_EFFECT;
    expect(unnoticed(rendered, brokenInvariants, [type], ignored)).toEqual([]);
  });

  test.each(["locals", "variable"])("nothing in %s changes unnoticed", (section) => {
    const part = { resource: { [section]: rendered.document[section] } };
    const check = (changed: TerraformDocument, plan: NetworkPlan): readonly string[] =>
      brokenInvariants({ ...rendered.document, ...(changed["resource"] as object) }, plan);
    const found = unnoticed(
      { document: part, plan: rendered.plan },
      check,
      [section],
      ["type", "description"],
    );
    expect(
      found.filter((value) => !/^variable\.(?!private_endpoint_resource_ids)\w+\.validation\./.test(value)),
    ).toEqual([]);
  });
});

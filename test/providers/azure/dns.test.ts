/** The filter of names: which resolve, and the template that carries it, into which no plugin looks. */

import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf, text } from "../../../src/verifier/terraform/document";
import { render, type Spec } from "./rendered";

type Body = Readonly<Record<string, unknown>>;

interface Resource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly properties: Body;
}

const EGRESS = [
  { from: ["app"], to: ["*.huggingface.co", "mirror.example.com"], ports: ["443/tcp"], why: "packages" },
];
const of = (spec: Spec): TerraformDocument => render(spec).document;
const deployment = (document: TerraformDocument): Body | undefined =>
  resourcesOf(document, "azurerm_resource_group_template_deployment").get("enclave_dns");
const template = (document: TerraformDocument): readonly Resource[] =>
  JSON.parse(text(deployment(document), "template_content")).resources;
const ofKind = (document: TerraformDocument, kind: string): Resource[] =>
  template(document).filter(({ type }) => type.endsWith(`/${kind}`));

describe("names that resolve", () => {
  const domains = (document: TerraformDocument): unknown =>
    (document["locals"] as Body | undefined)?.["enclave_resolvable_names"];

  test("are those of egress rules, endpoints and the spec's own list, and nothing else", () => {
    const document = of({ egress: EGRESS, dns: { allow: ["time.example.net"] } });
    expect(domains(document)).toEqual([
      "huggingface.co",
      "internal.cloudapp.net",
      "mirror.example.com",
      "time.example.net",
    ]);
  });

  test("are let through before the list of everything is blocked", () => {
    const document = of({ egress: EGRESS });
    const rules = ofKind(document, "dnsSecurityRules");
    expect(
      rules.map(({ name, properties }) => [
        name,
        properties["priority"],
        (properties["action"] as Body)["actionType"],
      ]),
    ).toEqual([
      ["case-dns/needed", 100, "Allow"],
      ["case-dns/all", 65000, "Block"],
    ]);
    const lists = ofKind(document, "dnsResolverDomainLists");
    expect(lists.map(({ properties }) => properties["domains"])).toEqual(["[parameters('domains')]", ["."]]);
  });

  test("are those of the network's own machines where nothing else is needed", () => {
    const document = of({});
    expect(domains(document)).toEqual(["internal.cloudapp.net"]);
    expect(template(document).map((each) => each.name)).toContain("case-dns/needed");
    expect(text(deployment(document), "parameters_content")).toContain(
      "sort(distinct(local.enclave_resolvable_names))",
    );
  });
});

describe("the template", () => {
  /** https://learn.microsoft.com/en-us/azure/templates/microsoft.network/2025-05-01/dnsresolverpolicies/dnssecurityrules */
  const PROPERTIES: Readonly<Record<string, readonly string[]>> = {
    dnsResolverPolicies: [],
    dnsResolverDomainLists: ["domains"],
    "dnsResolverPolicies/dnsSecurityRules": [
      "action",
      "dnsResolverDomainLists",
      "dnsSecurityRuleState",
      "priority",
    ],
    "dnsResolverPolicies/virtualNetworkLinks": ["virtualNetwork"],
  };

  const resources = template(of({}));

  test("every kind of the policy's parts is in its template", () => {
    expect([...new Set(resources.map(({ type }) => type))].sort()).toEqual(
      Object.keys(PROPERTIES)
        .map((kind) => `Microsoft.Network/${kind}`)
        .sort(),
    );
  });

  test.each(resources)(
    "$name says what version 2025-05-01 of the interface has for it, and nothing else",
    (resource) => {
      expect(resource.apiVersion).toBe("2025-05-01");
      expect(Object.keys(resource.properties).sort()).toEqual(
        PROPERTIES[resource.type.replace("Microsoft.Network/", "")],
      );
    },
  );

  test("a rule's action is its type alone: the code of an answer that blocks is gone since the preview of 2023", () => {
    const actions = resources.flatMap(({ properties }) =>
      properties["action"] === undefined ? [] : [properties["action"]],
    );
    expect(actions).toEqual([{ actionType: "Allow" }, { actionType: "Block" }]);
  });
});

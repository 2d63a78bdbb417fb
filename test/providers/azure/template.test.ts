/** No plugin looks into a template: what stands in it has to be what the version of the interface has that it names. */
import { resourcesOf, text } from "../../../providers/shared/document";
import { render } from "./rendered";

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

interface Resource {
  readonly type: string;
  readonly apiVersion: string;
  readonly name: string;
  readonly properties: Readonly<Record<string, unknown>>;
}

const deployment = resourcesOf(render({}).document, "azurerm_resource_group_template_deployment").get(
  "enclave_dns",
);
const { resources } = JSON.parse(text(deployment, "template_content")) as {
  readonly resources: readonly Resource[];
};

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

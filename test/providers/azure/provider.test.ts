/** Azure: the features that it has not, the versions of azurerm that it renders for, and the differences between them. */
import { azureProvider } from "../../../providers/azure/provider";
import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf, text } from "../../../src/verifier/terraform/document";
import { EVERY_PART } from "./everything";
import { render } from "./rendered";

test("what is not supported says why, and what to do instead", () => {
  const refused = Object.entries(azureProvider.features).filter(([, support]) => !support.supported);
  expect(refused.map(([feature]) => feature)).toEqual(["external-networks", "publish", "mesh", "actions"]);
  for (const [, support] of refused)
    expect(support).toMatchObject({
      reason: expect.stringMatching(/\w/),
      alternative: expect.stringMatching(/\w/),
    });
});

test.each([
  [4, ">= 4.55.0, < 5.0.0"],
  [5, ">= 5.2.0, < 6.0.0"],
])("azurerm %i is asked for by %s", (major, version) => {
  const { plan } = render({ terraform: { azurerm: major } });
  expect(azureProvider.requirement(plan)).toEqual({ name: "azurerm", source: "hashicorp/azurerm", version });
});

describe("the same enclave for azurerm 4 and 5", () => {
  const [four, five] = [4, 5].map(
    (azurerm) => render({ ...EVERY_PART, terraform: { azurerm } }).document,
  ) as [TerraformDocument, TerraformDocument];
  const bodies = (document: TerraformDocument, type: string) => [...resourcesOf(document, type)];

  /** Arguments of each type that 4 has and 5 refuses, and those that 5 has in their place. */
  const DIFFERENCES = {
    azurerm_log_analytics_workspace: [
      ["internet_ingestion_enabled", "internet_query_enabled"],
      ["internet_ingestion_access_type", "internet_query_access_type"],
    ],
    azurerm_private_dns_zone_virtual_network_link: [
      ["private_dns_zone_name", "resource_group_name"],
      ["private_dns_zone_id"],
    ],
    azurerm_private_dns_a_record: [["resource_group_name", "zone_name"], ["private_dns_zone_id"]],
  } as const;

  test.each(Object.entries(DIFFERENCES))("differs in arguments of %s", (type, [gone, instead]) => {
    const olds = bodies(four, type);
    const nexts = bodies(five, type);
    expect(nexts.map(([name]) => name)).toEqual(olds.map(([name]) => name));
    expect(olds.length).toBeGreaterThan(0);
    olds.forEach(([, old], index) => {
      const next = nexts[index]?.[1] ?? {};
      expect(Object.keys(old).filter((argument) => !(argument in next))).toEqual(gone);
      expect(Object.keys(next).filter((argument) => !(argument in old))).toEqual(instead);
      for (const argument of Object.keys(old))
        if (argument in next) expect(next[argument]).toEqual(old[argument]);
    });
  });

  test("differs in nothing else", () => {
    const rest = (document: TerraformDocument) => {
      const { terraform: _, resource, ...others } = document;
      const kept = Object.entries(resource as object).filter(([type]) => !Object.hasOwn(DIFFERENCES, type));
      return { ...others, resource: kept };
    };
    expect(rest(five)).toEqual(rest(four));
  });

  test("lets nobody write to the workspace from the internet", () => {
    const [[, old] = [], [, next] = []] = [four, five].flatMap((document) =>
      bodies(document, "azurerm_log_analytics_workspace"),
    );
    expect(old).toMatchObject({ internet_ingestion_enabled: false, internet_query_enabled: true });
    expect(next).toMatchObject({
      internet_ingestion_access_type: "Disabled",
      internet_query_access_type: "Enabled",
    });
  });

  test.each([
    ["azurerm_private_dns_zone_virtual_network_link", "private_dns_zone_name"],
    ["azurerm_private_dns_a_record", "zone_name"],
  ])("names the same zone in %s, by id instead of name", (type, byName) => {
    const names = bodies(four, type).map(([, body]) => text(body, byName));
    const ids = bodies(five, type).map(([, body]) => text(body, "private_dns_zone_id"));
    expect(ids).toEqual(names.map((name) => name.replace(/[.]name[}]$/, ".id}")));
    for (const each of ids) expect(each).toMatch(/^[$][{]azurerm_private_dns_zone[.]\w+[.]id[}]$/);
  });
});

/** What Azure says of itself: what it has not, which versions it renders for, and the table of differences between them. */

import { azureProvider } from "../../../providers/azure/provider";
import { adapt, DIFFERENCES } from "../../../providers/azure/render/azurerm-5";
import { render } from "./rendered";

test("what is not supported says why, and what to do instead", () => {
  const refused = Object.entries(azureProvider.features).filter(([, support]) => !support.supported);
  expect(refused.map(([feature]) => feature)).toEqual(["external-networks", "publish", "mesh"]);
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

test.each([
  [
    4,
    "azurerm_private_dns_a_record",
    { zoneName: "${azurerm_private_dns_zone.x.name}", resourceGroupName: "g", ttl: 5 },
    { zoneName: "${azurerm_private_dns_zone.x.name}", resourceGroupName: "g", ttl: 5 },
    {},
  ],
  [
    5,
    "azurerm_private_dns_a_record",
    { zoneName: "${azurerm_private_dns_zone.x.name}", resourceGroupName: "g", ttl: 5 },
    { ttl: 5 },
    { private_dns_zone_id: "${azurerm_private_dns_zone.x.id}" },
  ],
  [
    5,
    "azurerm_private_dns_zone_virtual_network_link",
    { privateDnsZoneName: "${azurerm_private_dns_zone.x.name}", resourceGroupName: "g" },
    {},
    { private_dns_zone_id: "${azurerm_private_dns_zone.x.id}" },
  ],
  [
    5,
    "azurerm_log_analytics_workspace",
    { internetIngestionEnabled: false, internetQueryEnabled: true, sku: "x" },
    { sku: "x" },
    { internet_ingestion_access_type: "Disabled", internet_query_access_type: "Enabled" },
  ],
  [5, "azurerm_subnet", { name: "x" }, { name: "x" }, {}],
])("for azurerm %i, %s is written in its own words", (major, type, given, config, extra) => {
  expect(adapt<object>(major, type, given)).toEqual({ config, extra });
});

test("every difference says why it is there", () => {
  for (const difference of Object.values(DIFFERENCES).flat())
    expect(difference.reason).toMatch(/^[a-z].{10,}[^.]$/);
});

/** Private DNS zones of a hub: none of the enclave's own, and its ids or a policy in their place. */
import { reviewPrerequisites } from "../../../providers/azure/review/prerequisites";
import { nested, resourcesOf, resourceTypes } from "../../../src/verifier/terraform/document";
import { render } from "./rendered";

const ID =
  "/subscriptions/00000000-0000-0000-0000-000000000009/resourcegroups/hub/providers/microsoft.network/privatednszones/privatelink.vaultcore.azure.net";

const of = (dnsZones: unknown) =>
  render({ azure: { dnsZones }, privateEndpoints: { secret: { service: "secrets", from: ["app"] } } });

const endpoint = (dnsZones: unknown) => {
  const { document } = of(dnsZones);
  expect(resourceTypes(document).filter((type) => type.includes("dns_zone"))).toEqual([]);
  return resourcesOf(document, "azurerm_private_endpoint").get("secret_vault");
};

test("its zones take the names, spelled as azurerm spells them", () => {
  expect(nested(endpoint([ID]), "private_dns_zone_group")).toEqual({
    name: "default",
    private_dns_zone_ids: [
      ID.replace("resourcegroups", "resourceGroups").replace(
        "microsoft.network/privatednszones",
        "Microsoft.Network/privateDnsZones",
      ),
    ],
  });
  const roles = [...reviewPrerequisites(of([ID]).plan)][0]?.facts["roles"];
  expect(roles).toContain("Private DNS Zone Contributor on each zone of azure.dnsZones");
});

test("a policy writes them after all, and the next plan leaves them alone", () => {
  const found = endpoint("policy");
  expect(found).not.toHaveProperty("private_dns_zone_group");
  expect(nested(found, "lifecycle")).toMatchObject({
    ignore_changes: ["private_dns_zone_group"],
    precondition: [{}, {}],
  });
});

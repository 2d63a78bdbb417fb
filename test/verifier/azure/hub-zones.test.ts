/** Slips in names that a hub's private DNS zones hold, or that a policy of the organisation writes. */
import { render as renderSpec } from "../../providers/azure/rendered";
import { expectNoticed, rewrite, set } from "../slips";
import { breaking } from "./changes";

const ENDPOINT = "azurerm_private_endpoint";
const GIVEN = "the region and the settings are those that the spec gives for the cloud";
const LEADS = "names of private endpoints lead to them, and to nothing public";
const HUB = "/subscriptions/00000000-0000-0000-0000-000000000009/resourceGroups/hub/providers";
const ID = `${HUB}/Microsoft.Network/privateDnsZones/privatelink.vaultcore.azure.net`;

const withZones = (dnsZones: unknown) =>
  renderSpec({
    azure: { dnsZones },
    privateEndpoints: {
      secret: { service: "secrets", from: ["app"] },
      partner: {
        service: "custom",
        from: ["app"],
        ports: ["443/tcp"],
        dnsNames: ["x.partner.example.org"],
        target: {
          azure: {
            privateLinkServiceAlias:
              "partner.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
          },
        },
      },
    },
  });
const group = (id: string) => ({ private_dns_zone_group: { name: "default", private_dns_zone_ids: [id] } });

describe("zones of a hub", () =>
  expectNoticed("azure", withZones([ID]), [
    ...breaking(GIVEN, `${ENDPOINT}.secret_vault`, [
      ["another zone", rewrite(ENDPOINT, "secret_vault", "private_dns_zone_group", "/hub/", "/other/")],
      [
        "a zone of the enclave's",
        set(ENDPOINT, "secret_vault", group("${azurerm_private_dns_zone.enclave_x_partner_example_org.id}")),
      ],
      [
        "names left to others",
        set(ENDPOINT, "secret_vault", { lifecycle: { ignore_changes: ["private_dns_zone_group"] } }),
      ],
    ]),
    ...breaking(LEADS, `${ENDPOINT}.secret_vault["/given/secret-1"]`, [
      ["no zone", set(ENDPOINT, "secret_vault", { private_dns_zone_group: undefined })],
    ]),
  ]));

describe("names by policy", () =>
  expectNoticed("azure", withZones("policy"), [
    ...breaking(GIVEN, `${ENDPOINT}.secret_vault`, [
      ["a zone that the policy's fights with", set(ENDPOINT, "secret_vault", group(ID))],
      ["names that the next apply takes away", set(ENDPOINT, "secret_vault", { lifecycle: undefined })],
    ]),
    ...breaking(GIVEN, `${ENDPOINT}.partner_custom`, [
      [
        "a vendor's names left to the policy",
        set(ENDPOINT, "partner_custom", { lifecycle: { ignore_changes: ["private_dns_zone_group"] } }),
      ],
    ]),
  ]));

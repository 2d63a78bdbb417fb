/** Slips in what private endpoints are called, and who answers for their names. */
import { copy, expectNoticed, remove, rewrite, set } from "../slips";
import { breaking } from "./changes";
import { everyPart, everyPart5 } from "./specs";

const ENDPOINT = "azurerm_private_endpoint";
const ZONE = "azurerm_private_dns_zone";
const LINK = "azurerm_private_dns_zone_virtual_network_link";
const RECORD = "azurerm_private_dns_a_record";
const NAMES = "names of private endpoints lead to them, and to nothing public";
const RESOLVERS = "no resolver is asked but the one that is filtered";
const PARTNER = `${ENDPOINT}.partner_custom`;
const VAULT = "enclave_privatelink_vaultcore_azure_net";

describe("what they are called", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(NAMES, `${ENDPOINT}.secret_vault["/given/secret-1"]`, [
      ["no zone", set(ENDPOINT, "secret_vault", { private_dns_zone_group: undefined })],
      [
        "another zone",
        set(ENDPOINT, "secret_vault", {
          private_dns_zone_group: {
            name: "default",
            private_dns_zone_ids: [`\${${ZONE}.enclave_x_partner_example_org.id}`],
          },
        }),
      ],
      ["a zone by another name", set(ZONE, VAULT, { name: "privatelink.vault.azure.net" })],
    ]),
    ...breaking(NAMES, `${ENDPOINT}.enclave_monitor`, [
      [
        "a zone less",
        rewrite(ENDPOINT, "enclave_monitor", "private_dns_zone_group", /,"[^"]*blob[^"]*"/, ""),
      ],
    ]),
    ...breaking(NAMES, `${ZONE}.${VAULT}`, [["no link", remove(LINK, VAULT)]]),
    ...breaking(NAMES, PARTNER, [
      ["no record", remove(RECORD, "partner_custom__x_partner_example_org")],
      ["a record below the name", set(RECORD, "partner_custom__x_partner_example_org", { name: "www" })],
      [
        "a record of another endpoint",
        rewrite(
          RECORD,
          "partner_custom__x_partner_example_org",
          "records",
          "partner_custom",
          "enclave_monitor",
        ),
      ],
    ]),
    ...breaking(RESOLVERS, `${LINK}.${VAULT}`, [
      ["a link elsewhere", set(LINK, VAULT, { virtual_network_id: "other" })],
      ["names that are registered", set(LINK, VAULT, { registration_enabled: true })],
      ["names that fall back to public ones", set(LINK, VAULT, { resolution_policy: "NxDomainRedirect" })],
    ]),
    ...breaking(RESOLVERS, `${ZONE}.x`, [
      ["a zone of nobody's", copy(ZONE, VAULT, "x", { name: "huggingface.co" })],
    ]),
    ...breaking(RESOLVERS, `${RECORD}.x`, [
      [
        "a record to anywhere",
        copy(RECORD, "partner_custom__x_partner_example_org", "x", { records: ["10.20.0.9"] }),
      ],
    ]),
    ...breaking(RESOLVERS, "azurerm_virtual_network.enclave", [
      ["name servers of its own", set("azurerm_virtual_network", "enclave", { dns_servers: ["8.8.8.8"] })],
    ]),
  ]));

describe("with azurerm 5", () =>
  expectNoticed("azure", everyPart5(), [
    ...breaking(RESOLVERS, `${LINK}.${VAULT}`, [
      ["a zone by name", set(LINK, VAULT, { private_dns_zone_name: `\${${ZONE}.${VAULT}.name}` })],
    ]),
    ...breaking(NAMES, `${ZONE}.${VAULT}`, [
      [
        "another zone's link",
        set(LINK, VAULT, { private_dns_zone_id: `\${${ZONE}.enclave_x_partner_example_org.id}` }),
      ],
    ]),
  ]));

/** Slips on the way out: the firewall and its rules. */
import { add, all, expectNoticed, remove, rewrite, set } from "../slips";
import { breaking, collection, exit, exits, withoutCollection } from "./changes";
import { closed, everyPart, example, oneZone } from "./specs";

const FIREWALL = "azurerm_firewall.enclave";
const POLICY = "azurerm_firewall_policy.enclave";
const RULES = "azurerm_firewall_policy_rule_collection_group.enclave";
const ADDRESS = "azurerm_public_ip.enclave_egress";
const ACCOUNT = "azurerm_storage_account.enclave_flows";
const TYPES = {
  firewall: "azurerm_firewall",
  policy: "azurerm_firewall_policy",
  rules: "azurerm_firewall_policy_rule_collection_group",
  address: "azurerm_public_ip",
} as const;

const OTHERS = "a zone gets to no other name, on no other port, by no other protocol";
const DECLARED = "a zone gets to the names and ports that it declares";
const CUT = "a zone in quarantine gets to no name";
const TAKES = "quarantine of a zone takes no name from another";
const OWN = "the way out is the enclave's own, and stands in its own place";
const BYPASSES = "nothing leads around endpoints and inspection";
const DENIALS = "every denial is recorded";
const GIVEN = "the region and the settings are those that the spec gives for the cloud";
const READ = "every part of the document can be read";

const zone = (otherwise: string): string[] => [
  `\${contains(var.quarantine, "app") ? "192.0.2.0/24" : "${otherwise}"}`,
];

describe("rules of the firewall", () =>
  expectNoticed("azure", everyPart(), [
    ...breaking(OTHERS, RULES, [
      ["every name", exit(0, { destination_fqdns: ["*"] })],
      ["a wider wildcard", exit(0, { destination_fqdns: ["*.co"] })],
      ["a name more", exit(0, { destination_fqdns: ["*.huggingface.co", "evil.example.org"] })],
      [
        "a wildcard for a name",
        exit(2, { destination_fqdns: ["*.mirror.example.com", "mirror.example.com"] }),
      ],
      [
        "a port more",
        exit(4, {
          protocols: [
            { type: "Http", port: 80 },
            { type: "Http", port: 8080 },
          ],
        }),
      ],
      [
        "a rule more",
        exits(0, (rules) => rules.push({ ...rules[0], name: "x", destination_fqdns: ["evil.example.org"] })),
      ],
      ["the last collection a permit", collection(-1, { action: "Allow" })],
      ["another zone's source", exit(0, { source_addresses: ["10.20.0.0/16"] })],
      ["every source", exit(0, { source_addresses: ["*"] })],
    ]),
    ...breaking(DECLARED, RULES, [
      ["a name less", exits(0, (rules) => rules.splice(2, 1))],
      ["a wildcard that became its domain", exit(0, { destination_fqdns: ["huggingface.co"] })],
      [
        "HTTP where TLS is asked for",
        exit(2, { protocols: [{ type: "Http", port: 443 }], terminate_tls: undefined }),
      ],
      ["another port", exit(2, { protocols: [{ type: "Https", port: 444 }] })],
      ["the denial first", collection(-1, { priority: 100 })],
      ["a part of the zone", exit(0, { source_addresses: zone("10.20.1.0/26") })],
      ["a permit that became a denial", collection(0, { action: "Deny" })],
    ]),
    ...breaking(CUT, RULES, [
      ["a source that stays", exit(0, { source_addresses: ["10.20.1.0/24"] })],
      [
        "a source that another zone's quarantine takes",
        exit(0, {
          source_addresses: ['${contains(var.quarantine, "db") ? "192.0.2.0/24" : "10.20.1.0/24"}'],
        }),
      ],
    ]),
    ...breaking(TAKES, RULES, [
      [
        "a source that two quarantines take",
        exit(0, {
          source_addresses: [
            '${contains(var.quarantine, "app") || contains(var.quarantine, "db") ? "192.0.2.0/24" : "10.20.1.0/24"}',
          ],
        }),
      ],
    ]),
    ...breaking(READ, RULES, [
      ["a source that nobody can read", exit(0, { source_addresses: ["10.20.1.0/33"] })],
    ]),
    ...breaking(BYPASSES, RULES, [
      ["network rules", set(TYPES.rules, "enclave", { network_rule_collection: [{ name: "x" }] })],
      ["translation of addresses", set(TYPES.rules, "enclave", { nat_rule_collection: [{ name: "x" }] })],
      ["a tag for many names", exit(0, { destination_fqdn_tags: ["WindowsUpdate"] })],
      ["categories of the web", exit(0, { web_categories: ["News"] })],
      ["a protocol that there is not", exit(0, { protocols: [{ type: "Mssql", port: 1433 }] })],
      ["an action that there is not", collection(0, { action: "Permit" })],
      ["a number that there is not", collection(-1, { priority: 65001 })],
    ]),
    ...breaking(DENIALS, RULES, [
      ["no last denial", withoutCollection(-1)],
      [
        "a last denial of some names",
        exits(-1, (rules) => Object.assign(rules[0] ?? {}, { destination_fqdns: ["*.com"] })),
      ],
      [
        "a last denial of some ports",
        exits(-1, (rules) => Object.assign(rules[0] ?? {}, { protocols: [{ type: "Https", port: 443 }] })),
      ],
      [
        "a last denial of some sources",
        exits(-1, (rules) => Object.assign(rules[0] ?? {}, { source_addresses: zone("*") })),
      ],
    ]),
    ...breaking(OWN, RULES, [
      ["rules in no policy", set(TYPES.rules, "enclave", { firewall_policy_id: "/subscriptions/x" })],
      ["two collections of one number", collection(-1, { priority: 1002 })],
      ["a rule that is not decrypted", exit(0, { terminate_tls: false })],
    ]),
  ]));

describe("the firewall", () => {
  expectNoticed("azure", everyPart(), [
    ...breaking(OWN, FIREWALL, [
      [
        "a firewall among workloads",
        rewrite(TYPES.firewall, "enclave", "ip_configuration", "enclave_firewall", "app_1"),
      ],
      ["another policy", set(TYPES.firewall, "enclave", { firewall_policy_id: "/subscriptions/x" })],
      ["another tier", set(TYPES.firewall, "enclave", { sku_tier: "Standard" })],
    ]),
    ...breaking(BYPASSES, FIREWALL, [
      ["a server for names", set(TYPES.firewall, "enclave", { dns_servers: ["8.8.8.8"] })],
      ["another address", rewrite(TYPES.firewall, "enclave", "ip_configuration", "enclave_egress", "x")],
    ]),
    ...breaking("every reference leads to something in the document, and says nothing beside", FIREWALL, [
      [
        "an address that is not there",
        rewrite(TYPES.firewall, "enclave", "ip_configuration", "enclave_egress", "x"),
      ],
    ]),
    ...breaking(BYPASSES, POLICY, [
      [
        "threat intelligence that alerts",
        set(TYPES.policy, "enclave", { threat_intelligence_mode: "Alert" }),
      ],
      ["addresses without intelligence", set(TYPES.policy, "enclave", { threat_intelligence_allowlist: {} })],
      ["a proxy for names", set(TYPES.policy, "enclave", { dns: { proxy_enabled: true } })],
      ["a parent policy", set(TYPES.policy, "enclave", { base_policy_id: "/subscriptions/x" })],
      [
        "private ranges that are not translated",
        set(TYPES.policy, "enclave", { private_ip_ranges: ["0.0.0.0/0"] }),
      ],
      ["detection that alerts", set(TYPES.policy, "enclave", { intrusion_detection: { mode: "Alert" } })],
    ]),
    ...breaking(OWN, POLICY, [
      ["a tier that cannot decrypt", set(TYPES.policy, "enclave", { sku: "Standard" })],
      ["no detection", set(TYPES.policy, "enclave", { intrusion_detection: undefined })],
      ["nobody to read the certificate", set(TYPES.policy, "enclave", { identity: undefined })],
    ]),
    ...breaking("inspection of requests decrypts what leaves", TYPES.policy, [
      ["no certificate", set(TYPES.policy, "enclave", { tls_certificate: undefined })],
    ]),
    ...breaking(GIVEN, POLICY, [
      ["another certificate", rewrite(TYPES.policy, "enclave", "tls_certificate", "inspection", "other")],
      ["another identity", rewrite(TYPES.policy, "enclave", "identity", "inspection", "other")],
    ]),
    ...breaking("the way out stands in more than one availability zone", TYPES.policy, [
      ["a firewall in one zone", set(TYPES.firewall, "enclave", { zones: ["1"] })],
      ["an address in one zone", set(TYPES.address, "enclave_egress", { zones: ["1"] })],
    ]),
    ...breaking(GIVEN, FIREWALL, [
      ["a firewall that Azure spreads", set(TYPES.firewall, "enclave", { zones: undefined })],
    ]),
    ...breaking("only the way out has public addresses", ADDRESS, [
      ["an address that changes", set(TYPES.address, "enclave_egress", { allocation_method: "Dynamic" })],
      ["an address with a name", set(TYPES.address, "enclave_egress", { domain_name_label: "x" })],
    ]),
    ...breaking("the cloud's own protection of the way out follows deletion_protection", FIREWALL, [
      ["no lock", remove("azurerm_management_lock", "enclave_firewall")],
    ]),
  ]);
});

describe("where nothing is decrypted", () =>
  expectNoticed("azure", example(), [
    ...breaking("inspection of connections decrypts nothing", TYPES.policy, [
      [
        "a certificate",
        all(
          set(TYPES.policy, "enclave", { tls_certificate: { name: "x", key_vault_secret_id: "x" } }),
          exits(0, (rules) => {
            for (const rule of rules) rule["terminate_tls"] = true;
          }),
        ),
      ],
    ]),
    ...breaking(OWN, RULES, [["a rule that is decrypted", exit(0, { terminate_tls: true })]]),
  ]));

describe("where nothing leaves", () =>
  expectNoticed("azure", closed(), [
    ...breaking("there is a way out only where something leaves", FIREWALL, [
      ["a firewall", add(TYPES.firewall, "enclave", {})],
    ]),
  ]));

describe("zones that the spec does not choose", () => {
  expectNoticed("azure", example(), [
    ...breaking(GIVEN, FIREWALL, [
      ["a firewall in some", set(TYPES.firewall, "enclave", { zones: "${var.availability_zones}" })],
      ["a firewall that a report replaces", set(TYPES.firewall, "enclave", { lifecycle: {} })],
    ]),
    ...breaking(GIVEN, ADDRESS, [
      ["an address that may be in one", set(TYPES.address, "enclave_egress", { zones: undefined })],
    ]),
    ...breaking(GIVEN, ACCOUNT, [
      ["logs in one", set("azurerm_storage_account", "enclave_flows", { account_replication_type: "LRS" })],
    ]),
  ]);
});

describe("a region without zones", () => {
  expectNoticed("azure", oneZone(), [
    ...breaking(GIVEN, ADDRESS, [["an address", set(TYPES.address, "enclave_egress", { zones: ["1"] })]]),
    ...breaking(GIVEN, ACCOUNT, [
      ["logs", set("azurerm_storage_account", "enclave_flows", { account_replication_type: "ZRS" })],
    ]),
  ]);
});

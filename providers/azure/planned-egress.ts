/** The firewall with its policy, as the plan wants them: each zone's own names by their ports, and no other. */
import type { Printer } from "../../src/addresses/address";
import type { NetworkPlan, PlannedDeparture } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { shorten } from "../shared/names";
import { expr } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { leavingZones } from "../shared/zones";
import { spelled } from "./data/managed-services";
import { publicAddressZones } from "./data/regions";
import { cutOffElse, idOf, NOBODY, placeOf } from "./planned";

const RULES = "azurerm_firewall_policy_rule_collection_group.enclave";
const LAST = `${RULES} enclave-everything-else`;
const POLICY = { firewall_policy_id: idOf("azurerm_firewall_policy.enclave") };

export function plannedEgress(plan: NetworkPlan, printer: Printer): Statement[] {
  if (plan.departures.length === 0) return [];
  const place = placeOf(plan);
  const tier = plan.inspection === "request" ? "Premium" : "Standard";
  return [
    [
      "azurerm_public_ip.enclave_egress",
      {
        ...place,
        sku: "Standard",
        allocation_method: "Static",
        ip_version: "IPv4",
        zones: publicAddressZones(plan),
      },
    ],
    [
      "azurerm_firewall_policy.enclave",
      { ...place, sku: tier, threat_intelligence_mode: "Deny", ...inspection(plan) },
    ],
    [RULES, { ...POLICY, priority: 1000 }],
    ...plannedCollections(plan, printer),
    [
      "azurerm_firewall.enclave",
      {
        ...place,
        ...POLICY,
        sku_name: "AZFW_VNet",
        sku_tier: tier,
        zones: expr("var.availability_zones"),
        ip_configuration: [
          {
            subnet_id: idOf("azurerm_subnet.enclave_firewall"),
            public_ip_address_id: idOf("azurerm_public_ip.enclave_egress"),
          },
        ],
      },
    ],
  ];
}

/** What is decrypted is looked into, and what looks like an attack is stopped. */
function inspection({ inspection, settings: { azure } }: NetworkPlan): Attributes {
  const certificate = azure.inspectionCertificate;
  if (inspection === "connection" || certificate === undefined) return {};
  return {
    identity: { type: "UserAssigned", identity_ids: [spelled(certificate.identityId)] },
    tls_certificate: { key_vault_secret_id: certificate.keyVaultSecretId },
    intrusion_detection: { mode: "Deny" },
  };
}

const protocolOf = ({ protocol, port }: Pick<PlannedDeparture, "protocol" | "port">): Attributes => ({
  type: protocol === "http" ? "Http" : "Https",
  port,
});

function plannedCollections(plan: NetworkPlan, printer: Printer): Statement[] {
  const zones = leavingZones(plan).flatMap(({ name, ordinal, block }): Statement[] => [
    [`${RULES} ${name}`, { action: "Allow", priority: 1000 + ordinal }],
    ...plan.departures
      .filter(({ zone }) => zone === name)
      .map(
        (departure): Statement => [
          `${RULES} ${name} ${shorten(departure.id, 80)}`,
          {
            source_addresses: [cutOffElse(name, `"${NOBODY}"`, `"${printer.cidr(block)}"`)],
            destination_fqdns: [departure.name],
            protocols: [protocolOf(departure)],
            ...(plan.inspection === "request" && departure.protocol === "tls" ? { terminate_tls: true } : {}),
          },
        ],
      ),
  ]);
  return [
    ...zones,
    [LAST, { action: "Deny", priority: 65000 }],
    [
      `${LAST} everything_else`,
      { source_addresses: ["*"], destination_fqdns: ["*"], protocols: usedProtocols(plan) },
    ],
  ];
}

/** Those that anybody may use, and those of the names that Azure lets through by itself, in the order of their ports. */
function usedProtocols(plan: NetworkPlan): Attributes[] {
  const own = [{ protocol: "http", port: 80 }, { protocol: "tls", port: 443 }, ...plan.departures] as const;
  const byPort = new Map(own.map((one) => [`${one.port} ${one.protocol}`, one]));
  return [...byPort.values()].sort((a, b) => a.port - b.port).map(protocolOf);
}

/**
 * The only way out: route → Azure Firewall → internet. The firewall judges by name, zone and port together, before it translates
 * addresses; what no rule of ours allows is denied by a rule of ours, or Azure's own list of names would be asked after them.
 * https://learn.microsoft.com/en-us/azure/firewall/rule-processing
 */
import { Firewall } from "@cdktf/provider-azurerm/lib/firewall";
import { FirewallPolicy } from "@cdktf/provider-azurerm/lib/firewall-policy";
import { FirewallPolicyRuleCollectionGroup } from "@cdktf/provider-azurerm/lib/firewall-policy-rule-collection-group";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { type Address, dependable, expr, exprList, quoted, type Rendering } from "../../shared/rendering";
import { spelled } from "../data/managed-services";
import { publicAddressZones, ZONES } from "../data/regions";
import { ruleCollections } from "./firewall-rules";
import { azureName, placed, tags } from "./naming";
import { renderFirewallSubnet } from "./network";
import { addAzure } from "./resources";

export interface EgressPath {
  readonly firewall: Address;
  readonly publicAddress: Address;
}

export function renderEgress(rendering: Rendering): EgressPath | undefined {
  if (rendering.plan.departures.length === 0) return undefined;
  const subnet = renderFirewallSubnet(rendering);
  const publicAddress = addAzure(rendering, PublicIp, "enclave_egress", {
    ...placed(rendering),
    name: azureName(rendering.plan, "egress"),
    sku: "Standard",
    allocationMethod: "Static",
    ipVersion: "IPv4",
    zones: [...publicAddressZones(rendering.plan)],
    tags: tags(rendering),
  });
  const policy = renderPolicy(rendering);
  const rules = addAzure(rendering, FirewallPolicyRuleCollectionGroup, "enclave", {
    name: azureName(rendering.plan, "egress"),
    firewallPolicyId: expr(`${policy}.id`),
    priority: 1000,
    applicationRuleCollection: ruleCollections(rendering.plan, rendering.printer),
  });
  const firewall = addAzure(rendering, Firewall, "enclave", {
    ...placed(rendering),
    name: azureName(rendering.plan, "egress"),
    skuName: "AZFW_VNet",
    skuTier: tier(rendering),
    firewallPolicyId: expr(`${policy}.id`),
    zones: exprList("var.availability_zones"),
    ipConfiguration: [
      { name: "egress", subnetId: expr(`${subnet}.id`), publicIpAddressId: expr(`${publicAddress}.id`) },
    ],
    tags: tags(rendering),
    // Rules change the policy, and Azure refuses two changes at once.
    dependsOn: [dependable(rules)],
    lifecycle: {
      precondition: [
        {
          condition: expr(
            `length(setsubtract(var.availability_zones, [${ZONES.map(quoted).join(", ")}])) == 0`,
          ),
          errorMessage: `Availability zones of Azure are called ${ZONES.join(", ")} in every region.`,
        },
      ],
    },
  });
  return { firewall, publicAddress };
}

/** Decrypting needs Premium: https://learn.microsoft.com/en-us/azure/firewall/premium-features */
const tier = ({ plan }: Rendering): "Standard" | "Premium" =>
  plan.inspection === "request" ? "Premium" : "Standard";

function renderPolicy(rendering: Rendering): Address {
  const certificate = rendering.plan.settings.azure.inspectionCertificate;
  if (tier(rendering) === "Premium" && certificate === undefined)
    throw new Error("internal: request inspection without a certificate");
  return addAzure(rendering, FirewallPolicy, "enclave", {
    ...placed(rendering),
    name: azureName(rendering.plan, "egress"),
    sku: tier(rendering),
    threatIntelligenceMode: "Deny",
    ...(tier(rendering) === "Standard" || certificate === undefined
      ? {}
      : {
          identity: { type: "UserAssigned", identityIds: [spelled(certificate.identityId)] },
          tlsCertificate: { name: "inspection", keyVaultSecretId: certificate.keyVaultSecretId },
          intrusionDetection: { mode: "Deny" },
        }),
    tags: tags(rendering),
  });
}

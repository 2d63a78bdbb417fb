/**
 * The only way out: route → Azure Firewall → internet. The firewall has a network of its own, joined to the
 * enclave's: neither the names that are blocked there nor its private zones may reach the firewall's own.
 * https://learn.microsoft.com/en-us/azure/dns/dns-security-policy
 */
import { Firewall } from "@cdktf/provider-azurerm/lib/firewall";
import { FirewallPolicy } from "@cdktf/provider-azurerm/lib/firewall-policy";
import { FirewallPolicyRuleCollectionGroup } from "@cdktf/provider-azurerm/lib/firewall-policy-rule-collection-group";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { VirtualNetworkPeering } from "@cdktf/provider-azurerm/lib/virtual-network-peering";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, after, expr, exprList, id, quotedList, ref } from "../../shared/expressions";
import { hasEgress } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { hasZones, namesZones, ZONES } from "../data/regions";
import { spelled } from "../data/resource-ids";
import { EGRESS_ADDRESS, EGRESS_NETWORK, FIREWALL_PLACE, subnetIdOf, VIRTUAL_NETWORK } from "./addresses";
import { ruleCollections } from "./egress-rules";
import { azureName, regional, resourceGroupName } from "./naming";
import { addSubnetIds, addVirtualNetwork } from "./network";

export function renderEgress(rendering: Rendering): void {
  const { plan, printer } = rendering;
  if (!hasEgress(plan)) return;
  renderEgressNetwork(rendering);
  const name = azureName(plan, "egress");
  // Decrypting needs Premium: https://learn.microsoft.com/en-us/azure/firewall/premium-features
  const tier = plan.inspection === "request" ? "Premium" : "Standard";
  addResource(rendering, PublicIp, "enclave_egress", {
    ...regional(rendering, name),
    sku: "Standard",
    allocationMethod: "Static",
    ipVersion: "IPv4",
    // Named, it has them in every region; of some it reports all, and none is none before all regions follow:
    // https://github.com/hashicorp/terraform-provider-azurerm/issues/16470
    // https://learn.microsoft.com/en-us/azure/virtual-network/ip-services/public-ip-addresses#availability-zone
    ...(hasZones(plan) ? { zones: [...ZONES] } : {}),
  });
  const policy = addResource(rendering, FirewallPolicy, "enclave", {
    ...regional(rendering, name),
    sku: tier,
    threatIntelligenceMode: "Deny",
    ...inspectionOf(plan),
  });
  const rules = addResource(rendering, FirewallPolicyRuleCollectionGroup, "enclave", {
    name,
    firewallPolicyId: id(policy),
    priority: 1000,
    applicationRuleCollection: ruleCollections(plan, printer),
  });
  addResource(rendering, Firewall, "enclave", {
    ...regional(rendering, name),
    skuName: "AZFW_VNet",
    skuTier: tier,
    firewallPolicyId: id(policy),
    ipConfiguration: [
      { name: "egress", subnetId: subnetIdOf(FIREWALL_PLACE), publicIpAddressId: id(EGRESS_ADDRESS) },
    ],
    // Rules change the policy, and Azure refuses two changes at once.
    ...after(rules),
    ...zonesOf(plan),
  });
}

/**
 * Without names Azure spreads the firewall over all zones that have room for it, and may report them one day,
 * which must not replace it.
 * https://learn.microsoft.com/en-us/azure/firewall/deploy-availability-zone-powershell
 * https://learn.microsoft.com/en-us/azure/firewall/firewall-known-issues
 */
function zonesOf(plan: NetworkPlan) {
  if (!namesZones(plan)) return { lifecycle: { ignoreChanges: ["zones"] } };
  const condition = `length(setsubtract(var.availability_zones, ${quotedList(ZONES)})) == 0`;
  const errorMessage = `Availability zones of Azure are called ${ZONES.join(", ")} in every region.`;
  return {
    zones: exprList("var.availability_zones"),
    lifecycle: { precondition: [{ condition: expr(condition), errorMessage }] },
  };
}

function renderEgressNetwork(rendering: Rendering): void {
  const { plan, printer } = rendering;
  const named = regional(rendering, azureName(plan, "egress"));
  // Azure wants this name, a /26 at least, and no group: all four slots are one. Its own route leads out.
  const subnets = [{ name: "AzureFirewallSubnet", block: plan.sites.firewall }];
  addVirtualNetwork(rendering, "enclave_egress", named, [printer.cidr(plan.sites.firewall)], subnets);
  addSubnetIds(rendering, "enclave_egress", FIREWALL_PLACE, subnets);
}

/** Answers come from addresses of the internet, so the enclave's network takes what the firewall forwards. */
export function renderPeerings(rendering: Rendering): void {
  const { plan } = rendering;
  if (!hasEgress(plan)) return;
  const join = (
    name: string,
    from: Address,
    to: Address,
    allowForwardedTraffic: boolean,
    ...first: Address[]
  ) =>
    addResource(rendering, VirtualNetworkPeering, name, {
      name: azureName(plan, name),
      resourceGroupName: resourceGroupName(plan),
      virtualNetworkName: ref(from, "name"),
      remoteVirtualNetworkId: id(to),
      allowVirtualNetworkAccess: true,
      allowForwardedTraffic,
      allowGatewayTransit: false,
      useRemoteGateways: false,
      ...after(...first),
    });
  const outward = join("enclave_to_egress", VIRTUAL_NETWORK, EGRESS_NETWORK, true);
  join("enclave_from_egress", EGRESS_NETWORK, VIRTUAL_NETWORK, false, outward);
}

/** The review refuses inspection of requests without a certificate. */
function inspectionOf({ inspection, settings: { azure } }: NetworkPlan) {
  const certificate = azure.inspectionCertificate;
  if (inspection !== "request") return {};
  if (certificate === undefined) throw new Error("internal: request inspection without a certificate");
  return {
    identity: { type: "UserAssigned", identityIds: [spelled(certificate.identityId)] },
    tlsCertificate: { name: "inspection", keyVaultSecretId: certificate.keyVaultSecretId },
    intrusionDetection: { mode: "Deny" },
  };
}

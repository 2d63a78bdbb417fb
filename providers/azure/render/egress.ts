/**
 * The only way out: route → Azure Firewall → internet. Route tables decide first what a subnet does with
 * the internet: go to the firewall, answer the clients of its load balancers, or nothing.
 * https://learn.microsoft.com/en-us/azure/virtual-network/virtual-networks-udr-overview
 */
import { Firewall } from "@cdktf/provider-azurerm/lib/firewall";
import { FirewallPolicy } from "@cdktf/provider-azurerm/lib/firewall-policy";
import { FirewallPolicyRuleCollectionGroup } from "@cdktf/provider-azurerm/lib/firewall-policy-rule-collection-group";
import { PublicIp } from "@cdktf/provider-azurerm/lib/public-ip";
import { RouteTable, type RouteTableRoute } from "@cdktf/provider-azurerm/lib/route-table";
import { SubnetRouteTableAssociation } from "@cdktf/provider-azurerm/lib/subnet-route-table-association";
import { AZURE } from "../../../src/clouds/azure";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { after, expr, exprList, id, quoted, quotedList, unlessQuarantined } from "../../shared/expressions";
import { hasEgress, leavingZones, servesInternet } from "../../shared/questions";
import { listedZones } from "../../shared/regions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { spelled } from "../data/resource-ids";
import { EGRESS_ADDRESS, FIREWALL } from "./addresses";
import { ruleCollections } from "./egress-rules";
import { azureName, regional } from "./naming";
import { placesOf, renderSubnet } from "./network";
import { NOWHERE } from "./ways";

export function renderEgress(rendering: Rendering): void {
  const { plan, printer } = rendering;
  if (!hasEgress(plan)) return;
  const name = azureName(plan, "egress");
  // Decrypting needs Premium: https://learn.microsoft.com/en-us/azure/firewall/premium-features
  const tier = plan.inspection === "request" ? "Premium" : "Standard";
  // Azure wants this name, a /26 at least, and neither group nor route table: all four slots are one.
  const subnet = renderSubnet(rendering, "enclave_firewall", "AzureFirewallSubnet", plan.sites.firewall);
  const listed = listedZones("azure", regionOf(plan)) ?? [];
  addResource(rendering, PublicIp, "enclave_egress", {
    ...regional(rendering, name),
    sku: "Standard",
    allocationMethod: "Static",
    ipVersion: "IPv4",
    // Asked for some, it reports all: https://github.com/hashicorp/terraform-provider-azurerm/issues/16470
    zones: listed.length > 0 ? listed : [...(plan.zoneNames.azure ?? [])],
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
  const names = [...AZURE.regions.ends];
  const condition = `length(setsubtract(var.availability_zones, ${quotedList(names)})) == 0`;
  const errorMessage = `Availability zones of Azure are called ${names.join(", ")} in every region.`;
  addResource(rendering, Firewall, "enclave", {
    ...regional(rendering, name),
    skuName: "AZFW_VNet",
    skuTier: tier,
    firewallPolicyId: id(policy),
    zones: exprList("var.availability_zones"),
    ipConfiguration: [{ name: "egress", subnetId: id(subnet), publicIpAddressId: id(EGRESS_ADDRESS) }],
    // Rules change the policy, and Azure refuses two changes at once.
    ...after(rules),
    lifecycle: { precondition: [{ condition: expr(condition), errorMessage }] },
  });
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

export function renderRoutes(rendering: Rendering): void {
  for (const { id: name, zone, subnets } of placesOf(rendering.plan)) {
    const table = addResource(rendering, RouteTable, name, {
      ...regional(rendering, azureName(rendering.plan, name), zone?.name),
      // A learned route would be more specific than ours.
      bgpRoutePropagationEnabled: false,
      route: zone === undefined ? [NO_ROUTE] : zoneRoutes(rendering, zone),
    });
    for (const subnet of subnets) {
      const association = { subnetId: id(subnet.address), routeTableId: id(table) };
      addResource(rendering, SubnetRouteTableAssociation, subnet.name, association);
    }
  }
}

const INTERNET = { name: "internet", addressPrefix: "0.0.0.0/0" } as const;
const NO_ROUTE: RouteTableRoute = { ...INTERNET, nextHopType: "None" };

/**
 * Routes know no connections, so a zone that is cut off loses its open ones too, which a group would let run
 * on. Of two routes as long as the network's prefix, ours comes first.
 */
function zoneRoutes({ plan, printer }: Rendering, zone: PlannedZone): RouteTableRoute[] {
  const connected = (value: string, cutOff: string): string => unlessQuarantined([zone.name], value, cutOff);
  const hop = (type: string) => ({ ...INTERNET, nextHopType: connected(quoted(type), quoted("None")) });
  const address = connected(`${FIREWALL}.ip_configuration[0].private_ip_address`, "null");
  const outside = servesInternet(plan, zone) ? hop("Internet") : NO_ROUTE;
  const addressPrefix = connected(quoted(NOWHERE), quoted(printer.cidr(plan.range)));
  return [
    leavingZones(plan).includes(zone) ? { ...hop("VirtualAppliance"), nextHopInIpAddress: address } : outside,
    { name: "quarantine", addressPrefix, nextHopType: "None" },
  ];
}

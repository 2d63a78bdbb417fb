/**
 * Network security groups of the zones and of the private endpoints, on every subnet of theirs. Rules stand
 * inside the group, so that the next apply removes a rule that somebody added by hand.
 */
import { ApplicationSecurityGroup } from "@cdktf/provider-azurerm/lib/application-security-group";
import {
  NetworkSecurityGroup,
  type NetworkSecurityGroupSecurityRule as SecurityRule,
} from "@cdktf/provider-azurerm/lib/network-security-group";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { id, quoted, unlessQuarantined } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { endpointGroupOf, subnetOf } from "./addresses";
import { azureName, regional } from "./naming";
import { placesOf } from "./network";
import { type End, endpointSubnetRules, type Rule, zoneRules } from "./ways";

/** Reserved for documentation (RFC 5737), so a rule about these addresses matches nothing. */
export const NOWHERE = "192.0.2.0/24";

export function renderFilters(rendering: Rendering): void {
  const { plan, printer } = rendering;
  for (const endpoint of plan.endpoints) {
    const group = regional(rendering, azureName(plan, "endpoint", endpoint.name));
    addResource(rendering, ApplicationSecurityGroup, endpoint.id, group);
  }
  for (const { id: name, zone, subnets } of placesOf(plan)) {
    const rules = zone === undefined ? endpointSubnetRules(plan, printer) : zoneRules(plan, printer, zone);
    const group = addResource(rendering, NetworkSecurityGroup, name, {
      ...regional(rendering, azureName(plan, name), zone?.name),
      securityRule: rules.map(securityRule),
    });
    for (const subnet of subnets) {
      const association = { subnetId: id(subnetOf(subnet.name)), networkSecurityGroupId: id(group) };
      addResource(rendering, SubnetNetworkSecurityGroupAssociation, subnet.name, association);
    }
  }
}

const securityRule = ({ name, priority, direction, effect, protocol, ...rule }: Rule): SecurityRule => ({
  name,
  priority,
  direction,
  access:
    effect.kind === "permit" ? unlessQuarantined(effect.zones, quoted("Allow"), quoted("Deny")) : "Deny",
  protocol,
  sourcePortRange: "*",
  ...oneOrSeveral("destinationPortRange", "destinationPortRanges", rule.ports),
  ...source(effect, rule.from),
  ...destination(rule.to),
  description: rule.description,
});

function source(effect: Rule["effect"], from: End): Partial<SecurityRule> {
  if (from.kind === "endpoint") throw new Error("internal: private endpoints open no connections");
  return effect.kind === "cut-off"
    ? { sourceAddressPrefix: unlessQuarantined([effect.zone], quoted(NOWHERE), quoted("*")) }
    : oneOrSeveral("sourceAddressPrefix", "sourceAddressPrefixes", prefixesOf(from));
}

const destination = (end: End): Partial<SecurityRule> =>
  end.kind === "endpoint"
    ? { destinationApplicationSecurityGroupIds: [id(endpointGroupOf(end.endpoint))] }
    : oneOrSeveral("destinationAddressPrefix", "destinationAddressPrefixes", prefixesOf(end));

const prefixesOf = (end: Exclude<End, { kind: "endpoint" }>): readonly string[] =>
  end.kind === "tag" ? [end.tag] : end.cidrs;

/** Azure takes one value and several under two names. */
const oneOrSeveral = (one: keyof SecurityRule, several: keyof SecurityRule, values: readonly string[]) =>
  values.length === 1 ? { [one]: values[0] } : { [several]: [...values] };

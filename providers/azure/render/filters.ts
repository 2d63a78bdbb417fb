/**
 * Network security groups of the zones and of the private endpoints, on every subnet of theirs. Rules stand
 * inside the group, so that the next apply removes a rule that somebody added by hand.
 */
import { ApplicationSecurityGroup } from "@cdktf/provider-azurerm/lib/application-security-group";
import {
  NetworkSecurityGroup,
  type NetworkSecurityGroupSecurityRule as SecurityRule,
} from "@cdktf/provider-azurerm/lib/network-security-group";
import { id } from "../../shared/expressions";
import { addResource, type Rendering } from "../../shared/resources";
import { endpointGroupOf } from "./addresses";
import { azureName, regional } from "./naming";
import { placesOf } from "./network";
import { groupRules, type Rule } from "./ways";

export function renderFilters(rendering: Rendering): void {
  const { plan, printer } = rendering;
  for (const endpoint of plan.endpoints) {
    const group = regional(rendering, azureName(plan, "endpoint", endpoint.name));
    addResource(rendering, ApplicationSecurityGroup, endpoint.id, group);
  }
  for (const { id: name, zone } of placesOf(plan))
    addResource(rendering, NetworkSecurityGroup, name, {
      ...regional(rendering, azureName(plan, name), zone?.name),
      securityRule: groupRules(plan, printer, zone).map(securityRule),
    });
}

const securityRule = ({ ports, from, to, endpoint, ...rule }: Rule): SecurityRule => ({
  ...rule,
  sourcePortRange: "*",
  ...oneOrSeveral("destinationPortRange", "destinationPortRanges", ports),
  ...oneOrSeveral("sourceAddressPrefix", "sourceAddressPrefixes", from),
  ...(endpoint === undefined
    ? oneOrSeveral("destinationAddressPrefix", "destinationAddressPrefixes", to)
    : { destinationApplicationSecurityGroupIds: [id(endpointGroupOf(endpoint))] }),
});

/** Azure takes one value and several under two names. */
const oneOrSeveral = (one: keyof SecurityRule, several: keyof SecurityRule, values: readonly string[]) =>
  values.length === 1 ? { [one]: values[0] } : { [several]: [...values] };

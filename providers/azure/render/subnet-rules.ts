/**
 * One security group for each zone and one for the private endpoints, on every subnet of theirs. Rules stand inside the group,
 * so that a rule which somebody adds by hand is taken out by the next apply.
 */
import { ApplicationSecurityGroup } from "@cdktf/provider-azurerm/lib/application-security-group";
import {
  NetworkSecurityGroup,
  type NetworkSecurityGroupSecurityRule,
} from "@cdktf/provider-azurerm/lib/network-security-group";
import { SubnetNetworkSecurityGroupAssociation } from "@cdktf/provider-azurerm/lib/subnet-network-security-group-association";
import { type Address, expr, type Rendering, unlessQuarantined } from "../../shared/rendering";
import { type End, endpointSubnetRules, type Rule, zoneRules } from "./flow-rules";
import type { EndpointGroups, Guards, Network, PlacedSubnets } from "./handles";
import { azureName, placed, tags } from "./naming";
import { addAzure } from "./resources";

/** Reserved for documentation (RFC 5737): nobody has these addresses, so a rule about them is about nothing. */
export const NOWHERE = "192.0.2.0/24";

/** A group for each endpoint, so that rules can tell endpoints apart that share a subnet and get their addresses from Azure. */
export const renderEndpointGroups = (rendering: Rendering): EndpointGroups =>
  Object.fromEntries(
    rendering.plan.endpoints.map((endpoint): [string, Address] => [
      endpoint.name,
      addAzure(rendering, ApplicationSecurityGroup, endpoint.id, {
        ...placed(rendering),
        name: azureName(rendering.plan, "endpoint", endpoint.name),
        tags: tags(rendering),
      }),
    ]),
  );

export function renderSubnetRules(
  rendering: Rendering,
  network: Network,
  endpointGroups: EndpointGroups,
): Guards {
  const { plan, printer } = rendering;
  const zones = Object.values(network.zones).flatMap(({ zone, ...subnets }) =>
    zone === undefined ? [] : [{ subnets, zone: zone.name, rules: zoneRules(plan, printer, zone) }],
  );
  const endpoints =
    network.endpoints === undefined
      ? []
      : [{ subnets: network.endpoints, zone: undefined, rules: endpointSubnetRules(plan, printer) }];
  const rendered = [...zones, ...endpoints].map(({ subnets, zone, rules }) => ({
    id: subnets.id,
    ...renderGroup(rendering, subnets, zone, rules, endpointGroups),
  }));
  return {
    groups: Object.fromEntries(rendered.map(({ id, group }) => [id, group])),
    associations: Object.fromEntries(rendered.map(({ id, associations }) => [id, associations])),
  };
}

function renderGroup(
  rendering: Rendering,
  { id, subnets }: PlacedSubnets,
  zone: string | undefined,
  rules: readonly Rule[],
  endpointGroups: EndpointGroups,
) {
  const group = addAzure(rendering, NetworkSecurityGroup, id, {
    ...placed(rendering),
    name: azureName(rendering.plan, id),
    securityRule: rules.map((rule) => securityRule(rule, endpointGroups)),
    tags: tags(rendering, zone),
  });
  const associations = subnets.map((subnet) =>
    addAzure(rendering, SubnetNetworkSecurityGroupAssociation, subnet.split(".")[1] ?? id, {
      subnetId: expr(`${subnet}.id`),
      networkSecurityGroupId: expr(`${group}.id`),
    }),
  );
  return { group, associations };
}

function securityRule(rule: Rule, endpointGroups: EndpointGroups): NetworkSecurityGroupSecurityRule {
  const { effect } = rule;
  return {
    name: rule.name,
    priority: rule.priority,
    direction: rule.direction,
    access: effect.kind === "permit" ? unlessQuarantined(effect.zones, '"Allow"', '"Deny"') : "Deny",
    protocol: rule.protocol,
    sourcePortRange: "*",
    ...(rule.ports.length === 1
      ? { destinationPortRange: rule.ports[0] ?? "" }
      : { destinationPortRanges: [...rule.ports] }),
    ...(effect.kind === "cut-off"
      ? { sourceAddressPrefix: unlessQuarantined([effect.zone], `"${NOWHERE}"`, '"*"') }
      : source(rule.from)),
    ...destination(rule.to, endpointGroups),
    description: rule.description,
  };
}

function source(end: End): NetworkSecurityGroupSecurityRule {
  const prefixes = prefixesOf(end);
  if (prefixes === undefined) throw new Error("internal: private endpoints open no connections");
  return prefixes.length === 1
    ? { sourceAddressPrefix: prefixes[0] ?? "" }
    : { sourceAddressPrefixes: [...prefixes] };
}

function destination(end: End, endpointGroups: EndpointGroups): NetworkSecurityGroupSecurityRule {
  const prefixes = prefixesOf(end);
  if (prefixes !== undefined)
    return prefixes.length === 1
      ? { destinationAddressPrefix: prefixes[0] ?? "" }
      : { destinationAddressPrefixes: [...prefixes] };
  return {
    destinationApplicationSecurityGroupIds: [
      expr(`${endpointGroups[(end as Extract<End, { kind: "endpoint" }>).endpoint]}.id`),
    ],
  };
}

function prefixesOf(end: End): readonly string[] | undefined {
  if (end.kind === "addresses") return end.cidrs;
  if (end.kind === "tag") return [end.tag];
  return end.kind === "all" ? ["*"] : undefined;
}

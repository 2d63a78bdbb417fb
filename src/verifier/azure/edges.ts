/** Azure: addresses and placement, and what would lead into the enclave, out of it, or around what filters. */
import { type Fault, faults, unless } from "../replay/fault";
import type { Edges, Places } from "../replay/reader";
import { ANY } from "../replay/traffic";
import {
  everyResource,
  mentions,
  nested,
  references,
  resourcesOf,
  resourceTypesLike,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { placeOf } from "./hosts";
import type { Network, Subnet } from "./network";
import { strayRoutes, unsoundRules } from "./soundness";

export function placesIn(document: TerraformDocument): Places {
  const subnets = [...resourcesOf(document, "azurerm_subnet")];
  const inZone = (zone: string) => subnets.filter(([name]) => placeOf(name).zone === zone);
  const interfaces = [...resourcesOf(document, "azurerm_network_interface")];
  return {
    addressesOf: (zone) => inZone(zone).flatMap(([, body]) => texts(body, "address_prefixes")),
    networkRanges: () =>
      [...resourcesOf(document, "azurerm_virtual_network")].flatMap(([name, body]) =>
        texts(body, "address_space")
          .filter((range) => !range.includes(":"))
          .map((range) => ({ resource: `azurerm_virtual_network.${name}`, range })),
      ),
    groupIdsOf: (zone) => [`\${azurerm_network_security_group.${zone}.id}`],
    allAddresses: () =>
      new Map(
        subnets.map(([name, body]) => [`azurerm_subnet.${name}`, texts(body, "address_prefixes").join()]),
      ),
    interfacesOf: (zone) =>
      interfaces
        .map(([, body]) => nested(body, "ip_configuration"))
        .filter((each) =>
          references(each?.["subnet_id"], "azurerm_subnet").some((name) => placeOf(name).zone === zone),
        )
        .map((each) => text(each, "private_ip_address")),
    placementOf: (zone) =>
      inZone(zone).flatMap(([, body]) => (text(body, "zones") === "" ? [] : [text(body, "zones")])),
    notAsGiven: ({ region }) =>
      everyResource(document).flatMap(([address, body]) =>
        unless([undefined, region].includes(body["location"] as string), address, `it is not in ${region}`),
      ),
    looseInterfaces: () =>
      interfaces.flatMap(([name, body]) =>
        unless(
          body["ip_forwarding_enabled"] === false,
          `azurerm_network_interface.${name}`,
          "it forwards for others",
        ),
      ),
  };
}

const CLOSED = { default_outbound_access_enabled: false, private_endpoint_network_policies: "Enabled" };

export function edgesIn(document: TerraformDocument, network: Network): Edges {
  const { subnets } = network;
  return {
    publicAddresses: () => publicAddresses(document),
    ipv6: () => [
      ...texts(resourcesOf(document, "azurerm_virtual_network").get("enclave"), "address_space").flatMap(
        (range) => unless(!range.includes(":"), "azurerm_virtual_network.enclave", "it has IPv6"),
      ),
      ...[...resourcesOf(document, "azurerm_network_interface")].flatMap(([name, body]) =>
        unless(!mentions(body, "IPv6"), `azurerm_network_interface.${name}`, "it has IPv6"),
      ),
    ],
    foreignLinks: () =>
      faults(
        resourceTypesLike(document, /peering|gateway|express_route|virtual_hub|vpn/),
        "it joins the enclave to another network",
      ),
    offers: () =>
      faults(
        resourceTypesLike(document, /private_link_service|_lb$|_lb_|frontdoor|api_management/),
        "it offers something of the enclave to others",
      ),
    bypasses: () =>
      [...resourcesOf(document, "azurerm_subnet")].flatMap(([name, body]) =>
        unless(
          Object.entries(CLOSED).every(([key, value]) => body[key] === value) &&
            texts(body, "service_endpoints").length === 0,
          `azurerm_subnet.${name}`,
          "it has a way around endpoints and inspection",
        ),
      ),
    unfiltered: () =>
      subnets.flatMap(({ name, rules, isFirewalls }) =>
        unless(rules !== undefined || isFirewalls, `azurerm_subnet.${name}`, "it has no group"),
      ),
    strayRoutes: () => strayRoutes(network),
    unsoundRules: () => unsoundRules(document),
    openDefaults: () => [
      ...subnets.flatMap((subnet) => openBelow(subnet)),
      ...[...resourcesOf(document, "azurerm_route_table")].flatMap(([name, body]) =>
        unless(
          body["bgp_route_propagation_enabled"] === false,
          `azurerm_route_table.${name}`,
          "it takes routes from gateways",
        ),
      ),
    ],
  };
}

/** The built-in rules come after a denial of everything. */
function openBelow({ rules, group }: Subnet): Fault[] {
  if (rules === undefined) return [];
  const now = rules.map((rule) => rule.at([]));
  return (["Inbound", "Outbound"] as const).flatMap((direction) => {
    const closed = now.some(
      (rule) =>
        rule.direction === direction &&
        !rule.allow &&
        rule.ranges.some(({ protocol, from }) => protocol === ANY && from === 0) &&
        [rule.from, rule.to].every((ends) => ends.includes("*")),
    );
    return unless(closed, `azurerm_network_security_group.${group}`, `built-in rules apply ${direction}`);
  });
}

function publicAddresses(document: TerraformDocument): Fault[] {
  const ofWayOut = [...resourcesOf(document, "azurerm_firewall").values()].flatMap((firewall) =>
    references(firewall["ip_configuration"], "azurerm_public_ip"),
  );
  return [
    ...[...resourcesOf(document, "azurerm_public_ip").keys()].flatMap((name) =>
      unless(ofWayOut.includes(name), `azurerm_public_ip.${name}`, "it belongs to no firewall"),
    ),
    ...[...resourcesOf(document, "azurerm_network_interface")].flatMap(([name, body]) =>
      unless(
        !mentions(body, "public_ip_address_id"),
        `azurerm_network_interface.${name}`,
        "it has a public address",
      ),
    ),
  ];
}

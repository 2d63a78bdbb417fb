/** Google: addresses and placement, and what would lead into the enclave, out of it, or around what filters. */
import { type Fault, faults, unless } from "../replay/fault";
import type { Edges, Places } from "../replay/reader";
import {
  type Attributes,
  blocks,
  everyResource,
  mentions,
  references,
  resourcesOf,
  resourceTypesLike,
  type TerraformDocument,
  text,
  texts,
} from "../terraform/document";
import { placeOf } from "./hosts";
import { inNetwork, keepsRoutes } from "./network";
import { strayRoutes, unsoundRules } from "./soundness";

const NETWORK = "google_compute_network";
const SUBNET = "google_compute_subnetwork";
const POLICY = "google_compute_network_firewall_policy_with_rules";
const ASSOCIATION = "google_compute_network_firewall_policy_association";

export function placesIn(document: TerraformDocument): Places {
  const subnets = [...resourcesOf(document, SUBNET)];
  const inZone = (zone: string): Attributes[] =>
    subnets.flatMap(([name, body]) => (placeOf(name).zone === zone ? [body] : []));
  const addresses = [...resourcesOf(document, "google_compute_address")];
  return {
    addressesOf: (zone) => inZone(zone).map((subnet) => text(subnet, "ip_cidr_range")),
    networkRanges: () => [],
    groupIdsOf: () => [],
    allAddresses: () =>
      new Map(subnets.map(([name, body]) => [`${SUBNET}.${name}`, text(body, "ip_cidr_range")])),
    interfacesOf: (zone) =>
      addresses
        .filter(([, each]) =>
          references(each["subnetwork"], SUBNET).some((name) => placeOf(name).zone === zone),
        )
        .map(([, each]) => text(each, "address")),
    notAsGiven: ({ region }) =>
      everyResource(document).flatMap(([resource, body]) =>
        unless(
          [undefined, region].includes((body["region"] ?? body["location"]) as string | undefined),
          resource,
          `it is not in ${region}`,
        ),
      ),
    looseInterfaces: () =>
      addresses.flatMap(([name, each]) =>
        unless(
          each["purpose"] !== "GCE_ENDPOINT" || each["address_type"] === "INTERNAL",
          `google_compute_address.${name}`,
          "it is no internal address",
        ),
      ),
    placementOf: (zone) =>
      inZone(zone).flatMap((subnet) => (text(subnet, "zone") === "" ? [] : [text(subnet, "zone")])),
  };
}

export function edgesIn(document: TerraformDocument): Edges {
  return {
    publicAddresses: () =>
      ["google_compute_address", "google_compute_global_address"].flatMap((type) =>
        [...resourcesOf(document, type)].flatMap(([name, each]) =>
          unless(each["address_type"] === "INTERNAL", `${type}.${name}`, "it is a public address"),
        ),
      ),
    ipv6: () => ipv6(document),
    foreignLinks: () => foreignLinks(document),
    offers: () =>
      faults(
        resourceTypesLike(document, /service_attachment|backend_service|target_\w+_proxy|url_map/),
        "it offers something of the enclave to others",
      ),
    bypasses: () =>
      enclaveSubnets(document).flatMap(([name, subnet]) =>
        unless(
          subnet["private_ip_google_access"] === false,
          `${SUBNET}.${name}`,
          "it reaches Google around endpoints",
        ),
      ),
    unfiltered: () =>
      enclaveSubnets(document).flatMap(([name, subnet]) =>
        unless(
          texts(subnet, "depends_on").includes(`${ASSOCIATION}.enclave`) &&
            resourcesOf(document, ASSOCIATION).size > 0,
          `${SUBNET}.${name}`,
          "it is there before the policy is in force",
        ),
      ),
    strayRoutes: () => strayRoutes(document),
    unsoundRules: () => unsoundRules(document),
    openDefaults: () => openDefaults(document),
  };
}

const enclaveSubnets = (document: TerraformDocument): [string, Attributes][] =>
  [...resourcesOf(document, SUBNET)].filter(([, subnet]) => inNetwork(subnet, "enclave"));

/** A denial of everything that is always on. */
const denies = (document: TerraformDocument, direction: string, range: string): boolean =>
  [...resourcesOf(document, POLICY).values()]
    .flatMap((policy) => blocks(policy, "rule"))
    .some(
      (rule) =>
        rule["action"] === "deny" &&
        rule["disabled"] === false &&
        rule["direction"] === direction &&
        mentions(rule["match"], `"${range}"`) &&
        mentions(rule["match"], '"all"'),
    );

const closedFor = (document: TerraformDocument, range: string): boolean =>
  ["EGRESS", "INGRESS"].every((direction) => denies(document, direction, range));

const ipv6 = (document: TerraformDocument): Fault[] => [
  ...enclaveSubnets(document).flatMap(([name, subnet]) =>
    unless(subnet["stack_type"] === "IPV4_ONLY", `${SUBNET}.${name}`, "it has IPv6"),
  ),
  ...[...resourcesOf(document, NETWORK)].flatMap(([name, network]) =>
    unless(network["enable_ula_internal_ipv6"] === false, `${NETWORK}.${name}`, "it has IPv6"),
  ),
  ...unless(closedFor(document, "::/0"), POLICY, "it does not deny IPv6"),
];

function foreignLinks(document: TerraformDocument): Fault[] {
  const networks = resourcesOf(document, NETWORK);
  const peerings = [...resourcesOf(document, "google_compute_network_peering")].flatMap(([name, peering]) => {
    const own = references(peering["peer_network"], NETWORK).some((peer) => networks.has(peer));
    const quiet = ["export_custom_routes", "import_custom_routes"].every((field) => peering[field] === false);
    return unless(
      own && quiet,
      `google_compute_network_peering.${name}`,
      "it joins the enclave to another network",
    );
  });
  const links = resourceTypesLike(document, /vpn|interconnect|network_connectivity_(hub|spoke)/);
  return [...peerings, ...faults(links, "it joins the enclave to another network")];
}

const openDefaults = (document: TerraformDocument): Fault[] => [
  ...[...resourcesOf(document, NETWORK)].flatMap(([name, network]) => [
    ...unless(
      network["auto_create_subnetworks"] === false,
      `${NETWORK}.${name}`,
      "it makes subnetworks of its own",
    ),
    ...unless(!keepsRoutes(document, name), `${NETWORK}.${name}`, "it keeps Google's routes"),
  ]),
  ...unless(closedFor(document, "0.0.0.0/0"), POLICY, "implied rules apply"),
];

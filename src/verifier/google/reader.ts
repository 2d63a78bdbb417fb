/** Google: packets by rules and routes of the enclave's network, names by the proxy and by private DNS zones. */

import { NOT_INTERNET } from "../../net/cidr";
import { address, block, holds } from "../replay/blocks";
import { matchesName } from "../replay/names";
import { forEachQuarantine } from "../replay/quarantine";
import type { Addresses, Edges, Names, Party, Promises, Reader } from "../replay/reader";
import { parseTraffic } from "../replay/traffic";
import type { TerraformDocument } from "../terraform/document";
import {
  type Attributes,
  conditionalOnQuarantine,
  endpointOutput,
  mentions,
  nested,
  referredTo,
  resourcesOf,
  resourceTypesLike,
  taggedIn,
  text,
  texts,
  untaggedIn,
} from "../terraform/document";
import { judgedByProxy } from "./firewall";
import { logsOf } from "./logs";
import { inNetwork, keepsRoutes, leadsOut, open, readNetwork } from "./packets";

/** One of the addresses from which load balancers bring the internet's connections. */
const FRONT = "130.211.0.7";

const all = (document: TerraformDocument, type: string): [string, Attributes][] => [
  ...resourcesOf(document, `google_${type}`),
];

const subnetsOf = (document: TerraformDocument, zone: string): Attributes[] =>
  all(document, "compute_subnetwork").flatMap(([name, body]) =>
    name.replace(/_\d$/, "") === zone ? [body] : [],
  );

function addressOf(document: TerraformDocument, party: Party): number {
  if ("address" in party) return address(party.address);
  if ("endpoint" in party)
    return address(texts(endpointOutput(document, party.endpoint), "addresses")[0] ?? "");
  const subnet = subnetsOf(document, party.zone)[(party.slot ?? 1) - 1];
  if (subnet === undefined) throw new Error(`no subnetwork of ${party.zone}`);
  return block(text(subnet, "ip_cidr_range")).base + 4 + (party.host ?? 1);
}

const isPublic = (at: number): boolean => !NOT_INTERNET.some((range) => holds(range, at));

export function readGoogle(document: TerraformDocument): Reader {
  const netOf = forEachQuarantine((cut) => readNetwork(document, cut));
  const proxy = all(document, "network_services_gateway")[0]?.[1];
  const proxyPort = Number(((proxy?.["ports"] ?? []) as unknown[])[0]);
  const reachesProxy = (from: number, cut?: readonly string[]): boolean =>
    proxy !== undefined &&
    leadsOut(document, proxy) &&
    open(netOf(cut), {
      from,
      to: address(texts(proxy, "addresses")[0] ?? ""),
      protocol: "tcp",
      port: proxyPort,
    });
  const direct = (from: number, cut?: readonly string[]): boolean =>
    open(netOf(cut), { from, to: address("198.51.100.7"), protocol: "tcp", port: 443 });
  return {
    opens: (from, to, traffic, cut) => {
      const source = addressOf(document, from);
      const arrives = "address" in from && isPublic(source) ? address(FRONT) : source;
      return open(netOf(cut), { from: arrives, to: addressOf(document, to), ...parseTraffic(traffic) });
    },
    leaves: (zone, name, port, cut = []) => {
      const from = addressOf(document, { zone });
      return direct(from, cut) || (reachesProxy(from, cut) && judgedByProxy(document, from, name, port, cut));
    },
    routeOut: (zone) => {
      if (netOf().hasDefaultRoute) return "direct";
      return reachesProxy(addressOf(document, { zone })) ? "inspected" : "nowhere";
    },
    ...namesIn(document),
    ...addressesIn(document),
    ...edgesIn(document),
    ...filtersIn(document),
    rightOf: () => undefined,
    resourcesOf: () => "",
    endpointsOpenToStrangers: () => {
      const types = ["compute_global_forwarding_rule", "network_connectivity_regional_endpoint"];
      return hasPerimeter(document) ? [] : types.flatMap((type) => all(document, type).map(([name]) => name));
    },
    ...logsOf(document),
    ...promisesIn(document, proxy),
  };
}

const promisesIn = (document: TerraformDocument, proxy: Attributes | undefined): Promises => ({
  protects: (what) =>
    what === "logs"
      ? all(document, "logging_project_bucket_config").some(([, bucket]) =>
          mentions(bucket["locked"], "var.deletion_protection"),
        )
      : mentions(proxy, "var.deletion_protection"),
  permitsThatComeAndGo: () => conditionalOnQuarantine(document).map(([name]) => name),
  endsConnections: () => false,
  reasons: () =>
    [
      ...rulesIn(document).filter((rule) => rule["action"] === "allow"),
      ...all(document, "network_security_gateway_security_policy_rule").map(([, rule]) => rule),
    ].map((rule) => text(rule, "description")),
  untagged: () => untaggedIn(document, "labels"),
  taggedFor: (zone) => taggedIn(document, "labels", zone),
});

const rulesIn = (document: TerraformDocument): Attributes[] =>
  all(document, "compute_network_firewall_policy_with_rules").flatMap(
    ([, policy]) => policy["rule"] as Attributes[],
  );

/** The project in a perimeter that closes every service of the endpoint, and the endpoint serving nothing outside it. */
function hasPerimeter(document: TerraformDocument): boolean {
  const bundles = all(document, "compute_global_forwarding_rule").every(
    ([, rule]) => rule["target"] === "vpc-sc",
  );
  return (
    bundles &&
    all(document, "access_context_manager_service_perimeter").some(([, perimeter]) => {
      const status = nested(perimeter, "status");
      const accessible = nested(status, "vpc_accessible_services");
      return (
        texts(status, "restricted_services").length > 0 &&
        accessible?.["enable_restriction"] === true &&
        texts(accessible, "allowed_services").join() === "RESTRICTED-SERVICES"
      );
    })
  );
}

/** The zone with the longest name decides: by its records, or by asking as the network does that it peers with. */
function namesIn(document: TerraformDocument): Names {
  const records = all(document, "dns_record_set").map(([, record]) => ({
    zones: referredTo(record["managed_zone"], "google_dns_managed_zone"),
    name: text(record, "name").replace(/\.$/, ""),
    addresses: texts(record, "rrdatas"),
  }));
  const zones = all(document, "dns_managed_zone")
    .filter(
      ([, zone]) =>
        zone["visibility"] === "private" &&
        mentions(zone["private_visibility_config"], "google_compute_network.enclave.id"),
    )
    .map(([id, zone]) => ({
      id,
      domain: text(zone, "dns_name").replace(/\.$/, ""),
      open: zone["peering_config"] !== undefined || zone["forwarding_config"] !== undefined,
    }))
    .sort((a, b) => b.domain.length - a.domain.length);
  const isPrivate = (zone: string): boolean => zones.some(({ id }) => id === zone);
  return {
    resolves: (name) => {
      const zone = zones.find(
        ({ domain }) => domain === "" || name === domain || name.endsWith(`.${domain}`),
      );
      if (zone === undefined || zone.open) return true;
      return records.some((record) => record.zones.includes(zone.id) && matchesName(record.name, name));
    },
    otherResolvers: () =>
      all(document, "dns_policy").flatMap(([name, policy]) =>
        policy["alternative_name_server_config"] === undefined &&
        policy["enable_inbound_forwarding"] === false
          ? []
          : [name],
      ),
    leadsInside: (endpoint) => {
      const output = endpointOutput(document, endpoint);
      const own = texts(output, "addresses");
      return texts(output, "dns_names").every((name) =>
        records.some(
          (record) =>
            record.name === name &&
            record.addresses.every((each) => own.includes(each)) &&
            record.zones.some(isPrivate),
        ),
      );
    },
    namesOf: (endpoint) =>
      texts(endpointOutput(document, endpoint), "dns_names").map((name) => name.replace("*", "any")),
  };
}

const addressesIn = (document: TerraformDocument): Addresses => ({
  addressesOf: (zone) => subnetsOf(document, zone).map((subnet) => text(subnet, "ip_cidr_range")),
  allAddresses: () => all(document, "compute_subnetwork").map(([, subnet]) => text(subnet, "ip_cidr_range")),
  interfacesOf: (zone) =>
    all(document, "compute_address")
      .filter(([, each]) =>
        referredTo(each["subnetwork"], "google_compute_subnetwork").some(
          (name) => name.replace(/_\d$/, "") === zone,
        ),
      )
      .map(([, each]) => text(each, "address")),
  looseInterfaces: () =>
    all(document, "compute_address").flatMap(([name, each]) =>
      each["purpose"] === "GCE_ENDPOINT" && each["address_type"] !== "INTERNAL" ? [name] : [],
    ),
  placementOf: (zone) =>
    subnetsOf(document, zone)
      .map((subnet) => text(subnet, "zone"))
      .filter((each) => each !== ""),
  // A gateway has no zone, only a region.
  wayOutSpansZones: () =>
    all(document, "network_services_gateway").some(([, gateway]) =>
      /^[a-z]+-[a-z]+\d+$/.test(text(gateway, "location")),
    ),
});

type Inner = Pick<Edges, "unfiltered" | "openDefaults" | "balancers">;
type Outer = Omit<Edges, keyof Inner>;

function edgesIn(document: TerraformDocument): Outer {
  const subnets = all(document, "compute_subnetwork").filter(([, subnet]) => inNetwork(subnet, "enclave"));
  const networks = all(document, "compute_network");
  return {
    publicAddresses: () =>
      [...all(document, "compute_address"), ...all(document, "compute_global_address")].flatMap(
        ([name, each]) => (each["address_type"] === "INTERNAL" ? [] : [name]),
      ),
    ipv6: () => [
      ...subnets.flatMap(([name, subnet]) => (subnet["stack_type"] === "IPV4_ONLY" ? [] : [name])),
      ...networks.flatMap(([name, network]) => (network["enable_ula_internal_ipv6"] === false ? [] : [name])),
      ...(denies(document, "EGRESS", "::/0") && denies(document, "INGRESS", "::/0")
        ? []
        : ["firewall policy"]),
    ],
    foreignLinks: () => [
      ...all(document, "compute_network_peering").flatMap(([name, peering]) => {
        const own = referredTo(peering["peer_network"], "google_compute_network").some((peer) =>
          networks.some(([network]) => network === peer),
        );
        const quiet = ["export_custom_routes", "import_custom_routes"].every(
          (field) => peering[field] === false,
        );
        return own && quiet ? [] : [name];
      }),
      ...resourceTypesLike(document, /vpn|interconnect|network_connectivity_(hub|spoke)/),
    ],
    offers: () => resourceTypesLike(document, /service_attachment|backend_service|target_\w+_proxy|url_map/),
    bypasses: () =>
      subnets.flatMap(([name, subnet]) => (subnet["private_ip_google_access"] === false ? [] : [name])),
  };
}

/** A denial of everything that is always on. */
const denies = (document: TerraformDocument, direction: string, range: string): boolean =>
  rulesIn(document).some(
    (rule) =>
      rule["action"] === "deny" &&
      rule["disabled"] === false &&
      rule["direction"] === direction &&
      mentions(rule["match"], `"${range}"`) &&
      mentions(rule["match"], '"all"'),
  );

function filtersIn(document: TerraformDocument): Inner {
  const networks = all(document, "compute_network");
  const subnets = all(document, "compute_subnetwork").filter(([, subnet]) => inNetwork(subnet, "enclave"));
  const association = "google_compute_network_firewall_policy_association.enclave";
  return {
    unfiltered: () =>
      subnets.flatMap(([name, subnet]) =>
        texts(subnet, "depends_on").includes(association) &&
        resourcesOf(document, association.split(".")[0] ?? "").size > 0
          ? []
          : [name],
      ),
    openDefaults: () => [
      ...networks.flatMap(([name, network]) => (network["auto_create_subnetworks"] === false ? [] : [name])),
      ...networks.flatMap(([name]) => (keepsRoutes(document, name) ? [`default routes of ${name}`] : [])),
      ...(denies(document, "EGRESS", "0.0.0.0/0") && denies(document, "INGRESS", "0.0.0.0/0")
        ? []
        : ["implied rules"]),
    ],
    balancers: () => [FRONT, "35.191.0.7"],
  };
}

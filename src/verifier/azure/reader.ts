/** Azure: packets by the interpreter of security groups and routes, names by the firewall's collections and the DNS policy. */

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
  table,
  taggedIn,
  text,
  texts,
  untaggedIn,
} from "../terraform/document";
import { evaluate } from "../terraform/expressions";
import { logsOf } from "./logs";
import { type Net, readNetwork, type SubnetReading } from "./network";
import { type Host, open, PLATFORM } from "./packets";

const subnetsOf = (net: Net, zone: string): SubnetReading[] =>
  net.subnets.filter(({ name }) => name.replace(/_\d$/, "") === zone);

const endpointsIn = (document: TerraformDocument, endpoint: string): string[] =>
  referredTo(endpointOutput(document, endpoint)["ids"], "azurerm_private_endpoint");

function hostOf(document: TerraformDocument, net: Net, party: Party): Host {
  if ("address" in party) return { address: address(party.address) };
  if ("zone" in party) {
    const subnet = subnetsOf(net, party.zone)[(party.slot ?? 1) - 1];
    if (subnet === undefined) throw new Error(`no subnet of ${party.zone}`);
    return { address: subnet.block.base + 4 + (party.host ?? 1) };
  }
  const [name = ""] = endpointsIn(document, party.endpoint);
  const [home = ""] = referredTo(
    resourcesOf(document, "azurerm_private_endpoint").get(name)?.["subnet_id"],
    "azurerm_subnet",
  );
  const base = net.subnets.find((subnet) => subnet.name === home)?.block.base ?? Number.NaN;
  return { address: base + 16 + [...net.members.keys()].indexOf(name), groups: net.members.get(name) ?? [] };
}

export function readAzure(document: TerraformDocument): Reader {
  const netOf = forEachQuarantine((cut) => readNetwork(document, cut));
  const opens: Reader["opens"] = (from, to, traffic, cut) => {
    const net = netOf(cut);
    return (
      open(net, {
        from: hostOf(document, net, from),
        to: hostOf(document, net, to),
        ...parseTraffic(traffic),
      }) === "passes"
    );
  };
  return {
    opens,
    leaves: (zone, name, port, cut = []) => {
      const [subnet] = subnetsOf(netOf(cut), zone);
      const passes = subnet !== undefined && opens({ zone }, { address: "198.51.100.7" }, `${port}/tcp`, cut);
      return (
        passes &&
        (routeOf(subnet) === "direct" || judgedByFirewall(document, subnet.block.base + 5, name, port, cut))
      );
    },
    routeOut: (zone) => routeOf(subnetsOf(netOf(), zone)[0]),
    ...namesIn(document),
    ...addressesIn(document, netOf()),
    ...edgesIn(document, netOf()),
    ...defaultsIn(document, netOf()),
    rightOf: () => undefined,
    resourcesOf: (endpoint) =>
      endpointsIn(document, endpoint)
        .map((name) => JSON.stringify(resourcesOf(document, "azurerm_private_endpoint").get(name)))
        .join(" "),
    endpointsOpenToStrangers: () =>
      [...resourcesOf(document, "azurerm_private_endpoint")].flatMap(([name, body]) =>
        text(nested(body, "private_service_connection"), "private_connection_resource_id") === ""
          ? [name]
          : [],
      ),
    ...logsOf(document),
    endsConnections: (zone) =>
      subnetsOf(netOf([zone]), zone).every(({ routes }) =>
        routes.some(
          (route) =>
            route.hop === "None" &&
            route.block.base === netOf().range.base &&
            route.block.prefix === netOf().range.prefix,
        ),
      ),
    ...promisesIn(document),
  };
}

const promisesIn = (document: TerraformDocument): Omit<Promises, "endsConnections"> => ({
  protects: (what) => {
    const locks = [...resourcesOf(document, "azurerm_management_lock").values()].filter((lock) =>
      mentions(lock["count"], "var.deletion_protection"),
    );
    const kinds =
      what === "way out"
        ? ["azurerm_firewall"]
        : ["azurerm_log_analytics_workspace", "azurerm_storage_account"];
    return kinds.every((kind) => locks.some((lock) => mentions(lock["scope"], `{${kind}.`)));
  },
  permitsThatComeAndGo: () => conditionalOnQuarantine(document).map(([name]) => name),
  reasons: () =>
    [
      ...rulesIn(document).filter((rule) => mentions(rule["access"], "Allow")),
      ...exitsIn(document, "Allow"),
    ].map((rule) => text(rule, "description")),
  untagged: () => untaggedIn(document, "tags"),
  taggedFor: (zone) => taggedIn(document, "tags", zone),
});

const blocks = (body: Attributes | undefined, name: string): Attributes[] =>
  (body?.[name] ?? []) as Attributes[];

const rulesIn = (document: TerraformDocument): Attributes[] =>
  [...resourcesOf(document, "azurerm_network_security_group").values()].flatMap((group) =>
    blocks(group, "security_rule"),
  );

const collectionsIn = (document: TerraformDocument): Attributes[] =>
  [...resourcesOf(document, "azurerm_firewall_policy_rule_collection_group").values()]
    .flatMap((group) => blocks(group, "application_rule_collection"))
    .sort((a, b) => Number(a["priority"]) - Number(b["priority"]));

const exitsIn = (document: TerraformDocument, action: string): Attributes[] =>
  collectionsIn(document)
    .filter((collection) => collection["action"] === action)
    .flatMap((collection) => blocks(collection, "rule"));

function judgedByFirewall(
  document: TerraformDocument,
  from: number,
  name: string,
  port: number,
  cut: readonly string[],
): boolean {
  const admits = (source: string): boolean => {
    const range = String(evaluate(source, { quarantine: cut }));
    return range === "*" || holds(block(range), from);
  };
  const decisive = collectionsIn(document).find((collection) =>
    blocks(collection, "rule").some(
      (rule) =>
        blocks(rule, "protocols").some((protocol) => protocol["port"] === port) &&
        texts(rule, "source_addresses").some(admits) &&
        texts(rule, "destination_fqdns").some((pattern) => matchesName(pattern, name)),
    ),
  );
  return decisive?.["action"] === "Allow";
}

function routeOf(subnet: SubnetReading | undefined): "nowhere" | "inspected" | "direct" {
  const hop = subnet?.routes.find((route) => route.block.prefix === 0)?.hop;
  if (hop === "None") return "nowhere";
  return hop === "VirtualAppliance" ? "inspected" : "direct";
}

/** A name in a list of the DNS policy stands for everything below it too. */
function namesIn(document: TerraformDocument): Names {
  const needed = texts(table(document, "locals"), "enclave_resolvable_names");
  const blocksRest = [...resourcesOf(document, "azurerm_resource_group_template_deployment").values()].some(
    (deployment) => {
      const template = text(deployment, "template_content");
      return ['"domains":["."]', '"actionType":"Block"', "dnsResolverPolicies/virtualNetworkLinks"].every(
        (part) => template.includes(part),
      );
    },
  );
  const network = resourcesOf(document, "azurerm_virtual_network").get("enclave");
  const linked = [...resourcesOf(document, "azurerm_private_dns_zone_virtual_network_link").values()].filter(
    (link) => mentions(link["virtual_network_id"], "azurerm_virtual_network.enclave."),
  );
  const redirected = [...resourcesOf(document, "azurerm_private_dns_zone_virtual_network_link")].filter(
    ([, link]) => link["resolution_policy"] !== "Default",
  );
  return {
    resolves: (name) => !blocksRest || needed.some((each) => name === each || name.endsWith(`.${each}`)),
    otherResolvers: () => [...texts(network, "dns_servers"), ...redirected.map(([name]) => name)],
    leadsInside: (endpoint) =>
      endpointsIn(document, endpoint).every((name) => {
        const group = nested(
          resourcesOf(document, "azurerm_private_endpoint").get(name),
          "private_dns_zone_group",
        );
        const records = [...resourcesOf(document, "azurerm_private_dns_a_record").values()].filter((record) =>
          mentions(record["records"], `azurerm_private_endpoint.${name}.`),
        );
        const zones = [group, ...records].flatMap((each) => referredTo(each, "azurerm_private_dns_zone"));
        return (
          zones.length > 0 &&
          zones.every((zone) => linked.some((link) => mentions(link, `azurerm_private_dns_zone.${zone}.`)))
        );
      }),
    namesOf: (endpoint) => texts(endpointOutput(document, endpoint), "dns_names"),
  };
}

function addressesIn(document: TerraformDocument, net: Net): Addresses {
  const subnets = resourcesOf(document, "azurerm_subnet");
  return {
    addressesOf: (zone) =>
      subnetsOf(net, zone).flatMap(({ name }) => texts(subnets.get(name), "address_prefixes")),
    allAddresses: () => [...subnets.values()].flatMap((subnet) => texts(subnet, "address_prefixes")),
    interfacesOf: (zone) =>
      [...resourcesOf(document, "azurerm_network_interface").values()]
        .map((each) => nested(each, "ip_configuration"))
        .filter((each) =>
          referredTo(each?.["subnet_id"], "azurerm_subnet").some((name) => name.replace(/_\d$/, "") === zone),
        )
        .map((each) => text(each, "private_ip_address")),
    placementOf: (zone) =>
      subnetsOf(net, zone)
        .map(({ name }) => text(subnets.get(name), "zones"))
        .filter((each) => each !== ""),
    looseInterfaces: () =>
      [...resourcesOf(document, "azurerm_network_interface")].flatMap(([name, each]) =>
        each["ip_forwarding_enabled"] === false ? [] : [name],
      ),
    wayOutSpansZones: () =>
      [...resourcesOf(document, "azurerm_firewall").values()].some((firewall) =>
        mentions(firewall["zones"], "var.availability_zones"),
      ),
  };
}

type Inner = Pick<Edges, "openDefaults" | "balancers">;
type Outer = Omit<Edges, keyof Inner>;

function edgesIn(document: TerraformDocument, net: Net): Outer {
  const ofWayOut = [...resourcesOf(document, "azurerm_firewall").values()].flatMap((firewall) =>
    referredTo(firewall["ip_configuration"], "azurerm_public_ip"),
  );
  const interfaces = [...resourcesOf(document, "azurerm_network_interface")];
  const closed = { default_outbound_access_enabled: false, private_endpoint_network_policies: "Enabled" };
  return {
    publicAddresses: () => [
      ...[...resourcesOf(document, "azurerm_public_ip").keys()].filter((name) => !ofWayOut.includes(name)),
      ...interfaces.flatMap(([name, body]) => (mentions(body, "public_ip_address_id") ? [name] : [])),
    ],
    ipv6: () => [
      ...texts(resourcesOf(document, "azurerm_virtual_network").get("enclave"), "address_space").filter(
        (range) => range.includes(":"),
      ),
      ...interfaces.flatMap(([name, body]) => (mentions(body, "IPv6") ? [name] : [])),
    ],
    foreignLinks: () => resourceTypesLike(document, /peering|gateway|express_route|virtual_hub|vpn/),
    offers: () => resourceTypesLike(document, /private_link_service|_lb$|_lb_|frontdoor|api_management/),
    bypasses: () =>
      [...resourcesOf(document, "azurerm_subnet")].flatMap(([name, subnet]) =>
        Object.entries(closed).some(([key, value]) => subnet[key] !== value) ||
        texts(subnet, "service_endpoints").length > 0
          ? [name]
          : [],
      ),
    unfiltered: () =>
      net.subnets.flatMap(({ name, rules }) =>
        rules === undefined &&
        text(resourcesOf(document, "azurerm_subnet").get(name), "name") !== "AzureFirewallSubnet"
          ? [name]
          : [],
      ),
  };
}

const defaultsIn = (document: TerraformDocument, net: Net): Inner => ({
  openDefaults: () => [
    ...net.subnets.flatMap(({ name, rules }) => {
      const last = (direction: string): boolean =>
        rules?.some(
          (rule) =>
            rule.direction === direction &&
            !rule.allow &&
            rule.protocol === "*" &&
            [rule.ports, rule.from, rule.to].every((each) => each.includes("*")),
        ) ?? true;
      return last("Inbound") && last("Outbound") ? [] : [name];
    }),
    ...[...resourcesOf(document, "azurerm_route_table")].flatMap(([name, each]) =>
      each["bgp_route_propagation_enabled"] === false ? [] : [name],
    ),
  ],
  balancers: () => [[24, 16, 8, 0].map((bits) => (PLATFORM >>> bits) & 255).join(".")],
});

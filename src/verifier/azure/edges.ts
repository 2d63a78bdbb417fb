/** Azure: what would lead into the enclave, out of it, or around what filters. */
import { formatCidr } from "../../net/cidr";
import { type Fault, faults, unless } from "../replay/fault";
import type { Edges } from "../replay/reader";
import {
  mentions,
  references,
  resourcesOf,
  resourceTypesLike,
  type TerraformDocument,
  table,
  texts,
} from "../terraform/document";
import { misfitsOf } from "./arguments";
import { deniesAll, deniesTag, refusedRules } from "./groups";
import { isSite, NETWORK, type Network, placesIn, type Subnet } from "./network";

const GROUP = "azurerm_network_security_group";
const TABLE = "azurerm_route_table";
const PEERING = "azurerm_virtual_network_peering";
const DEPLOYMENT = "azurerm_resource_group_template_deployment";

export function edgesIn(document: TerraformDocument, { subnets }: Network): Edges {
  return {
    publicAddresses: () => publicAddresses(document),
    ipv6: () => ipv6(document),
    foreignLinks: () => foreignLinks(document, subnets),
    offers: () =>
      faults(
        resourceTypesLike(document, /private_link_service|_lb$|_lb_|frontdoor|api_management/),
        "it offers something of the enclave to others",
      ),
    bypasses: () => [
      ...misfitsOf(
        document,
        "azurerm_resource_group",
        NETWORK,
        "azurerm_firewall",
        "azurerm_firewall_policy",
        "azurerm_firewall_policy_rule_collection_group",
      ),
    ],
    unfiltered: () => [
      ...subnets.flatMap((subnet) => unguarded(subnet)),
      ...unnamed(document, subnets),
      ...tooEarly(document),
    ],
    strayRoutes: () => subnets.flatMap((subnet) => strayRoutes(subnet)),
    unsoundRules: () => refusedRules(document),
    openDefaults: () => [
      ...subnets.flatMap((subnet) => openBelow(subnet)),
      ...misfitsOf(document, TABLE, GROUP),
    ],
  };
}

/** Where there is a firewall, its network is joined, and the enclave's takes what it forwards. */
function foreignLinks(document: TerraformDocument, subnets: readonly Subnet[]): Fault[] {
  const isLeft = resourcesOf(document, "azurerm_firewall").size > 0;
  const networks = isLeft ? ["enclave", "enclave_egress"] : ["enclave"];
  const joins = isLeft ? ["enclave enclave_egress true", "enclave_egress enclave false"] : [];
  const found = [...resourcesOf(document, PEERING)].map(([name, body]) => {
    const end = (argument: string): string => references(body[argument], NETWORK).join();
    const ends = `${end("virtual_network_name")} ${end("remote_virtual_network_id")}`;
    return { name, join: `${ends} ${String(body["allow_forwarded_traffic"])}` };
  });
  const others = resourceTypesLike(document, /peering|gateway|express_route|virtual_hub|vpn/);
  return [
    ...faults(
      others.filter((type) => !type.startsWith(PEERING)),
      "it joins the enclave to another network",
    ),
    ...found.flatMap(({ name, join }) =>
      unless(joins.includes(join), `${PEERING}.${name}`, `it joins ${join}`),
    ),
    ...joins.flatMap((join) =>
      unless(found.filter((each) => each.join === join).length === 1, PEERING, `nothing joins ${join}`),
    ),
    ...unless(
      [...resourcesOf(document, NETWORK).keys()].sort().join() === networks.join(),
      NETWORK,
      "there are others than the enclave's own",
    ),
    ...subnets.flatMap(({ resource, network, isFirewalls, block }) =>
      unless(
        isFirewalls === (network !== "enclave") &&
          (!isFirewalls || spacesOf(document, network).join() === formatCidr(block)),
        resource,
        "it stands in another network than it should",
      ),
    ),
    ...misfitsOf(document, PEERING),
  ];
}

const spacesOf = (document: TerraformDocument, network: string): string[] =>
  texts(resourcesOf(document, NETWORK).get(network), "address_space");

const ipv6 = (document: TerraformDocument): Fault[] => [
  ...[...resourcesOf(document, NETWORK)].flatMap(([name, body]) =>
    unless(!texts(body, "address_space").join().includes(":"), `${NETWORK}.${name}`, "it has IPv6"),
  ),
  ...[...resourcesOf(document, "azurerm_network_interface")].flatMap(([name, body]) =>
    unless(!mentions(body, "IPv6"), `azurerm_network_interface.${name}`, "it has IPv6"),
  ),
];

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
    ...misfitsOf(document, "azurerm_public_ip"),
  ];
}

/** The firewall's subnet takes neither group nor table; every other has both. */
function unguarded({ resource, rules, table, group, isFirewalls }: Subnet): Fault[] {
  if (isFirewalls)
    return unless(group + table === "", resource, "the firewall's subnet takes neither group nor table");
  return [
    ...unless(rules !== undefined, resource, "it has no group"),
    ...unless(table !== "", resource, "it has no route table"),
  ];
}

/** Each subnet is in the list of one place, and the lists name no others. */
function unnamed(document: TerraformDocument, subnets: readonly Subnet[]): Fault[] {
  const there = new Set(subnets.map(({ resource }) => resource));
  return [
    ...subnets.flatMap(({ name, resource }) => unless(!name.startsWith("?"), resource, "it is nobody's")),
    ...[...placesIn(document)].flatMap(([resource, name]) =>
      unless(there.has(resource), resource, `${name} has no such subnet`),
    ),
  ];
}

/** Users who build in a zone wait until names are filtered, as groups and routes do from the first. */
function tooEarly(document: TerraformDocument): Fault[] {
  const waits = texts(table(document, "output")["zones"], "depends_on");
  const all = [...resourcesOf(document, DEPLOYMENT).keys()].map((name) => `${DEPLOYMENT}.${name}`);
  return unless(
    all.every((each) => waits.includes(each)),
    "output.zones",
    "it names subnets whose names nothing filters yet",
  );
}

/** The built-in rules come after a denial of everything. */
function openBelow({ rules, group, delegation }: Subnet): Fault[] {
  if (rules === undefined) return [];
  const now = rules.map((rule) => rule.at([]));
  const resource = `${GROUP}.${group}`;
  const isActivation = now.some((rule) => deniesTag(rule, "AzurePlatformLKM"));
  const opens = rules.some(
    (rule) => rule.direction === "Outbound" && rule.variants().some(({ allow }) => allow),
  );
  return [
    ...(["Inbound", "Outbound"] as const).flatMap((direction) =>
      unless(
        now.some((rule) => rule.direction === direction && deniesAll(rule)),
        resource,
        `built-in rules apply ${direction}`,
      ),
    ),
    ...unless(isActivation, resource, "activation of Windows is reached"),
    ...unless(
      opens || delegation !== "" || now.some((rule) => deniesTag(rule, "AzurePlatformDNS")),
      resource,
      "it opens no connection, and asks the resolver",
    ),
  ];
}

/**
 * A route to everywhere comes instead of Azure's own; beside it some may lead nowhere. Infrastructure has no
 * way out at all.
 */
function strayRoutes({ name, routes, table, isFirewalls }: Subnet): Fault[] {
  if (isFirewalls) return [];
  const resource = `${TABLE}.${table}`;
  const all = routes.flatMap((route) => route.variants());
  const strays = all.filter(
    ({ block, hop, via }) =>
      (hop !== "None" && (block.prefix > 0 || isSite(name))) ||
      (hop !== "VirtualAppliance" && via !== "null"),
  );
  return [
    ...strays.map(({ block, hop }) => ({ resource, detail: `${formatCidr(block)} is led to ${hop}` })),
    ...unless(
      routes.some((route) => route.variants().every(({ block }) => block.prefix === 0)),
      resource,
      "Azure's own route to the internet applies",
    ),
  ];
}

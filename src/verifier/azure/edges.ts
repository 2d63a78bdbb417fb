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
import { deniesAll, refusedRules } from "./groups";
import { isSite } from "./hosts";
import { FIREWALLS, type Network, type Subnet } from "./network";

const GROUP = "azurerm_network_security_group";
const TABLE = "azurerm_route_table";
const ON_GROUP = "azurerm_subnet_network_security_group_association";
const ON_TABLE = "azurerm_subnet_route_table_association";
const DEPLOYMENT = "azurerm_resource_group_template_deployment";

export function edgesIn(document: TerraformDocument, { subnets }: Network): Edges {
  return {
    publicAddresses: () => publicAddresses(document),
    ipv6: () => ipv6(document),
    foreignLinks: () => foreignLinks(document),
    offers: () =>
      faults(
        resourceTypesLike(document, /private_link_service|_lb$|_lb_|frontdoor|api_management/),
        "it offers something of the enclave to others",
      ),
    bypasses: () => [
      ...misfitsOf(
        document,
        "azurerm_resource_group",
        "azurerm_virtual_network",
        "azurerm_subnet",
        "azurerm_firewall",
        "azurerm_firewall_policy",
        "azurerm_firewall_policy_rule_collection_group",
      ),
    ],
    unfiltered: () => [
      ...subnets.flatMap((subnet) => unguarded(subnet)),
      ...tooEarly(document, subnets),
      ...misfitsOf(document, ON_GROUP, ON_TABLE),
    ],
    strayRoutes: () => subnets.flatMap((subnet) => strayRoutes(subnet)),
    unsoundRules: () => refusedRules(document),
    openDefaults: () => [
      ...subnets.flatMap((subnet) => openBelow(subnet)),
      ...misfitsOf(document, TABLE, GROUP),
    ],
  };
}

const foreignLinks = (document: TerraformDocument): Fault[] => [
  ...faults(
    resourceTypesLike(document, /peering|gateway|express_route|virtual_hub|vpn/),
    "it joins the enclave to another network",
  ),
  ...unless(
    resourcesOf(document, "azurerm_virtual_network").size === 1 && spacesOf(document).length === 1,
    "azurerm_virtual_network",
    "there is more than the enclave's own",
  ),
];

const spacesOf = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "azurerm_virtual_network").values()].flatMap((body) =>
    texts(body, "address_space"),
  );

const ipv6 = (document: TerraformDocument): Fault[] => [
  ...spacesOf(document).flatMap((range) =>
    unless(!range.includes(":"), "azurerm_virtual_network.enclave", "it has IPv6"),
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
function unguarded({ name, label, rules, table, group, isFirewalls }: Subnet): Fault[] {
  const resource = `azurerm_subnet.${name}`;
  if (isFirewalls)
    return unless(group + table === "", resource, "the firewall's subnet takes neither group nor table");
  return [
    ...unless(label !== FIREWALLS, resource, "it is called as the firewall's"),
    ...unless(rules !== undefined, resource, "it has no group"),
    ...unless(table !== "", resource, "it has no route table"),
  ];
}

/**
 * A resource in a subnet waits until the subnet has its group. Users who build in a zone wait until all
 * filters are in force.
 */
function tooEarly(document: TerraformDocument, subnets: readonly Subnet[]): Fault[] {
  const waiting = ["azurerm_network_interface", "azurerm_private_endpoint"].flatMap((type) =>
    [...resourcesOf(document, type)].map(([name, body]) => ({ resource: `${type}.${name}`, body })),
  );
  const guards = (type: string, subnet: string): string[] =>
    [...resourcesOf(document, type)].flatMap(([name, body]) =>
      references(body["subnet_id"], "azurerm_subnet").includes(subnet) ? [`${type}.${name}`] : [],
    );
  const all = [
    ...subnets.flatMap(({ name }) => [...guards(ON_GROUP, name), ...guards(ON_TABLE, name)]),
    ...[...resourcesOf(document, DEPLOYMENT).keys()].map((name) => `${DEPLOYMENT}.${name}`),
  ];
  const waits = texts(table(document, "output")["zones"], "depends_on");
  return [
    ...waiting.flatMap(({ resource, body }) => {
      const wanted = references(body, "azurerm_subnet").flatMap((subnet) => guards(ON_GROUP, subnet));
      const missing = wanted.filter((guard) => !texts(body, "depends_on").includes(guard));
      return unless(missing.length === 0, resource, `it does not wait for ${missing.join()}`);
    }),
    ...unless(
      all.every((each) => waits.includes(each)),
      "output.zones",
      "it names subnets that nothing filters yet",
    ),
  ];
}

/** The built-in rules come after a denial of everything. */
function openBelow({ rules, group }: Subnet): Fault[] {
  if (rules === undefined) return [];
  const now = rules.map((rule) => rule.at([]));
  const resource = `${GROUP}.${group}`;
  const isActivation = now.some(
    ({ allow, direction, from, to, ranges }) =>
      !allow &&
      direction === "Outbound" &&
      from.includes("*") &&
      to.includes("AzurePlatformLKM") &&
      ranges.some(({ protocol }) => protocol === "any"),
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

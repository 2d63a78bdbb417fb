/** Routes walked in the rendered document: who reaches the internet, by which hops, in which availability zone. */
import type { NetworkPlan, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, resourcesOf, text, texts } from "../shared/document";
import { unless } from "../shared/invariants";
import { departuresOf, leavingZones, permitsFromInternet } from "../shared/zones";

type Target = "internet" | "nat" | "firewall" | "other";

interface ReadRoute {
  readonly name: string;
  readonly destination: string;
  readonly target: Target;
  readonly attributes: Attributes;
}

export function brokenRoutes(document: TerraformDocument, plan: NetworkPlan): string[] {
  const routes = routesByTable(document);
  const zones = plan.zones.flatMap((zone) =>
    zone.subnets.flatMap((_, slot) =>
      brokenZone(plan, zone, slot, routes.get(`${zone.id}_${slot + 1}`) ?? []),
    ),
  );
  const sites = [...routes].flatMap(([table, found]) => brokenSite(document, plan, table, found));
  return [...brokenSubnets(document), ...zones, ...sites, ...brokenAddresses(document)];
}

function routesByTable(document: TerraformDocument): Map<string, ReadRoute[]> {
  const tables = new Map(
    [...resourcesOf(document, "aws_route_table").keys()].map((table): [string, ReadRoute[]] => [table, []]),
  );
  for (const [name, attributes] of resourcesOf(document, "aws_route")) {
    const table = /^\$\{aws_route_table\.(\w+)\.id\}$/.exec(text(attributes, "route_table_id"))?.[1] ?? "?";
    tables.set(table, [
      ...(tables.get(table) ?? []),
      {
        name,
        destination: text(attributes, "destination_cidr_block"),
        target: targetOf(attributes),
        attributes,
      },
    ]);
  }
  return tables;
}

function targetOf(attributes: Attributes): Target {
  if (text(attributes, "gateway_id") === "${aws_internet_gateway.enclave.id}") return "internet";
  if (text(attributes, "nat_gateway_id") !== "") return "nat";
  return text(attributes, "vpc_endpoint_id").startsWith("${local.enclave_firewall_endpoints[")
    ? "firewall"
    : "other";
}

/** One table each, none on the main table; no public addresses, no IPv6. */
function brokenSubnets(document: TerraformDocument): string[] {
  const associations = [...resourcesOf(document, "aws_route_table_association")];
  const associated = associations.map(
    ([, one]) => `${text(one, "subnet_id")} ${text(one, "route_table_id")}`,
  );
  const edges = associations.filter(([, one]) => one["gateway_id"] !== undefined);
  const ipv6 = [...resourcesOf(document, "aws_vpc").values()].some(
    (vpc) =>
      text(vpc, "assign_generated_ipv6_cidr_block") === "true" ||
      vpc["ipv6_cidr_block"] !== undefined ||
      vpc["ipv6_ipam_pool_id"] !== undefined,
  );
  const subnets = [...resourcesOf(document, "aws_subnet")].flatMap(([name, subnet]) => [
    ...unless(
      associated.filter((pair) => pair === `\${aws_subnet.${name}.id} \${aws_route_table.${name}.id}`)
        .length === 1,
      `subnet ${name} has not its own route table`,
    ),
    ...unless(
      text(subnet, "map_public_ip_on_launch") === "false",
      `subnet ${name} gives out public addresses`,
    ),
    ...unless(
      subnet["ipv6_cidr_block"] === undefined && text(subnet, "assign_ipv6_address_on_creation") === "false",
      `subnet ${name} has IPv6, which nothing inspects`,
    ),
  ]);
  return [
    ...unless(!ipv6, "the VPC has IPv6, which nothing inspects"),
    ...edges.map(([name]) => `association ${name} leads a gateway's packets somewhere`),
    ...subnets,
  ];
}

function brokenZone(
  plan: NetworkPlan,
  zone: PlannedZone,
  slot: number,
  routes: readonly ReadRoute[],
): string[] {
  const subnet = `${zone.id}_${slot + 1}`;
  const leaves = departuresOf(plan, zone).length > 0;
  const reached = zone.exposure === "public" && permitsFromInternet(plan, zone).length > 0;
  const expected: readonly Target[] = leaves ? ["firewall"] : reached ? ["internet"] : [];
  if (routes.map((route) => route.target).join() !== expected.join())
    return [
      `subnet ${subnet} has routes to ${routes.map((route) => route.target).join(", ") || "nothing"} where ${expected.join(", ") || "none"} is planned`,
    ];
  return routes
    .filter((route) => route.target === "firewall" && !inSlot(route, slot))
    .map((route) => `${route.name} leaves its availability zone`);
}

const inSlot = (route: ReadRoute, slot: number): boolean =>
  text(route.attributes, "vpc_endpoint_id").includes(
    `aws_subnet.enclave_firewall_${slot + 1}.availability_zone`,
  );

function brokenSite(
  document: TerraformDocument,
  plan: NetworkPlan,
  table: string,
  routes: readonly ReadRoute[],
): string[] {
  const [, site, number] = /^enclave_(firewall|nat|endpoints)_(\d)$/.exec(table) ?? [];
  if (site === undefined)
    return plan.zones.some((zone) => zone.subnets.some((_, slot) => table === `${zone.id}_${slot + 1}`))
      ? []
      : [`route table ${table} belongs to nothing`];
  if (site === "endpoints") return routes.map((route) => `${route.name} leads out of the endpoint subnets`);
  const wanted: Target = site === "firewall" ? "nat" : "internet";
  const onward = routes.filter((route) => route.destination === "0.0.0.0/0");
  const wrong =
    onward.length === 1 && onward[0]?.target === wanted
      ? []
      : [`route table ${table} does not lead to ${wanted} alone`];
  return [...wrong, ...brokenReturns(document, plan, site, Number(number) - 1, routes)];
}

/** Replies leave the NAT gateway's subnet for each leaving subnet of its availability zone by the same firewall endpoint. */
function brokenReturns(
  document: TerraformDocument,
  plan: NetworkPlan,
  site: string,
  slot: number,
  routes: readonly ReadRoute[],
): string[] {
  const back = routes.filter((route) => route.destination !== "0.0.0.0/0");
  const leaving = site === "nat" ? leavingZones(plan) : [];
  const expected = leaving.map((zone) =>
    text(resourcesOf(document, "aws_subnet").get(`${zone.id}_${slot + 1}`), "cidr_block"),
  );
  const found = back
    .filter((route) => route.target === "firewall" && inSlot(route, slot))
    .map((route) => route.destination);
  if (back.length === expected.length && expected.every((block) => found.includes(block))) return [];
  return [
    `replies from enclave_${site}_${slot + 1} go to ${back.map((route) => route.destination).join(", ") || "nobody"} where ${expected.join(", ") || "nobody"} is planned`,
  ];
}

/** Nothing but a NAT gateway has a public address, and it stands in its own subnet. */
function brokenAddresses(document: TerraformDocument): string[] {
  const gateways = [...resourcesOf(document, "aws_nat_gateway")];
  const used = gateways.map(([, gateway]) => text(gateway, "allocation_id"));
  const stray = [...resourcesOf(document, "aws_eip").keys()].filter(
    (name) => !used.includes(`\${aws_eip.${name}.id}`),
  );
  const misplaced = gateways.filter(
    ([, gateway]) => !/^\$\{aws_subnet\.enclave_nat_\d\.id\}$/.test(text(gateway, "subnet_id")),
  );
  const ungrouped = [...resourcesOf(document, "aws_network_interface")].filter(
    ([, one]) => texts(one, "security_groups").join() !== groupOfSubnet(text(one, "subnet_id")),
  );
  return [
    ...stray.map((name) => `public address ${name} belongs to no NAT gateway`),
    ...misplaced.map(([name]) => `NAT gateway ${name} stands outside its subnet`),
    ...ungrouped.map(([name]) => `network interface ${name} has not its zone's group alone`),
  ];
}

/** A subnet's name is its zone's with the number of the availability zone. */
const groupOfSubnet = (subnet: string): string =>
  subnet.replace("aws_subnet.", "aws_security_group.").replace(/_\d\.id\}$/, ".id}");

/** Where things lie and where packets go, compared with the plan: blocks of the VPC, subnets, routes. */
import type { Printer } from "../../src/addresses/address";
import { slotOf } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { type Attributes, resourcesOf, resourceTypes, text } from "../document";
import { differing } from "../invariants";
import { leavingZones, permitsFromInternet } from "../zones";
import { endpointGroups } from "./endpoint-groups";
import { printerOf } from "./invariants-contents";
import { vpcBlocks } from "./vpc-range";

const VPC = "${aws_vpc.enclave.id}";

export function brokenPlaces(document: TerraformDocument, plan: NetworkPlan): string[] {
  const printer = printerOf(document, plan);
  return [
    ...elsewhere(document),
    ...differing(blocks(document), new Set(expectedBlocks(plan, printer)), (block) => `block ${block}`),
    ...differing(subnets(document), new Set(expectedSubnets(plan, printer)), (subnet) => `subnet ${subnet}`),
    ...differing(routes(document), new Set(expectedRoutes(plan, printer)), (route) => `route ${route}`),
  ];
}

/** Whatever names a VPC names the enclave's. */
const elsewhere = (document: TerraformDocument): string[] =>
  resourceTypes(document).flatMap((type) =>
    [...resourcesOf(document, type)]
      .filter(([, resource]) => resource["vpc_id"] !== undefined && resource["vpc_id"] !== VPC)
      .map(([name]) => `${type}.${name} is in another VPC`),
  );

const blocks = (document: TerraformDocument): string[] =>
  ["aws_vpc", "aws_vpc_ipv4_cidr_block_association"].flatMap((type) =>
    [...resourcesOf(document, type).values()].map((vpc) => text(vpc, "cidr_block")),
  );

function expectedBlocks(plan: NetworkPlan, printer: Printer): string[] {
  const { primary, secondary } = vpcBlocks(plan, printer);
  return [primary, ...secondary].map(printer.cidr);
}

const subnets = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "aws_subnet")].map(([name, subnet]) =>
    placed(name, text(subnet, "cidr_block"), text(subnet, "availability_zone")),
  );

const placed = (name: string, block: string, availabilityZone: string): string => `${name} ${block} in ${availabilityZone}`;

function expectedSubnets(plan: NetworkPlan, printer: Printer): string[] {
  const slots = Array.from({ length: plan.slots }, (_, slot) => slot);
  const sites = (["firewall", "nat", "endpoints"] as const).filter((site) =>
    site === "endpoints" ? endpointGroups(plan).groups.some(({ kind }) => kind !== "gateway") : plan.departures.length > 0,
  );
  const owned = [
    ...plan.zones.map(({ id, block }) => ({ id, block })),
    ...sites.map((site) => ({ id: `enclave_${site}`, block: plan.sites[site] })),
  ];
  return owned.flatMap(({ id, block }) =>
    slots.map((slot) => placed(`${id}_${slot + 1}`, printer.cidr(slotOf(block, slot)), `\${var.availability_zones[${slot}]}`)),
  );
}

const TARGETS = ["gateway_id", "nat_gateway_id", "vpc_endpoint_id"];

const routes = (document: TerraformDocument): string[] =>
  [...resourcesOf(document, "aws_route").values()].map((route) =>
    led(tableOf(route), text(route, "destination_cidr_block"), TARGETS.map((target) => text(route, target)).join("")),
  );

const tableOf = (route: Attributes): string => /^\$\{aws_route_table\.(\w+)\.id\}$/.exec(text(route, "route_table_id"))?.[1] ?? "?";

const led = (table: string, destination: string, target: string): string => `of ${table} for ${destination} to ${target}`;

const ALL = "0.0.0.0/0";

function expectedRoutes(plan: NetworkPlan, printer: Printer): string[] {
  const leaving = leavingZones(plan);
  const reached = plan.zones.filter((zone) => zone.exposure === "public" && permitsFromInternet(plan, zone).length > 0);
  return Array.from({ length: plan.slots }, (_, slot) => slot).flatMap((slot) => {
    const number = slot + 1;
    const firewall = `\${local.enclave_firewall_endpoints[aws_subnet.enclave_firewall_${number}.availability_zone]}`;
    const internet = "${aws_internet_gateway.enclave.id}";
    const path = [
      led(`enclave_firewall_${number}`, ALL, `\${aws_nat_gateway.enclave_nat_${number}.id}`),
      led(`enclave_nat_${number}`, ALL, internet),
    ];
    return [
      ...reached.map(({ id }) => led(`${id}_${number}`, ALL, internet)),
      ...leaving.map(({ id }) => led(`${id}_${number}`, ALL, firewall)),
      ...leaving.map(({ block }) => led(`enclave_nat_${number}`, printer.cidr(slotOf(block, slot)), firewall)),
      ...(leaving.length === 0 ? [] : path),
    ];
  });
}

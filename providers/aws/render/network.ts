/**
 * The VPC and its subnets. One route table per subnet, so that every availability zone keeps its own way out.
 * The defaults that AWS makes by itself are emptied: a forgotten association isolates.
 */
import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type Block, enclosingBlock, type Printer, slotOf } from "../../../src/addresses/address";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { type Address, after, expr, id, ref } from "../../shared/expressions";
import { hasEgress, interfacesOf, servesInternet } from "../../shared/questions";
import { addLocal, addResource, type Rendering } from "../../shared/resources";
import { groupOf, VPC, VPC_ID } from "./addresses";
import { endpointGroups, hasInterfaces } from "./endpoint-groups";
import { inVpc, tags } from "./naming";
import { routesOf } from "./routes";

export function renderNetwork(rendering: Rendering): void {
  const { plan } = rendering;
  const parts = renderVpc(rendering);
  renderUnused(rendering);
  for (const place of placesOf(plan)) renderSubnets(rendering, place, parts);
  renderInternet(rendering);
  renderInterfaces(rendering);
}

/** Returns the further blocks of the VPC, which subnets wait for. */
function renderVpc(rendering: Rendering): Address[] {
  const { plan, printer } = rendering;
  const { primary, secondary } = vpcBlocks(plan, printer);
  addResource(rendering, Vpc, "enclave", {
    cidrBlock: printer.cidr(primary),
    // Private endpoints answer under the service's own name only when both are on.
    enableDnsSupport: true,
    enableDnsHostnames: true,
    assignGeneratedIpv6CidrBlock: false,
    tags: tags(rendering, "network"),
  });
  // From the VPC itself: nothing needs credentials while planning.
  addLocal(rendering, "enclave_account", ref(VPC, "owner_id"));
  addLocal(rendering, "enclave_partition", expr(`split(":", ${VPC}.arn)[1]`));
  return secondary.map((block) => {
    const config = { vpcId: VPC_ID, cidrBlock: printer.cidr(block) };
    return addResource(rendering, VpcIpv4CidrBlockAssociation, `enclave_part_${block.index}`, config);
  });
}

function renderUnused(rendering: Rendering): void {
  const unused = inVpc(rendering, "unused");
  addResource(rendering, DefaultSecurityGroup, "enclave", { ...unused, ingress: [], egress: [] });
  addResource(rendering, DefaultRouteTable, "enclave", {
    defaultRouteTableId: ref(VPC, "default_route_table_id"),
    route: [],
    tags: unused.tags,
  });
  addResource(rendering, DefaultNetworkAcl, "enclave", {
    defaultNetworkAclId: ref(VPC, "default_network_acl_id"),
    tags: unused.tags,
    // A subnet belongs to this one for the moment between its creation and that of its own.
    lifecycle: { ignoreChanges: ["subnet_ids"] },
  });
}

function renderSubnets(rendering: Rendering, place: Place, parts: readonly Address[]): void {
  for (let slot = 0; slot < rendering.plan.availabilityZones; slot++) {
    const name = `${place.id}_${slot + 1}`;
    const common = inVpc(rendering, `${place.name}-${slot + 1}`, place.zone);
    const subnet = addResource(rendering, Subnet, name, {
      ...common,
      cidrBlock: rendering.printer.cidr(slotOf(place.block, slot)),
      availabilityZone: expr(`var.availability_zones[${slot}]`),
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      ...after(...parts),
    });
    const route = routesOf(rendering.plan, rendering.printer, place, slot);
    const table = addResource(rendering, RouteTable, name, common, { route });
    addResource(rendering, RouteTableAssociation, name, { subnetId: id(subnet), routeTableId: id(table) });
  }
}

function renderInternet(rendering: Rendering): void {
  const { plan } = rendering;
  if (hasEgress(plan) || plan.zones.some((zone) => servesInternet(plan, zone)))
    addResource(rendering, InternetGateway, "enclave", inVpc(rendering, "internet"));
}

function renderInterfaces(rendering: Rendering): void {
  for (const zone of rendering.plan.zones)
    for (const { item, slot, subnet } of interfacesOf(zone))
      addResource(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot}`, {
        subnetId: id(`aws_subnet.${zone.id}_${slot}`),
        privateIps: [rendering.printer.host(subnet, item.host)],
        securityGroups: [id(groupOf(zone.id))],
        sourceDestCheck: true,
        tags: tags(rendering, `${zone.name}-${item.name}-${slot}`, zone.name),
      });
}

/** A zone or a site: it has one subnet and one route table per availability zone, and one network ACL. */
export interface Place extends Pick<PlannedZone, "id" | "name" | "block" | "path"> {
  /** The zone's name; absent for a site. */
  readonly zone?: string;
  readonly what: string;
}

const SITES = {
  endpoints: { what: "the private endpoints", path: "privateEndpoints" },
  firewall: { what: "the egress firewall", path: "egress" },
  nat: { what: "the NAT gateways", path: "egress" },
} as const;

export function placesOf(plan: NetworkPlan): Place[] {
  const site = (name: keyof typeof SITES): Place => {
    return { id: `enclave_${name}`, name, block: plan.sites[name], ...SITES[name] };
  };
  return [
    ...plan.zones.map((zone) => ({ ...zone, zone: zone.name, what: `zone "${zone.name}"` })),
    ...(endpointGroups(plan).some(hasInterfaces) ? [site("endpoints")] : []),
    ...(hasEgress(plan) ? [site("firewall"), site("nat")] : []),
  ];
}

export const WIDEST_PREFIX = 16;

/**
 * A VPC takes blocks of /16 at most: of a wider range the first, for good, and all that something lies in.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html
 */
export function vpcBlocks(plan: NetworkPlan, printer: Printer): { primary: Block; secondary: Block[] } {
  const newbits = Math.max(0, WIDEST_PREFIX - prefixOf(printer.cidr(plan.range)));
  const blocks = [...plan.zones.map(({ block }) => block), ...Object.values(plan.sites)];
  const parts = Array.from({ length: 2 ** newbits }, (_, index) => ({ newbits, index }));
  const secondary = parts.slice(1).filter((part) => blocks.some((block) => overlap(part, block)));
  return { primary: { newbits, index: 0 }, secondary };
}

function overlap(one: Block, other: Block): boolean {
  const newbits = Math.min(one.newbits, other.newbits);
  return enclosingBlock(one, newbits).index === enclosingBlock(other, newbits).index;
}

export const prefixOf = (cidr: string): number => Number(cidr.split("/")[1]);

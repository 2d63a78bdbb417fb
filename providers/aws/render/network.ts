/**
 * The VPC and its subnets. One route table per subnet, so that every availability zone keeps its own way out; what AWS makes by
 * itself (default security group, network ACL, main route table) is emptied, so that a forgotten association isolates.
 */
import { DefaultNetworkAcl } from "@cdktf/provider-aws/lib/default-network-acl";
import { DefaultRouteTable } from "@cdktf/provider-aws/lib/default-route-table";
import { DefaultSecurityGroup } from "@cdktf/provider-aws/lib/default-security-group";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcIpv4CidrBlockAssociation } from "@cdktf/provider-aws/lib/vpc-ipv4-cidr-block-association";
import { type Block, slotOf } from "../../../src/addresses/address";
import type { Site } from "../../../src/addresses/addresses";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import {
  type Address,
  addLocal,
  addResource,
  dependable,
  expr,
  type Rendering,
} from "../../shared/rendering";
import { permitsFromInternet } from "../../shared/zones";
import type { Groups, Network, PlacedSubnets } from "./handles";
import { tags } from "./naming";
import { vpcBlocks } from "./vpc-range";

/** For JSON policies, whose references must hold no quotes of their own. */
export const ACCOUNT = expr("local.enclave_account");
export const PARTITION = expr("local.enclave_partition");

export function renderNetwork(rendering: Rendering): Network {
  const vpc = renderVpc(rendering);
  const zones = Object.fromEntries(
    rendering.plan.zones.map((zone) => [
      zone.name,
      renderSubnets(rendering, { id: zone.id, name: zone.name, block: zone.block, blocks: zone.subnets }),
    ]),
  );
  if (!meetsInternet(rendering.plan)) return { vpc, zones };
  const internetGateway = addResource(rendering, InternetGateway, "enclave", {
    vpcId: expr(`${vpc}.id`),
    tags: tags(rendering, "internet"),
  });
  return { vpc, zones, internetGateway };
}

const meetsInternet = (plan: NetworkPlan): boolean =>
  plan.departures.length > 0 || plan.permits.some((permit) => permit.from.kind === "internet");

function renderVpc(rendering: Rendering): Address {
  const { primary, secondary } = vpcBlocks(rendering.plan, rendering.printer);
  const vpc = addResource(rendering, Vpc, "enclave", {
    cidrBlock: rendering.printer.cidr(primary),
    // Private endpoints answer under the service's own name only when both are on.
    enableDnsSupport: true,
    enableDnsHostnames: true,
    assignGeneratedIpv6CidrBlock: false,
    tags: tags(rendering, "network"),
  });
  for (const block of secondary) {
    addResource(rendering, VpcIpv4CidrBlockAssociation, secondaryName(block), {
      vpcId: expr(`${vpc}.id`),
      cidrBlock: rendering.printer.cidr(block),
    });
  }
  // From the VPC itself: nothing needs credentials while planning.
  addLocal(rendering, "enclave_account", expr(`${vpc}.owner_id`));
  addLocal(rendering, "enclave_partition", expr(`split(":", ${vpc}.arn)[1]`));
  addResource(rendering, DefaultSecurityGroup, "enclave", {
    vpcId: expr(`${vpc}.id`),
    ingress: [],
    egress: [],
    tags: tags(rendering, "unused"),
  });
  addResource(rendering, DefaultRouteTable, "enclave", {
    defaultRouteTableId: expr(`${vpc}.default_route_table_id`),
    route: [],
    tags: tags(rendering, "unused"),
  });
  addResource(rendering, DefaultNetworkAcl, "enclave", {
    defaultNetworkAclId: expr(`${vpc}.default_network_acl_id`),
    tags: tags(rendering, "unused"),
    // A subnet belongs to this one for the moment between its creation and that of its own.
    lifecycle: { ignoreChanges: ["subnet_ids"] },
  });
  return vpc;
}

const secondaryName = (block: Block): string => `enclave_part_${block.index}`;

interface SubnetGroup {
  readonly id: string;
  readonly name: string;
  readonly block: Block;
  readonly blocks: readonly Block[];
}

function renderSubnets(rendering: Rendering, { id, name, block, blocks }: SubnetGroup): PlacedSubnets {
  const zone = id.startsWith("enclave_") ? undefined : name;
  const { secondary } = vpcBlocks(rendering.plan, rendering.printer);
  const parts = secondary.map((part) => `aws_vpc_ipv4_cidr_block_association.${secondaryName(part)}`);
  const placed = blocks.map((subnetBlock, slot) => {
    const tagged = tags(rendering, `${name}-${slot + 1}`, zone);
    const subnet = addResource(rendering, Subnet, `${id}_${slot + 1}`, {
      vpcId: expr("aws_vpc.enclave.id"),
      cidrBlock: rendering.printer.cidr(subnetBlock),
      availabilityZone: expr(`var.availability_zones[${slot}]`),
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      tags: tagged,
      ...(parts.length === 0 ? {} : { dependsOn: parts.map(dependable) }),
    });
    const table = addResource(rendering, RouteTable, `${id}_${slot + 1}`, {
      vpcId: expr("aws_vpc.enclave.id"),
      tags: tagged,
    });
    addResource(rendering, RouteTableAssociation, `${id}_${slot + 1}`, {
      subnetId: expr(`${subnet}.id`),
      routeTableId: expr(`${table}.id`),
    });
    return { subnet, table };
  });
  return {
    id,
    block,
    blocks,
    subnets: placed.map(({ subnet }) => subnet),
    routeTables: placed.map(({ table }) => table),
  };
}

/** Infrastructure subnets of a site with one slot per availability zone. */
export function renderSite(
  rendering: Rendering,
  site: Extract<Site, "endpoints" | "firewall" | "nat">,
): PlacedSubnets {
  const block = rendering.plan.sites[site];
  const blocks = Array.from({ length: rendering.plan.slots }, (_, slot) => slotOf(block, slot));
  return renderSubnets(rendering, { id: `enclave_${site}`, name: site, block, blocks });
}

/** Load balancers of a public zone answer through the internet gateway; no instance gets a public address. */
export function renderPublicRoutes(rendering: Rendering, network: Network): void {
  for (const zone of rendering.plan.zones.filter(
    (each) => permitsFromInternet(rendering.plan, each).length > 0,
  )) {
    network.zones[zone.name]?.routeTables.forEach((table, slot) => {
      addResource(rendering, Route, `${zone.id}_${slot + 1}_internet`, {
        routeTableId: expr(`${table}.id`),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: expr(`${network.internetGateway}.id`),
      });
    });
  }
}

/** One per availability zone asked for, with its fixed address and the zone's own group. */
export function renderInterfaces(rendering: Rendering, network: Network, groups: Groups): void {
  for (const zone of rendering.plan.zones) {
    for (const item of zone.interfaces) {
      zone.subnets.forEach((block, slot) => {
        addResource(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot + 1}`, {
          subnetId: expr(`${network.zones[zone.name]?.subnets[slot]}.id`),
          privateIps: [rendering.printer.host(block, item.host)],
          securityGroups: [expr(`${groups[zone.name]?.group}.id`)],
          sourceDestCheck: true,
          tags: tags(rendering, `${zone.name}-${item.name}-${slot + 1}`, zone.name),
        });
      });
    }
  }
}

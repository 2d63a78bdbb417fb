/**
 * The VPC and its subnets. One route table per subnet, so that every availability zone keeps its own way out. The default security
 * group, the default network ACL and the main route table, which AWS makes by itself, are emptied: a forgotten association isolates.
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
import { slotOf } from "../../../src/addresses/address";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { exitsOf, flowsOf, waysTo } from "../../../src/plan/ways";
import {
  type Address,
  addLocal,
  addResource,
  after,
  expr,
  id,
  type Rendering,
  ref,
} from "../../shared/rendering";
import { groupOf, INTERNET_GATEWAY, routeTablesOf, subnetsOf, VPC, VPC_ID } from "./addresses";
import { inVpc, tags } from "./naming";
import { type Place, placesOf } from "./places";
import { vpcBlocks } from "./vpc-range";

export function renderNetwork(rendering: Rendering): void {
  const { plan } = rendering;
  const parts = renderVpc(rendering);
  renderUnused(rendering);
  for (const place of placesOf(plan)) renderSubnets(rendering, place, parts);
  if (meetsInternet(plan)) addResource(rendering, InternetGateway, "enclave", inVpc(rendering, "internet"));
  renderPublicRoutes(rendering);
  renderInterfaces(rendering);
}

const meetsInternet = (plan: NetworkPlan): boolean =>
  exitsOf(plan).length > 0 || flowsOf(plan).some(({ from }) => from.kind === "internet");

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
  return secondary.map((block) =>
    addResource(rendering, VpcIpv4CidrBlockAssociation, `enclave_part_${block.index}`, {
      vpcId: VPC_ID,
      cidrBlock: printer.cidr(block),
    }),
  );
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
    const common = inVpc(rendering, `${place.name}-${slot + 1}`, place.zone?.name);
    const subnet = addResource(rendering, Subnet, name, {
      ...common,
      cidrBlock: rendering.printer.cidr(slotOf(place.block, slot)),
      availabilityZone: expr(`var.availability_zones[${slot}]`),
      mapPublicIpOnLaunch: false,
      assignIpv6AddressOnCreation: false,
      ...after(...parts),
    });
    const table = addResource(rendering, RouteTable, name, common);
    addResource(rendering, RouteTableAssociation, name, { subnetId: id(subnet), routeTableId: id(table) });
  }
}

/** Load balancers of a public zone answer through the internet gateway; no instance gets a public address. */
function renderPublicRoutes(rendering: Rendering): void {
  const { plan } = rendering;
  for (const zone of plan.zones) {
    if (!waysTo(plan, zone.name).some(({ from }) => from.kind === "internet")) continue;
    for (const [slot, table] of routeTablesOf(plan, zone.id).entries())
      addResource(rendering, Route, `${zone.id}_${slot + 1}_internet`, {
        routeTableId: id(table),
        destinationCidrBlock: "0.0.0.0/0",
        gatewayId: id(INTERNET_GATEWAY),
      });
  }
}

/** One per availability zone asked for, with its fixed address and the zone's own group. */
function renderInterfaces(rendering: Rendering): void {
  for (const zone of rendering.plan.zones)
    for (const item of zone.interfaces)
      for (const [slot, subnet] of subnetsOf(rendering.plan, zone.id).entries())
        addResource(rendering, NetworkInterface, `${zone.id}_${item.id}_${slot + 1}`, {
          subnetId: id(subnet),
          privateIps: [rendering.printer.host(slotOf(zone.block, slot), item.host)],
          securityGroups: [id(groupOf(zone.id))],
          sourceDestCheck: true,
          tags: tags(rendering, `${zone.name}-${item.name}-${slot + 1}`, zone.name),
        });
}

/**
 * Private endpoints: one security group each, open to its consumers' groups only, one network interface per availability zone in
 * the endpoint subnets, a policy wherever the service takes one.
 */
import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import { OpensearchserverlessVpcEndpoint } from "@cdktf/provider-aws/lib/opensearchserverless-vpc-endpoint";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Traffic } from "../../../src/model/enclave";
import {
  type Address,
  addResource,
  expr,
  exprList,
  type Rendering,
  unlessQuarantined,
} from "../../shared/rendering";
import { zoneNamed } from "../../shared/zones";
import { regionOf } from "../data/regions";
import { type EndpointGroup, endpointGroups, endpointRule } from "./endpoint-groups";
import { renderPolicy } from "./endpoint-policies";
import { groupOf, renderGroup, ruleTraffic } from "./flow-rules";
import type { Group, Groups, Network, PlacedSubnets } from "./handles";
import { awsName, tags } from "./naming";
import { renderSite } from "./network";

export interface Endpoints {
  readonly subnets?: PlacedSubnets;
  /** Terraform addresses of the endpoints that each endpoint of the plan stands for, by its name. */
  readonly byName: Readonly<Record<string, readonly Address[]>>;
}

export function renderPrivateEndpoints(rendering: Rendering, network: Network, groups: Groups): Endpoints {
  const all = endpointGroups(rendering.plan).groups;
  if (all.length === 0) return { byName: {} };
  const subnets = all.some((group) => group.kind !== "gateway")
    ? renderSite(rendering, "endpoints")
    : undefined;
  if (all.some((group) => group.kind === "gateway")) renderVoidPrefixList(rendering);
  const rendered = all.map((group) => ({
    group,
    address: renderOne(rendering, network, groups, subnets, group),
  }));
  const names = new Set(all.flatMap((group) => group.uses.map((use) => use.endpoint.name)));
  const byName = Object.fromEntries(
    [...names].map((name) => [
      name,
      rendered
        .filter(({ group }) => group.uses.some((use) => use.endpoint.name === name))
        .map(({ address }) => address),
    ]),
  );
  return { ...(subnets === undefined ? {} : { subnets }), byName };
}

function renderOne(
  rendering: Rendering,
  network: Network,
  groups: Groups,
  subnets: PlacedSubnets | undefined,
  group: EndpointGroup,
): Address {
  if (group.kind === "gateway") return renderGateway(rendering, network, groups, group);
  const guard = renderGroup(rendering, group.id, `Private endpoint ${group.id.replace(/^enclave_/, "")}`);
  for (const zone of group.consumers)
    for (const traffic of group.ports)
      renderRules(rendering, group, guard, groupOf(groups, zone), zone, traffic);
  const placement = {
    vpcId: expr("aws_vpc.enclave.id"),
    securityGroupIds: [expr(`${guard.group}.id`)],
    subnetIds: (subnets?.subnets ?? []).map((subnet) => expr(`${subnet}.id`)),
  };
  if (group.kind === "opensearch")
    return addResource(rendering, OpensearchserverlessVpcEndpoint, group.id, {
      name: awsName(rendering.plan, "search"),
      ...placement,
    });
  return renderInterface(rendering, group, placement);
}

type Placement = {
  readonly vpcId: string;
  readonly securityGroupIds: string[];
  readonly subnetIds: string[];
};

function renderInterface(rendering: Rendering, group: EndpointGroup, placement: Placement): Address {
  const custom = group.kind === "custom";
  const endpoint = addResource(rendering, VpcEndpoint, group.id, {
    ...placement,
    vpcEndpointType: "Interface",
    serviceName: custom ? group.aws.name : serviceName(rendering, group),
    // The service's own names lead to the endpoint; a third party's name gets a private zone below.
    privateDnsEnabled: !custom,
    ...(custom ? {} : { policy: renderPolicy(rendering, group) }),
    ...(group.aws.name === "s3"
      ? { dnsOptions: { dnsRecordIpType: "ipv4", privateDnsOnlyForInboundResolverEndpoint: false } }
      : {}),
    tags: tags(rendering, group.id),
  });
  if (custom) renderPrivateName(rendering, group, endpoint);
  return endpoint;
}

const serviceName = (rendering: Rendering, group: EndpointGroup): string =>
  `com.amazonaws.${regionOf(rendering.plan)}.${group.aws.name}`;

function renderPrivateName(rendering: Rendering, group: EndpointGroup, endpoint: Address): void {
  const [name] = group.aws.hosts;
  if (name === undefined) return;
  const zone = addResource(rendering, Route53Zone, group.id, {
    name,
    comment: `Private name of ${group.id.replace(/^enclave_custom_/, "")}`,
    forceDestroy: true,
    vpc: [{ vpcId: expr("aws_vpc.enclave.id") }],
    tags: tags(rendering, group.id),
  });
  addResource(rendering, Route53Record, group.id, {
    zoneId: expr(`${zone}.zone_id`),
    name,
    type: "A",
    alias: {
      name: expr(`${endpoint}.dns_entry[0].dns_name`),
      zoneId: expr(`${endpoint}.dns_entry[0].hosted_zone_id`),
      evaluateTargetHealth: false,
    },
  });
}

/** Reached by routes, not by addresses: a zone that is cut off loses its route and its rule. */
function renderGateway(
  rendering: Rendering,
  network: Network,
  groups: Groups,
  group: EndpointGroup,
): Address {
  const tables = group.consumers.map((zone) => {
    const list = `[${(network.zones[zone]?.routeTables ?? []).map((table) => `${table}.id`).join(", ")}]`;
    return unlessQuarantined([zone], list, "[]").slice(2, -1);
  });
  const endpoint = addResource(rendering, VpcEndpoint, group.id, {
    vpcId: expr("aws_vpc.enclave.id"),
    vpcEndpointType: "Gateway",
    serviceName: serviceName(rendering, group),
    routeTableIds: exprList(`concat(${tables.map((table) => `(${table})`).join(", ")})`),
    policy: renderPolicy(rendering, group),
    tags: tags(rendering, group.id),
  });
  for (const zone of group.consumers) {
    addResource(rendering, VpcSecurityGroupEgressRule, ruleName(rendering, zone, group, HTTPS), {
      ...ruleTraffic(HTTPS),
      securityGroupId: expr(`${groupOf(groups, zone).group}.id`),
      prefixListId: unlessQuarantined(
        [zone],
        `${endpoint}.prefix_list_id`,
        "aws_ec2_managed_prefix_list.enclave_void.id",
      ),
      description: `Private endpoint ${group.uses.map((use) => use.endpoint.name).join(", ")}`,
      tags: tags(rendering, group.id, zone),
    });
  }
  return endpoint;
}

const HTTPS: Traffic = { protocol: "tcp", from: 443, to: 443 };

function renderVoidPrefixList(rendering: Rendering): void {
  addResource(rendering, Ec2ManagedPrefixList, "enclave_void", {
    name: awsName(rendering.plan, "void"),
    addressFamily: "IPv4",
    maxEntries: 1,
    tags: tags(rendering, "void"),
  });
}

function renderRules(
  rendering: Rendering,
  group: EndpointGroup,
  guard: Group,
  consumer: Group,
  zone: string,
  traffic: Traffic,
): void {
  const name = ruleName(rendering, zone, group, traffic);
  const users = group.uses
    .filter((use) => use.endpoint.consumers.some((candidate) => candidate.zone === zone))
    .map((use) => use.endpoint.name);
  const common = {
    ...ruleTraffic(traffic),
    description: `Private endpoint ${users.join(", ")}`,
    tags: tags(rendering, name, zone),
  };
  addResource(rendering, VpcSecurityGroupEgressRule, name, {
    ...common,
    securityGroupId: expr(`${consumer.group}.id`),
    referencedSecurityGroupId: unlessQuarantined([zone], `${guard.group}.id`, `${guard.void}.id`),
  });
  addResource(rendering, VpcSecurityGroupIngressRule, name, {
    ...common,
    securityGroupId: expr(`${guard.group}.id`),
    referencedSecurityGroupId: unlessQuarantined([zone], `${consumer.group}.id`, `${consumer.void}.id`),
  });
}

const ruleName = (rendering: Rendering, zone: string, group: EndpointGroup, traffic: Traffic): string =>
  endpointRule(zoneNamed(rendering.plan.zones, zone).id, group, traffic);

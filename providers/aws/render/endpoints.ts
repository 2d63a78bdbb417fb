/** Private endpoints, in subnets of their own, with a security group and, where it takes one, a policy. */
import { OpensearchserverlessVpcEndpoint } from "@cdktf/provider-aws/lib/opensearchserverless-vpc-endpoint";
import { Route53Record } from "@cdktf/provider-aws/lib/route53-record";
import { Route53Zone } from "@cdktf/provider-aws/lib/route53-zone";
import { VpcEndpoint } from "@cdktf/provider-aws/lib/vpc-endpoint";
import type { Endpoint } from "../../../src/plan/network-plan";
import { exprList, id, quarantineChoice, ref } from "../../shared/expressions";
import { zoneSuffix, zonesOf } from "../../shared/private-zones";
import { zoneNamed } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { groupOf, routeTablesOf, subnetsOf, VPC_ID } from "./addresses";
import { type EndpointGroup, endpointAddress, endpointGroups, hasSlot } from "./endpoint-groups";
import { renderPolicy } from "./endpoint-policies";
import { awsName, inVpc, tags } from "./naming";

export function renderEndpoints(rendering: Rendering): void {
  for (const group of endpointGroups(rendering.plan)) RENDER[group.kind](rendering, group);
}

const RENDER = {
  interface: renderInterface,
  custom: renderInterface,
  gateway: renderGateway,
  opensearch: renderSearch,
} as const;

/** A service is not in every availability zone, and AWS refuses a subnet where it is not. */
const placement = ({ plan }: Rendering, group: EndpointGroup) => ({
  subnetIds: subnetsOf(plan, "enclave_endpoints")
    .filter((_, index) => hasSlot(group, index + 1))
    .map(id),
  securityGroupIds: [id(groupOf(group.id))],
});

const serviceName = ({ plan }: Rendering, { aws }: EndpointGroup): string =>
  `com.amazonaws.${regionOf(plan)}.${aws.name}`;

/** The service of a third party takes no policy, and its name leads to it by a private zone. */
function renderInterface(rendering: Rendering, group: EndpointGroup): void {
  const isCustom = group.kind === "custom";
  addResource(rendering, VpcEndpoint, group.id, {
    ...inVpc(rendering, group.id),
    ...placement(rendering, group),
    vpcEndpointType: "Interface",
    serviceName: isCustom ? group.aws.name : serviceName(rendering, group),
    privateDnsEnabled: !isCustom,
    ...(isCustom ? {} : { policy: renderPolicy(rendering, group) }),
  });
  if (isCustom) for (const { endpoint } of group.uses) renderNames(rendering, group, endpoint);
}

function renderNames(rendering: Rendering, group: EndpointGroup, endpoint: Endpoint): void {
  const entry = `${endpointAddress(group)}.dns_entry[0]`;
  const target = { name: ref(entry, "dns_name"), zoneId: ref(entry, "hosted_zone_id") };
  const alias = { ...target, evaluateTargetHealth: false };
  for (const { domain, names } of zonesOf(endpoint)) {
    const zone = addResource(rendering, Route53Zone, `${group.id}${zoneSuffix(domain)}`, {
      name: domain,
      comment: `Private name of ${endpoint.id}`,
      forceDestroy: true,
      vpc: [{ vpcId: VPC_ID }],
      tags: tags(rendering, group.id),
    });
    for (const name of names)
      addResource(rendering, Route53Record, `${group.id}${zoneSuffix(name)}`, {
        ...{ zoneId: ref(zone, "zone_id"), name, type: "A", alias },
      });
  }
}

function renderSearch(rendering: Rendering, group: EndpointGroup): void {
  const name = awsName(rendering.plan, "search");
  const config = { ...placement(rendering, group), name, vpcId: VPC_ID };
  addResource(rendering, OpensearchserverlessVpcEndpoint, group.id, config);
}

/** Reached by routes, not by addresses: a zone that is cut off loses its route and its rule. */
function renderGateway(rendering: Rendering, group: EndpointGroup): void {
  const { plan } = rendering;
  const tables = group.consumers.map((zone) => {
    const own = routeTablesOf(plan, zoneNamed(plan, zone).id).map((table) => `${table}.id`);
    return `(${quarantineChoice([zone], `[${own.join(", ")}]`, "[]")})`;
  });
  addResource(rendering, VpcEndpoint, group.id, {
    ...inVpc(rendering, group.id),
    vpcEndpointType: "Gateway",
    serviceName: serviceName(rendering, group),
    routeTableIds: exprList(`concat(${tables.join(", ")})`),
    policy: renderPolicy(rendering, group),
  });
}

/** Private endpoints, who is behind them and what they let through, as the plan wants them. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { Attributes } from "../shared/document";
import { expr, quarantined } from "../shared/rendering";
import type { Statement } from "../shared/statements";
import { zoneNamed } from "../shared/zones";
import { regionOf } from "./data/regions";
import { IN_VPC, idOf, numbersOf } from "./planned";
import { type EndpointGroup, endpointGroups } from "./render/endpoint-groups";
import { policyOf } from "./render/endpoint-policies";
import { awsName } from "./render/naming";

export function plannedEndpoints(plan: NetworkPlan): Statement[] {
  const { groups } = endpointGroups(plan);
  const nobody = { address_family: "IPv4", name: awsName(plan, "void"), max_entries: 1 };
  return [
    ...groups.flatMap((group) => plannedEndpoint(plan, group)),
    ...(groups.some(({ kind }) => kind === "gateway")
      ? [["aws_ec2_managed_prefix_list.enclave_void", nobody] as const]
      : []),
  ];
}

function plannedEndpoint(plan: NetworkPlan, group: EndpointGroup): Statement[] {
  const placed = {
    ...IN_VPC,
    subnet_ids: numbersOf(plan).map((number) => idOf(`aws_subnet.enclave_endpoints_${number}`)),
    security_group_ids: [idOf(`aws_security_group.${group.id}`)],
  };
  if (group.kind === "opensearch")
    return [
      [`aws_opensearchserverless_vpc_endpoint.${group.id}`, { ...placed, name: awsName(plan, "search") }],
    ];
  if (group.kind === "custom") return plannedCustom(group, placed);
  const { text, locals } = policyOf(plan, group);
  const values = {
    service_name: `com.amazonaws.${regionOf(plan)}.${group.aws.name}`,
    policy: text,
    ...(group.kind === "gateway"
      ? { ...IN_VPC, vpc_endpoint_type: "Gateway", route_table_ids: tablesOf(plan, group) }
      : ofInterface(placed, group)),
  };
  return [
    [`aws_vpc_endpoint.${group.id}`, values],
    ...[...locals].map(([name, { expression }]): Statement => [`local.${name}`, { value: expression }]),
  ];
}

/** The service's own names lead to it. For S3 that has to be said of all who ask. */
const ofInterface = (placed: Attributes, { aws }: EndpointGroup): Attributes => ({
  ...placed,
  vpc_endpoint_type: "Interface",
  private_dns_enabled: true,
  ...(aws.name === "s3"
    ? { dns_options: { dns_record_ip_type: "ipv4", private_dns_only_for_inbound_resolver_endpoint: false } }
    : {}),
});

/** Those of its zones, without the zones that are cut off. */
function tablesOf(plan: NetworkPlan, { consumers }: EndpointGroup): string {
  const tables = consumers.map((zone) => {
    const own = numbersOf(plan).map(
      (number) => `aws_route_table.${zoneNamed(plan.zones, zone).id}_${number}.id`,
    );
    return `(${quarantined(zone)} ? [] : [${own.join(", ")}])`;
  });
  return expr(`concat(${tables.join(", ")})`);
}

/** Somebody's service, without a policy; its name is answered in the enclave only. */
function plannedCustom({ id, aws }: EndpointGroup, placed: Attributes): Statement[] {
  const endpoint = {
    ...placed,
    vpc_endpoint_type: "Interface",
    private_dns_enabled: false,
    service_name: aws.name,
  };
  const entry = `aws_vpc_endpoint.${id}.dns_entry[0]`;
  const alias = {
    name: expr(`${entry}.dns_name`),
    zone_id: expr(`${entry}.hosted_zone_id`),
    evaluate_target_health: false,
  };
  const names = aws.hosts.flatMap((name): Statement[] => [
    [`aws_route53_zone.${id}`, { name, force_destroy: true, vpc: [IN_VPC] }],
    [`aws_route53_record.${id}`, { zone_id: expr(`aws_route53_zone.${id}.zone_id`), name, type: "A", alias }],
  ]);
  return [[`aws_vpc_endpoint.${id}`, endpoint], ...names];
}

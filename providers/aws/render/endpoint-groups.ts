/**
 * AWS holds one interface endpoint with private DNS for each service and VPC, so endpoints of the plan that
 * use the same one are a group. Everybody in a group has the same rights, because an endpoint policy cannot
 * tell zones apart. Object storage alone may differ: where rights differ, each zone gets a gateway endpoint
 * of its own, told apart by route tables.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
import { formatTraffic } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { type UseWay, usesOf } from "../../../src/plan/ways";
import type { Address } from "../../shared/expressions";
import { zoneNamed } from "../../shared/questions";
import { type AwsEndpoint, type Grant, OPENSEARCH, POLICY_SERVICES, S3 } from "../data/services";

/** One endpoint of the plan at one AWS endpoint: who comes, and with which rights. */
export interface Use {
  readonly endpoint: Endpoint;
  readonly ways: readonly UseWay[];
  readonly grants: readonly Grant[];
  /** Pulling images needs the layers of the registry, which lie in a bucket of AWS. */
  readonly layers: boolean;
}

export interface EndpointGroup {
  /** Terraform name, `enclave_bedrock_runtime`. */
  readonly id: string;
  readonly kind: "interface" | "gateway" | "opensearch" | "custom";
  readonly aws: AwsEndpoint;
  readonly uses: readonly Use[];
  /** Zone names in plan order. */
  readonly consumers: readonly string[];
  readonly ports: readonly Traffic[];
}

export const HTTPS: Traffic = { protocol: "tcp", from: 443, to: 443 };

/** One AWS endpoint that one endpoint of the plan uses. */
type Part = Omit<EndpointGroup, "uses" | "consumers"> & { readonly use: Use };

/** In a stable order. `conflicts`: those whose consumers would need different rights at one endpoint. */
export function endpointGroups(plan: NetworkPlan): { groups: EndpointGroup[]; conflicts: EndpointGroup[] } {
  const byId = new Map<string, EndpointGroup>();
  for (const { use, ...part } of plan.endpoints.flatMap((endpoint) => partsOf(plan, endpoint))) {
    const uses = [...(byId.get(part.id)?.uses ?? []), use];
    const zones = plan.zones.map(({ name }) => name);
    const consumers = zones.filter((zone) => usesHeldBy(zone, uses).length > 0);
    byId.set(part.id, { ...part, uses, consumers });
  }
  const groups = [...byId.values()].flatMap((group) =>
    group.aws === S3 && rightsDiffer(group) ? gateways(plan, group) : [group],
  );
  return { groups, conflicts: groups.filter((group) => group.kind === "interface" && rightsDiffer(group)) };
}

function partsOf(plan: NetworkPlan, endpoint: Endpoint): Part[] {
  const ways = usesOf(plan).filter(({ to }) => to.endpoint === endpoint.name);
  const use: Use = { endpoint, ways, grants: [], layers: false };
  switch (endpoint.service) {
    case "relational-db":
      return [];
    case "vector-search":
      return [{ ...sharedPart(OPENSEARCH, use), kind: "opensearch" }];
    case "custom":
      return customParts(endpoint, use);
    default:
      return policyParts(endpoint.service, use);
  }
}

const sharedPart = (aws: AwsEndpoint, use: Use): Part => ({
  id: `enclave_${aws.name.replaceAll(/[.-]/g, "_")}`,
  kind: "interface",
  aws,
  ports: [HTTPS],
  use,
});

function customParts({ id, target, dnsName, traffic }: Endpoint, use: Use): Part[] {
  const name = target.aws?.["serviceName"];
  if (name === undefined) return [];
  const aws = { name, hosts: dnsName === undefined ? [] : [dnsName] };
  return [{ id: `enclave_custom_${id}`, kind: "custom", aws, ports: traffic, use }];
}

function policyParts(service: keyof typeof POLICY_SERVICES, use: Use): Part[] {
  const { access } = use.endpoint;
  if (access === undefined) return [];
  const { read, write } = POLICY_SERVICES[service];
  const rights = { read, write, "read-write": [...read, ...write] }[access];
  const parts = [...new Set(rights.map(({ endpoint }) => endpoint))].map((aws) => {
    const grants = rights.flatMap((right) => (right.endpoint === aws ? right.grants : []));
    return sharedPart(aws, { ...use, grants: [...new Set(grants)] });
  });
  const pulls = service === "container-registry" && access !== "write";
  return pulls ? [...parts, sharedPart(S3, { ...use, layers: true })] : parts;
}

/**
 * One gateway endpoint for each zone, called after it alone: under another name it would be made before the
 * old one goes, and a route table takes one route for a service.
 */
const gateways = (plan: NetworkPlan, { id, consumers, uses, ...shared }: EndpointGroup): EndpointGroup[] =>
  consumers.map((zone) => ({
    ...shared,
    id: `${id}_${zoneNamed(plan, zone).id}`,
    kind: "gateway",
    uses: usesHeldBy(zone, uses),
    consumers: [zone],
  }));

/** With network interfaces in the subnets for endpoints. A gateway is reached by routes. */
export const hasInterfaces = ({ kind }: EndpointGroup): boolean => kind !== "gateway";

export const endpointAddress = ({ id, kind }: EndpointGroup): Address =>
  `${kind === "opensearch" ? "aws_opensearchserverless_vpc_endpoint" : "aws_vpc_endpoint"}.${id}`;

/** Terraform name of the rule that lets a zone in, at both ends. */
export const endpointRule = (zoneId: string, group: EndpointGroup, traffic: Traffic): string =>
  `${zoneId}_to_${group.id}_${formatTraffic(traffic).replaceAll(/[/-]/g, "_")}`;

/** The uses that a zone has of an endpoint. */
export const usesHeldBy = (zone: string, uses: readonly Use[]): Use[] =>
  uses.filter(({ ways }) => ways.some(({ from }) => from.zone === zone));

const rightsDiffer = ({ consumers, uses }: EndpointGroup): boolean =>
  new Set(consumers.map((zone) => rightsOf(usesHeldBy(zone, uses)))).size > 1;

/** Rights as text, so that two endpoints that say the same are the same. */
function rightsOf(uses: readonly Use[]): string {
  const rights = uses.map(({ grants, endpoint, layers }) =>
    JSON.stringify([grants, endpoint.resources.aws ?? [], layers]),
  );
  return JSON.stringify([...new Set(rights)].sort());
}

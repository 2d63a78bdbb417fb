/**
 * AWS holds one interface endpoint with private DNS for each service and VPC, so endpoints of the plan that
 * use the same one are a group, with the same rights for all: a policy cannot tell zones apart. For object
 * storage each zone has a gateway endpoint of its own, told apart by route tables: it costs nothing, and all
 * names of S3 lead to it.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
import { formatTraffic } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { type UseWay, usesOf } from "../../../src/plan/ways";
import type { Address } from "../../shared/expressions";
import { zoneNamed } from "../../shared/questions";
import { withActions } from "../data/actions";
import { type AwsEndpoint, type Grant, OPENSEARCH, POLICY_SERVICES, S3 } from "../data/services";

/** One endpoint of the plan at one AWS endpoint: who comes, and with which rights. */
export interface Use {
  readonly endpoint: Endpoint;
  readonly ways: readonly UseWay[];
  readonly grants: readonly Grant[];
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

/** A group of one use. */
type Part = Omit<EndpointGroup, "consumers">;

export function endpointGroups(plan: NetworkPlan): EndpointGroup[] {
  const byId = new Map<string, EndpointGroup>();
  for (const part of plan.endpoints.flatMap((endpoint) => partsOf(plan, endpoint))) {
    const uses = [...(byId.get(part.id)?.uses ?? []), ...part.uses];
    const zones = plan.zones.map(({ name }) => name);
    const consumers = zones.filter((zone) => usesHeldBy(zone, uses).length > 0);
    byId.set(part.id, { ...part, uses, consumers });
  }
  return [...byId.values()].flatMap((group) => (group.aws === S3 ? gateways(plan, group) : [group]));
}

function partsOf(plan: NetworkPlan, endpoint: Endpoint): Part[] {
  const { service, access } = endpoint;
  const ways = usesOf(plan).filter(({ to }) => to.endpoint === endpoint.name);
  const use: Use = { endpoint, ways, grants: [] };
  if (service === "relational-db") return [];
  if (service === "vector-search") return [partAt(OPENSEARCH, use, { kind: "opensearch" })];
  if (service === "custom") {
    const name = endpoint.target.aws?.["serviceName"];
    if (name === undefined) return [];
    const own = { id: `enclave_custom_${endpoint.id}`, kind: "custom", ports: endpoint.traffic } as const;
    return [partAt({ name }, use, own)];
  }
  if (access === undefined) return [];
  const { read, write } = POLICY_SERVICES[service];
  const rights = { read, write, "read-write": [...read, ...write] }[access];
  return [...new Set(rights.map(([aws]) => aws))].map((aws) => {
    const grants = rights.flatMap(([other, ...some]) => (other === aws ? some : []));
    const actions = endpoint.actions.aws ?? [];
    return partAt(aws, { ...use, grants: withActions([...new Set(grants)], actions) });
  });
}

const partAt = (aws: AwsEndpoint, use: Use, own: Partial<Part> = {}): Part => {
  const id = `enclave_${aws.name.replaceAll(/[.-]/g, "_")}`;
  return { id, kind: "interface", aws, ports: [HTTPS], uses: [use], ...own };
};

/** Called after its zone alone, so that it changes in place: a route table takes one route for a service. */
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

/** The review has refused endpoints of the plan that share one of AWS in different availability zones. */
export function hasSlot({ uses }: EndpointGroup, slot: number): boolean {
  const slots = uses[0]?.endpoint.slots ?? [];
  return slots.length === 0 || slots.includes(slot);
}

export const endpointAddress = ({ id, kind }: EndpointGroup): Address =>
  `${kind === "opensearch" ? "aws_opensearchserverless_vpc_endpoint" : "aws_vpc_endpoint"}.${id}`;

/** Terraform name of the rule that lets a zone in, at both ends. */
export const endpointRule = (zoneId: string, group: EndpointGroup, traffic: Traffic): string =>
  `${zoneId}_to_${group.id}_${formatTraffic(traffic).replaceAll(/[/-]/g, "_")}`;

export const usesHeldBy = (zone: string, uses: readonly Use[]): Use[] =>
  uses.filter(({ ways }) => ways.some(({ from }) => from.zone === zone));

/** Whether zones would need different policies at one endpoint. Rights that say the same are the same. */
export function rightsDiffer({ kind, consumers, uses }: EndpointGroup): boolean {
  const rights = consumers.map((zone) => {
    const held = usesHeldBy(zone, uses);
    const texts = held.map(({ grants, endpoint }) => JSON.stringify([grants, endpoint.resources.aws ?? []]));
    return [...new Set(texts)].sort().join();
  });
  return kind === "interface" && new Set(rights).size > 1;
}

/** The grants of a use whose resources the spec leaves open to the Terraform variable. */
export const openGrants = ({ endpoint, grants }: Use): Grant[] =>
  (endpoint.resources.aws ?? []).length > 0 ? [] : grants.filter(({ on }) => on !== "any" && on !== "layers");

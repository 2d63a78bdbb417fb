/**
 * AWS holds one interface endpoint with private DNS for each service and VPC, so endpoints of the plan that use the same one are
 * a group. Everybody in a group has the same rights, because an endpoint policy cannot tell zones apart. Object storage alone
 * may differ: where rights differ, each zone gets a gateway endpoint of its own, told apart by route tables.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/gateway-endpoints.html
 */
import { formatTraffic } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { zoneNamed } from "../../shared/zones";
import { type AwsEndpoint, type Grant, OPENSEARCH, POLICY_SERVICES, S3 } from "../data/services";

/** What one endpoint of the plan may do through one AWS endpoint. */
export interface Use {
  readonly endpoint: Endpoint;
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

const HTTPS: readonly Traffic[] = [{ protocol: "tcp", from: 443, to: 443 }];

interface Grouping {
  /** In a stable order. */
  readonly groups: readonly EndpointGroup[];
  /** Those whose consumers would need different rights at one endpoint. */
  readonly conflicts: readonly EndpointGroup[];
}

const known = new WeakMap<NetworkPlan, Grouping>();

/** Found once for each plan, because every zone's ACL asks for it. */
export function endpointGroups(plan: NetworkPlan): Grouping {
  const found = known.get(plan) ?? grouped(plan);
  known.set(plan, found);
  return found;
}

function grouped(plan: NetworkPlan): Grouping {
  const byEndpoint = new Map<string, { aws: AwsEndpoint; uses: Use[] }>();
  for (const { aws, use } of plan.endpoints.flatMap(usesOf)) {
    const seen = byEndpoint.get(aws.name) ?? { aws, uses: [] };
    byEndpoint.set(aws.name, { aws, uses: [...seen.uses, use] });
  }
  const shared = [...byEndpoint.values()].flatMap(({ aws, uses }) =>
    aws === S3 ? objectStorage(plan, uses) : [group(plan, aws, uses, "interface")],
  );
  const own = plan.endpoints.flatMap((endpoint) => ownGroup(plan, endpoint));
  return {
    groups: [...shared, ...own],
    conflicts: shared.filter((candidate) => candidate.kind === "interface" && rightsDiffer(candidate)),
  };
}

function usesOf(endpoint: Endpoint): { aws: AwsEndpoint; use: Use }[] {
  const { service, access } = endpoint;
  if (
    service === "custom" ||
    service === "vector-search" ||
    service === "relational-db" ||
    access === undefined
  )
    return [];
  const rights = POLICY_SERVICES[service];
  const wanted = access === "read-write" ? [...rights.read, ...rights.write] : rights[access];
  const byEndpoint = new Map<AwsEndpoint, Grant[]>();
  for (const right of wanted)
    byEndpoint.set(right.endpoint, [
      ...new Set([...(byEndpoint.get(right.endpoint) ?? []), ...right.grants]),
    ]);
  const uses = [...byEndpoint].map(([aws, grants]) => ({ aws, use: { endpoint, grants, layers: false } }));
  const pulls = service === "container-registry" && access !== "write";
  return pulls ? [...uses, { aws: S3, use: { endpoint, grants: [], layers: true } }] : uses;
}

/**
 * One interface endpoint while all consumers have the same rights, else one gateway endpoint for each zone, called after it alone:
 * under another name it would be made before the old one goes, and a route table takes one route for a service.
 */
function objectStorage(plan: NetworkPlan, uses: readonly Use[]): EndpointGroup[] {
  const single = group(plan, S3, uses, "interface");
  if (!rightsDiffer(single)) return [single];
  return single.consumers.map((zone) => ({
    ...group(plan, S3, usesHeldBy(zone, uses), "gateway"),
    id: `${single.id}_${zoneNamed(plan.zones, zone).id}`,
    consumers: [zone],
  }));
}

function ownGroup(plan: NetworkPlan, endpoint: Endpoint): EndpointGroup[] {
  const use: Use = { endpoint, grants: [], layers: false };
  if (endpoint.service === "custom") {
    const name = endpoint.target.aws?.["serviceName"];
    if (name === undefined) return [];
    const aws = { name, hosts: endpoint.dnsName === undefined ? [] : [endpoint.dnsName] };
    return [
      { ...group(plan, aws, [use], "custom"), id: `enclave_custom_${endpoint.id}`, ports: endpoint.ports },
    ];
  }
  if (endpoint.service !== "vector-search") return [];
  const all = plan.endpoints.filter((other) => other.service === "vector-search");
  const uses = all.map((other): Use => ({ endpoint: other, grants: [], layers: false }));
  return all[0] === endpoint ? [group(plan, OPENSEARCH, uses, "opensearch")] : [];
}

function group(
  plan: NetworkPlan,
  aws: AwsEndpoint,
  uses: readonly Use[],
  kind: EndpointGroup["kind"],
): EndpointGroup {
  const consumers = plan.zones.map((zone) => zone.name).filter((zone) => usesHeldBy(zone, uses).length > 0);
  return { id: `enclave_${aws.name.replaceAll(/[.-]/g, "_")}`, kind, aws, uses, consumers, ports: HTTPS };
}

/** Terraform name of the rule that lets a zone in, at both ends. */
export const endpointRule = (zoneId: string, group: EndpointGroup, traffic: Traffic): string =>
  `${zoneId}_to_${group.id}_${formatTraffic(traffic).replaceAll(/[/-]/g, "_")}`;

/** What a zone may do through an endpoint. */
export const usesHeldBy = (zone: string, uses: readonly Use[]): Use[] =>
  uses.filter((use) => use.endpoint.consumers.some((consumer) => consumer.zone === zone));

/** Rights as text, so that two endpoints that say the same are the same. */
const rightsOf = (uses: readonly Use[]): string =>
  JSON.stringify(
    [
      ...new Set(
        uses.map((use) => JSON.stringify([use.grants, use.endpoint.resources.aws ?? [], use.layers])),
      ),
    ].sort(),
  );

function rightsDiffer({ consumers, uses }: EndpointGroup): boolean {
  return new Set(consumers.map((zone) => rightsOf(usesHeldBy(zone, uses)))).size > 1;
}

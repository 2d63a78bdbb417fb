/**
 * ARNs that settings and endpoints of a spec take: of which service, and where. The Terraform variable
 * `private_endpoint_resource_ids` takes the same, of whole buckets only, and gives zones behind one endpoint
 * no different rights. Its values stand in the text of a policy, which their form keeps valid.
 */
import { EXAMPLE_ACCOUNT } from "../../../src/clouds/aws";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { quoted, quotedList } from "../../shared/expressions";
import { keysAmong, type Validation } from "../../shared/variables";
import { endpointGroups, type Use, usesHeldBy } from "../render/endpoint-groups";
import { partitionOf, regionOf } from "./regions";

/** The terms that an ARN is held to. */
export interface ArnOf {
  readonly service: string;
  readonly region: string;
  /** Absent where the region itself is refused. */
  readonly partition: string | undefined;
  /** Proposed as a bucket's name. */
  readonly name: string;
  /** An example of the part after the account. */
  readonly sample: string;
}

export const arnOf = (plan: NetworkPlan, service: string, sample: string): ArnOf => ({
  service,
  region: regionOf(plan),
  partition: partitionOf(plan),
  name: plan.name,
  sample,
});

/**
 * The service of the resources of an endpoint, and how the part after the account begins; undefined where no
 * policy names resources.
 */
const RESOURCES: Readonly<Record<Endpoint["service"], readonly [service: string, kind: string] | undefined>> =
  {
    "object-storage": ["s3", ""],
    "model-api": ["bedrock", "provisioned-model/"],
    "ml-platform": ["sagemaker", "endpoint/"],
    "container-registry": ["ecr", "repository/"],
    secrets: ["secretsmanager", "secret:"],
    keys: ["kms", "key/"],
    logs: ["logs", "log-group:"],
    metrics: undefined,
    queue: ["sqs", ""],
    "relational-db": undefined,
    "vector-search": undefined,
    custom: undefined,
  };

/** The terms for the resources of an endpoint; undefined where it takes none. */
export function arnsOf(plan: NetworkPlan, { service, name }: Endpoint): ArnOf | undefined {
  const of = RESOURCES[service];
  return of === undefined ? undefined : arnOf(plan, of[0], `${of[1]}${name}`);
}

export const exampleOf = ({ service, region, partition = "aws", name, sample }: ArnOf): string =>
  service === "s3"
    ? `arn:${partition}:s3:::${name}`
    : `arn:${partition}:${service}:${region}:${EXAMPLE_ACCOUNT}:${sample}`;

export function resourceIdRules(plan: NetworkPlan): Validation[] {
  const names = plan.endpoints.filter((each) => openTo(plan, each) !== undefined).map(({ name }) => name);
  const takers =
    names.length === 0 ? "No endpoint of this enclave takes" : `Only ${names.join(", ")} may have`;
  return [
    keysAmong(names, `${takers} resource ids by variable: the spec names those of others, or no policy can.`),
    ...requireForms(plan),
    ...sharedEndpoints(plan).map(requireSame),
  ];
}

/** The terms for the resources of an endpoint, where the spec leaves them open. */
const openTo = (plan: NetworkPlan, endpoint: Endpoint): ArnOf | undefined =>
  (endpoint.resources.aws ?? []).length === 0 ? arnsOf(plan, endpoint) : undefined;

/** One for all endpoints whose resources are of one service of AWS. */
function requireForms(plan: NetworkPlan): Validation[] {
  const takers = new Map<string, { readonly of: ArnOf; readonly names: string[] }>();
  for (const endpoint of plan.endpoints) {
    const of = openTo(plan, endpoint);
    if (of === undefined) continue;
    const taker = takers.get(of.service) ?? { of, names: [] };
    takers.set(of.service, { ...taker, names: [...taker.names, endpoint.name] });
  }
  return [...takers.values()].map(({ of, names }) => {
    const arns = `flatten([for name in ${quotedList(names)} : ${GIVEN}])`;
    const condition = `alltrue([for arn in ${arns} : can(regex(${quoted(arnForm(of))}, arn))])`;
    return { condition, message: `Resource ids of ${names.join(", ")} are ARNs like ${exampleOf(of)}.` };
  });
}

/** The ids that the variable gives the endpoint `name`, within a loop over names. */
const GIVEN = "lookup(var.private_endpoint_resource_ids, name, [])";

const RESOURCE = "[A-Za-z0-9_+=,.@:/*?-]+";

/**
 * The form that `reviewArn` asks of a spec: the enclave's own partition and region, an account by its number,
 * a bucket by a part of its name.
 */
function arnForm({ service, region, partition = "aws" }: ArnOf): string {
  const own = `${region}:([0-9]{12})?:${RESOURCE}`;
  if (service === "s3") return `^arn:${partition}:s3:::[A-Za-z0-9_.*?-]*[A-Za-z0-9_.-][A-Za-z0-9_.*?-]*$`;
  return service === "bedrock"
    ? `^arn:${partition}:bedrock:(${own}|[a-z0-9-]*::foundation-model/${RESOURCE})$`
    : `^arn:${partition}:${service}:${own}$`;
}

/**
 * Endpoints of the plan that are one endpoint on AWS and have different zones. Its policy cannot tell zones
 * apart, so a resource of one of them would be open to all, as `aws-endpoint-rights-differ` says of a spec.
 */
function sharedEndpoints(plan: NetworkPlan): string[][] {
  const groups = endpointGroups(plan).groups.flatMap(({ kind, consumers, uses }) => {
    const namesIn = (some: readonly Use[]): string[] => some.map(({ endpoint }) => endpoint.name);
    const held = new Set(consumers.map((zone) => namesIn(usesHeldBy(zone, uses)).join()));
    const open = uses.filter(({ endpoint, layers }) => !layers && openTo(plan, endpoint) !== undefined);
    const names = namesIn(open);
    return kind === "interface" && held.size > 1 && names.length > 1 ? [names] : [];
  });
  return [...new Map(groups.map((names) => [names.join(), names])).values()];
}

const requireSame = (names: readonly string[]): Validation => ({
  condition: `length(distinct([for name in ${quotedList(names)} : jsonencode(sort(distinct(${GIVEN})))])) == 1`,
  message: `${names.join(" and ")} share one endpoint of AWS, whose policy cannot tell zones apart: they take the same resource ids, or none.`,
});

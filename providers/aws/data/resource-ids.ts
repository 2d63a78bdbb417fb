/**
 * ARNs that settings and endpoints of a spec take. The variable `private_endpoint_resource_ids` takes the
 * same, but no part of a bucket, in a form that keeps the text of a policy valid.
 */
import { EXAMPLE_ACCOUNT } from "../../../src/clouds/aws";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { quoted, quotedList } from "../../shared/expressions";
import { keysAmong, type Validation, valid } from "../../shared/variables";
import { endpointGroups, openGrants, type Use, usesHeldBy } from "../render/endpoint-groups";
import { partitionOf, regionOf } from "./regions";

/** The terms that an ARN is held to. */
export interface ArnOf {
  readonly service: string;
  readonly region: string;
  /** Absent where the region itself is refused. */
  readonly partition: string | undefined;
  readonly example: string;
}

/** `sample`: an example of the part after the account; a bucket is called as the enclave is. */
export function arnOf(plan: NetworkPlan, service: string, sample: string): ArnOf {
  const [region, partition] = [regionOf(plan), partitionOf(plan)];
  const resource = service === "s3" ? `::${plan.name}` : `${region}:${EXAMPLE_ACCOUNT}:${sample}`;
  return { service, region, partition, example: `arn:${partition ?? "aws"}:${service}:${resource}` };
}

/** Service and kind, which the part after the account begins with, of resources that a policy can name. */
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

export function arnsOf(plan: NetworkPlan, { service, name }: Endpoint): ArnOf | undefined {
  const of = RESOURCES[service];
  return of === undefined ? undefined : arnOf(plan, of[0], `${of[1]}${name}`);
}

/** An endpoint that takes resources, of which the spec names none. */
type Taker = ArnOf & Pick<Endpoint, "name">;

export function resourceIdRules(plan: NetworkPlan): Validation[] {
  const takers = plan.endpoints.flatMap((endpoint): Taker[] => {
    const of = (endpoint.resources.aws ?? []).length === 0 ? arnsOf(plan, endpoint) : undefined;
    return of === undefined ? [] : [{ ...of, name: endpoint.name }];
  });
  const names = takers.map(({ name }) => name);
  const those =
    names.length === 0 ? "No endpoint of this enclave takes" : `Only ${names.join(", ")} may have`;
  return [
    keysAmong(names, `${those} resource ids by variable: the spec names those of others, or no policy can.`),
    ...requireForms(takers),
    ...requireSame(plan),
  ];
}

/** The ids that the variable gives the endpoint `name`, within a loop over names. */
const GIVEN = "lookup(var.private_endpoint_resource_ids, name, [])";

/** One for all endpoints whose resources are of one service of AWS. */
function requireForms(takers: readonly Taker[]): Validation[] {
  const isFirst = ({ service }: Taker, index: number): boolean =>
    takers.findIndex((taker) => taker.service === service) === index;
  return takers.filter(isFirst).map((first) => {
    const names = takers.filter(({ service }) => service === first.service).map(({ name }) => name);
    const arns = `flatten([for name in ${quotedList(names)} : ${GIVEN}])`;
    const condition = `alltrue([for arn in ${arns} : can(regex(${quoted(arnForm(first))}, arn))])`;
    return valid(condition, `Resource ids of ${names.join(", ")} are ARNs like ${first.example}.`);
  });
}

const RESOURCE = "[A-Za-z0-9_+=,.@:/*?-]+";

/** `reviewArn` asks the same of a spec. A bucket is given by a part of its name at least. */
function arnForm({ service, region, partition = "aws" }: ArnOf): string {
  const own = `${region}:([0-9]{12})?:${RESOURCE}`;
  if (service === "s3") return `^arn:${partition}:s3:::[A-Za-z0-9_.*?-]*[A-Za-z0-9_.-][A-Za-z0-9_.*?-]*$`;
  const form = service === "bedrock" ? `(${own}|([a-z0-9-]*|[*])::foundation-model/${RESOURCE})` : own;
  return `^arn:${partition}:${service}:${form}$`;
}

/** One policy of AWS would open a resource to all zones, as `aws-endpoint-rights-differ` says of a spec. */
function requireSame(plan: NetworkPlan): Validation[] {
  const namesOf = (uses: readonly Use[]): string[] => uses.map(({ endpoint }) => endpoint.name);
  const shared = new Map<string, Validation>();
  for (const { kind, consumers, uses } of endpointGroups(plan)) {
    const held = new Set(consumers.map((zone) => namesOf(usesHeldBy(zone, uses)).join()));
    const names = namesOf(uses.filter((use) => openGrants(use).length > 0));
    if (kind !== "interface" || held.size < 2 || names.length < 2) continue;
    const ids = `[for name in ${quotedList(names)} : jsonencode(sort(distinct(${GIVEN})))]`;
    const message =
      `${names.join(" and ")} share one endpoint of AWS, whose policy cannot tell zones apart: ` +
      "they take the same resource ids, or none.";
    shared.set(message, valid(`length(distinct(${ids})) == 1`, message));
  }
  return [...shared.values()];
}

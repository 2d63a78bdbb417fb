/** The ARNs that settings and endpoints of a spec take: of which service, and where. */

import { EXAMPLE_ACCOUNT } from "../../../src/clouds/aws";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
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

/** The service of the resources of an endpoint, and how the part after the account begins; undefined where no policy names resources. */
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

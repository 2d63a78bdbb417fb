/** ARNs that a spec hands through: whether they are ones, of which service, and what exactly is wrong with them. */

import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { replacing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { partitionOf, regionOf } from "./regions";

/**
 * What the ARN of a service is held to. `sample` is what comes after the account in an ARN of the service; `name` stands for a
 * bucket that has none; `partition` is absent where the region itself is refused.
 */
export interface ArnOf {
  readonly service: string;
  readonly region: string;
  readonly partition: string | undefined;
  readonly name: string;
  readonly sample: string;
}

export const arnOf = (plan: NetworkPlan, service: string, sample: string): ArnOf => ({
  service,
  region: regionOf(plan),
  partition: partitionOf(plan),
  name: plan.name,
  sample,
});

/** The service of what an endpoint leads to, and how what comes after the account begins; absent where no policy names resources. */
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

/** What the resources of an endpoint are held to; undefined where it takes none. */
export function arnsOf(plan: NetworkPlan, { service, name }: Endpoint): ArnOf | undefined {
  const of = RESOURCES[service];
  return of === undefined ? undefined : arnOf(plan, of[0], `${of[1]}${name}`);
}

/** Nothing that could end a JSON string or begin a template. */
const ARN = /^arn:(aws|aws-us-gov|aws-cn):([a-z0-9-]+):([a-z0-9-]*):(\d{12})?:[\w+=,.@:/*?-]+$/;

/** AWS's own example account. */
const SOME_ACCOUNT = "111122223333";

export function reviewArn(path: SpecPath, arn: string, of: ArnOf): Diagnostic[] {
  const { service } = of;
  const [, , found] = ARN.exec(arn) ?? [];
  if (found === service)
    return [...(service === "s3" ? bucketProblem(path, arn) : []), ...elsewhere(path, arn.split(":"), of)];
  const detail = found === undefined ? wrongPart(arn.split(":")) : `It is an ARN of ${found}.`;
  const fix = proposing(path, found === undefined ? mended(arn.split(":"), of) : undefined, of);
  return [
    error("aws-arn", path, `"${arn}" is not an ARN of ${service}`, detail, { facts: { service }, fix }),
  ];
}

/**
 * An endpoint, a log group and a firewall use what is in their own partition and region. Models of AWS alone may be elsewhere: an
 * inference profile spreads requests over regions, and needs the model's ARN of each, or one without a region.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 */
function elsewhere(path: SpecPath, parts: readonly string[], of: ArnOf): Diagnostic[] {
  const { service, region, partition } = of;
  const [, ownPartition = "", , ownRegion = "", ...rest] = parts;
  const spread = service === "s3" || (service === "bedrock" && /^:foundation-model\//.test(rest.join(":")));
  if (partition === undefined || (ownPartition === partition && (spread || ownRegion === region))) return [];
  const place = spread ? partition : `${partition}:${region}`;
  const found = spread ? ownPartition : `${ownPartition}:${ownRegion}`;
  const fix = replacing(path, ["arn", partition, service, spread ? ownRegion : region, ...rest].join(":"));
  const detail = `"${parts.join(":")}" cannot be used from ${place}.`;
  return [
    error("aws-arn-elsewhere", path, `an ARN of ${found} in an enclave of ${place}`, detail, {
      facts: { place, found },
      fix,
    }),
  ];
}

export const exampleOf = ({ service, region, partition = "aws", name, sample }: ArnOf): string =>
  service === "s3"
    ? `arn:${partition}:s3:::${name}`
    : `arn:${partition}:${service}:${region}:${SOME_ACCOUNT}:${sample}`;

/** The first part that is wrong, in words. */
function wrongPart([
  prefix,
  partition = "",
  ,
  region = "",
  account = "",
  ...resource
]: readonly string[]): string {
  if (prefix !== "arn" || resource.length === 0)
    return "An ARN has six parts with colons between: arn, partition, service, region, account, resource.";
  if (!/^aws(?:-us-gov|-cn)?$/.test(partition))
    return `The partition "${partition}" is none of aws, aws-us-gov, aws-cn.`;
  if (!/^[a-z0-9-]*$/.test(region)) return `The region "${region}" has characters that no region has.`;
  if (/^\d+$/.test(account) && account.length !== 12)
    return `The account "${account}" has ${account.length} digits; an account has 12.`;
  if (account !== "" && !/^\d{12}$/.test(account))
    return `The account "${account}" is not a number of 12 digits.`;
  return resource.join(":") === "" ? "It names no resource." : "The resource has characters that no ARN has.";
}

/** An example, where nothing better is known; but no bucket, because whoever has the name already would be let in. */
function proposing(path: SpecPath, arn: string | undefined, of: ArnOf): string {
  if (arn === undefined && of.service === "s3") return namingBucket(of.partition);
  return replacing(path, arn ?? exampleOf(of));
}

const namingBucket = (partition = "aws"): string => `# name a bucket of yours: arn:${partition}:s3:::…`;

/** The same ARN with what is wrong put right as far as it says what was meant. */
function mended([, , service, , account = "", ...rest]: readonly string[], of: ArnOf): string | undefined {
  const resource = rest.join(":").replaceAll(/[^\w+=,.@:/*?-]/g, "");
  if (service !== of.service || resource === "") return undefined;
  const { partition = "aws" } = of;
  if (service === "s3") return `arn:${partition}:s3:::${resource}`;
  const owner = account === "" || /^\d{12}$/.test(account) ? account : SOME_ACCOUNT;
  return `arn:${partition}:${service}:${of.region}:${owner}:${resource}`;
}

/** No bucket, a pattern for every bucket there is, or a bucket's objects alone, which cannot be listed. */
function bucketProblem(path: SpecPath, arn: string): Diagnostic[] {
  const [, partition = "aws", bucket, objects] = /^arn:([a-z-]+):s3:::([^/]*)(?:\/(.*))?$/.exec(arn) ?? [];
  if (bucket === undefined) {
    const detail =
      "The ARN of a bucket has neither region nor account. Access points, which have both, answer to names that do not resolve here.";
    const fix = namingBucket(partition);
    return [
      error("aws-arn", path, `"${arn}" is not the ARN of a bucket`, detail, {
        facts: { service: "s3" },
        fix,
      }),
    ];
  }
  if (/[^*?]/.test(bucket) && objects !== "*") return [];
  const isNamed = /[^*?]/.test(bucket);
  const detail =
    "A bucket is named, or a prefix in it; the objects below are added. A pattern for all buckets would say nothing of which are meant.";
  const summary = isNamed
    ? `"${arn}" names the objects of a bucket, not the bucket`
    : `"${arn}" is wider than a bucket`;
  return [
    error("aws-bucket-pattern", path, summary, detail, {
      fix: isNamed ? replacing(path, `arn:${partition}:s3:::${bucket}`) : namingBucket(partition),
    }),
  ];
}

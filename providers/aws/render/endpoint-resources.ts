/**
 * What the statements of an endpoint policy apply to. An action matches nothing but the kind of resource that AWS checks it on, so
 * that the ARN of a bucket or a log group alone would let through less than the right that a spec names.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
import type { Endpoint } from "../../../src/plan/network-plan";
import { quoted } from "../../shared/rendering";
import type { Grant } from "../data/services";
import { ACCOUNT, PARTITION } from "./addresses";

export type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** Actions, what they apply to, and conditions beyond those of every statement. */
export interface Scope {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Condition;
}

/** Buckets of other accounts can be used by name only: a pattern would match those of everybody. */
export const OWN_RESOURCES: Condition = { StringEquals: { "aws:ResourceAccount": ACCOUNT } };

/** The same right on the resources that a spec names. */
export function namedScopes({ actions, on }: Grant, arns: readonly string[]): Scope[] {
  if (on === "objects") return bucketScopes(actions, arns.map(parseBucket));
  return [{ actions, resources: on === "log-groups" ? arns.flatMap(logGroup) : arns }];
}

/** The group itself to create it, and everything else that is done to it and to its streams. */
const logGroup = (arn: string): string[] => {
  const group = arn.replace(/:\*$/, "");
  return group.endsWith("*") ? [group] : [group, `${group}:*`];
};

interface Bucket {
  readonly arn: string;
  readonly pattern: boolean;
  /** `public/*`: the keys that are meant, where not all are. */
  readonly keys?: string;
}

function parseBucket(arn: string): Bucket {
  const [, bucket = arn, keys] = /^(arn:[^:]*:s3:::[^/]*)\/(.+)$/.exec(arn) ?? [];
  return { arn: bucket, pattern: /[*?]/.test(bucket), ...(keys === undefined ? {} : { keys }) };
}

/** Checked on a bucket; every other action is checked on an object. */
const ON_BUCKETS: readonly string[] = ["s3:GetBucketLocation", "s3:ListBucket"];

function bucketScopes(actions: readonly string[], buckets: readonly Bucket[]): Scope[] {
  return [false, true].flatMap((pattern) => {
    const some = buckets.filter((bucket) => bucket.pattern === pattern);
    return [...wholeBuckets(actions, some), ...partsOfBuckets(actions, some)].map((scope) =>
      pattern ? { ...scope, condition: { ...scope.condition, ...OWN_RESOURCES } } : scope,
    );
  });
}

function wholeBuckets(actions: readonly string[], buckets: readonly Bucket[]): Scope[] {
  const resources = buckets.flatMap(({ arn, keys }) => (keys === undefined ? [arn, `${arn}/*`] : []));
  return resources.length === 0 ? [] : [{ actions, resources }];
}

/** The objects below a prefix, and a list of these only: a request for more than the prefix is refused. */
function partsOfBuckets(actions: readonly string[], buckets: readonly Bucket[]): Scope[] {
  const parts = buckets.flatMap(({ arn, keys }) => (keys === undefined ? [] : [{ arn, keys }]));
  if (parts.length === 0) return [];
  const arns = [...new Set(parts.map(({ arn }) => arn))];
  const onBuckets = actions.filter((action) => ON_BUCKETS.includes(action) && action !== "s3:ListBucket");
  const lists = arns.map((arn): Scope => {
    const prefixes = parts.flatMap((part) => (part.arn === arn ? [below(part.keys)] : []));
    return {
      actions: ["s3:ListBucket"],
      resources: [arn],
      condition: { StringLike: { "s3:prefix": prefixes } },
    };
  });
  return [
    {
      actions: actions.filter((action) => !ON_BUCKETS.includes(action)),
      resources: parts.flatMap(({ arn, keys }) =>
        [...new Set([keys, below(keys)])].map((key) => `${arn}/${key}`),
      ),
    },
    ...(onBuckets.length === 0 ? [] : [{ actions: onBuckets, resources: arns }]),
    ...(actions.includes("s3:ListBucket") ? lists : []),
  ];
}

/** A prefix is meant as a folder: "public" has "public/x" below it, and not "publicity". */
const below = (keys: string): string => (keys.endsWith("*") ? keys : `${keys.replace(/\/$/, "")}/*`);

/** What the account holds, where a spec names no resources and the Terraform variable none either. */
export function defaultResources(grant: Grant): string[] {
  const prefix = `arn:${PARTITION}`;
  const owned = `${prefix}:${servicePrefix(grant)}:*:${ACCOUNT}:*`;
  if (grant.on === "objects") return ["*"];
  return grant.on === "foundation-models" ? [`${prefix}:bedrock:*::foundation-model/*`, owned] : [owned];
}

/** What the Terraform variable gives an endpoint, as an expression: a list, empty by default. */
export const givenResources = ({ name }: Endpoint): string =>
  `lookup(var.private_endpoint_resource_ids, ${quoted(name)}, [])`;

/** That list as Terraform has to write it out; it takes no prefixes. */
export function openResources({ on }: Grant, given: string): string {
  if (on === "objects") return `flatten([for arn in ${given} : [arn, "\${arn}/*"]])`;
  return on === "log-groups"
    ? `flatten([for arn in ${given} : [trimsuffix(arn, ":*"), "\${trimsuffix(arn, ":*")}:*"]])`
    : given;
}

export const servicePrefix = (grant: Grant): string => grant.actions[0]?.split(":")[0] ?? "";

/**
 * Resources that the statements of an endpoint policy apply to. An action matches nothing but the kind of
 * resource that AWS checks it on. So the ARN of a bucket or a log group alone would let through less than the
 * right that a spec names.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
import type { Endpoint } from "../../../src/plan/network-plan";
import { expr, givenIds, quoted } from "../../shared/expressions";
import type { Grant } from "../data/services";
import { ACCOUNT, PARTITION } from "./addresses";

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/**
 * A part of a statement: actions, the resources that they apply to, and conditions beyond those of every
 * statement.
 */
export interface Scope {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** Buckets of other accounts can be used by name only: a pattern would match those of everybody. */
export const OWN_RESOURCES: Condition = { StringEquals: { "aws:ResourceAccount": ACCOUNT } };

/** The same right on the resources that a spec names. */
export function namedScopes({ actions, on }: Grant, arns: readonly string[]): Scope[] {
  if (on !== "objects")
    return [{ Action: actions, Resource: on === "log-groups" ? arns.flatMap(logGroup) : arns }];
  const buckets = arns.map(parseBucket);
  const patterns = buckets.filter(({ arn }) => /[*?]/.test(arn));
  const exact = buckets.filter((bucket) => !patterns.includes(bucket));
  return [
    ...bucketScopes(actions, exact),
    ...bucketScopes(actions, patterns).map((scope) => ({
      ...scope,
      Condition: { ...scope.Condition, ...OWN_RESOURCES },
    })),
  ];
}

/** The group itself to create it, and everything else that is done to it and to its streams. */
const logGroup = (arn: string): string[] => {
  const group = arn.replace(/:\*$/, "");
  return group.endsWith("*") ? [group] : [group, `${group}:*`];
};

interface Bucket {
  readonly arn: string;
  /** `public/*`: the keys that are meant, where not all are. */
  readonly keys?: string;
}

function parseBucket(arn: string): Bucket {
  const [, bucket, keys] = /^(arn:[^:]*:s3:::[^/]*)\/(.+)$/.exec(arn) ?? [];
  return bucket === undefined || keys === undefined ? { arn } : { arn: bucket, keys };
}

/** Checked on a bucket; every other action is checked on an object. */
const ON_BUCKETS: readonly string[] = ["s3:GetBucketLocation", "s3:ListBucket"];

function bucketScopes(actions: readonly string[], buckets: readonly Bucket[]): Scope[] {
  const whole = buckets.flatMap(({ arn, keys }) => (keys === undefined ? [arn, `${arn}/*`] : []));
  const parts = buckets.flatMap(({ arn, keys }) => (keys === undefined ? [] : [{ arn, keys }]));
  const scopes = whole.length === 0 ? [] : [{ Action: actions, Resource: whole }];
  return parts.length === 0 ? scopes : [...scopes, ...partScopes(actions, parts)];
}

/** The objects below a prefix, and a list of these only: a request for more than the prefix is refused. */
function partScopes(actions: readonly string[], parts: readonly Required<Bucket>[]): Scope[] {
  const objects = parts.flatMap(({ arn, keys }) =>
    [...new Set([keys, below(keys)])].map((key) => `${arn}/${key}`),
  );
  const arns = [...new Set(parts.map(({ arn }) => arn))];
  const onBuckets = actions.filter((action) => ON_BUCKETS.includes(action) && action !== "s3:ListBucket");
  const lists = arns.map((arn): Scope => {
    const prefixes = parts.flatMap((part) => (part.arn === arn ? below(part.keys) : []));
    const Condition = { StringLike: { "s3:prefix": prefixes } };
    return { Action: ["s3:ListBucket"], Resource: [arn], Condition };
  });
  return [
    { Action: actions.filter((action) => !ON_BUCKETS.includes(action)), Resource: objects },
    ...(onBuckets.length === 0 ? [] : [{ Action: onBuckets, Resource: arns }]),
    ...(actions.includes("s3:ListBucket") ? lists : []),
  ];
}

/** A prefix is meant as a folder: "public" has "public/x" below it, and not "publicity". */
const below = (keys: string): string => (keys.endsWith("*") ? keys : `${keys.replace(/\/$/, "")}/*`);

/** Resources that the Terraform variable names, and those that stand for them when it names none. */
export interface OpenResources {
  readonly expression: string;
  readonly defaults: readonly string[];
}

/** Joined so that the list fits one JSON string. */
export function openResources({ name }: Endpoint, grant: Grant): OpenResources {
  const given = givenIds(name);
  const defaults = defaultResources(grant);
  const choice = `length(${given}) > 0 ? ${givenResources(grant, given)} : [${defaults.map(quoted).join(", ")}]`;
  return { expression: expr(`join("\\",\\"", ${choice})`), defaults };
}

/** Everything that the account holds. */
function defaultResources(grant: Grant): string[] {
  const owned = `arn:${PARTITION}:${servicePrefix(grant)}:*:${ACCOUNT}:*`;
  if (grant.on === "objects") return ["*"];
  const models = `arn:${PARTITION}:bedrock:*::foundation-model/*`;
  return grant.on === "foundation-models" ? [models, owned] : [owned];
}

/** As Terraform has to write the variable's list out; it takes no prefixes. */
function givenResources({ on }: Grant, given: string): string {
  if (on === "objects") return `flatten([for arn in ${given} : [arn, "\${arn}/*"]])`;
  return on === "log-groups"
    ? `flatten([for arn in ${given} : [trimsuffix(arn, ":*"), "\${trimsuffix(arn, ":*")}:*"]])`
    : given;
}

export const servicePrefix = (grant: Grant): string => grant.actions[0]?.split(":")[0] ?? "";

/**
 * Resources that the statements of an endpoint policy apply to. AWS checks an action on one kind of resource:
 * the ARN of a bucket or a log group alone would let through less than the right that a spec names.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
import type { Endpoint } from "../../../src/plan/network-plan";
import { expr, givenIds, quotedList } from "../../shared/expressions";
import type { Grant } from "../data/services";
import { ACCOUNT, PARTITION } from "./addresses";
import { openGrants, type Use } from "./endpoint-groups";

type Condition = Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;

/** A part of a statement; its conditions are those beyond every statement's. */
export interface Scope {
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

/** Buckets of other accounts can be used by name only: a pattern would match those of everybody. */
const OWN_RESOURCES: Condition = { StringEquals: { "aws:ResourceAccount": ACCOUNT } };

export function scopesOf(use: Use, grant: Grant): Scope[] {
  const { on, actions: Action } = grant;
  const arns = use.endpoint.resources.aws ?? [];
  if (on === "any") return [{ Action, Resource: ["*"] }];
  if (openGrants(use).includes(grant)) {
    const scope = { Action, Resource: [expr(`local.${localOf(use.endpoint, grant)}`)] };
    return [on === "objects" ? { ...scope, Condition: OWN_RESOURCES } : scope];
  }
  if (on === "log-groups") return [{ Action, Resource: arns.flatMap(logGroup) }];
  if (on !== "objects") return [{ Action, Resource: arns }];
  const patterns = arns.map(parseBucket).filter(([arn]) => /[*?]/.test(arn));
  const exact = arns.map(parseBucket).filter(([arn]) => !/[*?]/.test(arn));
  const own = bucketScopes(Action, patterns).map((scope) => ({
    ...scope,
    Condition: { ...scope.Condition, ...OWN_RESOURCES },
  }));
  return [...bucketScopes(Action, exact), ...own];
}

/** The group itself to create it, and everything else that is done to it and to its streams. */
const logGroup = (arn: string): string[] => {
  const group = arn.replace(/:\*$/, "");
  return group.endsWith("*") ? [group] : [group, `${group}:*`];
};

/** A bucket, and the keys that are meant of it (`public/*`): empty for all. */
type Bucket = readonly [arn: string, keys: string];

function parseBucket(given: string): Bucket {
  const [, arn = given, keys = ""] = /^(arn:[^:]*:s3:::[^/]*)\/(.+)$/.exec(given) ?? [];
  return [arn, keys];
}

/** Checked on a bucket; every other action is checked on an object. */
const isOnBucket = (action: string): boolean => /^s3:(?:[A-Z][a-z]+Bucket\w*|\w+Configuration)$/.test(action);

/** These can be told to keep to a prefix. */
const LISTS: readonly string[] = ["s3:ListBucket", "s3:ListBucketMultipartUploads", "s3:ListBucketVersions"];

/** It acts on the bucket as a whole, and says nothing of what lies there. */
const LOCATION = "s3:GetBucketLocation";

/** Added to a part of a bucket, it would reach beyond the part. */
export const reachesWholeBucket = (action: string): boolean =>
  isOnBucket(action) && !LISTS.includes(action) && action !== LOCATION;

/** A bucket, and not the whole of it. */
export const isPartOfBucket = (arn: string): boolean => parseBucket(arn)[1] !== "";

/** Of a part of a bucket: the objects below a prefix, and a list of these only. */
function bucketScopes(actions: readonly string[], buckets: readonly Bucket[]): Scope[] {
  const whole = buckets.filter(([, keys]) => keys === "").flatMap(([arn]) => [arn, `${arn}/*`]);
  const parts = buckets.filter(([, keys]) => keys !== "");
  const objects = parts.flatMap(([arn, keys]) =>
    [...new Set([keys, below(keys)])].map((key) => `${arn}/${key}`),
  );
  const arns = [...new Set(parts.map(([arn]) => arn))];
  const lists = arns.map((bucket): Scope => {
    const prefixes = parts.flatMap(([arn, keys]) => (arn === bucket ? below(keys) : []));
    const Condition = { StringLike: { "s3:prefix": prefixes } };
    return { Action: actions.filter((action) => LISTS.includes(action)), Resource: [bucket], Condition };
  });
  const scopes: Scope[] = [
    { Action: actions, Resource: whole },
    { Action: actions.filter((action) => !isOnBucket(action)), Resource: objects },
    { Action: actions.filter((action) => action === LOCATION), Resource: arns },
    ...lists,
  ];
  return scopes.filter(({ Action, Resource }) => Action.length > 0 && Resource.length > 0);
}

/** A prefix is meant as a folder: "public" has "public/x" below it, and not "publicity". */
const below = (keys: string): string => (keys.endsWith("*") ? keys : `${keys.replace(/\/$/, "")}/*`);

const localOf = ({ id }: Endpoint, { on, service }: Grant): string =>
  `enclave_resources_${id}_${on.replaceAll("-", "_")}_${service}`;

/** The locals that policies refer to: resources that the Terraform variable names, or the defaults. */
export const openResources = (use: Use) =>
  openGrants(use).map((grant) => {
    const given = givenIds(use.endpoint.name);
    const defaults = defaultResources(grant);
    const choice = `length(${given}) > 0 ? ${givenResources(grant, given)} : ${quotedList(defaults)}`;
    // Joined so that the list fits one JSON string.
    return { local: localOf(use.endpoint, grant), expression: expr(`join("\\",\\"", ${choice})`), defaults };
  });

/** Everything that the account holds. */
function defaultResources({ on, service }: Grant): string[] {
  if (on === "objects") return ["*"];
  const owned = `arn:${PARTITION}:${service}:*:${ACCOUNT}:*`;
  return on === "foundation-models" ? [`arn:${PARTITION}:bedrock:*::foundation-model/*`, owned] : [owned];
}

/** As Terraform has to write the variable's list out; it takes no prefixes. */
function givenResources({ on }: Grant, given: string): string {
  if (on !== "objects" && on !== "log-groups") return given;
  const each = on === "objects" ? `arn, "\${arn}/*"` : `trimsuffix(arn, ":*"), "\${trimsuffix(arn, ":*")}:*"`;
  return `flatten([for arn in ${given} : [${each}]])`;
}

/**
 * The resources of an endpoint's actions: those that a spec names, each in the form on which AWS checks the
 * action, or those that the Terraform variable gives.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazons3.html
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/iam-access-control-overview-cwl.html
 */
import type { PrivateEndpoint } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { type Fault, unless } from "../replay/fault";
import { type TerraformDocument, table } from "../terraform/document";
import type { Statement } from "./policies";
import { type Extent, type Grant, usesOf } from "./services";

interface Scope {
  readonly actions: readonly string[];
  readonly resources: readonly string[];
  readonly condition?: Statement["Condition"];
}

/** Begins the word for resources that the Terraform variable narrows. */
export const OPEN = "resources by variable: ";
const wordOf = (on: Extent): string => on.replaceAll("-", "_");
const OWN_RESOURCES = { StringEquals: { "aws:ResourceAccount": "${local.enclave_account}" } };

export function scopesOf({ actions, on }: Grant, arns: readonly string[]): Scope[] {
  if (on === "any") return [{ actions, resources: ["*"] }];
  if (arns.length === 0) {
    const open = { actions, resources: [`${OPEN}${wordOf(on)}`] };
    return [on === "objects" ? { ...open, condition: OWN_RESOURCES } : open];
  }
  if (on === "log-groups") return [{ actions, resources: arns.flatMap(groupAndStreams) }];
  return on === "objects" ? bucketScopes(actions, arns) : [{ actions, resources: arns }];
}

function groupAndStreams(arn: string): string[] {
  const group = arn.replace(/:\*$/, "");
  return group.endsWith("*") ? [group] : [group, `${group}:*`];
}

/** Actions that AWS checks on the bucket; all others it checks on objects. */
const ON_BUCKETS = /^s3:[A-Z][a-z]+Bucket|^s3:\w+Configuration$/;
const LISTS = ["s3:ListBucket", "s3:ListBucketVersions", "s3:ListBucketMultipartUploads"];

/**
 * A bucket by a pattern is one of the own account; of a prefix, only what lies below it, and only that is
 * listed.
 */
function bucketScopes(actions: readonly string[], arns: readonly string[]): Scope[] {
  const buckets = arns.map((arn) => {
    const [, bucket = arn, keys] = /^(arn:[^:]*:s3:::[^/]*)\/(.+)$/.exec(arn) ?? [];
    return { bucket, keys, isPattern: /[*?]/.test(bucket) };
  });
  return buckets.flatMap(({ bucket, keys, isPattern }): Scope[] => {
    const condition = isPattern ? OWN_RESOURCES : {};
    if (keys === undefined) return [{ actions, resources: [bucket, `${bucket}/*`], condition }];
    const prefixes = buckets.flatMap((each) =>
      each.bucket === bucket && each.keys !== undefined ? [below(each.keys)] : [],
    );
    const objects = actions.filter((action) => !ON_BUCKETS.test(action));
    const listed = actions.filter((action) => LISTS.includes(action));
    const others = actions.filter((action) => ON_BUCKETS.test(action) && !LISTS.includes(action));
    return [
      { actions: objects, resources: [keys, below(keys)].map((key) => `${bucket}/${key}`), condition },
      { actions: others, resources: [bucket], condition },
      {
        actions: listed,
        resources: [bucket],
        condition: { ...condition, StringLike: { "s3:prefix": prefixes } },
      },
    ];
  });
}

/** A prefix is a folder: "public" has "public/x" below it, and not "publicity". */
const below = (keys: string): string => (keys.endsWith("*") ? keys : `${keys.replace(/\/$/, "")}/*`);

/** The list of the Terraform variable when it names any, else what the own account holds. */
export function openLocals(document: TerraformDocument, endpoints: readonly PrivateEndpoint[]): Fault[] {
  const locals = table(document, "locals") as Readonly<Record<string, unknown>>;
  const wanted = new Map<string, string>([
    ["enclave_account", "${aws_vpc.enclave.owner_id}"],
    ["enclave_partition", '${split(":", aws_vpc.enclave.arn)[1]}'],
    ...endpoints.flatMap((endpoint) => expectedLocals(endpoint)),
  ]);
  const opened = Object.keys(locals).filter((name) => name.startsWith("enclave_resources_"));
  return [
    ...[...wanted].flatMap(([name, value]) =>
      unless(locals[name] === value, `local.${name}`, "it is not the resources that the spec leaves open"),
    ),
    ...opened.flatMap((name) =>
      unless(wanted.has(name), `local.${name}`, "the spec leaves no such resources open"),
    ),
  ];
}

function expectedLocals(endpoint: PrivateEndpoint): [string, string][] {
  if ((endpoint.resources.aws ?? []).length > 0) return [];
  return usesOf(endpoint)
    .flatMap(({ grants }) => grants)
    .flatMap(({ on, actions }): [string, string][] => {
      if (on === "any") return [];
      const service = actions[0]?.split(":")[0] ?? "";
      const given = `lookup(var.private_endpoint_resource_ids, "${endpoint.name}", [])`;
      const fallback = fallbackOf(on, service)
        .map((arn) => `"${arn}"`)
        .join(", ");
      const value = `\${join("\\",\\"", length(${given}) > 0 ? ${spread(on, given)} : [${fallback}])}`;
      return [[`enclave_resources_${idOf(endpoint.name)}_${wordOf(on)}_${service}`, value]];
    });
}

function spread(on: Extent, given: string): string {
  if (on === "objects") return `flatten([for arn in ${given} : [arn, "\${arn}/*"]])`;
  if (on !== "log-groups") return given;
  return `flatten([for arn in ${given} : [trimsuffix(arn, ":*"), "\${trimsuffix(arn, ":*")}:*"]])`;
}

function fallbackOf(on: Extent, service: string): string[] {
  if (on === "objects") return ["*"];
  const owned = `arn:\${local.enclave_partition}:${service}:*:\${local.enclave_account}:*`;
  const models = "arn:${local.enclave_partition}:bedrock:*::foundation-model/*";
  return on === "foundation-models" ? [models, owned] : [owned];
}

/** ARNs of a spec: of the right service, partition and region, or which part of them is wrong. */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { setting } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import type { ArnOf } from "../data/resource-ids";

/** No character that could end a JSON string or begin a template. */
const ARN = /^arn:(aws|aws-us-gov|aws-cn):([a-z0-9-]+):([a-z0-9-]*):(\d{12})?:[\w+=,.@:/*?-]+$/;

/** Models of AWS are the same in every region, and AWS's own pages write a star for it. */
const ANYWHERE = /^(arn:[^:]*:bedrock:)\*(::foundation-model\/.+)$/;

export function* reviewArn(path: SpecPath, arn: string, of: ArnOf): Iterable<Diagnostic> {
  const { service } = of;
  const parts = arn.split(":");
  const [, , found] = ARN.exec(arn.replace(ANYWHERE, "$1$2")) ?? [];
  if (found === service) {
    if (service === "s3") yield* reviewBucket(path, arn);
    yield* reviewPlace(path, parts, of);
    return;
  }
  const wrong = found === undefined ? wrongPart(parts) : `It is an ARN of ${found}.`;
  const mended = found === undefined ? mend(parts, of) : undefined;
  const detail = `${wrong} ARNs of ${service} look like ${of.example}.`;
  const edits = mended === undefined ? [] : [setting(path, mended)];
  yield error("aws-arn", path, `"${arn}" is not an ARN of ${service}`, detail, { facts: { service }, edits });
}

/**
 * Resources are of the own partition and region. Models of AWS alone may be elsewhere: an inference profile
 * spreads requests over regions, and needs the model's ARN of each, or one without a region.
 * https://docs.aws.amazon.com/bedrock/latest/userguide/inference-profiles-prereq.html
 */
function* reviewPlace(path: SpecPath, parts: readonly string[], of: ArnOf): Iterable<Diagnostic> {
  const { service, region, partition } = of;
  const [, ownPartition = "", , ownRegion = "", ...rest] = parts;
  const isModel = service === "bedrock" && /^:foundation-model\//.test(rest.join(":"));
  const isAnywhere = service === "s3" || isModel;
  if (partition === undefined || (ownPartition === partition && (isAnywhere || ownRegion === region))) return;
  const place = isAnywhere ? partition : `${partition}:${region}`;
  const found = isAnywhere ? ownPartition : `${ownPartition}:${ownRegion}`;
  const mended = ["arn", partition, service, isAnywhere ? ownRegion : region, ...rest].join(":");
  const detail = `"${parts.join(":")}" cannot be used from ${place}.`;
  const more = { facts: { place, found }, edits: [setting(path, mended)] };
  yield error("aws-arn-elsewhere", path, `an ARN of ${found} in an enclave of ${place}`, detail, more);
}

/** The first part that is wrong, in words. */
function wrongPart(parts: readonly string[]): string {
  const [prefix, partition = "", , region = "", account = "", ...resource] = parts;
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

/** The same ARN with its wrong parts corrected, as far as the rest says what was meant. */
function mend([, , service, , account = "", ...rest]: readonly string[], of: ArnOf): string | undefined {
  const resource = rest.join(":").replaceAll(/[^\w+=,.@:/*?-]/g, "");
  if (service !== of.service || resource === "" || !/^(?:\d{12})?$/.test(account)) return undefined;
  const { partition = "aws" } = of;
  if (service === "s3") return `arn:${partition}:s3:::${resource}`;
  return `arn:${partition}:${service}:${of.region}:${account}:${resource}`;
}

/** Refuses a pattern for all buckets, and the objects of a bucket alone, which cannot be listed. */
function* reviewBucket(path: SpecPath, arn: string): Iterable<Diagnostic> {
  const [, bucket, objects] = /^arn:[a-z-]+:s3:::([^/]*)(?:\/(.*))?$/.exec(arn) ?? [];
  if (bucket === undefined) {
    const detail =
      "The ARN of a bucket has neither region nor account. " +
      "Access points, which have both, answer to names that do not resolve here.";
    const facts = { service: "s3" };
    yield error("aws-arn", path, `"${arn}" is not the ARN of a bucket`, detail, { facts });
    return;
  }
  const isNamed = /[^*?]/.test(bucket);
  if (isNamed && objects !== "*") return;
  const detail =
    "Name a bucket, or a prefix in it; the objects below are added. " +
    "A pattern for all buckets does not say which are meant.";
  const wrong = isNamed ? "names the objects of a bucket, not the bucket" : "is wider than a bucket";
  yield error("aws-bucket-pattern", path, `"${arn}" ${wrong}`, detail);
}

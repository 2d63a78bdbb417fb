/** ARNs that a spec hands through: whether they are ones, of which service, and what exactly is wrong with them. */
import type { Diagnostic, SpecPath } from "../../src/diagnostics/diagnostic";
import { error } from "../../src/diagnostics/make";
import { replacing } from "../../src/model/fixes";

/** Nothing that could end a JSON string or begin a template. */
const ARN = /^arn:(aws|aws-us-gov|aws-cn):([a-z0-9-]+):([a-z0-9-]*):(\d{12})?:[\w+=,.@:/*?-]+$/;

/** AWS's own example account. */
const SOME_ACCOUNT = "111122223333";

/** `sample` is what comes after the account in an ARN of the service; `name` stands for a bucket that has none. */
export function reviewArn(path: SpecPath, arn: string, { service, region, name, sample }: ArnOf): Diagnostic[] {
  const [, , found] = ARN.exec(arn) ?? [];
  if (found === service) return service === "s3" ? bucketProblem(path, arn, name) : [];
  const detail = found === undefined ? wrongPart(arn.split(":")) : `It is an ARN of ${found}.`;
  const fix = replacing(
    path,
    found === undefined ? mended(arn.split(":"), { service, region, name, sample }) : exampleOf({ service, region, name, sample }),
  );
  return [error("aws-arn", path, `"${arn}" is not an ARN of ${service}`, detail, { facts: { service }, fix })];
}

export interface ArnOf {
  readonly service: string;
  readonly region: string;
  readonly name: string;
  readonly sample: string;
}

const exampleOf = ({ service, region, name, sample }: ArnOf): string =>
  service === "s3" ? `arn:aws:s3:::${name}` : `arn:aws:${service}:${region}:${SOME_ACCOUNT}:${sample}`;

/** The first part that is wrong, in words. */
function wrongPart([prefix, partition = "", , region = "", account = "", ...resource]: readonly string[]): string {
  if (prefix !== "arn" || resource.length === 0)
    return "An ARN has six parts with colons between: arn, partition, service, region, account, resource.";
  if (!/^aws(?:-us-gov|-cn)?$/.test(partition)) return `The partition "${partition}" is none of aws, aws-us-gov, aws-cn.`;
  if (!/^[a-z0-9-]*$/.test(region)) return `The region "${region}" has characters that no region has.`;
  if (/^\d+$/.test(account) && account.length !== 12) return `The account "${account}" has ${account.length} digits; an account has 12.`;
  if (account !== "" && !/^\d{12}$/.test(account)) return `The account "${account}" is not a number of 12 digits.`;
  return resource.join(":") === "" ? "It names no resource." : "The resource has characters that no ARN has.";
}

/** The same ARN with what is wrong put right as far as it says what was meant. */
function mended([, , service, region = "", account = "", ...rest]: readonly string[], of: ArnOf): string {
  const resource = rest.join(":").replaceAll(/[^\w+=,.@:/*?-]/g, "");
  if (service !== of.service || resource === "") return exampleOf(of);
  if (service === "s3") return `arn:aws:s3:::${resource}`;
  const place = /^[a-z0-9-]+$/.test(region) ? region : of.region;
  const owner = account === "" || /^\d{12}$/.test(account) ? account : SOME_ACCOUNT;
  return `arn:aws:${service}:${place}:${owner}:${resource}`;
}

/** A pattern for every bucket there is, or a bucket's objects alone, which cannot be listed. */
function bucketProblem(path: SpecPath, arn: string, name: string): Diagnostic[] {
  const [, bucket, objects] = /^arn:[a-z-]+:s3:::([^/]*)(?:\/(.*))?$/.exec(arn) ?? [];
  if (bucket === undefined || (/[^*?]/.test(bucket) && objects !== "*")) return [];
  const named = /[^*?]/.test(bucket) ? bucket : name;
  const detail =
    "A bucket is named, or a prefix in it; the objects below are added. A pattern for all buckets would open those of every account.";
  return [error("aws-bucket-pattern", path, `"${arn}" is wider than a bucket`, detail, { fix: replacing(path, `arn:aws:s3:::${named}`) })];
}

/** What AWS demands of names, tags, regions, ARNs and other values that a spec hands through to it. */
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { nearest } from "../../src/diagnostics/did-you-mean";
import { error, warning } from "../../src/diagnostics/make";
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import { KNOWN_REGIONS, regionOf, zoneNamesOf } from "./regions";

export function reviewSettings(plan: NetworkPlan): Diagnostic[] {
  return [
    ...(plan.regions.aws === undefined ? [] : [...reviewRegion(plan), ...reviewZoneNames(plan)]),
    ...reviewName(plan),
    ...Object.entries(plan.tags).flatMap(([key, value]) => reviewTag(key, value)),
    ...reviewTagCount(plan),
    ...reviewArns(plan),
    ...plan.endpoints.flatMap(reviewEndpoint),
  ];
}

/** Partitions whose services answer under other names than amazonaws.com, or that have endpoint names of their own. */
const OTHER_NAMES = /^(cn|us-iso[a-z]?|eu-isoe|eusc)-/;

/** Real, but not in the table, because accounts see different availability zones there. */
const ACCOUNTS_DIFFER: readonly string[] = ["us-west-1"];

function reviewRegion(plan: NetworkPlan): Diagnostic[] {
  const region = regionOf(plan);
  if (OTHER_NAMES.test(region))
    return [
      error(
        "capability-missing",
        "region",
        `region "${region}" is not supported on aws yet`,
        "Its partition names services in other domains, which the endpoints and the DNS firewall would miss.",
        { facts: { cloud: "aws", region }, fix: "region: us-east-1" },
      ),
    ];
  const meant = KNOWN_REGIONS.includes(region) || ACCOUNTS_DIFFER.includes(region) ? undefined : nearest(region, KNOWN_REGIONS);
  if (meant !== undefined) {
    const summary = `"${region}" is no region that is known`;
    const detail = `The table of regions, dated 2026-11-21, has it not, and "${meant}" looks like it.`;
    const more = { facts: { region, meant }, fix: `region: ${meant}` };
    // Named zones are the way to use a region that is newer than the table.
    return [(plan.slotNames.aws === undefined ? error : warning)("aws-region-unknown", "region", summary, detail, more)];
  }
  if (zoneNamesOf(plan) !== undefined) return [];
  const letters = ["a", "b", "c"].slice(0, plan.slots);
  const known = KNOWN_REGIONS.includes(region);
  const detail = known
    ? `The table of ${region} has fewer than ${plan.slots} availability zones.`
    : `The table of availability zones does not have it; it may be new, or name its zones differently in each account.`;
  const fix = `zoneNames: { aws: [${letters.map((letter) => `${region}${letter}`).join(", ")}] }`;
  return [
    error("aws-zones-unknown", "region", `the availability zones of "${region}" are not known`, detail, {
      facts: { region, needed: plan.slots },
      fix,
    }),
  ];
}

function reviewZoneNames(plan: NetworkPlan): Diagnostic[] {
  const region = regionOf(plan);
  return (plan.slotNames.aws ?? []).flatMap((name, index) =>
    name.startsWith(region)
      ? []
      : [
          error("aws-zone-elsewhere", `zoneNames.aws[${index}]`, `availability zone "${name}" is not in ${region}`, "", {
            facts: { region },
            fix: `${region}${"abc"[index] ?? "a"}`,
          }),
        ],
  );
}

/** `sg-` is what ids begin with, and names of groups may not. */
function reviewName(plan: NetworkPlan): Diagnostic[] {
  if (plan.name !== "sg" && !plan.name.startsWith("sg-")) return [];
  return [
    error("aws-name", "name", `"${plan.name}" begins security group names with "sg-", which AWS refuses`, "", {
      fix: `name: my-${plan.name}`.slice(0, 30),
    }),
  ];
}

/** https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html */
const TAG_TEXT = /^[\p{L}\p{N}\p{Z}_.:/=+\-@]*$/u;
const OWN_TAGS: readonly string[] = ["enclave", "zone", "Name"];
const MOST_TAGS = 50;

function reviewTag(key: string, value: string): Diagnostic[] {
  const path = `tags.${key}`;
  const refuse = (detail: string, fix: string): Diagnostic[] => [
    error("aws-tag", path, `tag "${key}" is not one that AWS takes`, detail, { fix }),
  ];
  if (OWN_TAGS.includes(key))
    return refuse(`${OWN_TAGS.join(", ")} are written by the enclave itself.`, `remove it, or use another key, for example my-${key}`);
  if (/^aws:/i.test(key)) return refuse("Keys that begin with aws: are reserved.", "use a key without this prefix");
  if (key.length > 128 || value.length > 256)
    return refuse(`The key has ${key.length} characters of 128, the value ${value.length} of 256.`, "shorten it");
  if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value))
    return refuse("Letters, digits, spaces and _ . : / = + - @ are allowed.", "replace the other characters");
  return [];
}

function reviewTagCount(plan: NetworkPlan): Diagnostic[] {
  const count = Object.keys(plan.tags).length;
  const room = MOST_TAGS - OWN_TAGS.length;
  return count <= room
    ? []
    : [
        error(
          "aws-tag",
          "tags",
          `${count} tags are more than AWS takes`,
          `${MOST_TAGS} a resource, of which ${OWN_TAGS.length} are the enclave's own.`,
          { facts: { count, maximum: room }, fix: `keep ${room}` },
        ),
      ];
}

/** Nothing that could end a JSON string or begin a template. */
const ARN = /^arn:(aws|aws-us-gov|aws-cn):([a-z0-9-]+):([a-z0-9-]*):(\d{12})?:[\w+=,.@:/*?-]+$/;

/** A pattern for every bucket there is, or a bucket's objects alone, which cannot be listed. */
function bucketProblem(path: string, arn: string): Diagnostic[] {
  const [, bucket, objects] = /^arn:[a-z-]+:s3:::([^/]*)(?:\/(.*))?$/.exec(arn) ?? [];
  if (bucket === undefined || (/[^*?]/.test(bucket) && objects !== "*")) return [];
  const named = /[^*?]/.test(bucket) ? bucket : "my-bucket";
  const detail =
    "A bucket is named, or a prefix in it; the objects below are added. A pattern for all buckets would open those of every account.";
  return [error("aws-bucket-pattern", path, `"${arn}" is wider than a bucket`, detail, { fix: `arn:aws:s3:::${named}` })];
}

function arnProblem(path: string, arn: string, service: string, example: string): Diagnostic[] {
  const [, , found] = ARN.exec(arn) ?? [];
  if (found === service) return service === "s3" ? bucketProblem(path, arn) : [];
  const detail = found === undefined ? "It is not written like an ARN." : `It is an ARN of ${found}.`;
  return [error("aws-arn", path, `"${arn}" is not an ARN of ${service}`, detail, { facts: { service }, fix: example })];
}

function reviewArns(plan: NetworkPlan): Diagnostic[] {
  const { kmsKeyArn, inspectionCertificateArn } = plan.settings.aws;
  const key =
    kmsKeyArn === undefined
      ? []
      : arnProblem(
          "aws.kmsKeyArn",
          kmsKeyArn,
          "kms",
          "kmsKeyArn: arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
        );
  const example =
    'aws: { inspectionCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000" }';
  if (inspectionCertificateArn !== undefined)
    return [...key, ...arnProblem("aws.inspectionCertificateArn", inspectionCertificateArn, "acm", example)];
  if (plan.inspection !== "request") return key;
  const detail =
    "Network Firewall decrypts with a certificate authority that was imported into AWS Certificate Manager; clients have to trust it.";
  return [
    ...key,
    error("capability-missing", "inspection", "inspection of requests on aws needs a certificate", detail, {
      facts: { cloud: "aws", feature: "inspection-request" },
      fix: example,
    }),
  ];
}

/** The service in the ARNs of what an endpoint leads to; absent where no policy can name resources. */
const RESOURCE_SERVICE: Readonly<Record<Endpoint["service"], string | undefined>> = {
  "object-storage": "s3",
  "model-api": "bedrock",
  "ml-platform": "sagemaker",
  "container-registry": "ecr",
  secrets: "secretsmanager",
  keys: "kms",
  logs: "logs",
  metrics: undefined,
  queue: "sqs",
  "relational-db": undefined,
  "vector-search": undefined,
  custom: undefined,
};

function reviewEndpoint(endpoint: Endpoint): Diagnostic[] {
  const path = endpoint.because[0]?.path ?? "privateEndpoints";
  const service = RESOURCE_SERVICE[endpoint.service];
  const resources = endpoint.resources.aws ?? [];
  if (service !== undefined)
    return resources.flatMap((arn, index) =>
      arnProblem(
        `${path}.resources.aws[${index}]`,
        arn,
        service,
        `"arn:aws:${service}:${service === "s3" ? "::my-bucket" : "us-east-1:111122223333:NAME"}"`,
      ),
    );
  if (resources.length > 0) return [cannotNarrow(endpoint, path)];
  return endpoint.service === "custom" ? reviewTarget(endpoint, path) : [];
}

const cannotNarrow = (endpoint: Endpoint, path: string): Diagnostic =>
  error(
    "capability-missing",
    `${path}.resources.aws`,
    `${endpoint.service} cannot be narrowed to resources on aws`,
    "No endpoint policy of AWS names resources of this service.",
    {
      facts: { cloud: "aws", service: endpoint.service },
      fix: "remove resources.aws and narrow by identity policies",
    },
  );

/** https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html */
const SERVICE_NAME = /^(com\.amazonaws|aws\.[a-z]+)\.[a-z0-9.-]+$/;

function reviewTarget(endpoint: Endpoint, path: string): Diagnostic[] {
  const name = endpoint.target.aws?.["serviceName"];
  const fix = "target: { aws: { serviceName: com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0 } }";
  if (name === undefined) return [];
  return SERVICE_NAME.test(name)
    ? []
    : [error("aws-target", `${path}.target.aws.serviceName`, `"${name}" is not the name of an endpoint service`, "", { fix })];
}

/** What AWS demands of names, tags, regions, ARNs and other values that a spec hands through to it. */
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { nearest } from "../../src/diagnostics/did-you-mean";
import { error, warning } from "../../src/diagnostics/make";
import { joinPath } from "../../src/diagnostics/path";
import { asYaml, removing, replacing } from "../../src/model/fixes";
import { quoted } from "../../src/model/scalars";
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import { type ArnOf, reviewArn } from "./arns";
import { KNOWN_REGIONS, regionOf, zoneNamesOf } from "./regions";

export function reviewSettings(plan: NetworkPlan): Diagnostic[] {
  return [
    ...(plan.regions.aws === undefined ? [] : [...reviewRegion(plan), ...reviewZoneNames(plan)]),
    ...reviewName(plan),
    ...Object.entries(plan.tags).flatMap(([key, value]) => reviewTag(key, value)),
    ...reviewTagCount(plan),
    ...reviewArns(plan),
    ...plan.endpoints.flatMap((endpoint) => reviewEndpoint(endpoint, plan)),
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
            fix: replacing(`zoneNames.aws[${index}]`, `${region}${"abc"[index] ?? "a"}`),
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

const plainTag = (text: string): string => [...text].map((character) => (TAG_TEXT.test(character) ? character : "-")).join("");

function reviewTag(key: string, value: string): Diagnostic[] {
  const path = joinPath("tags", key);
  const refuse = (detail: string, other: string, text = value): Diagnostic[] => [
    error("aws-tag", path, `tag ${quoted(key)} is not one that AWS takes`, detail, { fix: `${asYaml(other)}: ${asYaml(text)}` }),
  ];
  if (OWN_TAGS.includes(key)) return refuse(`${OWN_TAGS.join(", ")} are written by the enclave itself.`, `my-${key}`);
  if (/^aws:/i.test(key)) return refuse("Keys that begin with aws: are reserved.", key.slice(4) || "my-aws");
  if (key.length > 128 || value.length > 256)
    return refuse(`The key has ${key.length} characters of 128, the value ${value.length} of 256.`, key.slice(0, 128), value.slice(0, 256));
  if (!TAG_TEXT.test(key) || !TAG_TEXT.test(value))
    return refuse("Letters, digits, spaces and _ . : / = + - @ are allowed.", plainTag(key), plainTag(value));
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
          { facts: { count, maximum: room }, fix: `# keep ${room} of them` },
        ),
      ];
}

const ID = "00000000-0000-0000-0000-000000000000";

function reviewArns(plan: NetworkPlan): Diagnostic[] {
  const { kmsKeyArn, inspectionCertificateArn } = plan.settings.aws;
  const of = (service: string, sample: string): ArnOf => ({ service, region: regionOf(plan), name: plan.name, sample });
  const key = kmsKeyArn === undefined ? [] : reviewArn("aws.kmsKeyArn", kmsKeyArn, of("kms", `key/${ID}`));
  if (inspectionCertificateArn !== undefined)
    return [...key, ...reviewArn("aws.inspectionCertificateArn", inspectionCertificateArn, of("acm", `certificate/${ID}`))];
  if (plan.inspection !== "request") return key;
  const detail =
    "Network Firewall decrypts with a certificate authority that was imported into AWS Certificate Manager; clients have to trust it.";
  return [
    ...key,
    error("capability-missing", "inspection", "inspection of requests on aws needs a certificate", detail, {
      facts: { cloud: "aws", feature: "inspection-request" },
      fix: `aws: { inspectionCertificateArn: "arn:aws:acm:${regionOf(plan)}:111122223333:certificate/${ID}" }`,
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

function reviewEndpoint(endpoint: Endpoint, plan: NetworkPlan): Diagnostic[] {
  const path = endpoint.because[0]?.path ?? "privateEndpoints";
  const service = RESOURCE_SERVICE[endpoint.service];
  const resources = endpoint.resources.aws ?? [];
  if (service !== undefined)
    return resources.flatMap((arn, index) =>
      reviewArn(`${path}.resources.aws[${index}]`, arn, { service, region: regionOf(plan), name: plan.name, sample: endpoint.name }),
    );
  if (resources.length > 0) return [cannotNarrow(endpoint, path)];
  return endpoint.service === "custom" ? reviewTarget(endpoint, path) : [];
}

const cannotNarrow = (endpoint: Endpoint, path: string): Diagnostic =>
  error(
    "capability-missing",
    `${path}.resources.aws`,
    `${endpoint.service} cannot be narrowed to resources on aws`,
    "No endpoint policy of AWS names resources of this service; identity policies can narrow it.",
    {
      facts: { cloud: "aws", service: endpoint.service },
      fix: removing(`${path}.resources.aws`),
    },
  );

/** https://docs.aws.amazon.com/vpc/latest/privatelink/privatelink-share-your-services.html */
const SERVICE_NAME = /^(com\.amazonaws|aws\.[a-z]+)\.[a-z0-9.-]+$/;

function reviewTarget(endpoint: Endpoint, path: string): Diagnostic[] {
  const name = endpoint.target.aws?.["serviceName"];
  const fix = "serviceName: com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0";
  if (name === undefined) return [];
  return SERVICE_NAME.test(name)
    ? []
    : [error("aws-target", `${path}.target.aws.serviceName`, `"${name}" is not the name of an endpoint service`, "", { fix })];
}

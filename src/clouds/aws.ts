/** Facts about Amazon Web Services. */
import * as z from "zod";
import type { CloudFacts } from "./cloud-facts";
import { NIL, shaped, text } from "./field-facts";

/** AWS's own example account. */
export const EXAMPLE_ACCOUNT = "111122223333";
const PLACE = `us-east-1:${EXAMPLE_ACCOUNT}`;

const arn = (service: string, name: string, kind: string) =>
  shaped(new RegExp(`^arn:[a-z0-9-]+:${service}:\\S+$`), name, `arn:aws:${service}:${PLACE}:${kind}/${NIL}`);

/** People name a bucket by its address as often as by its ARN. */
function bucketArn(given: string): string | undefined {
  const [, bucket] = /^s3:\/\/([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/.*)?$/.exec(given) ?? [];
  return bucket && `arn:aws:s3:::${bucket}`;
}

/** https://docs.aws.amazon.com/AmazonCloudWatchLogs/latest/APIReference/API_PutRetentionPolicy.html */
export const RETENTION_DAYS = [
  1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653,
] as const;

const NO_TAG_TEXT = /[^\p{L}\p{N}\p{Z}_.:/=+\-@]/u;

export const AWS = {
  title: "AWS",
  synonyms: ["amazon"],
  backend: "s3",
  exampleRegion: "us-east-1",
  services: {
    "object-storage": ["S3, by a gateway endpoint for each zone", "s3"],
    "model-api": ["Bedrock", "bedrock"],
    "ml-platform": ["SageMaker", "sagemaker"],
    "container-registry": ["ECR, with the bucket of image layers", "ecr"],
    secrets: ["Secrets Manager", "secretsmanager"],
    keys: ["KMS", "kms"],
    logs: ["CloudWatch Logs", "cloudwatch", "cloudwatch-logs"],
    metrics: ["CloudWatch; cannot be narrowed to resources"],
    queue: ["SQS", "sqs"],
    "relational-db": ["refused: give the database a zone and a flow instead", "rds", "aurora"],
    "vector-search": ["OpenSearch Serverless; rights are its data access policies", "opensearch"],
    custom: ["an endpoint service by name", "privatelink", "vpce"],
  },
  // https://docs.aws.amazon.com/general/latest/gr/rande.html
  domains: ["amazonaws.com", "amazonaws.com.cn", "api.aws"],
  labels: {
    "object-storage": /^s3(?:-[a-z0-9-]+)?$/,
    "model-api": /^bedrock[a-z-]*$/,
    "container-registry": /^(?:ecr|dkr)$/,
    secrets: /^secretsmanager$/,
  },
  rules: {},
  // Availability zones in the AWS documentation of 2026-11-21, regions in botocore 1.43.11.
  // https://docs.aws.amazon.com/global-infrastructure/latest/regions/aws-availability-zones.html
  regions: {
    codes: {
      similar: "aws-region-unknown",
      unlisted: "aws-zones-unknown",
      zones: "aws-zones-unknown",
      zone: "aws-zone-elsewhere",
    },
    table: {
      abc: `af-south-1 ap-east-1 ap-northeast-3 ap-south-1 ap-south-2 ap-southeast-1 ap-southeast-2
        ap-southeast-3 ap-southeast-4 ca-west-1 eu-central-1 eu-central-2 eu-north-1 eu-south-1 eu-south-2
        eu-west-1 eu-west-2 eu-west-3 il-central-1 me-central-1 me-south-1 sa-east-1 us-east-2 us-gov-east-1
        us-gov-west-1 us-west-2`,
      abcd: "ap-northeast-2",
      abcdf: "us-east-1",
      abd: "ca-central-1",
      acd: "ap-northeast-1",
      // Which of these letters an account sees stands nowhere.
      "": "ap-east-2 ap-southeast-5 ap-southeast-6 ap-southeast-7 mx-central-1 us-west-1",
    },
    zoneStart: "{region}",
    zoneEnd: /^[a-z]$/,
    ends: "abc",
    form: /^[a-z]{2}(-[a-z]+)+-\d$/,
    zonesDiffer: true,
    warnsOfSimilar: true,
    foreign: {
      code: "capability-missing",
      form: /^(cn|us-iso[a-z]?|eu-isoe|eusc)-/,
      why:
        "Services of its partition have names in other domains, which the endpoints and the DNS " +
        "firewall would miss.",
    },
  },
  names: {
    code: "aws-name",
    form: /^sg(?=-|$)/,
    why: 'AWS refuses names of security groups that begin with "sg-".',
  },
  // https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
  tags: {
    code: "aws-tag",
    countCode: "aws-tag",
    keys: {
      refused: [
        [/^(?:enclave|zone|Name)$/, "The enclave itself writes the tags enclave, zone and Name."],
        [/^aws:/i, "Keys that begin with aws: are reserved."],
        [NO_TAG_TEXT, "A key has letters, digits, spaces and _ . : / = + - @."],
      ],
      longest: 128,
    },
    values: {
      refused: [[NO_TAG_TEXT, "A value has letters, digits, spaces and _ . : / = + - @."]],
      longest: 256,
    },
    most: { on: "A resource", all: 50, own: 3 },
  },
  retention: {
    longer: [
      {
        code: "aws-retention-longer",
        logs: "logs",
        kept: (days) => RETENTION_DAYS.find((period) => period >= days) ?? "for ever",
        why:
          `CloudWatch Logs keeps logs for certain numbers of days, ${RETENTION_DAYS.at(-1)} at most, ` +
          "or for ever.",
      },
    ],
    lock: {
      holds: false,
      why:
        "CloudWatch Logs has no lock. A policy of the organization can deny logs:PutRetentionPolicy, " +
        "logs:DeleteLogGroup and logs:DeleteLogStream.",
    },
  },
  inspection: {
    setting: "inspectionCertificateArn",
    needs: "a certificate",
    why:
      "Network Firewall decrypts with a certificate authority that was imported into AWS Certificate " +
      "Manager. Clients have to trust it.",
  },
  platforms: [],
  quotas: { most: "aws-quota", normal: "aws-quota-default", holder: "An account" },
  resource: shaped(
    /^arn:[a-z0-9-]+:[^\s]+$/,
    "an Amazon resource name",
    "arn:aws:s3:::rag-corpus",
    bucketArn,
  ),
  withoutResources: "those of the own account",
  action: shaped(/^[a-z0-9-]+:[A-Z][A-Za-z0-9]*$/, "one action of AWS", "s3:GetObjectAcl"),
  consumer: text.meta({ examples: ["arn:aws:iam::111122223333:root"] }),
  link: z.strictObject({
    transitGatewayId: shaped(/^tgw-[0-9a-f]+$/, "a transit gateway id", "tgw-0123456789abcdef0"),
  }),
  target: z.strictObject({
    serviceName: shaped(
      /^com\.amazonaws\.[a-z0-9.-]+$/,
      "an endpoint service name",
      "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0",
    ),
  }),
  logging: z.strictObject({}),
  settings: z.strictObject({
    kmsKeyArn: arn("kms", "a KMS key ARN", "key")
      .optional()
      .meta({ description: "ARN of the KMS key that encrypts logs.", absent: "a key is made" }),
    inspectionCertificateArn: arn("acm", "an ACM certificate ARN", "certificate")
      .optional()
      .meta({ description: "ARN of the ACM certificate authority for `inspection: request`." }),
  }),
} as const satisfies CloudFacts;

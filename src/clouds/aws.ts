/** Facts about Amazon Web Services. */
import { z } from "zod";
import type { CloudFacts } from "./cloud-facts";
import { shaped, text } from "./field-facts";

/** A bucket is named by its name or its address as often as by its ARN. */
function bucketArn(given: string): string | undefined {
  const [, bucket] = /^(?:s3:\/\/)?([a-z0-9][a-z0-9.-]{1,61}[a-z0-9])(?:\/.*)?$/.exec(given) ?? [];
  return bucket && `arn:aws:s3:::${bucket}`;
}

export const AWS = {
  title: "AWS",
  synonyms: ["amazon"],
  backend: "s3",
  exampleRegion: "us-east-1",
  regionForm: /^[a-z]{2}(?:-[a-z]+)+-\d$/,
  places: {
    "united-kingdom": { region: "eu-west-2", names: /^eu-west-2$/ },
    switzerland: { region: "eu-central-2", names: /^eu-central-2$/ },
    europe: { region: "eu-central-1", names: /^eu-/ },
    canada: { region: "ca-central-1", names: /^ca-/ },
    "united-states": { region: "us-east-1", names: /^us-(?!gov|iso)/ },
    brazil: { region: "sa-east-1", names: /^sa-east-1$/ },
    australia: { region: "ap-southeast-2", names: /^ap-southeast-[24]$/ },
    india: { region: "ap-south-1", names: /^ap-south-/ },
    japan: { region: "ap-northeast-1", names: /^ap-northeast-[13]$/ },
  },
  // https://docs.aws.amazon.com/general/latest/gr/rande.html
  domains: ["amazonaws.com", "amazonaws.com.cn", "api.aws"],
  services: {
    "object-storage": {
      product: "S3; a gateway endpoint for each zone where rights differ",
      synonyms: ["s3"],
      labels: /^s3(?:-[a-z0-9-]+)?$/,
    },
    "model-api": { product: "Bedrock", synonyms: ["bedrock"], labels: /^bedrock[a-z-]*$/ },
    "ml-platform": { product: "SageMaker", synonyms: ["sagemaker"] },
    "container-registry": {
      product: "ECR, with the bucket of image layers",
      synonyms: ["ecr"],
      labels: /^(?:ecr|dkr)$/,
    },
    secrets: { product: "Secrets Manager", synonyms: ["secretsmanager"], labels: /^secretsmanager$/ },
    keys: { product: "KMS", synonyms: ["kms"] },
    logs: { product: "CloudWatch Logs", synonyms: ["cloudwatch", "cloudwatch-logs"] },
    metrics: { product: "CloudWatch; cannot be narrowed to resources", synonyms: [] },
    queue: { product: "SQS", synonyms: ["sqs"] },
    "relational-db": {
      product: "refused: give the database a zone and a flow instead",
      synonyms: ["rds", "aurora"],
    },
    "vector-search": {
      product: "OpenSearch Serverless; rights are its data access policies",
      synonyms: ["opensearch"],
    },
    custom: { product: "an endpoint service by name", synonyms: ["privatelink", "vpce"] },
  },
  rules: {},
  resource: shaped(
    /^arn:[a-z0-9-]+:[^\s]+$/,
    "an Amazon resource name",
    "arn:aws:s3:::rag-corpus",
    bucketArn,
  ).meta({
    onlyFor: {
      service: "object-storage",
      otherwise: "by its ARN: arn:aws:…",
      detail: "An ARN has six parts with colons between: arn, partition, service, region, account, resource.",
    },
  }),
  withoutResources: "those of the own account",
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
  settings: z.strictObject({
    kmsKeyArn: shaped(
      /^arn:[a-z0-9-]+:kms:\S+$/,
      "a KMS key ARN",
      "arn:aws:kms:us-east-1:111122223333:key/00000000-0000-0000-0000-000000000000",
    )
      .optional()
      .meta({ description: "ARN of the KMS key that encrypts logs.", absent: "a key is made" }),
    inspectionCertificateArn: shaped(
      /^arn:[a-z0-9-]+:acm:\S+$/,
      "an ACM certificate ARN",
      "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000",
    )
      .optional()
      .meta({ description: "ARN of the ACM certificate authority for `inspection: request`." }),
  }),
} as const satisfies CloudFacts;

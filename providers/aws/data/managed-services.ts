/**
 * Neutral services as AWS offers them: which endpoint carries which right, under which names it answers, and which actions an
 * endpoint policy lets through. An endpoint policy is an upper bound; identity policies still have to grant.
 * Names: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 * Actions: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
import type { Service } from "../../../src/model/enclave";

/** Actions of one statement, and what they apply to when the spec names no resources. */
export interface Grant {
  readonly actions: readonly string[];
  /**
   * `account`: whatever the own account holds. `any`: actions that have no resource. `foundation-models`: models of AWS, which
   * belong to no account, and the own account's. `objects`: buckets of the own account, and everything in them. `log-groups`:
   * those of the own account, with their streams.
   */
  readonly on: "account" | "any" | "foundation-models" | "objects" | "log-groups";
}

/** One VPC endpoint service, `com.amazonaws.REGION.NAME`. */
export interface AwsEndpoint {
  readonly name: string;
  /** Host names below the region's domain, `{region}` and `{suffix}` to be filled in; `*.` means any label below. */
  readonly hosts: readonly string[];
}

export interface Right {
  readonly endpoint: AwsEndpoint;
  readonly grants: readonly Grant[];
}

const host = (name: string): string => `${name}.{region}.{suffix}`;
const endpoint = (name: string, ...hosts: readonly string[]): AwsEndpoint => ({
  name,
  hosts: hosts.length === 0 ? [host(name)] : hosts,
});

/** Bucket names are added per resource. */
export const S3 = endpoint("s3");
const ECR_API = endpoint("ecr.api", host("api.ecr"));
const ECR_DKR = endpoint("ecr.dkr", host("*.dkr.ecr"));
const BEDROCK = endpoint("bedrock");
const BEDROCK_RUNTIME = endpoint("bedrock-runtime");
const SAGEMAKER_API = endpoint("sagemaker.api", host("api.sagemaker"));
const SAGEMAKER_RUNTIME = endpoint("sagemaker.runtime", host("runtime.sagemaker"));
const SECRETS = endpoint("secretsmanager");
const KMS = endpoint("kms");
export const LOGS = endpoint("logs");
const MONITORING = endpoint("monitoring");
const SQS = endpoint("sqs");

const prefixed = (service: string, ...actions: readonly string[]): string[] =>
  actions.map((action) => `${service}:${action}`);
const MANAGE = [
  "Create*",
  "Update*",
  "Delete*",
  "Describe*",
  "Get*",
  "Put*",
  "Start*",
  "Stop*",
  "Tag*",
  "Untag*",
];

/** Most lists are of a whole account and name no resource, so that nothing but `*` matches them. */
const lists = (service: string): Grant => ({ actions: prefixed(service, "List*"), on: "any" });

const REGISTRY_LOGIN: Grant = { actions: ["ecr:GetAuthorizationToken"], on: "any" };
const PULL: Grant = {
  actions: prefixed(
    "ecr",
    "BatchCheckLayerAvailability",
    "BatchGetImage",
    "DescribeImages",
    "GetDownloadUrlForLayer",
    "ListImages",
  ),
  on: "account",
};
const PUSH: Grant = {
  actions: prefixed(
    "ecr",
    "BatchCheckLayerAvailability",
    "CompleteLayerUpload",
    "InitiateLayerUpload",
    "PutImage",
    "UploadLayerPart",
  ),
  on: "account",
};

type ByRight = { readonly read: readonly Right[]; readonly write: readonly Right[] };

/** Services that AWS reaches through interface endpoints with a policy; the rest is handled by kind. */
export const POLICY_SERVICES: Readonly<
  Record<Exclude<Service, "relational-db" | "vector-search" | "custom">, ByRight>
> = {
  "object-storage": {
    read: [
      {
        endpoint: S3,
        grants: [
          {
            actions: prefixed("s3", "GetBucketLocation", "GetObject", "GetObjectVersion", "ListBucket"),
            on: "objects",
          },
        ],
      },
    ],
    write: [
      {
        endpoint: S3,
        grants: [
          {
            actions: prefixed(
              "s3",
              "AbortMultipartUpload",
              "DeleteObject",
              "GetBucketLocation",
              "ListMultipartUploadParts",
              "PutObject",
            ),
            on: "objects",
          },
        ],
      },
    ],
  },
  "model-api": {
    read: [
      {
        endpoint: BEDROCK_RUNTIME,
        grants: [
          {
            actions: prefixed("bedrock", "InvokeModel", "InvokeModelWithResponseStream"),
            on: "foundation-models",
          },
        ],
      },
    ],
    write: [
      {
        endpoint: BEDROCK,
        grants: [{ actions: prefixed("bedrock", ...MANAGE), on: "foundation-models" }, lists("bedrock")],
      },
    ],
  },
  "ml-platform": {
    read: [
      {
        endpoint: SAGEMAKER_RUNTIME,
        grants: [
          {
            actions: prefixed(
              "sagemaker",
              "InvokeEndpoint",
              "InvokeEndpointAsync",
              "InvokeEndpointWithResponseStream",
            ),
            on: "account",
          },
        ],
      },
    ],
    write: [
      {
        endpoint: SAGEMAKER_API,
        grants: [
          { actions: prefixed("sagemaker", ...MANAGE, "AddTags", "DeleteTags"), on: "account" },
          lists("sagemaker"),
        ],
      },
    ],
  },
  "container-registry": {
    read: [
      { endpoint: ECR_API, grants: [REGISTRY_LOGIN, PULL] },
      { endpoint: ECR_DKR, grants: [REGISTRY_LOGIN, PULL] },
    ],
    write: [
      { endpoint: ECR_API, grants: [REGISTRY_LOGIN, PUSH] },
      { endpoint: ECR_DKR, grants: [REGISTRY_LOGIN, PUSH] },
    ],
  },
  secrets: {
    read: [
      {
        endpoint: SECRETS,
        grants: [{ actions: prefixed("secretsmanager", "DescribeSecret", "GetSecretValue"), on: "account" }],
      },
    ],
    write: [
      {
        endpoint: SECRETS,
        grants: [
          {
            actions: prefixed(
              "secretsmanager",
              "DescribeSecret",
              "PutSecretValue",
              "UpdateSecretVersionStage",
            ),
            on: "account",
          },
        ],
      },
    ],
  },
  keys: {
    read: [
      {
        endpoint: KMS,
        grants: [
          {
            actions: prefixed("kms", "Decrypt", "DescribeKey", "GetPublicKey", "Verify", "VerifyMac"),
            on: "account",
          },
        ],
      },
    ],
    write: [
      {
        endpoint: KMS,
        grants: [
          {
            actions: prefixed(
              "kms",
              "DescribeKey",
              "Encrypt",
              "GenerateDataKey",
              "GenerateDataKeyWithoutPlaintext",
              "GenerateMac",
              "Sign",
            ),
            on: "account",
          },
        ],
      },
    ],
  },
  logs: {
    read: [
      {
        endpoint: LOGS,
        grants: [
          {
            actions: prefixed("logs", "DescribeLogStreams", "FilterLogEvents", "GetLogEvents", "StartQuery"),
            on: "log-groups",
          },
          // These name all groups, or a query, which is no resource.
          { actions: prefixed("logs", "DescribeLogGroups", "GetQueryResults", "StopQuery"), on: "any" },
        ],
      },
    ],
    write: [
      {
        endpoint: LOGS,
        grants: [
          {
            actions: prefixed("logs", "CreateLogStream", "DescribeLogStreams", "PutLogEvents"),
            on: "log-groups",
          },
        ],
      },
    ],
  },
  metrics: {
    read: [
      {
        endpoint: MONITORING,
        grants: [
          {
            actions: prefixed("cloudwatch", "GetMetricData", "GetMetricStatistics", "ListMetrics"),
            on: "any",
          },
        ],
      },
    ],
    write: [
      { endpoint: MONITORING, grants: [{ actions: prefixed("cloudwatch", "PutMetricData"), on: "any" }] },
    ],
  },
  queue: {
    read: [
      {
        endpoint: SQS,
        grants: [
          {
            actions: prefixed(
              "sqs",
              "ChangeMessageVisibility",
              "DeleteMessage",
              "GetQueueAttributes",
              "GetQueueUrl",
              "ReceiveMessage",
            ),
            on: "account",
          },
        ],
      },
    ],
    write: [
      {
        endpoint: SQS,
        grants: [
          { actions: prefixed("sqs", "GetQueueAttributes", "GetQueueUrl", "SendMessage"), on: "account" },
        ],
      },
    ],
  },
};

/**
 * Image layers come from a bucket of AWS, one per region, whatever the registry's endpoint says.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export const layerBucket = (region: string): string => `prod-${region}-starport-layer-bucket`;

/** OpenSearch Serverless has an endpoint resource of its own, without a policy; its data access policies hold the rights. */
export const OPENSEARCH: AwsEndpoint = endpoint("aoss", "*.{region}.aoss.{suffix}");

export const hostsOf = (awsEndpoint: AwsEndpoint, region: string): string[] =>
  awsEndpoint.hosts.map((pattern) =>
    pattern.replace("{region}", region).replace("{suffix}", "amazonaws.com"),
  );

/**
 * The services of a spec on AWS, stated here a second time and apart from the renderer: endpoint services,
 * names, and the actions of each right.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 * https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
import type { PrivateEndpoint, Service } from "../../model/enclave";
import { added } from "./actions";

/**
 * The resources of actions where the spec names none: everything of the own account, everything at all,
 * models of AWS and of the own account, buckets and objects of the own account, or log groups with their
 * streams.
 */
export type Extent = "account" | "any" | "foundation-models" | "objects" | "log-groups";

export interface Grant {
  readonly actions: readonly string[];
  readonly on: Extent;
}

/** One endpoint service, `com.amazonaws.REGION.NAME`, and what a right is there. */
export interface Use {
  readonly name: string;
  readonly grants: readonly Grant[];
}

type Actions = readonly [on: Extent, actions: string];

const use = (name: string, prefix: string, ...rights: readonly Actions[]): Use => ({
  name,
  grants: rights.map(([on, actions]) => ({
    on,
    actions: actions.split(" ").map((action) => `${prefix}:${action}`),
  })),
});

const MANAGE = "Create* Update* Delete* Get* Put* Start* Stop*";
const MANAGE_MODELS = `${MANAGE} Tag* Untag*`;
const MANAGE_ML =
  `${MANAGE} Describe* AddAssociation AddTags AssociateTrialComponent BatchDescribeModelPackage ` +
  "DisassociateTrialComponent RetryPipelineExecution SendPipelineExecutionStep*";
const LOGIN: Actions = ["any", "GetAuthorizationToken"];
const PULL: Actions = [
  "account",
  "BatchCheckLayerAvailability BatchGetImage BatchImportUpstreamImage DescribeImages GetDownloadUrlForLayer " +
    "ListImages",
];
const PUSH: Actions = [
  "account",
  "BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload InitiateLayerUpload PutImage UploadLayerPart",
];

interface ByRight {
  readonly read: readonly Use[];
  readonly write: readonly Use[];
}

/** Undefined where an endpoint has no policy. */
const RIGHTS: Readonly<Record<Service, ByRight | undefined>> = {
  "object-storage": {
    read: [
      use("s3", "s3", [
        "objects",
        "GetBucketLocation GetObject GetObjectAttributes GetObjectTagging GetObjectVersion ListBucket",
      ]),
    ],
    write: [
      use("s3", "s3", [
        "objects",
        "AbortMultipartUpload DeleteObject GetBucketLocation ListBucketMultipartUploads " +
          "ListMultipartUploadParts PutObject PutObjectTagging",
      ]),
    ],
  },
  "model-api": {
    read: [
      use(
        "bedrock-runtime",
        "bedrock",
        [
          "foundation-models",
          "ApplyGuardrail CountTokens GetAsyncInvoke InvokeModel InvokeModelWithBidirectionalStream " +
            "InvokeModelWithResponseStream StartAsyncInvoke",
        ],
        ["any", "CallWithBearerToken ListAsyncInvokes"],
      ),
    ],
    write: [use("bedrock", "bedrock", ["foundation-models", MANAGE_MODELS], ["any", "List*"])],
  },
  "ml-platform": {
    read: [
      use("sagemaker.runtime", "sagemaker", [
        "account",
        "InvokeEndpoint InvokeEndpointAsync InvokeEndpointWithResponseStream",
      ]),
    ],
    write: [use("sagemaker.api", "sagemaker", ["account", MANAGE_ML], ["any", "List* QueryLineage Search"])],
  },
  "container-registry": {
    read: [use("ecr.api", "ecr", LOGIN, PULL), use("ecr.dkr", "ecr", LOGIN, PULL)],
    write: [use("ecr.api", "ecr", LOGIN, PUSH), use("ecr.dkr", "ecr", LOGIN, PUSH)],
  },
  secrets: {
    read: [
      use(
        "secretsmanager",
        "secretsmanager",
        ["account", "DescribeSecret GetSecretValue"],
        ["any", "BatchGetSecretValue ListSecrets"],
      ),
    ],
    write: [
      use("secretsmanager", "secretsmanager", [
        "account",
        "DescribeSecret PutSecretValue UpdateSecretVersionStage",
      ]),
    ],
  },
  keys: {
    read: [use("kms", "kms", ["account", "Decrypt DescribeKey GetPublicKey ReEncryptFrom Verify VerifyMac"])],
    write: [
      use("kms", "kms", [
        "account",
        "DescribeKey Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext " +
          "GenerateDataKeyWithoutPlaintext GenerateMac ReEncryptTo Sign",
      ]),
    ],
  },
  logs: {
    read: [
      use(
        "logs",
        "logs",
        ["log-groups", "DescribeLogStreams FilterLogEvents GetLogEvents StartQuery"],
        ["any", "DescribeLogGroups GetQueryResults StopQuery"],
      ),
    ],
    write: [
      use(
        "logs",
        "logs",
        ["log-groups", "CreateLogGroup CreateLogStream DescribeLogStreams PutLogEvents"],
        ["any", "DescribeLogGroups"],
      ),
    ],
  },
  metrics: {
    read: [use("monitoring", "cloudwatch", ["any", "GetMetricData GetMetricStatistics ListMetrics"])],
    write: [use("monitoring", "cloudwatch", ["any", "PutMetricData"])],
  },
  queue: {
    read: [
      use("sqs", "sqs", [
        "account",
        "ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage",
      ]),
    ],
    write: [use("sqs", "sqs", ["account", "GetQueueAttributes GetQueueUrl SendMessage"])],
  },
  "relational-db": undefined,
  "vector-search": undefined,
  custom: undefined,
};

/**
 * Endpoint services that carry the right of an endpoint of the spec, each once, with all that it gives there.
 */
export function usesOf({ service, access, actions }: PrivateEndpoint): readonly Use[] {
  const rights = RIGHTS[service];
  if (rights === undefined || access === undefined) return [];
  const wanted = access === "read-write" ? [...rights.read, ...rights.write] : rights[access];
  const names = [...new Set(wanted.map(({ name }) => name))];
  return names.map((name) => {
    const grants = wanted.flatMap((each) => (each.name === name ? each.grants : []));
    return { name, grants: [...grants, ...added(grants, actions.aws ?? [])] };
  });
}

/**
 * Pulling images needs their layers, which lie in a bucket of AWS.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
export const pullsLayers = ({ service, access }: PrivateEndpoint): boolean =>
  service === "container-registry" && access !== "write";

export const layerBucket = (region: string): string => `prod-${region}-starport-layer-bucket`;

/**
 * Host names of an endpoint service below the region's domain, where they are not
 * `NAME.REGION.amazonaws.com`.
 */
const HOSTS: Readonly<Record<string, string>> = {
  "ecr.api": "api.ecr",
  "ecr.dkr": "*.dkr.ecr",
  "sagemaker.api": "api.sagemaker",
  "sagemaker.runtime": "runtime.sagemaker",
};

const hostOf = (name: string, region: string): string => `${HOSTS[name] ?? name}.${region}.amazonaws.com`;

/**
 * Names by which clients call an endpoint of the spec. Buckets of a pattern are any label below the
 * service's.
 */
export function namesOf(endpoint: PrivateEndpoint, region: string): string[] {
  if (endpoint.service === "custom") return [...endpoint.dnsNames];
  if (endpoint.service === "vector-search") return [`*.${region}.aoss.amazonaws.com`];
  const names = usesOf(endpoint).map(({ name }) => hostOf(name, region));
  const layers = pullsLayers(endpoint) ? [`${layerBucket(region)}.${hostOf("s3", region)}`] : [];
  const isStorage = endpoint.service === "object-storage";
  const storage = isStorage || layers.length > 0 ? storageNames(region) : [];
  const buckets = isStorage ? bucketsOf(endpoint.resources.aws ?? []) : [];
  const named = buckets.flatMap((bucket) => storage.map((host) => `${bucket}.${host}`));
  return [...new Set([...names, ...storage, ...layers, ...named])];
}

/** Regional, dual-stack, and where the SDK for Python asks for it without being told, global. */
const storageNames = (region: string): string[] => [
  hostOf("s3", region),
  hostOf("s3.dualstack", region),
  ...(region === "us-east-1" ? ["s3.amazonaws.com"] : []),
];

function bucketsOf(arns: readonly string[]): string[] {
  if (arns.length === 0) return ["*"];
  const names = arns.map((arn) => arn.split(":::")[1]?.split("/")[0] ?? "*");
  return names.map((name) => (/[*?]/.test(name) ? "*" : name));
}

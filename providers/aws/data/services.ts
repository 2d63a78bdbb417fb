/**
 * The services of a spec as AWS offers them: which endpoint carries which right, under which name it answers,
 * and which actions its policy lets through. Identity policies still have to grant.
 * Names: https://docs.aws.amazon.com/vpc/latest/privatelink/aws-services-privatelink-support.html
 * Actions: https://docs.aws.amazon.com/service-authorization/latest/reference/
 */
import type { Service } from "../../../src/model/enclave";

/** Actions of one statement, and the resources that they apply to when the spec names none. */
export interface Grant {
  /** As actions and ARNs begin. */
  readonly service: string;
  readonly actions: readonly string[];
  /**
   * `account`: everything that the own account holds. `any`: the actions have no resource.
   * `foundation-models`: models of AWS, which belong to no account, and the own account's. `objects`: buckets
   * of the own account, and everything in them. `log-groups`: those of the own account, with their streams.
   * `layers`: the bucket of AWS that holds image layers.
   */
  readonly on: "account" | "any" | "foundation-models" | "objects" | "log-groups" | "layers";
}

/** One VPC endpoint service, `com.amazonaws.REGION.NAME`. */
export interface AwsEndpoint {
  readonly name: string;
  /** With `{region}` to be filled in; `*.` means any label below. */
  readonly host?: string;
}

type Right = readonly [AwsEndpoint, ...(readonly Grant[])];

const endpoint = (name: string, host = `${name}.{region}`): AwsEndpoint => {
  return { name, host: `${host}.amazonaws.com` };
};

/** Bucket names are added per resource. */
export const S3 = endpoint("s3");
export const LOGS = endpoint("logs");
/** A service that is not in every region: its product there, where it is not, and what can take its place. */
interface Absence {
  readonly product: string;
  readonly regions: readonly string[];
  readonly instead: string;
}

/** Of the regions of EC2 in botocore 1.43.11, read on 2026-11-27; all other services are in each of them. */
export const ABSENT: Readonly<Partial<Record<Service, Absence>>> = {
  "model-api": {
    product: "Bedrock",
    regions: ["ap-east-1"],
    instead: "A model of your own is a zone (role: inference) with a flow to its port.",
  },
  "vector-search": {
    product: "OpenSearch Serverless",
    regions: (
      "af-south-1 ap-east-2 ap-southeast-3 ap-southeast-4 ap-southeast-5 ap-southeast-6 ap-southeast-7 " +
      "ca-west-1 il-central-1 me-central-1 me-south-1 mx-central-1"
    ).split(" "),
    instead:
      "A vector store of your own is a zone (role: vector-store, exposure: isolated) with a flow to its port.",
  },
};
/** It has an endpoint resource of its own, without a policy; data access policies hold the rights. */
export const OPENSEARCH = endpoint("aoss", "*.{region}.aoss");
const BEDROCK = endpoint("bedrock");
const BEDROCK_RUNTIME = endpoint("bedrock-runtime");
const ECR_API = endpoint("ecr.api", "api.ecr.{region}");
const ECR_DKR = endpoint("ecr.dkr", "*.dkr.ecr.{region}");
const KMS = endpoint("kms");
const MONITORING = endpoint("monitoring");
const SAGEMAKER_API = endpoint("sagemaker.api", "api.sagemaker.{region}");
const SAGEMAKER_RUNTIME = endpoint("sagemaker.runtime", "runtime.sagemaker.{region}");
const SECRETS = endpoint("secretsmanager");
const SQS = endpoint("sqs");

/** `actions` are words with spaces between: `grant("account", "kms", "Decrypt DescribeKey")`. */
const grant = (on: Grant["on"], service: string, actions: string): Grant => ({
  on,
  service,
  actions: actions.split(" ").map((action) => `${service}:${action}`),
});

const MANAGE = "Create* Update* Delete* Get* Put* Start* Stop*";
const MANAGE_MODELS = `${MANAGE} Tag* Untag*`;

/** Most lists are of a whole account and name no resource, so that nothing but `*` matches them. */
const LIST_MODELS = grant("any", "bedrock", "List*");
const LIST_ML = grant("any", "sagemaker", "List* QueryLineage Search");

const LOGIN = grant("any", "ecr", "GetAuthorizationToken");
/** Pulling images needs their layers. */
export const LAYERS = grant("layers", "s3", "GetObject");
const PULL_IMAGES =
  "BatchCheckLayerAvailability BatchGetImage BatchImportUpstreamImage DescribeImages GetDownloadUrlForLayer " +
  "ListImages";
const PUSH_IMAGES =
  "BatchCheckLayerAvailability BatchGetImage CompleteLayerUpload InitiateLayerUpload PutImage UploadLayerPart";
const PULL = grant("account", "ecr", PULL_IMAGES);
const PUSH = grant("account", "ecr", PUSH_IMAGES);
/** Copies between buckets carry tags along; large ones are uploads in parts. */
const READ_BUCKETS =
  "GetBucketLocation GetObject GetObjectAttributes GetObjectTagging GetObjectVersion ListBucket";
const WRITE_BUCKETS =
  "AbortMultipartUpload DeleteObject GetBucketLocation ListBucketMultipartUploads ListMultipartUploadParts " +
  "PutObject PutObjectTagging";
const READ_LOGS = grant("log-groups", "logs", "DescribeLogStreams FilterLogEvents GetLogEvents StartQuery");
/** Agents make the group that they write to. */
const WRITE_LOGS = grant(
  "log-groups",
  "logs",
  "CreateLogGroup CreateLogStream DescribeLogStreams PutLogEvents",
);
/** These name all groups, or a query, which is no resource. */
const QUERY_LOGS = grant("any", "logs", "DescribeLogGroups GetQueryResults StopQuery");
const MANAGE_ML =
  `${MANAGE} Describe* AddAssociation AddTags AssociateTrialComponent BatchDescribeModelPackage ` +
  "DisassociateTrialComponent RetryPipelineExecution SendPipelineExecutionStep*";
const INVOKE_MODEL =
  "ApplyGuardrail CountTokens GetAsyncInvoke InvokeModel InvokeModelWithBidirectionalStream " +
  "InvokeModelWithResponseStream StartAsyncInvoke";
const PUT_SECRET = "DescribeSecret PutSecretValue UpdateSecretVersionStage";
const INVOKE = "InvokeEndpoint InvokeEndpointAsync InvokeEndpointWithResponseStream";
const DECRYPT = "Decrypt DescribeKey GetPublicKey ReEncryptFrom Verify VerifyMac";
const ENCRYPT =
  "DescribeKey Encrypt GenerateDataKey GenerateDataKeyPair GenerateDataKeyPairWithoutPlaintext " +
  "GenerateDataKeyWithoutPlaintext GenerateMac ReEncryptTo Sign";
const RECEIVE = "ChangeMessageVisibility DeleteMessage GetQueueAttributes GetQueueUrl ReceiveMessage";

const registry = (right: Grant): Right[] => [ECR_API, ECR_DKR].map((each) => [each, LOGIN, right]);

type Rights = Readonly<Record<"read" | "write", readonly Right[]>>;

/** Services that AWS reaches through interface endpoints with a policy; the rest is handled by kind. */
export const POLICY_SERVICES: Readonly<
  Record<Exclude<Service, "relational-db" | "vector-search" | "custom">, Rights>
> = {
  "object-storage": {
    read: [[S3, grant("objects", "s3", READ_BUCKETS)]],
    write: [[S3, grant("objects", "s3", WRITE_BUCKETS)]],
  },
  "model-api": {
    read: [
      [
        BEDROCK_RUNTIME,
        grant("foundation-models", "bedrock", INVOKE_MODEL),
        grant("any", "bedrock", "CallWithBearerToken ListAsyncInvokes"),
      ],
    ],
    write: [[BEDROCK, grant("foundation-models", "bedrock", MANAGE_MODELS), LIST_MODELS]],
  },
  "ml-platform": {
    read: [[SAGEMAKER_RUNTIME, grant("account", "sagemaker", INVOKE)]],
    write: [[SAGEMAKER_API, grant("account", "sagemaker", MANAGE_ML), LIST_ML]],
  },
  "container-registry": { read: [...registry(PULL), [S3, LAYERS]], write: registry(PUSH) },
  secrets: {
    read: [
      [
        SECRETS,
        grant("account", "secretsmanager", "DescribeSecret GetSecretValue"),
        grant("any", "secretsmanager", "BatchGetSecretValue ListSecrets"),
      ],
    ],
    write: [[SECRETS, grant("account", "secretsmanager", PUT_SECRET)]],
  },
  keys: { read: [[KMS, grant("account", "kms", DECRYPT)]], write: [[KMS, grant("account", "kms", ENCRYPT)]] },
  logs: {
    read: [[LOGS, READ_LOGS, QUERY_LOGS]],
    write: [[LOGS, WRITE_LOGS, grant("any", "logs", "DescribeLogGroups")]],
  },
  metrics: {
    read: [[MONITORING, grant("any", "cloudwatch", "GetMetricData GetMetricStatistics ListMetrics")]],
    write: [[MONITORING, grant("any", "cloudwatch", "PutMetricData")]],
  },
  queue: {
    read: [[SQS, grant("account", "sqs", RECEIVE)]],
    write: [[SQS, grant("account", "sqs", "GetQueueAttributes GetQueueUrl SendMessage")]],
  },
};

/** Image layers come from a bucket of AWS, one per region, whatever the registry's endpoint says. */
export const layerBucket = (region: string): string => `prod-${region}-starport-layer-bucket`;

/**
 * The region of a service that a customer shares through PrivateLink. Only its owner stands behind it, so its
 * endpoint takes no policy. All other names lead to AWS, where a missing policy admits every account.
 * https://docs.aws.amazon.com/vpc/latest/privatelink/create-endpoint-service.html
 */
export const sharedServiceRegion = (serviceName: string): string | undefined =>
  /^com\.amazonaws\.vpce\.([a-z0-9-]+)\.vpce-svc-[0-9a-f]+$/.exec(serviceName)?.[1];

/** The service of a spec that leads to a name: `secrets` to `com.amazonaws.us-east-1.secretsmanager`. */
export function offeredAs(serviceName: string): string | undefined {
  const name = serviceName.replace(/^com\.amazonaws\.[a-z]+-[a-z-]+-\d\./, "");
  if (name === OPENSEARCH.name) return "vector-search";
  const services = Object.entries(POLICY_SERVICES);
  const leads = ([endpoint]: Right): boolean => endpoint.name === name;
  return services.find(([, { read, write }]) => [...read, ...write].some(leads))?.[0];
}

/** Endpoint policies: each sentence is provoked by one change of a document that is right. */
import { brokenInvariants } from "../../../providers/aws/invariants";
import { expectNoticed, type Mutation, rewrite, set } from "../../support/mutations";
import { EVERYTHING } from "./everything";
import { EXAMPLE, render } from "./rendered";

const lets = (endpoint: string, zone: string, action: string, resource: string): string =>
  `endpoint ${endpoint} lets zone "${zone}" ${action} on ${resource}, which nothing gives it`;
const policy = (name: string, found: string | RegExp, by: string) =>
  rewrite("aws_vpc_endpoint", name, ["policy"], found, by);

const OF_EXAMPLE: readonly Mutation[] = [
  [
    "an action more",
    policy("enclave_s3", '\\"s3:GetObject\\"', '\\"s3:GetObject\\",\\"s3:PutObject\\"'),
    ["arn:aws:s3:::rag-corpus", "arn:aws:s3:::rag-corpus/*"].map((arn) =>
      lets("enclave_s3", "redaction", "s3:PutObject", arn),
    ),
  ],
  [
    "every action of a service",
    policy("enclave_logs", '"logs:PutLogEvents\\"', '"logs:*\\"'),
    ["ingress", "inference", "redaction"].map((zone) =>
      lets("enclave_logs", zone, "logs:*", "${local.enclave_resources_logs_log_groups_logs}"),
    ),
  ],
  [
    "another bucket",
    policy("enclave_s3", "arn:aws:s3:::rag-corpus/*", "arn:aws:s3:::rag-*"),
    ["s3:GetBucketLocation", "s3:GetObject", "s3:GetObjectVersion", "s3:ListBucket"].map((action) =>
      lets("enclave_s3", "redaction", action, "arn:aws:s3:::rag-*"),
    ),
  ],
  [
    "every secret there is",
    policy("enclave_secretsmanager", "${local.enclave_resources_credentials_account_secretsmanager}", "*"),
    ["inference", "redaction"].flatMap((zone) =>
      ["secretsmanager:DescribeSecret", "secretsmanager:GetSecretValue"].map((action) =>
        lets("enclave_secretsmanager", zone, action, "*"),
      ),
    ),
  ],
  [
    "a text that is no policy",
    set("aws_vpc_endpoint", "enclave_s3", { policy: "{" }),
    ["endpoint enclave_s3 has no policy that keeps other accounts out"],
  ],
];

const GATEWAYS = ["enclave_s3_store", "enclave_s3_app"] as const;

const OF_EVERYTHING: readonly Mutation[] = [
  [
    "the policy of another zone's gateway",
    (resources) => {
      const [store, app] = GATEWAYS.map((name) => resources["aws_vpc_endpoint"]?.[name]);
      app.policy = store.policy;
    },
    [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetBucketLocation",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ].map((action) => lets("enclave_s3_app", "app", action, "${local.enclave_resources_archive_objects_s3}")),
  ],
  [
    "another zone's route to a gateway",
    rewrite(
      "aws_vpc_endpoint",
      "enclave_s3_store",
      ["route_table_ids"],
      "aws_route_table.store_1.id",
      "aws_route_table.store_1.id, aws_route_table.front_1.id",
    ),
    [
      "s3:AbortMultipartUpload",
      "s3:DeleteObject",
      "s3:GetBucketLocation",
      "s3:ListMultipartUploadParts",
      "s3:PutObject",
    ].map((action) =>
      lets("enclave_s3_store", "front", action, "${local.enclave_resources_archive_objects_s3}"),
    ),
  ],
  [
    "a list of the whole bucket of a prefix",
    policy("enclave_s3_app", '\\"StringLike\\":{\\"s3:prefix\\":[\\"part/*\\"]},', ""),
    [lets("enclave_s3_app", "app", "s3:ListBucket", "arn:aws:s3:::more")],
  ],
  [
    "everybody's buckets of a pattern",
    policy("enclave_s3_app", /,\\"aws:ResourceAccount\\":\\"[^"]*\\"/, ""),
    expect.arrayContaining([
      lets("enclave_s3_app", "app", "s3:GetObject", "arn:aws:s3:::files-*/*"),
    ]) as unknown as string[],
  ],
];

describe("the example", () => expectNoticed(render(EXAMPLE), brokenInvariants, OF_EXAMPLE));
describe("gateways, prefixes and patterns", () =>
  expectNoticed(render(EVERYTHING), brokenInvariants, OF_EVERYTHING));

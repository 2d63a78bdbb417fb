/** Slips in endpoint policies of AWS: rights and resources. */
import { type Change, expectNoticed, rewrite, type Slip, set } from "../slips";
import { everything, example } from "./specs";

const ENDPOINT = "aws_vpc_endpoint";
const RIGHTS = "an endpoint gives the rights that the spec gives, and no other";
const RESOURCES = "an endpoint leads to the resources that the spec names, and to no other";
const STRANGERS = "no endpoint leads to resources of strangers";

const policy = (name: string, found: string | RegExp, by: string): Change =>
  rewrite(ENDPOINT, name, "policy", found, by);
const local =
  (name: string, found: string, by: string): Change =>
  (draft) => {
    const locals = draft["locals"] as Record<string, string>;
    const before = locals[name] ?? "";
    if (!before.includes(found)) throw new Error(`local.${name} does not say ${found}`);
    locals[name] = before.replace(found, by);
  };

const OF_EXAMPLE: readonly Slip[] = [
  [
    "an action more",
    policy("enclave_s3_redaction", '\\"s3:GetObject\\"', '\\"s3:GetObject\\",\\"s3:PutObject\\"'),
    RIGHTS,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "an action less",
    policy("enclave_s3_redaction", '\\"s3:GetObject\\",', ""),
    RIGHTS,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "every action of a service",
    policy("enclave_logs", '"logs:PutLogEvents\\"', '"logs:*\\"'),
    RIGHTS,
    `${ENDPOINT}.enclave_logs`,
  ],
  [
    "a right to write for a right to read",
    policy("enclave_secretsmanager", "secretsmanager:GetSecretValue", "secretsmanager:PutSecretValue"),
    RIGHTS,
    `${ENDPOINT}.enclave_secretsmanager`,
  ],
  [
    "another bucket",
    policy("enclave_s3_redaction", "arn:aws:s3:::rag-corpus/*", "arn:aws:s3:::rag-*"),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "one bucket more",
    policy(
      "enclave_s3_redaction",
      'arn:aws:s3:::rag-corpus/*\\"',
      'arn:aws:s3:::rag-corpus/*\\",\\"arn:aws:s3:::other/*\\"',
    ),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "a bucket less",
    policy("enclave_s3_redaction", '\\"arn:aws:s3:::rag-corpus\\",', ""),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "every secret there is",
    policy("enclave_secretsmanager", "${local.enclave_resources_credentials_account_secretsmanager}", "*"),
    RESOURCES,
    `${ENDPOINT}.enclave_secretsmanager`,
  ],
  [
    "more by default than the account's",
    local("enclave_resources_credentials_account_secretsmanager", ":${local.enclave_account}:*", ":*:*"),
    RESOURCES,
    "local.enclave_resources_credentials_account_secretsmanager",
  ],
  [
    "the variable of another endpoint",
    local("enclave_resources_model_foundation_models_bedrock", '"model"', '"logs"'),
    RESOURCES,
    "local.enclave_resources_model_foundation_models_bedrock",
  ],
  [
    "another account",
    local("enclave_account", "aws_vpc.enclave.owner_id", "var.account"),
    RESOURCES,
    "local.enclave_account",
  ],
  [
    "no policy",
    set(ENDPOINT, "enclave_s3_redaction", { policy: undefined }),
    STRANGERS,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "callers of every account",
    policy(
      "enclave_s3_redaction",
      /,\\"Condition\\":\{\\"StringEquals\\":\{\\"aws:PrincipalAccount\\":\\"[^"]*\\"\}\}/,
      "",
    ),
    STRANGERS,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "callers of another account",
    policy("enclave_s3_redaction", "${local.enclave_account}", "111122223333"),
    STRANGERS,
    `${ENDPOINT}.enclave_s3_redaction`,
  ],
  [
    "a text that is no policy",
    set(ENDPOINT, "enclave_s3_redaction", { policy: "{" }),
    "every part of the document can be read",
    "document",
  ],
  [
    "logs of the enclave that can be deleted through an endpoint",
    policy("enclave_logs", "logs:Delete*", "logs:Describe*"),
    RIGHTS,
    `${ENDPOINT}.enclave_logs`,
  ],
  [
    "an endpoint of another service",
    set(ENDPOINT, "enclave_logs", { service_name: "com.amazonaws.us-east-1.sts" }),
    "no private endpoint is there that the spec does not name",
    `${ENDPOINT}.enclave_logs`,
  ],
];

const OF_EVERYTHING: readonly Slip[] = [
  [
    "an action that the spec adds, left out",
    policy("enclave_s3_store", ',\\"s3:PutObjectAcl\\"', ""),
    RIGHTS,
    `${ENDPOINT}.enclave_s3_store`,
  ],
  [
    "an action on nothing where the spec adds it, taken for one on log groups",
    policy("enclave_logs", '\\"logs:PutRetentionPolicy\\"', '\\"logs:TestMetricFilter\\"'),
    RIGHTS,
    `${ENDPOINT}.enclave_logs`,
  ],
  [
    "a list of the whole bucket of a prefix",
    policy("enclave_s3_app", '\\"StringLike\\":{\\"s3:prefix\\":[\\"part/*\\"]},', ""),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_app`,
  ],
  [
    "a wider prefix",
    policy("enclave_s3_app", "arn:aws:s3:::more/part/*", "arn:aws:s3:::more/*"),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_app`,
  ],
  [
    "everybody's buckets of a pattern",
    policy("enclave_s3_app", /,\\"aws:ResourceAccount\\":\\"[^"]*\\"/, ""),
    RESOURCES,
    `${ENDPOINT}.enclave_s3_app`,
  ],
];

describe("rights of the example", () => expectNoticed("aws", example(), OF_EXAMPLE));
describe("prefixes and patterns", () => expectNoticed("aws", everything(), OF_EVERYTHING));

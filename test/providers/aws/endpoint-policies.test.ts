/** Statements of the policies of endpoints: their actions, resources and principals. */
import { one, spec, statementsOf } from "./endpoint-specs";
import { render } from "./rendered";

test.each([
  [
    "object-storage",
    "enclave_s3_app",
    ["s3:GetObject", "s3:ListBucket"],
    ["s3:PutObject", "s3:DeleteObject"],
  ],
  ["secrets", "enclave_secretsmanager", ["secretsmanager:GetSecretValue"], ["secretsmanager:PutSecretValue"]],
  ["keys", "enclave_kms", ["kms:Decrypt", "kms:Verify"], ["kms:Encrypt", "kms:Sign"]],
  ["queue", "enclave_sqs", ["sqs:ReceiveMessage"], ["sqs:SendMessage"]],
  ["logs", "enclave_logs", ["logs:GetLogEvents"], ["logs:PutLogEvents"]],
  ["metrics", "enclave_monitoring", ["cloudwatch:GetMetricData"], ["cloudwatch:PutMetricData"]],
  ["container-registry", "enclave_ecr_api", ["ecr:GetDownloadUrlForLayer"], ["ecr:PutImage"]],
])("%s: each access has its own actions at %s, and read-write has both", (service, name, read, write) => {
  const actions = (access: string): string[] =>
    statementsOf(one(service, access), name).flatMap(({ Action }) => Action);
  expect(actions("read")).toEqual(expect.arrayContaining(read));
  expect(actions("write")).toEqual(expect.arrayContaining(write));
  expect(actions("read-write")).toEqual(expect.arrayContaining([...read, ...write]));
  for (const action of write) expect(actions("read")).not.toContain(action);
  for (const action of read) expect(actions("write")).not.toContain(action);
});

describe("policies", () => {
  test("without resources an endpoint leads to what the own account holds, and a variable narrows it", () => {
    const [statement] = statementsOf(one("secrets", "read"), "enclave_secretsmanager");
    expect(statement?.Resource).toEqual(["${local.enclave_resources_it_account_secretsmanager}"]);
    const { document } = render(one("secrets", "read"));
    const local = (document["locals"] as Record<string, string>)[
      "enclave_resources_it_account_secretsmanager"
    ];
    expect(local).toContain('lookup(var.private_endpoint_resource_ids, "it", [])');
    expect(local).toContain("secretsmanager:*:${local.enclave_account}:*");
  });

  test("named buckets are written out, with everything in them", () => {
    const of = spec({
      it: {
        service: "object-storage",
        from: ["app"],
        access: "read",
        resources: { aws: ["arn:aws:s3:::rag-corpus"] },
      },
    });
    expect(statementsOf(of, "enclave_s3_app").map(({ Resource }) => Resource)).toEqual([
      ["arn:aws:s3:::rag-corpus", "arn:aws:s3:::rag-corpus/*"],
    ]);
  });

  test("models of AWS belong to no account and are allowed beside the own ones", () => {
    const { document } = render(one("model-api", "read"));
    const local = (document["locals"] as Record<string, string>)[
      "enclave_resources_it_foundation_models_bedrock"
    ];
    expect(local).toContain("bedrock:*::foundation-model/*");
  });

  test("actions that name no resource are allowed on any: lists, queries, the registry's login", () => {
    const anywhere = (service: string, name: string): string[] =>
      statementsOf(one(service, "read-write"), name).flatMap(({ Resource, Action }) =>
        Resource[0] === "*" ? Action : [],
      );
    expect(anywhere("container-registry", "enclave_ecr_api")).toEqual(["ecr:GetAuthorizationToken"]);
    expect(anywhere("logs", "enclave_logs")).toEqual([
      "logs:DescribeLogGroups",
      "logs:GetQueryResults",
      "logs:StopQuery",
      "logs:DescribeLogGroups",
    ]);
    expect(anywhere("ml-platform", "enclave_sagemaker_api")).toEqual([
      "sagemaker:List*",
      "sagemaker:QueryLineage",
      "sagemaker:Search",
    ]);
  });

  test("every statement asks for an own principal, but the one that reads image layers, which AWS signs", () => {
    const of = spec({
      images: { service: "container-registry", from: ["app"], access: "read" },
      corpus: { service: "object-storage", from: ["app"], access: "read" },
    });
    const open = statementsOf(of, "enclave_s3_app").filter(
      ({ Condition }) => Condition?.["StringEquals"]?.["aws:PrincipalAccount"] !== "${local.enclave_account}",
    );
    expect(open).toEqual([
      {
        Sid: "ImagesLayers",
        Effect: "Allow",
        Principal: "*",
        Action: ["s3:GetObject"],
        Resource: ["arn:${local.enclave_partition}:s3:::prod-us-east-1-starport-layer-bucket/*"],
      },
    ]);
  });

  test("endpoints whose names come to one Sid keep statements of their own", () => {
    const bucket = (name: string) => ({
      service: "object-storage",
      from: ["app"],
      access: "read",
      resources: { aws: [`arn:aws:s3:::${name}`] },
    });
    const sids = statementsOf(spec({ "a-1": bucket("first"), a1: bucket("second") }), "enclave_s3_app").map(
      ({ Sid }) => Sid,
    );
    expect(new Set(sids).size).toBe(2);
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  });
});

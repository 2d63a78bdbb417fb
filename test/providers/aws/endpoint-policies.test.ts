/** What the policies of endpoints let through. */
import { admits, narrowed, one, spec, statementsOf } from "./endpoint-specs";
import { render } from "./rendered";

test.each([
  ["object-storage", "enclave_s3", ["s3:GetObject", "s3:ListBucket"], ["s3:PutObject", "s3:DeleteObject"]],
  ["secrets", "enclave_secretsmanager", ["secretsmanager:GetSecretValue"], ["secretsmanager:PutSecretValue"]],
  ["keys", "enclave_kms", ["kms:Decrypt", "kms:Verify"], ["kms:Encrypt", "kms:Sign"]],
  ["queue", "enclave_sqs", ["sqs:ReceiveMessage"], ["sqs:SendMessage"]],
  ["logs", "enclave_logs", ["logs:GetLogEvents"], ["logs:PutLogEvents"]],
  ["metrics", "enclave_monitoring", ["cloudwatch:GetMetricData"], ["cloudwatch:PutMetricData"]],
  ["container-registry", "enclave_ecr_api", ["ecr:BatchGetImage"], ["ecr:PutImage"]],
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
    expect(statementsOf(of, "enclave_s3").map(({ Resource }) => Resource)).toEqual([
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
    ]);
    expect(anywhere("ml-platform", "enclave_sagemaker_api")).toEqual(["sagemaker:List*"]);
  });

  test("every statement asks for an own principal, but the one that reads image layers, which AWS signs", () => {
    const of = spec({
      images: { service: "container-registry", from: ["app"], access: "read" },
      corpus: { service: "object-storage", from: ["app"], access: "read" },
    });
    const open = statementsOf(of, "enclave_s3").filter(
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
    const sids = statementsOf(spec({ "a-1": bucket("first"), a1: bucket("second") }), "enclave_s3").map(
      ({ Sid }) => Sid,
    );
    expect(new Set(sids).size).toBe(2);
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  });
});

describe("named buckets", () => {
  const s3 = (access: string, ...arns: readonly string[]) =>
    statementsOf(narrowed("object-storage", access, ...arns), "enclave_s3");
  const ALIEN = { "aws:ResourceAccount": "999988887777" };

  test.each([
    ["its objects", "s3:GetObject", "arn:aws:s3:::corpus/a/b", {}, true],
    ["its list", "s3:ListBucket", "arn:aws:s3:::corpus", {}, true],
    ["the objects of another", "s3:GetObject", "arn:aws:s3:::corpus-2/a", {}, false],
    [
      "what it holds in another account, because it is named",
      "s3:GetObject",
      "arn:aws:s3:::corpus/a",
      ALIEN,
      true,
    ],
    ["nothing to write", "s3:PutObject", "arn:aws:s3:::corpus/a", {}, false],
  ] as const)("a bucket to read opens %s", (_words, action, resource, context, expected) => {
    expect(admits(s3("read", "arn:aws:s3:::corpus"), { action, resource, context })).toBe(expected);
  });

  test.each([
    ["objects below it", "s3:GetObject", "arn:aws:s3:::corpus/public/a", {}, true],
    ["objects beside it that begin alike", "s3:GetObject", "arn:aws:s3:::corpus/publicity", {}, false],
    ["its list", "s3:ListBucket", "arn:aws:s3:::corpus", { "s3:prefix": "public/" }, true],
    ["the list of a part of it", "s3:ListBucket", "arn:aws:s3:::corpus", { "s3:prefix": "public/a" }, true],
    [
      "the list of what begins alike",
      "s3:ListBucket",
      "arn:aws:s3:::corpus",
      { "s3:prefix": "publicity" },
      false,
    ],
    ["the list of the whole bucket", "s3:ListBucket", "arn:aws:s3:::corpus", {}, false],
    [
      "the list of another bucket's prefix",
      "s3:ListBucket",
      "arn:aws:s3:::models",
      { "s3:prefix": "public/" },
      false,
    ],
    ["where the bucket is", "s3:GetBucketLocation", "arn:aws:s3:::corpus", {}, true],
  ] as const)("a prefix to read, %s: %s", (_words, action, resource, context, expected) => {
    for (const prefix of ["public", "public/", "public/*"]) {
      const statements = s3("read", `arn:aws:s3:::corpus/${prefix}`, "arn:aws:s3:::models/tuned");
      expect({ prefix, admitted: admits(statements, { action, resource, context }) }).toEqual({
        prefix,
        admitted: expected,
      });
    }
  });

  test("a prefix to write takes objects below it, and lists nothing", () => {
    const statements = s3("write", "arn:aws:s3:::corpus/public");
    expect(admits(statements, { action: "s3:PutObject", resource: "arn:aws:s3:::corpus/public/a" })).toBe(
      true,
    );
    expect(admits(statements, { action: "s3:PutObject", resource: "arn:aws:s3:::corpus/a" })).toBe(false);
    expect(
      admits(statements, {
        action: "s3:ListBucket",
        resource: "arn:aws:s3:::corpus",
        context: { "s3:prefix": "public/" },
      }),
    ).toBe(false);
  });

  test.each(["arn:aws:s3:::r*", "arn:aws:s3:::rag-????", "arn:aws:s3:::r*/public"])(
    "the pattern %s opens buckets of the own account only",
    (arn) => {
      const statements = s3("read-write", arn, "arn:aws:s3:::partner");
      const inside = { resource: "arn:aws:s3:::rag-data/public/x" };
      for (const action of ["s3:GetObject", "s3:PutObject"]) {
        expect(admits(statements, { ...inside, action })).toBe(true);
        expect(admits(statements, { ...inside, action, context: ALIEN })).toBe(false);
        expect(admits(statements, { action, resource: "arn:aws:s3:::partner/x", context: ALIEN })).toBe(true);
      }
      const list = { action: "s3:ListBucket", resource: "arn:aws:s3:::rag-data" };
      expect(admits(statements, { ...list, context: { "s3:prefix": "public/" } })).toBe(true);
      expect(admits(statements, { ...list, context: { "s3:prefix": "public/", ...ALIEN } })).toBe(false);
    },
  );
});

describe("log groups", () => {
  const GROUP = "arn:aws:logs:us-east-1:111122223333:log-group:/app/api";
  const STREAM = `${GROUP}:log-stream:x`;

  test.each([GROUP, `${GROUP}:*`, "arn:aws:logs:us-east-1:111122223333:log-group:/app/*"])(
    "%s is written to and read with its streams",
    (arn) => {
      const statements = statementsOf(narrowed("logs", "read-write", arn), "enclave_logs");
      for (const [action, resource] of [
        ["logs:PutLogEvents", STREAM],
        ["logs:GetLogEvents", STREAM],
        ["logs:CreateLogStream", `${GROUP}:*`],
        ["logs:FilterLogEvents", `${GROUP}:*`],
        ["logs:StartQuery", GROUP],
        ["logs:DescribeLogGroups", "arn:aws:logs:us-east-1:111122223333:log-group:*"],
      ] as const)
        expect({ action, admitted: admits(statements, { action, resource }) }).toEqual({
          action,
          admitted: true,
        });
      expect(
        admits(statements, { action: "logs:PutLogEvents", resource: STREAM.replace("/app/api", "/other") }),
      ).toBe(false);
      expect(
        admits(statements, {
          action: "logs:PutLogEvents",
          resource: STREAM.replace("/app/api", "/app/apis").replace("/app", "/x"),
        }),
      ).toBe(false);
    },
  );

  test("the variable's groups have their streams too", () => {
    const { document } = render(one("logs", "write"));
    const local = (document["locals"] as Record<string, string>)["enclave_resources_it_log_groups_logs"];
    expect(local).toContain('[trimsuffix(arn, ":*"), "${trimsuffix(arn, ":*")}:*"]');
  });

  test.each([
    ["every group of the account", one("logs", "read-write")],
    [
      "that group itself, by name",
      narrowed(
        "logs",
        "write",
        "arn:aws:logs:us-east-1:111122223333:log-group:/aws/vendedlogs/enclave/case/flow",
      ),
    ],
  ])("the enclave's own logs are nobody's to write, to shorten or to delete, with %s open", (_words, of) => {
    const statements = statementsOf(of, "enclave_logs").map((statement) => ({
      ...statement,
      // As the local would be filled in at its widest.
      Resource: statement.Resource.map((arn) =>
        arn
          .replace(/^\$\{local\.enclave_resources\w+\}$/, "*")
          .replace("${local.enclave_partition}", "aws")
          .replace("${local.enclave_account}", "111122223333"),
      ),
    }));
    const own = (name: string) =>
      `arn:aws:logs:us-east-1:111122223333:log-group:/aws/vendedlogs/enclave/case/${name}`;
    const everything = {
      Sid: "Wide",
      Effect: "Allow",
      Principal: "*",
      Action: ["logs:*"],
      Resource: ["*"],
    } as const;
    for (const name of ["flow", "dns", "firewall_alert"])
      for (const [action, resource] of [
        ["logs:PutLogEvents", `${own(name)}:log-stream:x`],
        ["logs:CreateLogStream", `${own(name)}:*`],
        ["logs:DeleteLogGroup", own(name)],
        ["logs:DeleteLogStream", `${own(name)}:log-stream:x`],
        ["logs:PutRetentionPolicy", own(name)],
        ["logs:DeleteRetentionPolicy", own(name)],
        ["logs:DisassociateKmsKey", own(name)],
      ] as const)
        expect({ action, admitted: admits([...statements, everything], { action, resource }) }).toEqual({
          action,
          admitted: false,
        });
    expect(admits([...statements, everything], { action: "logs:PutLogEvents", resource: STREAM })).toBe(true);
  });
});

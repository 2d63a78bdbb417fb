/** Resources that the policies of endpoints apply to: buckets, their parts, log groups and their streams. */
import { admits, narrowed, one, statementsOf } from "./endpoint-specs";
import { render } from "./rendered";

describe("named buckets", () => {
  const s3 = (access: string, ...arns: readonly string[]) =>
    statementsOf(narrowed("object-storage", access, ...arns), "enclave_s3_app");
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

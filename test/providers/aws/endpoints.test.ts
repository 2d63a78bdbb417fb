/** What private endpoints come to: which endpoints, which policies, which names resolve. */
import { bodies } from "./network";
import { render, type Spec, synth } from "./rendered";

type Endpoint = Readonly<Record<string, unknown>>;

const spec = (privateEndpoints: Readonly<Record<string, Endpoint>>, more: object = {}): Spec => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  zones: { app: { exposure: "private", hosts: 20 }, jobs: { exposure: "isolated", hosts: 20 }, idle: { exposure: "isolated", hosts: 20 } },
  privateEndpoints,
  ...more,
});

interface Statement {
  readonly Sid: string;
  readonly Principal: string;
  readonly Effect: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: { readonly StringEquals: Readonly<Record<string, string>> };
}

function endpointsOf(of: Spec): Map<string, Readonly<Record<string, unknown>>> {
  return new Map(bodies(render(of).document, "aws_vpc_endpoint"));
}

/** As written, before Terraform fills in its references: that it can be parsed at all is part of every test. */
const statementsOf = (of: Spec, name: string): readonly Statement[] =>
  (JSON.parse(String(endpointsOf(of).get(name)?.["policy"])) as { Statement: readonly Statement[] }).Statement;

const one = (service: string, access: string) => spec({ it: { service, from: ["app"], access } });

test.each([
  ["model-api", "read", ["enclave_bedrock_runtime"]],
  ["model-api", "write", ["enclave_bedrock"]],
  ["ml-platform", "read-write", ["enclave_sagemaker_api", "enclave_sagemaker_runtime"]],
  ["container-registry", "read", ["enclave_ecr_api", "enclave_ecr_dkr", "enclave_s3"]],
  ["container-registry", "write", ["enclave_ecr_api", "enclave_ecr_dkr"]],
  ["secrets", "read", ["enclave_secretsmanager"]],
  ["metrics", "write", ["enclave_monitoring"]],
])("%s with access %s is reached through %j", (service, access, expected) => {
  expect([...endpointsOf(one(service, access)).keys()].sort()).toEqual(expected);
});

test.each([
  ["object-storage", "enclave_s3", ["s3:GetObject", "s3:ListBucket"], ["s3:PutObject", "s3:DeleteObject"]],
  ["secrets", "enclave_secretsmanager", ["secretsmanager:GetSecretValue"], ["secretsmanager:PutSecretValue"]],
  ["keys", "enclave_kms", ["kms:Decrypt", "kms:Verify"], ["kms:Encrypt", "kms:Sign"]],
  ["queue", "enclave_sqs", ["sqs:ReceiveMessage"], ["sqs:SendMessage"]],
  ["logs", "enclave_logs", ["logs:GetLogEvents"], ["logs:PutLogEvents"]],
  ["metrics", "enclave_monitoring", ["cloudwatch:GetMetricData"], ["cloudwatch:PutMetricData"]],
  ["container-registry", "enclave_ecr_api", ["ecr:BatchGetImage"], ["ecr:PutImage"]],
])("%s: each access has its own actions at %s, and read-write has both", (service, name, read, write) => {
  const actions = (access: string): string[] => statementsOf(one(service, access), name).flatMap(({ Action }) => Action);
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
    const local = (document["locals"] as Record<string, string>)["enclave_resources_it_account_secretsmanager"];
    expect(local).toContain('lookup(var.private_endpoint_resource_ids, "it", [])');
    expect(local).toContain("secretsmanager:*:${local.enclave_account}:*");
  });

  test("named buckets are written out, with everything in them", () => {
    const of = spec({ it: { service: "object-storage", from: ["app"], access: "read", resources: { aws: ["arn:aws:s3:::rag-corpus"] } } });
    expect(statementsOf(of, "enclave_s3").map(({ Resource }) => Resource)).toEqual([
      ["arn:aws:s3:::rag-corpus", "arn:aws:s3:::rag-corpus/*"],
    ]);
  });

  test("models of AWS belong to no account and are allowed beside the own ones", () => {
    const { document } = render(one("model-api", "read"));
    const local = (document["locals"] as Record<string, string>)["enclave_resources_it_foundation_models_bedrock"];
    expect(local).toContain("bedrock:*::foundation-model/*");
  });

  test("actions that name no resource are allowed on any: lists, queries, the registry's login", () => {
    const anywhere = (service: string, name: string): string[] =>
      statementsOf(one(service, "read-write"), name).flatMap(({ Resource, Action }) => (Resource[0] === "*" ? Action : []));
    expect(anywhere("container-registry", "enclave_ecr_api")).toEqual(["ecr:GetAuthorizationToken"]);
    expect(anywhere("logs", "enclave_logs")).toEqual(["logs:GetQueryResults", "logs:StopQuery"]);
    expect(anywhere("ml-platform", "enclave_sagemaker_api")).toEqual(["sagemaker:List*"]);
  });

  test("every statement asks for an own principal, but the one that reads image layers, which AWS signs", () => {
    const of = spec({
      images: { service: "container-registry", from: ["app"], access: "read" },
      corpus: { service: "object-storage", from: ["app"], access: "read" },
    });
    const open = statementsOf(of, "enclave_s3").filter(
      ({ Condition }) => Condition?.StringEquals["aws:PrincipalAccount"] !== "${local.enclave_account}",
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
    const sids = statementsOf(spec({ "a-1": bucket("first"), a1: bucket("second") }), "enclave_s3").map(({ Sid }) => Sid);
    expect(new Set(sids).size).toBe(2);
    for (const sid of sids) expect(sid).toMatch(/^[A-Za-z0-9]+$/);
  });
});

describe("grouping", () => {
  const storage = (from: readonly string[], access: string) => ({ service: "object-storage", from, access });

  test("two entries with the same rights are one interface endpoint", () => {
    expect([...endpointsOf(spec({ one: storage(["app"], "read"), two: storage(["jobs"], "read") })).keys()]).toEqual(["enclave_s3"]);
  });

  test("zones with different rights on object storage get gateway endpoints of their own, on disjoint route tables", () => {
    const found = [...endpointsOf(spec({ one: storage(["app"], "read"), two: storage(["app", "jobs"], "write") })).values()];
    expect(found.map((body) => body["vpc_endpoint_type"])).toEqual(["Gateway", "Gateway"]);
    const tables = found.flatMap((body) => String(body["route_table_ids"]).match(/aws_route_table\.\w+/g) ?? []);
    expect(tables.sort()).toEqual(["app_1", "app_2", "jobs_1", "jobs_2"].map((name) => `aws_route_table.${name}`));
  });

  test("endpoints whose names joined read like another's name stay apart", () => {
    const bucket = (from: string, access: string, name: string) => ({
      ...storage([from], access),
      resources: { aws: [`arn:aws:s3:::${name}`] },
    });
    const found = endpointsOf(
      spec({ a: bucket("app", "read", "first"), b: bucket("app", "read", "second"), "a-b": bucket("jobs", "write", "third") }),
    );
    expect(
      [...found].map(([name, { policy }]) => [name, [...String(policy).matchAll(/s3:::(\w+)"/g)].map(([, bucketName]) => bucketName)]),
    ).toEqual([
      ["enclave_s3_a__b", ["first", "second"]],
      ["enclave_s3_a_b", ["third"]],
    ]);
  });

  test("everything else with different rights is refused, at the later entry", () => {
    const { diagnostics } = synth(
      spec({ one: { service: "secrets", from: ["app"], access: "read" }, two: { service: "secrets", from: ["jobs"], access: "write" } }),
    );
    expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "aws-endpoint-rights-differ", path: "privateEndpoints.two", facts: { service: "secretsmanager", endpoints: ["one", "two"] } },
    ]);
  });

  test("different rights held by the same zones are merged", () => {
    const of = spec({
      one: { service: "secrets", from: ["app"], access: "read" },
      two: { service: "secrets", from: ["app"], access: "write" },
    });
    expect(statementsOf(of, "enclave_secretsmanager").map(({ Sid }) => Sid)).toEqual(["One1", "Two1"]);
  });

  test("a service that AWS does not offer privately is refused with its alternative", () => {
    const { diagnostics } = synth(spec({ it: { service: "relational-db", from: ["app"] } }));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "capability-missing", fix: expect.stringContaining("role: data") },
    ]);
  });

  test("an endpoint of a third party has no policy, its own private zone, and its own ports", () => {
    const target = { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } };
    const of = spec({ partner: { service: "custom", from: ["app"], ports: ["8443/tcp"], dnsName: "x.svc.example.com", target } });
    expect(endpointsOf(of).get("enclave_custom_partner")).toMatchObject({
      private_dns_enabled: false,
      service_name: target.aws.serviceName,
    });
    expect(endpointsOf(of).get("enclave_custom_partner")).not.toHaveProperty("policy");
    expect(bodies(render(of).document, "aws_route53_zone")).toMatchObject([["enclave_custom_partner", { name: "x.svc.example.com" }]]);
  });
});

describe("names that resolve", () => {
  const domainsOf = (of: Spec): unknown =>
    bodies(render(of).document, "aws_route53_resolver_firewall_domain_list").find(([name]) => name === "enclave_needed")?.[1]["domains"];
  const bucket = (...arns: string[]) =>
    spec({ it: { service: "object-storage", from: ["app"], access: "read", resources: { aws: arns } } });

  test.each([
    ["a service's own name", one("secrets", "read"), ["secretsmanager.us-east-1.amazonaws.com."]],
    [
      "a named bucket and the service",
      bucket("arn:aws:s3:::rag-corpus"),
      ["rag-corpus.s3.us-east-1.amazonaws.com.", "s3.us-east-1.amazonaws.com."],
    ],
    [
      "a bucket with a prefix",
      bucket("arn:aws:s3:::rag-corpus/public/*"),
      ["rag-corpus.s3.us-east-1.amazonaws.com.", "s3.us-east-1.amazonaws.com."],
    ],
    ["buckets by pattern, as any bucket", bucket("arn:aws:s3:::rag-*"), ["*.s3.us-east-1.amazonaws.com.", "s3.us-east-1.amazonaws.com."]],
    [
      "a registry's many hosts",
      one("container-registry", "write"),
      ["*.dkr.ecr.us-east-1.amazonaws.com.", "api.ecr.us-east-1.amazonaws.com."],
    ],
    [
      "names of the spec, each once",
      spec({}, { dns: { allow: ["time.example.com", "*.example.org"] } }),
      ["*.example.org.", "time.example.com."],
    ],
  ])("%s", (_words, of, expected) => {
    expect(domainsOf(of)).toEqual(expected);
  });

  test("none when nothing is needed, and everything is blocked all the same", () => {
    expect(domainsOf(spec({}))).toBeUndefined();
    expect(bodies(render(spec({})).document, "aws_route53_resolver_firewall_rule")).toMatchObject([["enclave_all", { action: "BLOCK" }]]);
  });
});

/** What private endpoints come to: which endpoints, which names resolve. */

import { endpointsOf, one, spec, statementsOf } from "./endpoint-specs";
import { bodies } from "./network";
import { render, review, type Spec } from "./rendered";

const resolvable = (of: Spec): string[] =>
  (bodies(render(of).document, "aws_route53_resolver_firewall_domain_list").find(
    ([name]) => name === "enclave_needed",
  )?.[1]["domains"] ?? []) as string[];

/** Without the names of the network's own machines. */
const domainsOf = (of: Spec): string[] => resolvable(of).filter((name) => !name.endsWith(".internal."));

test.each([
  ["model-api", "read", ["enclave_bedrock_runtime"]],
  ["model-api", "write", ["enclave_bedrock"]],
  ["ml-platform", "read-write", ["enclave_sagemaker_api", "enclave_sagemaker_runtime"]],
  ["container-registry", "read", ["enclave_ecr_api", "enclave_ecr_dkr", "enclave_s3_app"]],
  ["container-registry", "write", ["enclave_ecr_api", "enclave_ecr_dkr"]],
  ["secrets", "read", ["enclave_secretsmanager"]],
  ["metrics", "write", ["enclave_monitoring"]],
])("%s with access %s is reached through %j", (service, access, expected) => {
  expect([...endpointsOf(one(service, access)).keys()].sort()).toEqual(expected);
});

describe("grouping", () => {
  const storage = (from: readonly string[], access: string) => ({ service: "object-storage", from, access });

  test("two entries with the same rights are one interface endpoint", () => {
    const secrets = (zone: string) => ({ service: "secrets", from: [zone], access: "read" });
    expect([...endpointsOf(spec({ one: secrets("app"), two: secrets("jobs") })).keys()]).toEqual([
      "enclave_secretsmanager",
    ]);
  });

  test("zones with object storage get gateway endpoints of their own, on disjoint route tables", () => {
    const found = [
      ...endpointsOf(
        spec({ one: storage(["app"], "read"), two: storage(["app", "jobs"], "write") }),
      ).values(),
    ];
    expect(found.map((body) => body["vpc_endpoint_type"])).toEqual(["Gateway", "Gateway"]);
    const tables = found.flatMap(
      (body) => String(body["route_table_ids"]).match(/aws_route_table\.\w+/g) ?? [],
    );
    expect(tables.sort()).toEqual(
      ["app_1", "app_2", "jobs_1", "jobs_2"].map((name) => `aws_route_table.${name}`),
    );
  });

  const reads = storage(["app"], "read");
  const more = storage(["app"], "write");
  const writes = storage(["jobs"], "write");
  const images = { service: "container-registry", from: ["app"], access: "read" };

  test.each([
    ["at first", { reads, more, writes }],
    ["in another order", { more, reads, writes }],
    ["with an endpoint more", { reads, more, extra: storage(["app", "jobs"], "write"), writes }],
    ["with an endpoint less", { reads, writes }],
    ["with a registry", { reads, more, writes, images }],
    ["with other names", { a: reads, b: more, c: writes }],
  ])("the gateway endpoint of a zone is called after the zone alone, %s", (_words, endpoints) => {
    const gateways = [...endpointsOf(spec(endpoints))].filter(
      ([, body]) => body["vpc_endpoint_type"] === "Gateway",
    );
    expect(gateways.map(([name]) => name)).toEqual(["enclave_s3_app", "enclave_s3_jobs"]);
  });

  test("an endpoint is told with the gateways of all its zones, and no other", () => {
    const both = storage(["app", "jobs"], "read");
    const { document } = render(spec({ both, writes }));
    const { private_endpoints } = document["output"] as Readonly<
      Record<string, { value: Record<string, { ids: string[] }> }>
    >;
    expect(Object.entries(private_endpoints?.value ?? {}).map(([name, { ids }]) => [name, ids])).toEqual([
      ["both", ["${aws_vpc_endpoint.enclave_s3_app.id}", "${aws_vpc_endpoint.enclave_s3_jobs.id}"]],
      ["writes", ["${aws_vpc_endpoint.enclave_s3_jobs.id}"]],
    ]);
  });

  test("everything else with different rights is refused, at the later entry", () => {
    const diagnostics = review(
      spec({
        one: { service: "secrets", from: ["app"], access: "read" },
        two: { service: "secrets", from: ["jobs"], access: "write" },
      }),
    );
    expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
      {
        code: "aws-endpoint-rights-differ",
        path: "privateEndpoints.two",
        facts: { service: "secretsmanager", endpoints: ["one", "two"] },
      },
    ]);
  });

  test("different rights held by the same zones are merged", () => {
    const of = spec({
      one: { service: "secrets", from: ["app"], access: "read" },
      two: { service: "secrets", from: ["app"], access: "write" },
    });
    expect(statementsOf(of, "enclave_secretsmanager").map(({ Sid }) => Sid)).toEqual([
      "One1",
      "One2",
      "Two1",
    ]);
  });

  test("a service that AWS does not offer privately is refused with its alternative", () => {
    const diagnostics = review(spec({ it: { service: "relational-db", from: ["app"] } }));
    expect(diagnostics.filter(({ severity }) => severity === "error")).toMatchObject([
      { code: "capability-missing", detail: expect.stringContaining("role: data") },
    ]);
  });

  test("an endpoint of a third party has no policy, its own private zone, and its own ports", () => {
    const target = { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } };
    const of = spec({
      partner: {
        service: "custom",
        from: ["app"],
        ports: ["8443/tcp"],
        dnsNames: ["x.svc.example.com"],
        target,
      },
    });
    expect(endpointsOf(of).get("enclave_custom_partner")).toMatchObject({
      private_dns_enabled: false,
      service_name: target.aws.serviceName,
    });
    expect(endpointsOf(of).get("enclave_custom_partner")).not.toHaveProperty("policy");
    expect(bodies(render(of).document, "aws_route53_zone")).toMatchObject([
      ["enclave_custom_partner__x_svc_example_com", { name: "x.svc.example.com" }],
    ]);
  });
});

/** Every name by which clients in us-east-1 call S3. */
const storageNames = (bucket: string): string[] =>
  ["s3.us-east-1.amazonaws.com.", "s3.dualstack.us-east-1.amazonaws.com.", "s3.amazonaws.com."]
    .flatMap((host) => [host, `${bucket}.${host}`])
    .sort();

describe("names that resolve", () => {
  const named = (arn: string, more: object = {}) =>
    spec(
      { it: { service: "object-storage", from: ["app"], access: "read", resources: { aws: [arn] } } },
      more,
    );
  const bucket = (arn: string) => named(arn);

  test.each([
    ["a service's own name", one("secrets", "read"), ["secretsmanager.us-east-1.amazonaws.com."]],
    ["a named bucket and the service", bucket("arn:aws:s3:::rag-corpus"), storageNames("rag-corpus")],
    ["a bucket with a prefix", bucket("arn:aws:s3:::rag-corpus/public/*"), storageNames("rag-corpus")],
    ["buckets by pattern, as any bucket", bucket("arn:aws:s3:::rag-*"), storageNames("*")],
    [
      "buckets elsewhere, without the global name",
      named("arn:aws:s3:::rag-corpus", { region: "eu-west-1" }),
      [
        "rag-corpus.s3.dualstack.eu-west-1.amazonaws.com.",
        "rag-corpus.s3.eu-west-1.amazonaws.com.",
        "s3.dualstack.eu-west-1.amazonaws.com.",
        "s3.eu-west-1.amazonaws.com.",
      ],
    ],
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

  test("those of the network's own machines, and all others are blocked", () => {
    expect(resolvable(spec({}))).toEqual(["*.ec2.internal."]);
    expect(resolvable(spec({}, { region: "eu-west-1" }))).toEqual(["*.eu-west-1.compute.internal."]);
    expect(bodies(render(spec({})).document, "aws_route53_resolver_firewall_rule")).toMatchObject([
      ["enclave_all", { action: "BLOCK" }],
      ["enclave_needed", { action: "ALLOW" }],
    ]);
  });
});

test("the output names what workloads call, which resolves, and addresses where AWS tells them", () => {
  const of = spec({
    files: { service: "object-storage", from: ["app"], resources: { aws: ["arn:aws:s3:::files"] } },
    search: { service: "vector-search", from: ["app"] },
    partner: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp"],
      dnsNames: ["x.partner.example.com"],
      target: { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } },
    },
  });
  const value = (
    render(of).document["output"] as Record<string, { value: Record<string, Record<string, unknown>> }>
  )["private_endpoints"]?.value;
  expect(
    Object.values(value ?? {})
      .flatMap((each) => (each["dns_names"] as string[]).map((name) => `${name}.`))
      .sort(),
  ).toEqual(domainsOf(of));
  expect(value).toMatchObject({
    files: { dns_names: expect.arrayContaining(["s3.amazonaws.com", "files.s3.us-east-1.amazonaws.com"]) },
    search: { dns_names: ["*.us-east-1.aoss.amazonaws.com"], addresses: "${flatten([])}" },
    partner: {
      dns_names: ["x.partner.example.com"],
      addresses: "${flatten([aws_vpc_endpoint.enclave_custom_partner.subnet_configuration[*].ipv4])}",
    },
  });
});

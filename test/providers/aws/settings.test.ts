/** What AWS refuses or limits, found before anything is rendered; and what of a spec reaches the document unchanged. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KNOWN_REGIONS } from "../../../providers/aws/regions";
import { bodies } from "./network";
import { render, type Spec, synth } from "./rendered";

type Part = Readonly<Record<string, unknown>>;

const spec = (more: Part = {}): Spec => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  availabilityZones: 1,
  zones: { app: { exposure: "private", hosts: 20 } },
  ...more,
});

/** `severity code path` of everything that is reported. */
const said = (of: Spec): string[] => synth(of).diagnostics.map(({ severity, code, path }) => `${severity} ${code} ${path}`);

const arns = (service: string, ...resources: string[]): Part => ({
  privateEndpoints: { it: { service, from: ["app"], resources: { aws: resources } } },
});
const custom = (serviceName: string): Part => ({
  privateEndpoints: {
    it: { service: "custom", from: ["app"], ports: ["443/tcp"], dnsName: "x.example.com", target: { aws: { serviceName } } },
  },
});
const tags = (count: number): Part => ({ tags: Object.fromEntries(Array.from({ length: count }, (_, index) => [`tag-${index}`, "x"])) });

describe("settings that AWS refuses", () => {
  test.each<readonly [string, Part, string]>([
    ["a region that the table has not", { region: "us-west-1" }, "error aws-zones-unknown region"],
    [
      "a region of China, even with names",
      { region: "cn-north-1", zoneNames: { aws: ["cn-north-1a"] } },
      "error capability-missing region",
    ],
    ["a zone of another region", { zoneNames: { aws: ["eu-west-1a"] } }, "error aws-zone-elsewhere zoneNames.aws[0]"],
    ["a name like an id", { name: "sg-prod" }, "error aws-name name"],
    ["a reserved tag", { tags: { "aws:x": "y" } }, "error aws-tag tags.aws:x"],
    ["the enclave's own tag", { tags: { Name: "y" } }, "error aws-tag tags.Name"],
    ["a long tag value", { tags: { x: "y".repeat(257) } }, "error aws-tag tags.x"],
    ["a tag with other characters", { tags: { x: "a*b" } }, "error aws-tag tags.x"],
    ["48 tags", tags(48), "error aws-tag tags"],
    ["a key of another service", { aws: { kmsKeyArn: "arn:aws:s3:::x" } }, "error value-shape aws.kmsKeyArn"],
    ["no ARN at all", { aws: { kmsKeyArn: "alias/logs" } }, "error value-shape aws.kmsKeyArn"],
    ["inspection without its certificate", { inspection: "request" }, "error capability-missing inspection"],
    [
      "a certificate of another service",
      { aws: { inspectionCertificateArn: "arn:aws:s3:::x" } },
      "error value-shape aws.inspectionCertificateArn",
    ],
    [
      "a bucket that is a key",
      arns("object-storage", "arn:aws:kms:us-east-1:111122223333:key/x"),
      "error aws-arn privateEndpoints.it.resources.aws[0]",
    ],
    ["an ARN that would end its string", arns("object-storage", 'arn:aws:s3:::x"y'), "error aws-arn privateEndpoints.it.resources.aws[0]"],
    ["an ARN with a template", arns("object-storage", "arn:aws:s3:::${path.module}"), "error aws-arn privateEndpoints.it.resources.aws[0]"],
    [
      "metrics narrowed to resources",
      arns("metrics", "arn:aws:cloudwatch:us-east-1:111122223333:x"),
      "error capability-missing privateEndpoints.it.resources.aws",
    ],
    ["a service name of another form", custom("svc-1.example.com"), "error value-shape privateEndpoints.it.target.aws.serviceName"],
    [
      "networks outside",
      { externalNetworks: { corp: { cidrs: ["172.16.0.0/16"], aws: { transitGatewayId: "tgw-1" } } } },
      "error capability-missing externalNetworks",
    ],
  ])("%s", (_words, part, expected) => {
    expect(said(spec(part))).toEqual([expect.stringContaining(expected)]);
  });

  test("47 tags are not too many", () => expect(said(spec(tags(47)))).toEqual([]));
  test.each(KNOWN_REGIONS)("%s has three availability zones under its own name", (region) => {
    expect(said(spec({ region, availabilityZones: 3 }))).toEqual([]);
  });
});

const flows = (count: number, from: string, to: string): Part => ({
  flows: [{ from, to, ports: Array.from({ length: count }, (_, index) => `${2000 + 2 * index}/tcp`), why: "a test" }],
});
const two = { zones: { front: { exposure: "public", hosts: 20 }, app: { exposure: "private", hosts: 20 } } };
const egress = (count: number): Part => ({
  egress: [{ from: ["app"], to: Array.from({ length: count }, (_, index) => `h${index}.example.com`), ports: ["443/tcp"], why: "a test" }],
});
const exits = (count: number): Part => ({
  egress: [
    { from: ["app"], to: ["mirror.example.com"], ports: Array.from({ length: count }, (_, index) => `${8000 + index}/tcp`), why: "a test" },
  ],
});
const manyZones = (count: number): Part => ({
  cidr: "10.16.0.0/12",
  availabilityZones: 3,
  zones: Object.fromEntries(Array.from({ length: count }, (_, index) => [`z${index}`, { exposure: "isolated", prefix: 28 }])),
});

/** What is said of quotas, without what is said of coarse network ACLs. */
const quotas = (of: Spec): unknown[] =>
  synth(of)
    .diagnostics.filter(({ code }) => code.startsWith("aws-quota"))
    .map(({ severity, summary, facts }) => ({ severity, summary, count: facts["count"] }));

describe("quotas", () => {
  test.each<readonly [string, Part, number]>([
    ["60 inbound rules", { ...two, ...flows(60, "internet", "front") }, 0],
    ["60 rules between zones", { ...two, ...flows(60, "front", "app") }, 0],
    ["7 ports to the internet, 8 entries each", exits(7), 0],
    ["66 zones of three subnets", manyZones(66), 0],
  ])("%s are within what every account has", (_words, part, count) => {
    expect(quotas(spec(part))).toHaveLength(count);
  });

  test.each<readonly [string, Part, string, number]>([
    ["61 inbound rules", { ...two, ...flows(61, "internet", "front") }, 'inbound rules of zone "front": 61 needed, 60 by default', 61],
    ["8 ports to the internet", exits(8), 'outbound rules of zone "app": 64 needed, 60 by default', 64],
    ["67 zones of three subnets", manyZones(67), "subnets of the VPC: 201 needed, 200 by default", 201],
  ])("%s are a warning that names both numbers", (_words, part, summary, count) => {
    expect(quotas(spec(part))).toContainEqual({ severity: "warning", summary, count });
  });

  test.each<readonly [string, Part, string, number]>([
    [
      "1001 inbound rules",
      { ...two, ...flows(1001, "internet", "front") },
      'inbound rules of zone "front": 1001 needed, AWS takes 1000 at most',
      1001,
    ],
    ["1001 names", egress(1001), "names that resolve: 1001 needed, AWS takes 1000 at most", 1001],
    [
      "six blocks of a wide range",
      {
        cidr: "10.16.0.0/12",
        zones: Object.fromEntries([16, 18, 20, 22, 24, 26].map((net) => [`z${net}`, { exposure: "isolated", cidr: `10.${net}.0.0/24` }])),
      },
      "address blocks of the VPC: 7 needed, AWS takes 5 at most",
      7,
    ],
  ])("%s are an error", (_words, part, summary, count) => {
    expect(quotas(spec(part))).toContainEqual({ severity: "error", summary, count });
  });

  test("a subnet wider than AWS takes is an error", () => {
    expect(said(spec({ cidr: "10.16.0.0/12", zones: { app: { exposure: "private", prefix: 15 } } }))).toContainEqual(
      expect.stringContaining("error aws-subnet-too-large zones.app"),
    );
  });
});

describe("the document", () => {
  const one = (of: Spec, type: string, name = "enclave"): Part =>
    bodies(render(of).document, type).find(([found]) => found === name)?.[1] ?? {};

  test("a range wider than a /16 is a primary block and one more for each further /16 that is used", () => {
    const of = spec({
      cidr: "10.16.0.0/14",
      zones: { app: { exposure: "private", hosts: 20 }, far: { exposure: "isolated", cidr: "10.18.0.0/24" } },
    });
    expect(one(of, "aws_vpc")["cidr_block"]).toBe("10.16.0.0/16");
    expect(bodies(render(of).document, "aws_vpc_ipv4_cidr_block_association").map(([name, body]) => [name, body["cidr_block"]])).toEqual([
      ["enclave_part_2", "10.18.0.0/16"],
      ["enclave_part_3", "10.19.0.0/16"],
    ]);
  });

  test("interfaces stand at their fixed host in each availability zone, with the zone's own group", () => {
    const of = spec({
      availabilityZones: 2,
      zones: { db: { exposure: "isolated", cidr: "10.20.64.0/22", interfaces: [{ name: "main", host: 10 }] } },
    });
    expect(
      bodies(render(of).document, "aws_network_interface").map(([name, body]) => [name, body["private_ips"], body["security_groups"]]),
    ).toEqual([
      ["db_main_1", ["10.20.64.10"], ["${aws_security_group.db.id}"]],
      ["db_main_2", ["10.20.65.10"], ["${aws_security_group.db.id}"]],
    ]);
  });

  test("everything that takes tags carries the enclave, and the zone where it serves one", () => {
    const { document } = render(EXAMPLE);
    const tagged = Object.keys(document["resource"] as object)
      .flatMap((type) => bodies(document, type))
      .filter(([, body]) => body["tags"] !== undefined);
    expect(tagged.length).toBeGreaterThan(40);
    for (const [, body] of tagged)
      expect(body["tags"]).toMatch(
        /^\$\{merge\(var\.tags, \{ enclave = "private-rag", (zone = "[a-z-]+", )?Name = "private-rag-[a-z0-9-]+" \}\)\}$/,
      );
    for (const name of ["inference_1", "inference_2"]) expect(one(EXAMPLE, "aws_subnet", name)["tags"]).toContain('zone = "inference"');
  });

  test("names and descriptions are what AWS takes, for the longest names and reasons there are", () => {
    const long = "a234567890-234567890";
    const why = "x".repeat(140);
    const of = spec({
      name: "e234567890-234567890-234",
      zones: { [long]: { exposure: "public", hosts: 20 } },
      flows: [1, 2, 3].map((each) => ({ from: "internet", to: long, ports: ["443/tcp"], why: `${why.slice(1)}${each}` })),
      privateEndpoints: { [long.replace("a", "b")]: { service: "secrets", from: [long] } },
    });
    const { document } = render(of);
    const groups = bodies(document, "aws_security_group");
    for (const [, body] of groups)
      expect(body).toMatchObject({
        name: expect.stringMatching(/^(?!sg-)[a-z0-9-]{1,255}$/),
        description: expect.stringMatching(/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/),
      });
    const rules = [...bodies(document, "aws_vpc_security_group_ingress_rule"), ...bodies(document, "aws_vpc_security_group_egress_rule")];
    for (const [, body] of rules) expect(body["description"]).toMatch(/^[\w .:/()#,@[\]+=&;{}!$*-]{1,255}$/);
    expect(rules.map(([, body]) => body["description"])).toContainEqual(`${why.slice(1)}1; and 2 more`);
    for (const [, body] of bodies(document, "aws_iam_role")) expect(String(body["name"]).length).toBeLessThanOrEqual(64);
  });

  test("a reason that looks like a template stays text", () => {
    const of = spec({ ...two, flows: [{ from: "front", to: "app", ports: ["80/tcp"], why: "uses ${var.x} and $${y}" }] });
    expect(one(of, "aws_vpc_security_group_egress_rule", "front_to_app_80_tcp")["description"]).toBe("uses $${var.x} and $$${y}");
  });

  test.each([
    ["s3", { bucket: "tf-state", key: "rag.tfstate", region: "us-east-1" }],
    ["azurerm", { container_name: "tf", key: "rag.tfstate" }],
    ["gcs", { bucket: "tf-state" }],
    ["remote", { organization: "example", workspaces: { name: "rag" } }],
    ["local", { path: "state/rag.tfstate" }],
  ])("backend %s is written as the spec has it", (type, config) => {
    expect(render(spec({ backend: { type, config } })).document["terraform"]).toMatchObject({ backend: { [type]: config } });
  });

  test("backend cloud is a block of its own", () => {
    const terraform = render(spec({ backend: { type: "cloud", config: { organization: "example" } } })).document["terraform"];
    expect(terraform).toMatchObject({ cloud: { organization: "example" } });
    expect(terraform).not.toHaveProperty("backend");
  });

  test("variables and outputs have the names that every cloud has, and all variables have defaults", () => {
    const { document } = render(EXAMPLE);
    const variables = document["variable"] as Readonly<Record<string, object>>;
    const names = [
      "availability_zones",
      "deletion_protection",
      "log_retention_days",
      "private_endpoint_resource_ids",
      "quarantine",
      "tags",
    ];
    expect(Object.keys(variables)).toEqual(names);
    for (const name of names) expect(variables[name]).toHaveProperty("default");
    expect(Object.keys(document["output"] as object)).toEqual([
      "egress",
      "logs",
      "network_id",
      "private_endpoints",
      "published_services",
      "zones",
    ]);
  });
});

const EXAMPLE = readFileSync(join(__dirname, "../../../examples/private-rag/private-rag.enclave.yaml"), "utf8");

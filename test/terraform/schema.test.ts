/** Every argument that is rendered for aws is one that the real plugin knows, may be set, and does not warn of. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { render, type Spec } from "../providers/aws/rendered";
import { describeWith } from "./needs";
import { findPlugin } from "./toolchain";
import { closeWorkspace, openWorkspace, terraform } from "./workspace";

const CUSTOM = { aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" } };

/** Between them every type of resource and every optional argument: a split range, gateways, requests inspected, all services. */
const SPECS: readonly Spec[] = [
  {
    name: "every",
    region: "us-east-1",
    cidr: "10.32.0.0/15",
    availabilityZones: 2,
    zones: {
      front: { exposure: "public", hosts: 20, interfaces: [{ name: "gate", host: 10 }] },
      app: { exposure: "private", hosts: 20 },
      store: { exposure: "isolated", cidr: "10.33.0.0/24" },
    },
    flows: [
      { from: "internet", to: "front", ports: ["443/tcp", "icmp"], sources: ["198.51.100.0/24"], why: "a test" },
      { from: "front", to: "app", ports: ["any"], why: "a test" },
    ],
    privateEndpoints: {
      reader: { service: "object-storage", from: ["app"], access: "read" },
      writer: { service: "object-storage", from: ["store"], access: "write" },
      search: { service: "vector-search", from: ["app"] },
      partner: { service: "custom", from: ["app"], ports: ["8443/tcp"], dnsName: "x.svc.example.com", target: CUSTOM },
      images: { service: "container-registry", from: ["app"], access: "write" },
    },
    egress: [{ from: ["app"], to: ["mirror.example.com"], ports: ["443/tcp", "80/tcp"], why: "a test" }],
    inspection: "request",
    aws: { inspectionCertificateArn: "arn:aws:acm:us-east-1:111122223333:certificate/00000000-0000-0000-0000-000000000000" },
  },
  {
    name: "shared-s3",
    region: "us-east-1",
    cidr: "10.20.0.0/16",
    zones: { app: { exposure: "isolated", hosts: 20 } },
    privateEndpoints: { corpus: { service: "object-storage", from: ["app"] }, logs: { service: "logs", from: ["app"] } },
  },
];

interface Block {
  readonly attributes?: Readonly<Record<string, { readonly computed?: true; readonly optional?: true; readonly deprecated?: true }>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block; readonly deprecated?: true }>>;
}

const META = ["count", "depends_on", "lifecycle"];
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** One sentence for each argument below `where` that the schema has not, computes itself, or calls deprecated. */
function strangers(where: string, body: object, schema: Block): string[] {
  return Object.entries(body).flatMap(([name, value]): string[] => {
    const at = `${where}.${name}`;
    const attribute = schema.attributes?.[name];
    const nested = schema.block_types?.[name];
    if (attribute?.deprecated || nested?.deprecated) return [`${at} is deprecated`];
    if (nested !== undefined) return asList(value).flatMap((item) => strangers(at, item as object, nested.block));
    if (attribute === undefined) return [`${at} is unknown`];
    return attribute.computed && !attribute.optional ? [`${at} is computed`] : [];
  });
}

function resourceSchemas(): Readonly<Record<string, { readonly block: Block }>> {
  const source = findPlugin("aws");
  if ("missing" in source) throw new Error(source.missing);
  const folder = mkdtempSync(path.join(tmpdir(), "enclave-schema-"));
  writeFileSync(
    path.join(folder, "main.tf.json"),
    JSON.stringify({ terraform: { required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } } } }),
  );
  const workspace = openWorkspace(folder, source.found);
  try {
    expect(terraform(workspace, "init", ["init", "-input=false"])).toMatchObject({ code: 0 });
    const { text } = terraform(workspace, "schema", ["providers", "schema", "-json"]);
    const { provider_schemas } = JSON.parse(text) as {
      provider_schemas: Record<string, { resource_schemas: Record<string, { block: Block }> }>;
    };
    return Object.values(provider_schemas)[0]?.resource_schemas ?? {};
  } finally {
    closeWorkspace(workspace);
    rmSync(folder, { recursive: true, force: true });
  }
}

describeWith(["terraform", "plugin:aws"], "the schema of the aws plugin", () => {
  let schemas: Readonly<Record<string, { readonly block: Block }>>;
  beforeAll(() => {
    schemas = resourceSchemas();
  });

  test.each(SPECS.map((spec, index) => [index + 1, spec] as const))("knows every argument that spec %i renders", (_number, spec) => {
    const types = render(spec).document["resource"] as Readonly<Record<string, Readonly<Record<string, object>>>>;
    const found = Object.entries(types).flatMap(([type, resources]) =>
      Object.entries(resources).flatMap(([name, body]) => {
        const own = Object.fromEntries(Object.entries(body).filter(([argument]) => !META.includes(argument)));
        const block = schemas[type]?.block;
        return block === undefined ? [`${type} is unknown`] : strangers(`${type}.${name}`, own, block);
      }),
    );
    expect(Object.keys(types).length).toBeGreaterThan(20);
    expect(found).toEqual([]);
  });

  test("has what a stranger is told apart by", () => {
    const block = schemas["aws_subnet"]?.block ?? {};
    expect(strangers("s", { cidr_block: "x", arn: "x", colour: "x" }, block)).toEqual(["s.arn is computed", "s.colour is unknown"]);
  });
});

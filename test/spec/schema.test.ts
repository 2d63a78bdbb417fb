import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { z } from "zod";
import { enclaveJsonSchema, specShape } from "../../src/spec/schema/schema";

interface Schema {
  readonly [key: string]: unknown;
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly additionalProperties?: Schema | boolean;
  readonly items?: Schema;
  readonly anyOf?: readonly Schema[];
}

const SCHEMA = enclaveJsonSchema() as Schema;
const EXAMPLE: unknown = parse(
  readFileSync(join(__dirname, "../../examples/private-rag/private-rag.enclave.yaml"), "utf8"),
);

/** Every schema below one, with its path. */
function below(schema: Schema, path: string): [string, Schema][] {
  const { properties = {}, additionalProperties, items, anyOf = [] } = schema;
  return [
    [path, schema],
    ...Object.entries(properties).flatMap(([key, each]) => below(each, `${path}.${key}`)),
    ...(typeof additionalProperties === "object" ? below(additionalProperties, `${path}.*`) : []),
    ...(items === undefined ? [] : below(items, `${path}[]`)),
    ...anyOf.flatMap((each) => below(each, path)),
  ];
}

describe("the JSON Schema", () => {
  test("says what it is, without naming anybody's host", () => {
    expect(SCHEMA).toMatchObject({
      $schema: "https://json-schema.org/draft/2020-12/schema",
      $id: "urn:ai-enclave:spec:1",
      title: "AI enclave",
      type: "object",
    });
    expect(JSON.stringify({ ...SCHEMA, $schema: "" })).not.toMatch(/https?:\/\/json/);
  });

  test("requires what a spec cannot be without", () =>
    expect(SCHEMA["required"]).toEqual(["name", "region", "cidr", "zones"]));

  test("knows every key at the top that the contract names", () => {
    const keys =
      "$schema name cloud region cidr availabilityZones zoneNames tags zones externalNetworks flows privateEndpoints egress inspection publish assertions waive quarantine logging dns mesh backend terraform aws azure google";
    expect(Object.keys(SCHEMA.properties ?? {}).sort()).toEqual(keys.split(" ").sort());
  });

  test("describes every key at the top and every key of a zone, a flow, an endpoint and a way out", () => {
    const { zones, flows, privateEndpoints, egress } = SCHEMA.properties ?? {};
    const parts = [
      SCHEMA,
      zones?.additionalProperties,
      flows?.items,
      privateEndpoints?.additionalProperties,
      egress?.items,
    ] as Schema[];
    const keys = parts.flatMap((part) => Object.entries(part.properties ?? {}));
    expect(keys.length).toBeGreaterThan(40);
    expect(keys.filter(([, schema]) => schema["description"] === undefined).map(([key]) => key)).toEqual([]);
  });

  test("takes no key that is unknown, wherever keys are fixed", () => {
    const open = below(SCHEMA, "").filter(
      ([, schema]) => schema.properties !== undefined && schema.additionalProperties !== false,
    );
    expect(open.map(([path]) => path)).toEqual([]);
  });

  test("reads back as a schema that takes the example and refuses it with a typing error", () => {
    // zod reads a branch of oneOf that has nothing but "required" as one that takes everything.
    const read = z.fromJSONSchema(
      JSON.parse(JSON.stringify(SCHEMA, (key, value: unknown) => (key === "oneOf" ? undefined : value))),
    );
    expect(read.safeParse(EXAMPLE).success).toBe(true);
    expect(read.safeParse({ ...(EXAMPLE as object), regoin: "x" }).success).toBe(false);
    expect(specShape.safeParse(EXAMPLE).success).toBe(true);
  });

  test("its patterns compile as editors compile them and take their own examples", () => {
    for (const [path, schema] of below(SCHEMA, "")) {
      const { pattern, examples = [] } = schema as { pattern?: string; examples?: string[] };
      if (pattern === undefined) continue;
      const compiled = new RegExp(pattern, "u");
      expect(
        examples.filter((example) => !compiled.test(example)).map((example) => `${path} ${example}`),
      ).toEqual([]);
    }
  });
});

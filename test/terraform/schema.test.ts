/** Every argument that is ever rendered is one that the plugin knows, may be set, and does not warn of; and every type is tried. */
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { CLOUDS, type Cloud } from "../../src/clouds/cloud";
import { RENDERED_TYPES as AWS_TYPES } from "../../src/verifier/aws/types";
import { RENDERED_TYPES as AZURE_TYPES } from "../../src/verifier/azure/arguments";
import { RENDERED_TYPES as GOOGLE_TYPES } from "../../src/verifier/google/types";
import { GUARD } from "../../src/verifier/promises/guard";
import { describeWith } from "./needs";
import { EVERY_PART, readRendered, synth } from "./rendered";
import { pluginSource } from "./toolchain";
import { RENDERINGS, specsFor, type Trial, trialsOf } from "./trials";
import { closeWorkspace, openWorkspace, pin, succeed } from "./workspace";

interface Block {
  readonly attributes?: Readonly<Record<string, Attribute>>;
  readonly block_types?: Readonly<Record<string, { readonly block: Block; readonly deprecated?: true }>>;
}

interface Attribute {
  /** Terraform's JSON of a type: `"string"`, `["list", "string"]`, `["set", ["object", { … }]]`. */
  readonly type?: unknown;
  readonly computed?: true;
  readonly optional?: true;
  readonly deprecated?: true;
}

type Schemas = Readonly<Record<string, { readonly block: Block }>>;

interface ProviderSchema {
  readonly provider: { readonly block: Block };
  readonly resource_schemas: Schemas;
}

const META = ["count", "depends_on", "for_each", "lifecycle"];
const asList = (value: unknown): unknown[] => (Array.isArray(value) ? value : [value]);

/** One sentence for each argument below `where` that the schema has not, computes itself, or calls deprecated. */
function strangers(where: string, body: object, schema: Block): string[] {
  return Object.entries(body).flatMap(([name, value]): string[] => {
    const at = `${where}.${name}`;
    const attribute = schema.attributes?.[name];
    const nested = schema.block_types?.[name];
    // The classes write null for what an element of a list of objects leaves out.
    if (value === null) return attribute === undefined && nested === undefined ? [`${at} is unknown`] : [];
    if (name === "dynamic") return dynamicStrangers(where, value as object, schema);
    if (attribute?.deprecated || nested?.deprecated) return [`${at} is deprecated`];
    if (nested !== undefined)
      return asList(value).flatMap((item) => strangers(at, item as object, nested.block));
    if (attribute === undefined) return [`${at} is unknown`];
    if (attribute.computed && !attribute.optional) return [`${at} is computed`];
    return fits(value, attribute.type) ? [] : [`${at} is no ${JSON.stringify(attribute.type)}`];
  });
}

const dynamicStrangers = (where: string, blocks: object, schema: Block): string[] =>
  Object.entries(blocks as Record<string, unknown>).flatMap(([name, body]) =>
    asList(body).flatMap((one) =>
      strangers(where, { [name]: (one as { content: unknown }).content }, schema),
    ),
  );

/** Whether a value is of a type as far as one can see: an expression is known to Terraform alone. */
function fits(value: unknown, type: unknown): boolean {
  if (
    value === null ||
    type === undefined ||
    type === "dynamic" ||
    (typeof value === "string" && value.includes("${"))
  )
    return true;
  if (typeof type === "string") return typeof value === (type === "bool" ? "boolean" : type);
  const [kind, inner] = type as [string, unknown];
  if (kind === "list" || kind === "set")
    return Array.isArray(value) && value.every((item) => fits(item, inner));
  if (typeof value !== "object" || Array.isArray(value)) return false;
  if (kind === "map") return Object.values(value).every((item) => fits(item, inner));
  const members = inner as Readonly<Record<string, unknown>>;
  // An object has every key of its type. What it has besides goes by, and is null where a later version has it.
  return (
    Object.keys(members).every((name) => Object.hasOwn(value, name)) &&
    Object.entries(value).every(([name, item]) =>
      Object.hasOwn(members, name) ? fits(item, members[name]) : item === null,
    )
  );
}

function schemaOf({ plugin, version }: Trial): ProviderSchema {
  const folder = mkdtempSync(path.join(tmpdir(), "enclave-schema-"));
  const required = { terraform: { required_providers: { [plugin]: { source: `hashicorp/${plugin}` } } } };
  writeFileSync(path.join(folder, "main.tf.json"), JSON.stringify(required));
  const workspace = openWorkspace(folder, pluginSource(plugin));
  try {
    if (version !== undefined) pin(workspace, plugin, version);
    succeed(workspace, "init", ["init", "-input=false"]);
    const { provider_schemas } = JSON.parse(
      succeed(workspace, "schema", ["providers", "schema", "-json"]),
    ) as { provider_schemas: Record<string, ProviderSchema> };
    const [schema] = Object.values(provider_schemas);
    if (schema === undefined) throw new Error(`${plugin} tells no schema`);
    return schema;
  } finally {
    closeWorkspace(workspace);
    rmSync(folder, { recursive: true, force: true });
  }
}

for (const rendering of RENDERINGS) {
  const { cloud, plugin, flags } = rendering;
  describeWith(
    ["terraform", `plugin:${plugin}`],
    `arguments rendered for ${[cloud, ...flags].join(" ")}`,
    () => {
      describe.each(trialsOf(rendering).map((trial) => ({ trial })))("$trial.title", ({ trial }) => {
        let schema: ProviderSchema;
        beforeAll(() => {
          schema = schemaOf(trial);
        });

        test("the provider block holds nothing that the plugin does not know, or warns of", () => {
          const provider = readRendered(synth(EVERY_PART, cloud, flags))["provider"] as Record<
            string,
            unknown
          >;
          const blocks = asList(provider[plugin] ?? []);
          expect(blocks.length).toBe(1);
          expect(
            blocks.flatMap((body) => strangers("provider", body as object, schema.provider.block)),
          ).toEqual([]);
        });

        test.each(specsFor(cloud))("are known, where %s is rendered", (spec) => {
          const { [GUARD]: _terraformsOwn, ...resource } = readRendered(synth(spec, cloud, flags)).resource;
          const found = Object.entries(resource).flatMap(([type, resources]) =>
            Object.entries(resources).flatMap(([name, body]) => {
              const own = Object.fromEntries(
                Object.entries(body).filter(([argument]) => !META.includes(argument)),
              );
              const block = schema.resource_schemas[type]?.block;
              return block === undefined ? [`${type} is unknown`] : strangers(`${type}.${name}`, own, block);
            }),
          );
          expect(Object.keys(resource).length).toBeGreaterThan(5);
          expect(found).toEqual([]);
        });
      });
    },
  );
}

/** Every argument of a block, with those of the blocks inside. */
const argumentsOf = ({ attributes = {}, block_types = {} }: Block, before = ""): string[] => [
  ...Object.keys(attributes).map((name) => before + name),
  ...Object.entries(block_types).flatMap(([name, { block }]) => argumentsOf(block, `${before}${name}.`)),
];

/**
 * Terraform tells no defaults of a provider: an argument that comes or goes is read up in the guide of the major,
 * with its default, before it joins this list. `resource_provider_registrations` is there in both, with another one.
 */
const ONE_MAJOR_HAS = [
  "enhanced_validation.locations",
  "enhanced_validation.resource_providers",
  "features.enhanced_validation.locations",
  "features.enhanced_validation.preflight_enabled",
  "features.enhanced_validation.preflight_location_fallback",
  "features.enhanced_validation.resource_providers",
  "features.persist_id_on_create_before_polling_for_completion",
  "features.servicebus.auto_delete_subscription_default_rule",
  "features.skip_import_check_on_create_and_allow_overwriting_existing_resources",
  "features.virtual_machine.graceful_shutdown",
  "skip_provider_registration",
];

describeWith(["terraform", "plugin:azurerm"], "the provider block of azurerm", () => {
  test("has the same arguments in both majors, but for those that are known", () => {
    const found = RENDERINGS.filter(({ plugin }) => plugin === "azurerm").map((rendering) =>
      trialsOf(rendering).flatMap((trial) => argumentsOf(schemaOf(trial).provider.block)),
    );
    const [four = [], five = []] = found.map((all) => new Set(all));
    const apart = [...four].filter((name) => !new Set(five).has(name));
    const since = [...five].filter((name) => !new Set(four).has(name));
    if (found.every((all) => all.length > 0))
      expect([...apart, ...since].filter((name) => !ONE_MAJOR_HAS.includes(name))).toEqual([]);
    for (const all of found.filter((each) => each.length > 0))
      expect(all).toContain("resource_provider_registrations");
  });
});

const TYPES: Readonly<Record<Cloud, ReadonlySet<string>>> = {
  aws: AWS_TYPES,
  azure: AZURE_TYPES,
  google: GOOGLE_TYPES,
};

test.each(CLOUDS)(
  "between them the specs hold every type of resource that is ever rendered for %s",
  (cloud) => {
    const found = specsFor(cloud)
      .flatMap((spec) => Object.keys(readRendered(synth(spec, cloud)).resource))
      .filter((type) => type !== GUARD);
    expect([...new Set(found)].sort()).toEqual([...TYPES[cloud]].sort());
  },
);

test("a stranger is told apart", () => {
  const block: Block = {
    attributes: {
      name: { type: "string", optional: true },
      ports: { type: ["list", "number"] },
      arn: { type: "string", computed: true },
    },
    block_types: {
      rule: { block: { attributes: { old: { type: "bool", optional: true, deprecated: true } } } },
    },
  };
  const body = { name: "x", ports: [1, "2"], arn: "x", colour: "x", rule: { old: true } };
  expect(strangers("s", body, block)).toEqual([
    's.ports is no ["list","number"]',
    "s.arn is computed",
    "s.colour is unknown",
    "s.rule.old is deprecated",
  ]);
});

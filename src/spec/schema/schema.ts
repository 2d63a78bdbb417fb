/** The spec file's shape: the one source of its type, of the checks on its form and of the JSON Schema that editors use. */
import * as z from "zod";
import { CLOUDS } from "../../clouds/cloud";
import { byCloud, CLOUD_FACTS, type SettingsShapes } from "../../clouds/clouds";
import { shaped, text } from "../../clouds/field-facts";
import {
  CIDR_SYNONYMS,
  egressShape,
  endpointShape,
  externalShape,
  flowShape,
  perCloud,
  publishShape,
  zoneShape,
} from "./network";
import { assertionShape, backendShape, meshShape, waiverShape } from "./policy";
import { enclaveName, hostPattern, name, rangeBlock } from "./scalars";

const region = shaped(/^[a-z][a-z0-9-]*[a-z0-9]$/, "a region", CLOUD_FACTS[CLOUDS[0]].exampleRegion);

const examples = CLOUDS.map((cloud) => `${cloud}: ${CLOUD_FACTS[cloud].exampleRegion}`);

/** The blocks that carry a cloud's own name, as optional fields. */
const cloudSettings = byCloud((_, { settings, title }) =>
  settings.optional().meta({ description: `What exists already on ${title}.` }),
) as { readonly [C in keyof SettingsShapes]: z.ZodOptional<SettingsShapes[C]> };

/** The fields of a spec that are no lists of items. */
export const settingsShape = z.strictObject({
  $schema: z.string().optional().meta({ description: "Path or URL of this file's schema; for editors." }),
  name: enclaveName,
  cloud: z
    .enum(CLOUDS)
    .optional()
    .meta({
      description: `Which cloud to render for: ${CLOUDS.map((cloud) => `\`${cloud}\``).join(", ")}. \`--cloud\`, \`ENCLAVE_CLOUD\` and the context \`cloud\` of \`cdktf.json\` come first.`,
      words: CLOUD_FACTS,
    }),
  region: z.union([region, perCloud(() => region)]).meta({
    description: `One region, or one for each cloud: \`{ ${examples.join(", ")} }\`. The chosen cloud needs one.`,
    sample: "<region>",
    dependsOn: ["zoneNames", "availabilityZones"],
    // A key or a certificate authority has to be in the region.
    affects: CLOUDS,
  }),
  cidr: rangeBlock.meta({ sample: "<range>", synonyms: CIDR_SYNONYMS }),
  availabilityZones: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .meta({ description: "How many availability zones are used: 1 to 3.", sample: "2" }),
  zoneNames: perCloud(() => z.array(text).min(1))
    .optional()
    .meta({
      description: "Availability zones by name, by cloud.",
      absent: "a dated table; unknown regions need it",
      dependsOn: ["region", "availabilityZones"],
    }),
  tags: z
    .record(text, z.string())
    .optional()
    .meta({
      description:
        "Tags or labels on everything that takes them. `enclave` and `zone` are set already, on some clouds also `Name`.",
    }),
  inspection: z
    .enum(["connection", "request"])
    .default("connection")
    .meta({
      description:
        "`connection`: what leaves is judged by server name. `request`: it is decrypted with your certificate authority, which the block of the cloud names.",
      // A certificate that cannot be read is not missing.
      dependsOn: CLOUDS,
      words: {
        request: { synonyms: ["deep", "tls", "decrypt", "full", "http"] },
        connection: { synonyms: ["sni", "none", "off"] },
      },
    }),
  quarantine: z
    .array(text.meta({ refersTo: ["zones"] }))
    .default([])
    .meta({ description: "Zones that are cut off now; also a Terraform variable." }),
  logging: z
    .strictObject({
      retentionDays: z
        .int()
        .min(1)
        .max(36500)
        .default(365)
        .meta({ description: "Minimum days to keep logs.", sample: "365" }),
    })
    .default({ retentionDays: 365 })
    .meta({ description: "Records of what was allowed and denied.", mainField: "retentionDays" }),
  dns: z
    .strictObject({
      allow: z
        .array(hostPattern)
        .default([])
        .meta({ description: "Names that resolve beside those of `egress` and `privateEndpoints`." }),
    })
    .default({ allow: [] })
    .meta({ description: "Name resolution.", mainField: "allow" }),
  mesh: meshShape.optional(),
  backend: backendShape.optional(),
  terraform: z
    .strictObject({
      azurerm: z
        .union([z.literal(4), z.literal(5)])
        .default(4)
        .meta({ description: "Major version of the azurerm provider: 4 or 5." }),
    })
    .default({ azurerm: 4 })
    .meta({ description: "Provider majors, where two are current.", mainField: "azurerm" }),
  ...cloudSettings,
});

/** The parts that hold named items. */
export const NAMED_ITEMS = {
  zones: zoneShape,
  externalNetworks: externalShape,
  privateEndpoints: endpointShape,
  publish: publishShape,
} as const;
/** The parts that are lists. */
export const LISTED_ITEMS = {
  flows: flowShape,
  egress: egressShape,
  assertions: assertionShape,
  waive: waiverShape,
} as const;

export const specShape = settingsShape
  .extend({
    zones: z
      .record(name, zoneShape)
      .meta({
        description: "Zones by name.",
        minProperties: 1,
        sample: "\n  app: { exposure: isolated, hosts: 50 }",
      }),
    externalNetworks: z
      .record(name, externalShape)
      .optional()
      .meta({ description: "Private networks outside the enclave, by name." }),
    flows: z
      .array(flowShape)
      .optional()
      .meta({ description: "The only packets allowed between zones; same-zone traffic is a flow too." }),
    privateEndpoints: z
      .record(name, endpointShape)
      .optional()
      .meta({ description: "Managed services, by name.", dependsOn: ["region", "waive"] }),
    egress: z.array(egressShape).optional().meta({ description: "The only ways out." }),
    publish: z
      .record(name, publishShape)
      .optional()
      .meta({ description: "Services that others reach by private link, by name." }),
    assertions: z.array(assertionShape).optional().meta({ description: "What has to stay true." }),
    waive: z.array(waiverShape).optional().meta({ description: "Role rules that are set aside." }),
  })
  .meta({ title: "AI enclave", description: "A private AI network: what is not declared is denied." });

export type Settings = z.output<typeof settingsShape>;
export type ZoneSpec = z.output<typeof zoneShape>;
export type ExternalSpec = z.output<typeof externalShape>;
export type FlowSpec = z.output<typeof flowShape>;
export type EndpointSpec = z.output<typeof endpointShape>;
export type EgressSpec = z.output<typeof egressShape>;
export type PublishSpec = z.output<typeof publishShape>;
export type AssertionSpec = z.output<typeof assertionShape>;
export type WaiverSpec = z.output<typeof waiverShape>;

/** Keywords that facts of fields become. All other facts are the product's own and stay out of the JSON Schema. */
const KEYWORDS = ["title", "description", "pattern", "maxLength", "examples", "minProperties"];

/** The JSON Schema (draft 2020-12) of a spec file. */
export function enclaveJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(specShape, {
    io: "input",
    target: "draft-2020-12",
    override: ({ zodSchema, jsonSchema }) => {
      const facts = z.globalRegistry.get(zodSchema) ?? {};
      for (const fact of Object.keys(facts)) if (!KEYWORDS.includes(fact)) delete jsonSchema[fact];
      if (facts.exactlyOne !== undefined)
        jsonSchema.oneOf = facts.exactlyOne.map((key) => ({ required: [key] }));
    },
  });
  return { $schema, $id: "urn:ai-enclave:spec:1", ...schema };
}

/** The shape of a spec: the one source of its type, of the checks on its form and of its JSON Schema. */
import * as z from "zod";
import { CLOUDS } from "../../clouds/cloud";
import { byCloud, CLOUD_FACTS, type LoggingShapes, type SettingsShapes } from "../../clouds/clouds";
import { field, optional, shaped, text } from "../../clouds/field-facts";
import { cloudOfRegion } from "../../clouds/regions";
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
import { count, enclaveName, hostPattern, name, rangeBlock } from "./scalars";

const region = shaped(
  /^[a-z][a-z0-9-]*[a-z0-9]$/,
  "a region",
  CLOUD_FACTS[CLOUDS[0]].exampleRegion,
  undefined,
  (text) => cloudOfRegion(text) !== undefined,
);

const examples = CLOUDS.map((cloud) => `${cloud}: ${CLOUD_FACTS[cloud].exampleRegion}`);

/** The blocks that carry a cloud's own name, as optional fields. */
const cloudSettings = byCloud((_, { settings, title }) =>
  settings.optional().meta({ description: `What exists already on ${title}.` }),
) as { readonly [C in keyof SettingsShapes]: z.ZodOptional<SettingsShapes[C]> };

/** Of the clouds whose logs have settings of their own. */
const cloudLogging = Object.fromEntries(
  CLOUDS.flatMap((cloud) => {
    const { logging, title } = CLOUD_FACTS[cloud];
    const isEmpty = Object.keys(logging.shape).length === 0;
    return isEmpty ? [] : [[cloud, logging.optional().meta({ description: `Logs on ${title}.` })]];
  }),
) as { readonly [C in keyof LoggingShapes]: z.ZodOptional<LoggingShapes[C]> };

/** The fields of a spec that hold no items. */
export const settingsShape = z.strictObject({
  $schema: optional(z.string(), "Path or URL of this file's schema; for editors."),
  name: enclaveName,
  cloud: optional(
    z.enum(CLOUDS),
    `Which cloud to render for: \`${CLOUDS.join("`, `")}\`. ` +
      `\`--cloud\`, \`ENCLAVE_CLOUD\` and the context \`cloud\` of \`cdktf.json\` come first.`,
    { words: CLOUD_FACTS },
  ),
  region: field(
    z.union([region, perCloud(() => region)]),
    `One region, or one for each cloud: \`{ ${examples.join(", ")} }\`. The chosen cloud needs one.`,
    // A key or a certificate authority must be in the region.
    { dependsOn: ["zoneNames", "availabilityZones"], affects: CLOUDS },
  ),
  cidr: rangeBlock.meta({ synonyms: CIDR_SYNONYMS }),
  availabilityZones: field(count.max(3).default(2), "How many availability zones are used: 1 to 3."),
  zoneNames: optional(
    perCloud(() => z.array(text).min(1)),
    "Availability zones by name, by cloud.",
    { absent: "a dated table; unknown regions need it", dependsOn: ["region", "availabilityZones"] },
  ),
  tags: optional(
    z.record(text, z.string()),
    "Tags or labels on everything that takes them. " +
      "`enclave` and `zone` are set already, on some clouds also `Name`.",
  ),
  inspection: field(
    z.enum(["connection", "request"]).default("connection"),
    "`connection`: what leaves is judged by server name. `request`: " +
      "it is decrypted with your certificate authority, which the block of the cloud names.",
    {
      // An unreadable certificate is not a missing one.
      dependsOn: CLOUDS,
      words: {
        request: { synonyms: ["deep", "tls", "decrypt", "full", "http"] },
        connection: { synonyms: ["sni", "none", "off"] },
      },
    },
  ),
  quarantine: field(
    z.array(text.meta({ refersTo: ["zones"] })).default([]),
    "Zones that are cut off now; also a Terraform variable.",
  ),
  logging: field(
    z
      .strictObject({
        retentionDays: field(count.max(36500).default(365), "Minimum days to keep logs."),
        flowSampling: optional(
          z.number().gt(0).max(1),
          "The share of connections that is recorded, where the cloud can sample. Elsewhere all are.",
          { absent: "1, which is all" },
        ),
        lock: field(
          z.boolean().default(false),
          "Nobody can shorten how long logs are kept, or delete them alone, where the cloud can lock them. For good.",
        ),
        ...cloudLogging,
      })
      .default({ retentionDays: 365, lock: false }),
    "Records of what was allowed and denied.",
    { mainField: "retentionDays" },
  ),
  dns: field(
    z
      .strictObject({
        allow: field(
          z.array(hostPattern).default([]),
          "Names that resolve beside those of `egress` and `privateEndpoints`.",
        ),
      })
      .default({ allow: [] }),
    "Name resolution.",
    { mainField: "allow" },
  ),
  mesh: meshShape.optional(),
  backend: backendShape.optional(),
  terraform: field(
    z
      .strictObject({
        azurerm: field(
          z.union([z.literal(4), z.literal(5)]).default(4),
          "Major version of the azurerm provider: 4 or 5.",
        ),
      })
      .default({ azurerm: 4 }),
    "Provider majors, where two are current.",
    { mainField: "azurerm" },
  ),
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

export const PARTS = { ...NAMED_ITEMS, ...LISTED_ITEMS };

export const specShape = settingsShape
  .extend({
    zones: field(z.record(name, zoneShape), "Zones by name.", { minProperties: 1 }),
    externalNetworks: optional(
      z.record(name, externalShape),
      "Private networks outside the enclave, by name.",
    ),
    flows: optional(
      z.array(flowShape),
      "The only packets allowed between zones; same-zone traffic is a flow too.",
    ),
    privateEndpoints: optional(z.record(name, endpointShape), "Managed services, by name.", {
      dependsOn: ["region", "waive"],
    }),
    egress: optional(z.array(egressShape), "The only ways out."),
    publish: optional(z.record(name, publishShape), "Services that others reach by private link, by name."),
    assertions: optional(z.array(assertionShape), "What has to stay true."),
    waive: optional(z.array(waiverShape), "Role rules that are set aside."),
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

/** JSON Schema keywords from facts of fields. All other facts are internal and stay out of it. */
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

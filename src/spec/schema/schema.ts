/** The spec file's shape: the one source of its type, of the checks on its form and of the JSON Schema that editors use. */
import { z } from "zod";
import { CLOUDS } from "../../clouds/cloud";
import { egressShape, endpointShape, externalShape, flowShape, publishShape, zoneShape } from "./network";
import {
  assertionShape,
  awsShape,
  azureShape,
  backendShape,
  googleShape,
  meshShape,
  waiverShape,
} from "./policy";
import { enclaveName, hostPattern, name, rangeBlock, shaped } from "./scalars";

const region = shaped(/^[a-z][a-z0-9-]*[a-z0-9]$/, "a region", "us-east-1");
const zoneNames = z.array(z.string().min(1)).min(1);

/** What stands alone in a spec. */
export const settingsShape = z.strictObject({
  $schema: z.string().optional().meta({ description: "Where the schema of this file lies; for editors." }),
  name: enclaveName,
  cloud: z
    .enum(CLOUDS)
    .optional()
    .meta({ description: "Which cloud to render for. --cloud, ENCLAVE_CLOUD and the context come first." }),
  region: z
    .union([
      region,
      z.strictObject({ aws: region.optional(), azure: region.optional(), google: region.optional() }),
    ])
    .meta({ description: "Region by cloud, or one string when a single cloud is used." }),
  cidr: rangeBlock.meta({ description: "The enclave's range: inside RFC 1918 or RFC 6598, /12 to /22." }),
  availabilityZones: z
    .int()
    .min(1)
    .max(3)
    .default(2)
    .meta({ description: "How many availability zones are used." }),
  zoneNames: z
    .strictObject({ aws: zoneNames.optional(), azure: zoneNames.optional(), google: zoneNames.optional() })
    .optional()
    .meta({ description: "Availability zones by name, instead of the built-in table." }),
  tags: z
    .record(z.string().min(1), z.string())
    .optional()
    .meta({ description: "Tags or labels on everything that takes them." }),
  inspection: z
    .enum(["connection", "request"])
    .default("connection")
    .meta({
      description:
        "connection: by server name. request: connections are opened, which needs the cloud's inspection certificate.",
    }),
  quarantine: z
    .array(z.string().min(1))
    .default([])
    .meta({ description: "Zones that are cut off now; also a Terraform variable." }),
  logging: z
    .strictObject({
      retentionDays: z
        .int()
        .min(1)
        .max(36500)
        .default(365)
        .meta({ description: "Logs are kept at least so long." }),
    })
    .default({ retentionDays: 365 })
    .meta({ description: "Records of what was allowed and denied." }),
  dns: z
    .strictObject({
      allow: z
        .array(hostPattern)
        .default([])
        .meta({ description: "Names that resolve beyond those of egress and endpoints." }),
    })
    .default({ allow: [] })
    .meta({ description: "Name resolution." }),
  mesh: meshShape.optional(),
  backend: backendShape.optional(),
  terraform: z
    .strictObject({
      azurerm: z
        .union([z.literal(4), z.literal(5)])
        .default(4)
        .meta({ description: "Major version of the azurerm provider." }),
    })
    .default({ azurerm: 4 })
    .meta({ description: "Provider majors, where two are current." }),
  aws: awsShape.optional().meta({ description: "What exists already on AWS." }),
  azure: azureShape.optional().meta({ description: "What exists already on Azure." }),
  google: googleShape.optional().meta({ description: "What exists already on Google Cloud." }),
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
    zones: z.record(name, zoneShape).meta({ description: "Zones by name.", minProperties: 1 }),
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
      .meta({ description: "Managed services, by name." }),
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

/** The JSON Schema (draft 2020-12) of a spec file. */
export function enclaveJsonSchema(): object {
  const { $schema, ...schema } = z.toJSONSchema(specShape, { io: "input", target: "draft-2020-12" });
  return { $schema, $id: "urn:ai-enclave:spec:1", ...schema };
}

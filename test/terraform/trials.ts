/** Which plugins what is rendered has to work with: every version in the mirror, each with the rendering that its range names. */
import { readFileSync } from "node:fs";
import path from "node:path";
import type { Cloud } from "../../src/clouds/cloud";
import { EMULATOR_NEEDS, type Need } from "./needs";
import { EVERY_PART, EXAMPLES, type Rendered, ROOT, spec } from "./rendered";
import { byVersion, findPlugin, isStandIn, type Plugin, versionsIn } from "./toolchain";

/** One way to render: a cloud, and where Terraform's plugin for it differs by version, the flag that says so. */
export interface Rendering {
  readonly cloud: Cloud;
  readonly plugin: Plugin;
  readonly flags: readonly string[];
  /** The folder of its golden file, in which the range of versions stands. */
  readonly golden: string;
}

export const RENDERINGS: readonly Rendering[] = [
  { cloud: "aws", plugin: "aws", flags: [], golden: "aws" },
  { cloud: "azure", plugin: "azurerm", flags: [], golden: "azure" },
  { cloud: "azure", plugin: "azurerm", flags: ["--azurerm", "5"], golden: "azurerm-5" },
  { cloud: "google", plugin: "google", flags: [], golden: "google" },
];

export interface Range {
  readonly from: string;
  readonly below: string;
}

/** The range in which the rendered file lets Terraform choose. */
export function rangeOf({ plugin, golden }: Rendering): Range {
  const text = readFileSync(path.join(ROOT, "test/golden/private-rag", golden, "main.tf.json"), "utf8");
  const { terraform } = JSON.parse(text) as {
    terraform: { required_providers: Record<string, { version: string }> };
  };
  const constraint = terraform.required_providers[plugin]?.version ?? "";
  const [, from, below] = /^>= (\d+\.\d+\.\d+), < (\d+\.\d+\.\d+)$/.exec(constraint) ?? [];
  if (from === undefined || below === undefined) throw new Error(`${golden}: "${constraint}" is no range`);
  return { from, below };
}

export interface Trial extends Rendering {
  /** Undefined where plugins come from the network: the newest in the range. */
  readonly version: string | undefined;
  readonly standIn: boolean;
  readonly title: string;
}

/** A rendering with each version that it may meet here; none where the plugin is missing. */
export function trialsOf(rendering: Rendering): readonly Trial[] {
  const { plugin } = rendering;
  const source = findPlugin(plugin);
  if ("missing" in source) return [];
  const { from, below } = rangeOf(rendering);
  if ("network" in source.found) {
    return [from, undefined].map((version) => ({
      ...rendering,
      version,
      standIn: false,
      title: `${plugin} ${version ?? "of today"}`,
    }));
  }
  const { mirror } = source.found;
  return versionsIn(mirror, plugin)
    .filter((version) => byVersion(from, version) <= 0 && byVersion(version, below) < 0)
    .map((version) => {
      const standIn = isStandIn(mirror, plugin, version);
      return { ...rendering, version, standIn, title: `${plugin} ${version}${standIn ? " (stand-in)" : ""}` };
    });
}

/** What a cloud holds, and nothing: between them every type of resource and every argument that is ever rendered. */
export const specsFor = (cloud: Cloud): readonly string[] => [
  ...EXAMPLES,
  EVERY_PART,
  spec("nothing"),
  spec(`${cloud}-alone`),
];

/** Tools that a whole life takes: real plugins call an emulator of their cloud. */
export const needsOf = ({ plugin, standIn }: Trial): readonly Need[] => [
  "terraform",
  `plugin:${plugin}`,
  ...(standIn ? [] : EMULATOR_NEEDS[plugin]),
];

const AZURE = "/subscriptions/00000000-0000-0000-0000-000000000001/resourceGroups/data/providers/Microsoft";

/** Ids of what the endpoints of the specs lead to, where a spec leaves that to the variable. */
const IDS: Readonly<Record<Cloud, Readonly<Record<string, string>>>> = {
  aws: {},
  azure: {
    model: `${AZURE}.CognitiveServices/accounts/partmodel`,
    "model-admin": `${AZURE}.CognitiveServices/accounts/partadmin`,
    credentials: `${AZURE}.KeyVault/vaults/partsecrets`,
    secrets: `${AZURE}.KeyVault/vaults/partsecrets`,
    keys: `${AZURE}.KeyVault/vaults/partkeys`,
    images: `${AZURE}.ContainerRegistry/registries/partimages`,
    ml: `${AZURE}.MachineLearningServices/workspaces/partml`,
    search: `${AZURE}.Search/searchServices/partsearch`,
    orders: `${AZURE}.DBforPostgreSQL/flexibleServers/aloneorders`,
    jobs: `${AZURE}.ServiceBus/namespaces/alonejobs`,
  },
  google: {
    users: "projects/partner/regions/us-east1/serviceAttachments/users",
    search: "projects/partner/regions/europe-west3/serviceAttachments/search",
  },
};

/** The endpoints that a document does not make until the variable has ids for them. */
export const waitingIn = (document: Rendered): readonly string[] =>
  [
    ...JSON.stringify(document["check"] ?? {}).matchAll(
      /lookup\(var\.private_endpoint_resource_ids, \\"([a-z0-9-]+)\\", \[\]\)\) > 0/g,
    ),
  ].map(([, name]) => name ?? "");

/** Values with which everything in a document is made, as `-var` takes them. */
export function completing(cloud: Cloud, document: Rendered): readonly string[] {
  const ids = waitingIn(document).map((name) => {
    const id = IDS[cloud][name];
    if (id === undefined) throw new Error(`no id is known for the endpoint ${name} on ${cloud}`);
    return [name, [id]];
  });
  return [`private_endpoint_resource_ids=${JSON.stringify(Object.fromEntries(ids))}`];
}

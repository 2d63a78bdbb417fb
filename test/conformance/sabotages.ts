/** What would spoil an enclave: on each cloud in its own way, and alike on all. */
import type { Cloud } from "../../src/clouds/cloud";
import { add, type Change, put, replace } from "./sabotage";
import { AWS } from "./sabotages-aws";
import { AZURE } from "./sabotages-azure";
import { GOOGLE } from "./sabotages-google";

const ALIKE: Readonly<Record<string, readonly Change[]>> = {
  elsewhere: [replace(/\b10\.20\./g, "10.30.")],
  infrastructureElsewhere: [replace(/\b10\.20\.25(\d)\./g, "10.20.10$1.")],
  otherRegion: [replace(/"(?:us-east-1|eastus2|us-east1)"/g, '"elsewhere-1"')],
  ignoresQuarantine: [replace(/(contains\(var\.quarantine, \\")[a-z-]+/g, "$1nobody")],
  variables: [put("variable", { quarantine: {}, availability_zones: { default: ["a", "a"] } })],
  outputs: [put("output", {})],
  cutsOthers: [replace(/(contains\(var\.quarantine, \\")(?:web|batch)/g, "$1app")],
  sharedBlocks: [replace(/10\.20\.5\.0\/24/g, "10.20.4.0/24")],
  otherState: [replace(/"terraform\.tfstate"/g, '"elsewhere.tfstate"')],
  modules: [put("module", { other: { source: "./other" } })],
  moves: [
    put(
      "moved",
      [
        ["aws_subnet", "web_1"],
        ["azurerm_network_security_group", "web"],
        ["google_compute_subnetwork", "web_1"],
      ].map(([type, name]) => ({ from: `${type}.elsewhere`, to: `${type}.${name}` })),
    ),
  ],
  data: [put("data", { aws_caller_identity: { current: {} } })],
  credentials: [put("provider", { any: [{ access_key: "x" }] })],
  versions: [put("terraform", { required_providers: { any: { version: ">= 1.0.0" } } })],
  hashes: [add("any", "app_1_8C2F0A1B", {})],
  mark: [put("//", "")],
  reasons: [replace(/"description":"[^"]*"/g, '"description":""')],
  tags: [replace(/merge\(var\.tags, \{[^}]*\}\)/g, "{}")],
};

const OWN = { aws: AWS, azure: AZURE, google: GOOGLE } as const;

export const sabotagesOf = (cloud: Cloud): ReadonlyMap<string, readonly Change[]> =>
  new Map(
    [...Object.entries(OWN[cloud]), ...Object.entries(ALIKE)].filter(([, changes]) => changes.length > 0),
  );

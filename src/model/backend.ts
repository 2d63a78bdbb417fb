/** Backends of Terraform, and the place where each keeps its state. */

import { CLOUDS, type Cloud } from "../clouds/cloud";
import { CLOUD_FACTS } from "../clouds/clouds";
import type { Words } from "../diagnostics/did-you-mean";
import { joinPath } from "../diagnostics/path";
import type { Backend } from "./enclave";
import { keysOf } from "./lookup";

/** Stands for the name of the cloud in any text of a backend's arguments. */
const CLOUD = "{cloud}";

interface BackendFacts {
  /** The argument that distinguishes states. A spec without it leaves it to `terraform init`. */
  readonly state: readonly string[];
  /** The environment in which Terraform finds credentials by itself. */
  readonly credentials: string;
  readonly synonyms: readonly string[];
}

const WORKSPACE = {
  state: ["workspaces", "name"],
  credentials: "TF_TOKEN_<host>, or terraform login",
} as const;

const FACTS = {
  s3: {
    state: ["key"],
    credentials: "AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, or AWS_SSE_CUSTOMER_KEY",
    synonyms: [],
  },
  azurerm: {
    state: ["key"],
    credentials: "ARM_ACCESS_KEY, ARM_SAS_TOKEN or ARM_CLIENT_SECRET, or az login",
    synonyms: ["blob"],
  },
  gcs: {
    state: ["prefix"],
    credentials: "GOOGLE_BACKEND_CREDENTIALS, GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_ENCRYPTION_KEY",
    synonyms: ["gs"],
  },
  remote: { ...WORKSPACE, synonyms: [] },
  cloud: { ...WORKSPACE, synonyms: ["terraform-cloud", "tfc", "hcp"] },
  local: { state: ["path"], credentials: "none, because a local state needs no credentials", synonyms: [] },
} as const satisfies Readonly<Record<string, BackendFacts>>;

export type BackendType = keyof typeof FACTS;

export const BACKENDS: Readonly<Record<BackendType, BackendFacts>> = FACTS;

function wordsFor(type: BackendType): readonly string[] {
  const clouds = CLOUDS.filter((cloud) => CLOUD_FACTS[cloud].backend === type);
  return [...BACKENDS[type].synonyms, ...clouds.flatMap((cloud) => [cloud, ...CLOUD_FACTS[cloud].synonyms])];
}

/** The backends with all words for them: their own, and those of the cloud that each belongs to. */
export const BACKEND_WORDS: Words = Object.fromEntries(
  keysOf(BACKENDS).map((type) => [type, { synonyms: wordsFor(type) }]),
);

export interface SharedState {
  readonly path: string;
  readonly value: string;
  /** The same with the cloud in it. */
  readonly apart: string;
}

/** Undefined if the states are separate, as with a path below each configuration, or if this is unknown. */
export function sharedState({ type, config, path }: Backend): SharedState | undefined {
  const value = BACKENDS[type].state.reduce<unknown>(
    (within, key) => (within as Backend["config"] | undefined)?.[key],
    config,
  );
  if (typeof value !== "string" || JSON.stringify(config).includes(CLOUD)) return undefined;
  if (type === "local" && !/^(?:\/|~|\.\.)/.test(value)) return undefined;
  const at = value.lastIndexOf("/") + 1;
  return {
    path: joinPath(path, "config", ...BACKENDS[type].state),
    value,
    apart: `${value.slice(0, at)}${CLOUD}-${value.slice(at)}`,
  };
}

/** The arguments for one cloud. */
export const configFor = (config: Backend["config"], cloud: Cloud): Backend["config"] =>
  JSON.parse(JSON.stringify(config).replaceAll(CLOUD, cloud)) as Backend["config"];

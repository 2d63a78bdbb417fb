/** Backends of Terraform, and the place where each keeps its state. */
import { CLOUDS, type Cloud } from "../clouds/cloud";
import { CLOUD_FACTS } from "../clouds/clouds";
import type { Words } from "../diagnostics/did-you-mean";
import { joinPath } from "../diagnostics/path";
import type { Backend } from "./enclave";
import { keysOf } from "./lookup";

/** Stands for the name of the cloud in any text of a backend's arguments. */
const CLOUD = "{cloud}";

/** The argument that distinguishes states, and the environment in which Terraform looks for credentials. */
type BackendFacts = readonly [state: readonly string[], credentials: string, ...synonyms: string[]];

const LOGIN = "TF_TOKEN_<host>, or terraform login";

const FACTS = {
  s3: [["key"], "AWS_PROFILE, or AWS_ACCESS_KEY_ID with AWS_SECRET_ACCESS_KEY, or AWS_SSE_CUSTOMER_KEY"],
  azurerm: [["key"], "ARM_ACCESS_KEY, ARM_SAS_TOKEN or ARM_CLIENT_SECRET, or az login", "blob"],
  gcs: [
    ["prefix"],
    "GOOGLE_BACKEND_CREDENTIALS, GOOGLE_APPLICATION_CREDENTIALS or GOOGLE_ENCRYPTION_KEY",
    "gs",
  ],
  remote: [["workspaces", "name"], LOGIN],
  cloud: [["workspaces", "name"], LOGIN, "terraform-cloud", "tfc", "hcp"],
  local: [["path"], "none, because a local state needs no credentials"],
} as const satisfies Readonly<Record<string, BackendFacts>>;

export type BackendType = keyof typeof FACTS;

export const BACKENDS: Readonly<Record<BackendType, BackendFacts>> = FACTS;

/** The backends with all words for them: their own, and those of the cloud that each belongs to. */
export const BACKEND_WORDS: Words = Object.fromEntries(
  keysOf(BACKENDS).map((type) => {
    const clouds = CLOUDS.filter((cloud) => CLOUD_FACTS[cloud].backend === type);
    const onClouds = clouds.flatMap((cloud) => [cloud, ...CLOUD_FACTS[cloud].synonyms]);
    const [, , ...synonyms] = BACKENDS[type];
    return [type, { synonyms: [...synonyms, ...onClouds] }];
  }),
);

/** `apart` has the cloud in it. Undefined if states are separate, as below each configuration, or unknown. */
export function sharedState({ type, config, path }: Backend) {
  const [state] = BACKENDS[type];
  const value = state.reduce<unknown>(
    (within, key) => (within as Backend["config"] | undefined)?.[key],
    config,
  );
  if (typeof value !== "string" || JSON.stringify(config).includes(CLOUD)) return undefined;
  if (type === "local" && !/^(?:\/|~|\.\.)/.test(value)) return undefined;
  const at = value.lastIndexOf("/") + 1;
  const apart = `${value.slice(0, at)}${CLOUD}-${value.slice(at)}`;
  return { path: joinPath(path, "config", ...state), value, apart };
}

/** The arguments for one cloud. */
export const configFor = (config: Backend["config"], cloud: Cloud): Backend["config"] =>
  JSON.parse(JSON.stringify(config).replaceAll(CLOUD, cloud)) as Backend["config"];

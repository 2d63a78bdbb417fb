/** Where a backend keeps the state, and whether each cloud has one of its own there. */

import type { Cloud } from "../clouds/cloud";
import { joinPath } from "../diagnostics/path";
import type { Backend } from "./enclave";

/** Stands for the name of the cloud in any text of a backend's arguments. */
const CLOUD = "{cloud}";

/** The argument that tells one state from another; without it, it is given to `terraform init`. */
const ARGUMENTS: Readonly<Record<Backend["type"], readonly string[]>> = {
  s3: ["key"],
  azurerm: ["key"],
  gcs: ["prefix"],
  remote: ["workspaces", "name"],
  cloud: ["workspaces", "name"],
  local: ["path"],
};

export interface SharedState {
  readonly path: string;
  readonly value: string;
  /** The same with the cloud in it. */
  readonly apart: string;
}

/** Undefined where the states of two clouds are apart, as a path below each configuration is, or cannot be known. */
export function sharedState({ type, config, path }: Backend): SharedState | undefined {
  const value = ARGUMENTS[type].reduce<unknown>(
    (within, key) => (within as Backend["config"] | undefined)?.[key],
    config,
  );
  if (typeof value !== "string" || JSON.stringify(config).includes(CLOUD)) return undefined;
  if (type === "local" && !/^(?:\/|~|\.\.)/.test(value)) return undefined;
  const at = value.lastIndexOf("/") + 1;
  return {
    path: joinPath(path, "config", ...ARGUMENTS[type]),
    value,
    apart: `${value.slice(0, at)}${CLOUD}-${value.slice(at)}`,
  };
}

/** The arguments for one cloud. */
export const configFor = (config: Backend["config"], cloud: Cloud): Backend["config"] =>
  JSON.parse(JSON.stringify(config).replaceAll(CLOUD, cloud)) as Backend["config"];

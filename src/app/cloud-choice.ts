/** Chooses the clouds by the command line, else the environment, else cdktf.json's context, else the spec. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLOUDS, type Cloud } from "../clouds/cloud";
import { CLOUD_FACTS } from "../clouds/clouds";
import { meantBy } from "../diagnostics/did-you-mean";
import { fitted } from "../diagnostics/make";
import {
  COMMAND_LINE,
  ENVIRONMENT,
  failure,
  type Result,
  success,
  systemCode,
  systemReason,
} from "../diagnostics/result";
import { isMapping } from "../spec/unknown";

export type CloudChoice = Cloud | "all" | readonly Cloud[];

export const cloudsIn = (choice: CloudChoice): readonly Cloud[] =>
  choice === "all" ? CLOUDS : typeof choice === "string" ? [choice] : choice;

export const CDKTF_JSON = "cdktf.json";

/** Our keys in the context of cdktf.json; other tools have keys there too. */
export type Context = { readonly cloud?: unknown; readonly spec?: unknown };

/** The context of the cdktf.json in a directory; empty when there is no such file. */
export function readContext(directory: string): Result<Context> {
  try {
    const parsed: unknown = JSON.parse(readFileSync(join(directory, CDKTF_JSON), "utf8"));
    const context = isMapping(parsed) ? parsed["context"] : undefined;
    return success(isMapping(context) ? context : {});
  } catch (error) {
    if (systemCode(error) === "ENOENT") return success({});
    const problem = error instanceof SyntaxError ? "is not JSON" : `cannot be read: ${systemReason(error)}`;
    return failure(CDKTF_JSON, { code: "context-unreadable", summary: `${CDKTF_JSON} ${problem}` });
  }
}

/** Undefined leaves the choice to the spec's `cloud` line. `context` is read only if nothing precedes it. */
export function chooseCloud(
  flag: string | undefined,
  environment: string | undefined,
  context: () => Result<Context>,
): Result<CloudChoice | undefined> {
  if (flag !== undefined) return parseChoice(flag, COMMAND_LINE, "--cloud");
  if (environment) return parseChoice(environment, ENVIRONMENT, "ENCLAVE_CLOUD");
  const read = context();
  if (!read.ok) return read;
  const { cloud } = read.value;
  return cloud === undefined ? success(undefined) : parseChoice(cloud, CDKTF_JSON, 'the context "cloud"');
}

/** `aws`, `aws,azure`, `all`; spaces do as well as commas. */
function parseChoice(value: unknown, file: string, source: string): Result<CloudChoice> {
  const words = String(value)
    .trim()
    .split(/[\s,]+/);
  const clouds = words.flatMap((word) => CLOUDS.filter((cloud) => word === cloud || word === "all"));
  const unknown = words.find((word) => word !== "all" && !CLOUDS.some((cloud) => cloud === word));
  if (unknown === undefined) return success([...new Set(clouds)]);
  const meant = meantBy(unknown, [...CLOUDS, "all"], CLOUD_FACTS);
  const hint = meant === undefined ? "" : `Did you mean "${meant}"? `;
  const summary = fitted(`${source} names no cloud: ${JSON.stringify(unknown)}`);
  const detail = `${hint}It is one of ${CLOUDS.join(", ")}, several with commas between them, or all.`;
  return failure(file, { code: "cloud-unknown", summary, detail });
}

/** Chooses the clouds by the command line, else the environment, else cdktf.json's context, else the spec. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLOUDS, type Cloud } from "../clouds/cloud";
import { CLOUD_FACTS } from "../clouds/clouds";
import { meantBy } from "../diagnostics/did-you-mean";
import {
  COMMAND_LINE,
  ENVIRONMENT,
  failure,
  type Result,
  success,
  systemCode,
  systemReason,
} from "../diagnostics/result";

export type CloudChoice = Cloud | "all";

const CHOICES: readonly CloudChoice[] = [...CLOUDS, "all"];

export const CDKTF_JSON = "cdktf.json";

/** Our keys in the context of cdktf.json; other tools have keys there too. */
export interface Context {
  readonly cloud?: unknown;
  readonly spec?: unknown;
}

/** The context of the cdktf.json in a directory; empty when there is no such file. */
export function readContext(directory: string): Result<Context> {
  let text: string;
  try {
    text = readFileSync(join(directory, CDKTF_JSON), "utf8");
  } catch (error) {
    const reason = systemReason(error);
    if (systemCode(error) === "ENOENT") return success({});
    return failure(CDKTF_JSON, {
      code: "context-unreadable",
      summary: `${CDKTF_JSON} cannot be read: ${reason}`,
    });
  }
  try {
    const parsed: unknown = JSON.parse(text);
    const context = isRecord(parsed) ? parsed["context"] : undefined;
    return success(isRecord(context) ? context : {});
  } catch {
    return failure(CDKTF_JSON, { code: "context-unreadable", summary: `${CDKTF_JSON} is not JSON` });
  }
}

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** Undefined leaves the choice to the spec's `cloud` line. `context` is read only if nothing precedes it. */
export function chooseCloud(
  flag: string | undefined,
  environment: string | undefined,
  context: () => Result<Context>,
): Result<CloudChoice | undefined> {
  if (flag !== undefined) return parseCloud(flag, COMMAND_LINE, "--cloud", "--cloud ");
  if (environment !== undefined && environment !== "")
    return parseCloud(environment, ENVIRONMENT, "ENCLAVE_CLOUD", "ENCLAVE_CLOUD=");
  const read = context();
  if (!read.ok) return read;
  return read.value.cloud === undefined
    ? success(undefined)
    : parseCloud(read.value.cloud, CDKTF_JSON, 'the context "cloud"', '"cloud": ');
}

/** `before` is the text before the name of a cloud at that place. */
function parseCloud(value: unknown, file: string, source: string, before: string): Result<CloudChoice> {
  const choice = CHOICES.find((known) => known === value);
  if (choice !== undefined) return success(choice);
  const meant = typeof value === "string" ? meantBy(value, CHOICES, CLOUD_FACTS) : undefined;
  const choices = `It is one of ${CHOICES.join(", ")}.`;
  const summary = `${source} names no cloud: ${JSON.stringify(value)}`.slice(0, 100);
  if (meant === undefined) return failure(file, { code: "cloud-unknown", summary, detail: choices });
  const fix = `${before}${file === CDKTF_JSON ? JSON.stringify(meant) : meant}`;
  return failure(file, {
    code: "cloud-unknown",
    summary,
    detail: `Did you mean "${meant}"? ${choices}`,
    fix,
  });
}

/** Which clouds to render for: the command line first, then the environment, then the context in cdktf.json, then the spec. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { CLOUDS, type Cloud } from "../clouds/cloud";
import {
  COMMAND_LINE,
  ENVIRONMENT,
  failure,
  type Result,
  success,
  systemCode,
  systemReason,
} from "../diagnostics/result";
import { meantBy } from "../spec/suggest/synonyms";

export type CloudChoice = Cloud | "all";

const CHOICES: readonly CloudChoice[] = [...CLOUDS, "all"];

export const CDKTF_JSON = "cdktf.json";

/** What a user may put into the context of cdktf.json; other keys are somebody else's. */
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

/** Undefined leaves the choice to the spec's `cloud` line. `context` is only looked at when nothing comes before it. */
export function chooseCloud(
  flag: string | undefined,
  environment: string | undefined,
  context: () => Result<Context>,
): Result<CloudChoice | undefined> {
  if (flag !== undefined) return checked(flag, COMMAND_LINE, "--cloud", "--cloud ");
  if (environment !== undefined && environment !== "")
    return checked(environment, ENVIRONMENT, "ENCLAVE_CLOUD", "ENCLAVE_CLOUD=");
  const read = context();
  if (!read.ok) return read;
  return read.value.cloud === undefined
    ? success(undefined)
    : checked(read.value.cloud, CDKTF_JSON, 'the context "cloud"', '"cloud": ');
}

/** `before` is what stands before the name of a cloud at that place. */
function checked(value: unknown, file: string, source: string, before: string): Result<CloudChoice> {
  const choice = CHOICES.find((known) => known === value);
  if (choice !== undefined) return success(choice);
  const meant = typeof value === "string" ? meantBy("cloud", value, CHOICES) : undefined;
  return failure(file, {
    code: "cloud-unknown",
    summary: `${source} names no cloud: ${JSON.stringify(value)}`.slice(0, 100),
    detail: `${meant === undefined ? "" : `Did you mean "${meant}"? `}It is one of ${CHOICES.join(", ")}.`,
    ...(meant === undefined
      ? {}
      : { fix: `${before}${file === CDKTF_JSON ? JSON.stringify(meant) : meant}` }),
  });
}

/** The files that a synthesis leaves behind: one document per cloud, and the lock. */
import { join, resolve } from "node:path";
import { MARKED_ENCLAVE } from "../../stacks/document";
import type { Cloud } from "../clouds/cloud";
import type { LockInput } from "./inputs";
import type { OutputFile } from "./write-files";

/** `DIR/<cloud>/main.tf.json`, relative as DIR is. */
export const documentName = (directory: string, cloud: Cloud): string =>
  join(directory, cloud, "main.tf.json");

export function documentFile(directory: string, cloud: Cloud, text: string, cwd: string): OutputFile {
  const name = documentName(directory, cloud);
  return {
    path: resolve(cwd, name),
    name,
    text,
    refusal: (existing) => refusalOf(markOf(existing), markOf(text)),
  };
}

/**
 * The lock, if the run keeps one and changes it. Replaces only the lock behind the computed addresses:
 * another run may have written a newer one.
 */
export function lockFiles(lock: LockInput | undefined, text: string | undefined, cwd: string): OutputFile[] {
  if (lock === undefined || text === undefined) return [];
  const refusal = (existing: string): string | undefined =>
    existing === lock.text ? undefined : "it changed during this run";
  return [{ path: resolve(cwd, lock.file), name: lock.file, text, refusal }];
}

/** The state lies beside the file: the next apply of another enclave there would destroy the first one. */
function refusalOf(theirs: string | undefined, ours: string | undefined): string | undefined {
  if (theirs === undefined) return "this tool did not write it";
  const [before, now] = [theirs, ours ?? ""].map((mark) => MARKED_ENCLAVE.exec(mark)?.[1]);
  return before === undefined || before === now ? undefined : `it is of the enclave "${before}"`;
}

/** The mark that every rendered document has at its top. */
function markOf(text: string): string | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || !("//" in parsed)) return undefined;
    return typeof parsed["//"] === "string" && parsed["//"].includes("ai-enclave") ? parsed["//"] : undefined;
  } catch {
    return undefined;
  }
}

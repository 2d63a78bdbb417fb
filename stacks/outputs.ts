/** The files that a synthesis leaves behind: one document per cloud, and the lock. */
import { join, resolve } from "node:path";
import type { Cloud } from "../src/model/cloud";
import type { LockInput } from "./inputs";
import type { OutputFile } from "./write-files";

/** `DIR/<cloud>/main.tf.json`, relative as DIR is. */
export const documentName = (directory: string, cloud: Cloud): string => join(directory, cloud, "main.tf.json");

export function documentFile(directory: string, cloud: Cloud, text: string, cwd: string): OutputFile {
  const name = documentName(directory, cloud);
  return { path: resolve(cwd, name), name, text, refusal: (existing) => (isOurs(existing) ? undefined : "this tool did not write it") };
}

/** Replaces only the lock that the addresses were computed from: another run may have written one since. */
export function lockFile(lock: LockInput, text: string, cwd: string): OutputFile {
  const refusal = (existing: string): string | undefined => (existing === lock.text ? undefined : "it changed during this run");
  return { path: resolve(cwd, lock.file), name: lock.file, text, refusal };
}

/** Carries the mark that every rendered document has at its top. */
function isOurs(text: string): boolean {
  try {
    const parsed: unknown = JSON.parse(text);
    if (typeof parsed !== "object" || parsed === null || !("//" in parsed)) return false;
    return typeof parsed["//"] === "string" && parsed["//"].includes("ai-enclave");
  } catch {
    return false;
  }
}

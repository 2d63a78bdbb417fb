/** The files that a synthesis leaves behind: one document per cloud, and the lock. */
import { join, resolve } from "node:path";
import { MARKED_ENCLAVE } from "../../stacks/document";
import type { Cloud } from "../clouds/cloud";
import type { LockInput } from "./inputs";
import { firstMoved } from "./moved";
import type { OutputFile } from "./write-files";

/** `DIR/<cloud>/main.tf.json`, relative as DIR is. */
export const documentName = (directory: string, cloud: Cloud): string =>
  join(directory, cloud, "main.tf.json");

/** `lock`: what the run knows of earlier ones. Without it, a document may move nothing that an older one has. */
export function documentFile(
  directory: string,
  cloud: Cloud,
  text: string,
  cwd: string,
  lock?: LockInput,
): OutputFile {
  const name = documentName(directory, cloud);
  return {
    path: resolve(cwd, name),
    name,
    text,
    refusal: (existing) => {
      const [theirs, ours] = [documentIn(existing), documentIn(text)];
      const foreign = refusalOf(markOf(theirs), markOf(ours));
      if (foreign !== undefined || lock?.text !== undefined) return foreign;
      const moved = firstMoved(theirs ?? {}, ours ?? {});
      const missing = lock === undefined ? "this run has no lock file" : `there is no ${lock.file}`;
      return moved && `${missing}, and ${moved}`;
    },
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

type Json = Readonly<Record<string, unknown>>;

function documentIn(text: string): Json | undefined {
  try {
    const parsed: unknown = JSON.parse(text);
    return typeof parsed === "object" && parsed !== null ? (parsed as Json) : undefined;
  } catch {
    return undefined;
  }
}

/** The mark that every rendered document has at its top. */
function markOf(document: Json | undefined): string | undefined {
  const mark = document?.["//"];
  return typeof mark === "string" && mark.includes("ai-enclave") ? mark : undefined;
}

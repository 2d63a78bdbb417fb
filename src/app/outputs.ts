/** The files that a synthesis leaves behind: one document per cloud, and the lock. */
import { join } from "node:path";
import { MARKED_ENCLAVE } from "../../stacks/document";
import type { Cloud } from "../clouds/cloud";
import type { TerraformDocument } from "../plan/provider";
import { isMapping } from "../spec/unknown";
import type { LockInput } from "./inputs";
import { firstMoved } from "./moved";
import { CHANGED, type OutputFile, type Refusal } from "./write-files";

/** `DIR/<cloud>/main.tf.json`, relative as DIR is. */
export const documentName = (directory: string, cloud: Cloud): string =>
  join(directory, cloud, "main.tf.json");

/** Beside the document. A file without our mark in its first line is somebody's own. */
export function versionsFile(directory: string, cloud: Cloud, text: string): OutputFile {
  const refusal = (existing: string): Refusal | undefined => {
    const reason = refusalOf(firstLine(existing), firstLine(text));
    return reason === undefined ? undefined : { reason, advice: ELSEWHERE };
  };
  return { name: join(directory, cloud, "versions.tf"), text, refusal };
}

const ELSEWHERE = "Write to another place, or move the present file away.";

/** Without the text of a lock, a document may move nothing that an older one has. */
export function documentFile(directory: string, cloud: Cloud, text: string, lock?: LockInput): OutputFile {
  return {
    name: documentName(directory, cloud),
    text,
    refusal: (existing) => {
      const [theirs, ours] = [documentIn(existing), documentIn(text)];
      const reason = refusalOf(markOf(theirs), markOf(ours));
      if (reason !== undefined) return { reason, advice: ELSEWHERE };
      const reached = lock?.text === undefined ? firstMoved(theirs, ours) : undefined;
      return reached === undefined ? undefined : { reason: reached, advice: adviceWithout(lock) };
    },
  };
}

function adviceWithout(lock: LockInput | undefined): string {
  const way =
    lock === undefined
      ? "This run has no lock file. Name the one of this enclave with --lock."
      : `There is no ${lock.file}. Bring it back from version control.`;
  return `${way} Only if this enclave was never applied, move the present file away.`;
}

/** The lock, if the run keeps one and changes it. It replaces the one that the run read, and no newer one. */
export function lockFiles(lock: LockInput | undefined, text: string | undefined): OutputFile[] {
  if (lock === undefined || text === undefined) return [];
  const refusal = (existing: string): Refusal | undefined => (existing === lock.text ? undefined : CHANGED);
  return [{ name: lock.file, text, refusal }];
}

/** The state lies beside the file: the next apply of another enclave there would destroy the first one. */
function refusalOf(theirs: string | undefined, ours: string | undefined): string | undefined {
  if (theirs === undefined) return "this tool did not write it";
  const [before, now] = [theirs, ours ?? ""].map((mark) => MARKED_ENCLAVE.exec(mark)?.[1]);
  return before === undefined || before === now ? undefined : `it is of the enclave "${before}"`;
}

/** Empty for text that is no JSON object. */
function documentIn(text: string): TerraformDocument {
  try {
    const parsed: unknown = JSON.parse(text);
    return isMapping(parsed) ? parsed : {};
  } catch {
    return {};
  }
}

/** The mark that every rendered file has at its top. */
const markOf = ({ "//": mark }: TerraformDocument): string | undefined => ownMark(mark);
const firstLine = (text: string): string | undefined => ownMark(/^# (.*)/.exec(text)?.[1]);

const ownMark = (mark: unknown): string | undefined =>
  typeof mark === "string" && mark.includes("ai-enclave") ? mark : undefined;

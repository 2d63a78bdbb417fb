/**
 * Writes several files or none. Every refusal comes before the first byte. New texts are complete on disk
 * beside their targets before the first target changes. If a rename fails, earlier renames are undone.
 */
import {
  closeSync,
  fsyncSync,
  lstatSync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  rmdirSync,
  rmSync,
  type Stats,
  writeFileSync,
} from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import { failure, type Result, success, systemReason } from "../diagnostics/result";

export interface OutputFile {
  /** Its path, as messages call it. */
  readonly name: string;
  readonly text: string;
  /** Why a file that exists with other text must not change; undefined if the run may replace it. */
  readonly refusal: (existing: string) => Refusal | undefined;
}

/** Of a file that changed since the run read it. */
export const CHANGED: Refusal = { reason: "it changed during this run", advice: "Run it again." };

export interface Refusal {
  /** As the end of a sentence. */
  readonly reason: string;
  /** What the user can do, in sentences. */
  readonly advice: string;
}

/** One file to write: its previous text, and the path at which the new text waits. */
interface Pending {
  readonly file: OutputFile;
  readonly path: string;
  readonly previous: string | undefined;
  readonly mode: number;
  readonly waiting: string;
}

/** Steps that undo the changes, in the order of the changes. */
type Undo = (() => void)[];

/** Leaves files alone that have the same text already. Returns the names of those that were written. */
export function writeFiles(files: readonly OutputFile[], cwd: string): Result<readonly string[]> {
  const pending: Pending[] = [];
  for (const file of files) {
    const inspected = attempt(file, () => inspect(file, resolve(cwd, file.name)));
    if (!inspected.ok) return inspected;
    if (inspected.value.previous !== file.text) pending.push(inspected.value);
  }
  const undo: Undo = [];
  for (const step of [writeWaiting, replace])
    for (const item of pending) {
      const done = attempt(item.file, () => success(step(item, undo)));
      if (done.ok) continue;
      for (const back of undo.reverse()) back();
      return done;
    }
  for (const directory of new Set(pending.map(({ path }) => dirname(path)))) syncDirectory(directory);
  return success(pending.map((item) => item.file.name));
}

function inspect(file: OutputFile, path: string): Result<Pending> {
  const waiting = join(dirname(path), `.${basename(path)}.${process.pid}.enclave-new`);
  const stat = lstatSync(path, { throwIfNoEntry: false });
  if (stat === undefined) return success({ file, path, previous: undefined, mode: 0o666, waiting });
  if (!stat.isFile()) return refused(file, { reason: kindOf(stat), advice: "Write to another place." });
  const previous = readFileSync(path, "utf8");
  const refusal = previous === file.text ? undefined : file.refusal(previous);
  if (refusal !== undefined) return refused(file, refusal);
  return success({ file, path, previous, mode: stat.mode & 0o777, waiting });
}

const kindOf = (stat: Stats): string =>
  stat.isDirectory()
    ? "it is a directory"
    : stat.isSymbolicLink()
      ? "it is a symbolic link"
      : "it is no regular file";

const refused = (file: OutputFile, { reason, advice }: Refusal): Result<never> =>
  failure(file.name, {
    code: "output-refused",
    summary: `the file is not overwritten: ${reason}`,
    detail: `Nothing was written. ${advice}`,
  });

function attempt<T>(file: OutputFile, action: () => Result<T>): Result<T> {
  try {
    return action();
  } catch (error) {
    return failure(file.name, {
      code: "output-unwritable",
      summary: `the file cannot be written: ${systemReason(error)}`,
      detail: "Nothing was written.",
    });
  }
}

function writeWaiting({ file, path, waiting, mode }: Pending, undo: Undo): void {
  makeDirectory(dirname(path), undo);
  undo.push(() => rmSync(waiting, { force: true }));
  writeDurably(waiting, file.text, mode);
}

/** Node's own recursion never ends on a file system that answers "no such file" to mkdir, as /proc does. */
function makeDirectory(directory: string, undo: Undo): void {
  if (lstatSync(directory, { throwIfNoEntry: false }) !== undefined) return;
  if (dirname(directory) !== directory) makeDirectory(dirname(directory), undo);
  mkdirSync(directory);
  undo.push(() => rmdirSync(directory));
}

function writeDurably(path: string, text: string, mode: number): void {
  const descriptor = openSync(path, "wx", mode);
  try {
    writeFileSync(descriptor, text);
    fsyncSync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function replace({ path, previous, mode, waiting }: Pending, undo: Undo): void {
  renameSync(waiting, path);
  undo.push(() => {
    if (previous === undefined) return rmSync(path, { force: true });
    writeDurably(waiting, previous, mode);
    renameSync(waiting, path);
  });
}

/** Makes the renames survive a power cut, if the file system lets a process open a directory. */
function syncDirectory(directory: string): void {
  try {
    const descriptor = openSync(directory, "r");
    fsyncSync(descriptor);
    closeSync(descriptor);
  } catch (error) {
    systemReason(error);
  }
}

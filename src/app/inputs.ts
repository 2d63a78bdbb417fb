/** The files that a synthesis starts from: the spec, and the lock beside it. */
import { closeSync, fstatSync, openSync, readdirSync, readSync } from "node:fs";
import { basename, dirname, extname, join, resolve } from "node:path";
import { failure, type Result, success, systemCode, systemReason } from "../diagnostics/result";

/** Reading stops here. The loader accepts less, and reports it. */
export const MOST_BYTES = 16 * 1024 * 1024;

export interface SpecInput {
  /** As the user named it; diagnostics begin with it. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Absent when there is no place for a lock file. */
  readonly lock?: LockInput;
}

export interface LockInput {
  /** As the user named it, or beside the spec. */
  readonly file: string;
  /** Absent when there is no such file yet. */
  readonly text?: string;
}

/** `X.enclave.lock.json` beside `X.enclave.yaml`. Other names lose their extension. */
function lockFileOf(specFile: string): string {
  const name = basename(specFile, extname(specFile));
  return join(dirname(specFile), `${basename(name, ".enclave")}.enclave.lock.json`);
}

/** A regular file has a lock beside it; a pipe, a device and `given` bytes only if `lockFile` names one. */
export function readSpecInput(
  file: string,
  lockFile: string | undefined,
  cwd: string,
  given?: Uint8Array,
): Result<SpecInput> {
  const spec = given === undefined ? readBytes(file, cwd, "spec") : success({ bytes: given, regular: false });
  if (!spec.ok) return spec;
  const { bytes, regular } = spec.value;
  const lockName = lockFile ?? (regular ? lockFileOf(file) : undefined);
  if (lockName === undefined) return success({ file, bytes });
  const lock = readLock(lockName, cwd);
  return lock.ok ? success({ file, bytes, lock: lock.value }) : lock;
}

function readLock(file: string, cwd: string): Result<LockInput> {
  const read = readBytes(file, cwd, "lock");
  if (!read.ok) return read.problem.facts["reason"] === "ENOENT" ? success({ file }) : read;
  try {
    return success({ file, text: new TextDecoder("utf-8", { fatal: true }).decode(read.value.bytes) });
  } catch {
    const summary = "the lock file is not UTF-8 text";
    return failure(file, { code: "lock-damaged", summary, detail: "Restore it from version control." });
  }
}

const START = "`npx ai-enclave init` writes a spec to start from.";

/** Not `regular`: a pipe or a device. */
type Bytes = { readonly bytes: Uint8Array; readonly regular: boolean };

function readBytes(file: string, cwd: string, kind: "spec" | "lock"): Result<Bytes> {
  const unreadable = (problem: string, reason: string, detail = "") =>
    failure(file, {
      code: `${kind}-unreadable`,
      summary: `the ${kind} file ${problem}`,
      facts: { reason },
      detail: kind === "lock" ? "" : detail,
    });
  let descriptor: number | undefined;
  try {
    descriptor = openSync(resolve(cwd, file), "r");
    const stat = fstatSync(descriptor);
    if (stat.isDirectory()) return unreadable("is a directory", "EISDIR", specsThere(file, cwd));
    return success({ bytes: readUpTo(descriptor, MOST_BYTES), regular: stat.isFile() });
  } catch (error) {
    const reason = systemReason(error);
    const code = systemCode(error) ?? reason;
    const others = code === "ENOENT" ? specsThere(dirname(file), cwd) || START : "";
    return unreadable(`cannot be read: ${reason}`, code, others);
  } finally {
    if (descriptor !== undefined) closeSync(descriptor);
  }
}

function specsThere(directory: string, cwd: string): string {
  const specs = specsIn(directory, cwd);
  return specs.length === 0 ? "" : `Specs there: ${specs.join(", ")}.`;
}

/** The specs in a directory, relative as it is; empty if the directory cannot be read. */
export function specsIn(directory: string, cwd: string): string[] {
  try {
    const names = readdirSync(resolve(cwd, directory)).sort();
    return names.filter((name) => /\.enclave\.(ya?ml|json)$/.test(name)).map((name) => join(directory, name));
  } catch (error) {
    systemReason(error);
    return [];
  }
}

/** In pieces, as a pipe has no size and a file may grow. One byte above `most`: the input is too large. */
function readUpTo(descriptor: number, most: number): Uint8Array {
  const pieces: Buffer[] = [];
  let total = 0;
  while (total <= most) {
    const piece = Buffer.alloc(65536);
    const count = readSync(descriptor, piece, 0, piece.length, null);
    if (count === 0) break;
    pieces.push(piece.subarray(0, count));
    total += count;
  }
  return Buffer.concat(pieces).subarray(0, most + 1);
}

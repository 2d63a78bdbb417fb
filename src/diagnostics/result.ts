/**
 * Errors outside the spec: on the command line, in the environment, in other files. They are diagnostics too;
 * their place has a name as compilers name a command line.
 */
import type { Code } from "./catalogue";
import type { Diagnostic, LocatedDiagnostic } from "./diagnostic";

export const COMMAND_LINE = "<command line>";
export const ENVIRONMENT = "<environment>";
export const STDIN = "<stdin>";

interface Problem extends Partial<Pick<Diagnostic, "detail" | "facts">> {
  readonly code: Code;
  readonly summary: string;
}

const UNPLACED = { detail: "", path: "", facts: {}, edits: [], line: 1, column: 1 } as const;

/** An error of invalid input (exit 2) about a whole file, or about one of the places above. */
export const problemIn = (file: string, problem: Problem): LocatedDiagnostic => {
  return { severity: "error", ...UNPLACED, ...problem, file };
};

/** Either the value, or the reason why there is no value. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: LocatedDiagnostic };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });

export const failure = (file: string, problem: Problem): Result<never> => {
  return { ok: false, problem: problemIn(file, problem) };
};

const REASONS: Readonly<Record<string, string>> = {
  EACCES: "permission denied",
  EPERM: "permission denied",
  EROFS: "the file system is read-only",
  ENOENT: "no such file or directory",
  ENOTDIR: "a part of the path is not a directory",
  EEXIST: "a file of that name is in the way",
  EISDIR: "it is a directory",
  ELOOP: "too many symbolic links",
  ENAMETOOLONG: "the name is too long",
  ENOSPC: "no space left on the device",
  EDQUOT: "the disk quota is used up",
  EMFILE: "too many open files",
  EIO: "input/output error",
};

/** The operating system's reason in words; rethrows every other error. */
export function systemReason(error: unknown): string {
  const code = systemCode(error);
  if (code === undefined) throw error;
  return REASONS[code] ?? code;
}

/** `ENOENT` and the like; undefined for an error that did not come from the operating system. */
export function systemCode(error: unknown): string | undefined {
  if (typeof error !== "object" || error === null || !("code" in error) || !("syscall" in error))
    return undefined;
  return typeof error.code === "string" ? error.code : undefined;
}

/** A bug of ours on one line, and with ENCLAVE_DEBUG=1 its stack. */
export function bugReport(error: unknown, debug: string | undefined): string {
  const line = `enclave: error internal: ${messageOf(error)} (a bug of enclave: ENCLAVE_DEBUG=1 shows where)\n`;
  return debug === "1" && error instanceof Error ? `${line}${error.stack ?? ""}\n` : line;
}

/** The message of anything that was thrown, on one line. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll("\n", " ");

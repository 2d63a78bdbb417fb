/**
 * What goes wrong outside the spec: on the command line, in the environment, in other files. Reported as everything else is,
 * with a place in front, in the way compilers name a command line.
 */
import type { Diagnostic, LocatedDiagnostic } from "./diagnostic";

export const COMMAND_LINE = "<command line>";
export const ENVIRONMENT = "<environment>";
export const STDIN = "<stdin>";

type Told = Pick<Diagnostic, "code" | "summary"> & Partial<Pick<Diagnostic, "detail" | "facts" | "fix">>;

/** An error of invalid input (exit 2) about a whole file, or about one of the places above. */
export function problemIn(file: string, told: Told): LocatedDiagnostic {
  return { severity: "error", detail: "", path: "", facts: {}, ...told, file, line: 1, column: 1 };
}

/** Either what was asked for, or why there is none. */
export type Result<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly problem: LocatedDiagnostic };

export const success = <T>(value: T): Result<T> => ({ ok: true, value });

export const failure = (file: string, told: Told): Result<never> => ({
  ok: false,
  problem: problemIn(file, told),
});

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

/** The operating system's reason in words; rethrows what is no error of the operating system. */
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

/** A bug of ours in one line; the stack is for those who set ENCLAVE_DEBUG=1. */
export function bugReport(error: unknown, debug: string | undefined): string {
  const line = `enclave: error internal: ${messageOf(error)} (a bug of enclave: ENCLAVE_DEBUG=1 shows where)\n`;
  return debug === "1" && error instanceof Error ? `${line}${error.stack ?? ""}\n` : line;
}

/** On one line, whatever was thrown. */
export const messageOf = (error: unknown): string =>
  (error instanceof Error ? error.message : String(error)).replaceAll("\n", " ");

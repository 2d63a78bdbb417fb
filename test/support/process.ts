/** Runs our entry points as processes of their own, from the sources. */
import { spawnSync } from "node:child_process";
import { join } from "node:path";

export const ROOT = join(__dirname, "../..");
const TSX = join(ROOT, "node_modules/.bin/tsx");

/** How a shell runs a source file of ours, quoted for it. */
export const shellCommand = (source: string): string => `'${TSX}' '${join(ROOT, source)}'`;

export interface Finished {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A shell line with only this environment beside PATH. */
export function shell(line: string, cwd: string, env: Readonly<Record<string, string>> = {}): Finished {
  const { PATH = "" } = process.env;
  const { status, stdout, stderr } = spawnSync("bash", ["-c", line], {
    cwd,
    env: { PATH, HOME: cwd, ...env },
    encoding: "utf8",
    timeout: 60_000,
  });
  return { code: status, stdout, stderr };
}

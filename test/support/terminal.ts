/** Runs the command line in this process, with a working directory, an environment and a standard input of its own. */
import type { Command } from "../../src/cli/command";
import { run } from "../../src/cli/run";

export interface Session {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly stdin?: string | Uint8Array;
  readonly terminal?: boolean;
  readonly commands?: readonly Command[];
}

export interface Ended {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

export async function enclave(args: readonly string[], session: Session = {}): Promise<Ended> {
  const written = { stdout: "", stderr: "" };
  const io = {
    args,
    env: session.env ?? {},
    cwd: session.cwd ?? process.cwd(),
    stderrIsTerminal: session.terminal ?? false,
    readStdin: async () => Buffer.from(session.stdin ?? ""),
    out: (text: string) => {
      written.stdout += text;
    },
    err: (text: string) => {
      written.stderr += text;
    },
  };
  const code = session.commands === undefined ? await run(io) : await run(io, session.commands);
  return { code, ...written };
}

import { MOST_BYTES } from "../app/inputs";

/** Everything of the process that a command may touch. Tests give their own. */
export interface Io {
  /** Without the interpreter and the script. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stderrIsTerminal: boolean;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export const processIo = (): Io => ({
  args: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stderrIsTerminal: process.stderr.isTTY === true,
  readStdin,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
});

async function readStdin(): Promise<Uint8Array> {
  const pieces: Buffer[] = [];
  let total = 0;
  for await (const piece of process.stdin) {
    pieces.push(piece);
    total += piece.length;
    if (total > MOST_BYTES) break;
  }
  return Buffer.concat(pieces);
}

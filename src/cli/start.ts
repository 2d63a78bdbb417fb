/** The process in the form that the command uses. */
import { MOST_BYTES } from "../app/inputs";
import type { Io } from "./command";
import { run } from "./run";

const io: Io = {
  args: process.argv.slice(2),
  env: process.env,
  cwd: process.cwd(),
  stderrIsTerminal: process.stderr.isTTY === true,
  readStdin,
  out: (text) => void process.stdout.write(text),
  err: (text) => void process.stderr.write(text),
};

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

/** A reader that closes the pipe (`enclave schema | head`) ends the output; that is not an error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

void run(io).then((exitCode) => {
  process.exitCode = exitCode;
});

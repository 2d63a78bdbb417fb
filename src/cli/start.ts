import { processIo } from "./io";
import { run } from "./run";

/** A reader that closes the pipe (`enclave schema | head`) ends the output; that is not an error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

void run(processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});

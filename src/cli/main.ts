#!/usr/bin/env node
import { processIo } from "./io";
import { run } from "./run";

/** A reader that goes away (`enclave schema | head`) ends the output, and is nobody's error. */
for (const stream of [process.stdout, process.stderr]) {
  stream.on("error", (error: NodeJS.ErrnoException) => {
    if (error.code !== "EPIPE") throw error;
  });
}

void run(processIo()).then((exitCode) => {
  process.exitCode = exitCode;
});

/** Asks an emulator, as a plugin would. */
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { request as requestPlain } from "node:http";
import { request as requestSecurely } from "node:https";
import { tmpdir } from "node:os";
import path from "node:path";
import { type Emulator, startEmulator } from "./emulator";
import type { Plugin } from "./toolchain";

interface Answer {
  readonly status: number;
  readonly body: Readonly<Record<string, unknown>>;
}

/** Starts an emulator for the tests of a block and answers how to ask it: method, path, body. `tf` is what is applied. */
export function emulatorOf(plugin: Plugin, address: (emulator: Emulator) => string, tf?: object) {
  const folder = mkdtempSync(path.join(tmpdir(), "enclave-emulator-"));
  let emulator: Emulator;
  beforeAll(async () => {
    mkdirSync(path.join(folder, "tf"));
    if (tf !== undefined) writeFileSync(path.join(folder, "tf", "main.tf.json"), JSON.stringify(tf, null, 2));
    emulator = await startEmulator(plugin, folder);
  });
  afterAll(async () => {
    await emulator.stop();
    rmSync(folder, { recursive: true });
  });
  return (method: string, at: string, body?: unknown): Promise<Answer> =>
    new Promise((resolve, reject) => {
      const url = `${address(emulator)}${at}`;
      const certificate = emulator.env["SSL_CERT_FILE"];
      const done = (response: import("node:http").IncomingMessage): void => {
        const parts: Buffer[] = [];
        response.on("data", (part: Buffer) => parts.push(part));
        response.on("end", () => {
          const text = Buffer.concat(parts).toString();
          resolve({
            status: response.statusCode ?? 0,
            body: text === "" ? {} : (JSON.parse(text) as Answer["body"]),
          });
        });
      };
      const asked =
        certificate === undefined
          ? requestPlain(url, { method }, done)
          : requestSecurely(url, { method, ca: readFileSync(certificate) }, done);
      asked.on("error", reject).end(body === undefined ? undefined : JSON.stringify(body));
    });
}

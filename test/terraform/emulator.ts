/** Emulators of the clouds on 127.0.0.1, one process each. */
import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { closeSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import type { Plugin } from "./toolchain";

export interface Emulator {
  /** Environment that leads the plugin to the emulator. */
  readonly env: Readonly<Record<string, string>>;
  /** Arguments of the provider block, merged into the rendered one. */
  readonly provider: Readonly<Record<string, unknown>>;
  stop(): Promise<void>;
}

/** A port on which nobody listens. */
const DEAD = "http://127.0.0.1:1";

/** Where nobody answers: with these a plugin has no credentials, no account and gets no call through. */
export const NOBODY: Readonly<Record<Plugin, Emulator>> = {
  aws: {
    env: { AWS_ENDPOINT_URL: DEAD },
    provider: {
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      skip_requesting_account_id: true,
      access_key: "none",
      secret_key: "none",
      max_retries: 1,
    },
    stop: async () => {},
  },
  azurerm: {
    env: { HTTPS_PROXY: DEAD },
    provider: { subscription_id: "00000000-0000-0000-0000-000000000001", use_cli: false },
    stop: async () => {},
  },
  google: {
    env: { HTTPS_PROXY: DEAD },
    provider: { access_token: "none", project: "my-project", region: "us-east1", user_project_override: false },
    stop: async () => {},
  },
};

interface Recipe {
  readonly script: string;
  readonly ready: string;
  env(address: string): Readonly<Record<string, string>>;
  readonly provider: Readonly<Record<string, unknown>>;
}

const RECIPES: Partial<Record<Plugin, Recipe>> = {
  aws: {
    script: "emulators/aws/server.py",
    ready: "/moto-api/",
    env: (address) => ({
      AWS_ENDPOINT_URL: address,
      AWS_ACCESS_KEY_ID: "testing",
      AWS_SECRET_ACCESS_KEY: "testing",
      AWS_REGION: "us-east-1",
    }),
    // An action that the emulator lacks answers 500; with the plugin's own 25 attempts that takes minutes to show.
    provider: { skip_credentials_validation: true, skip_metadata_api_check: true, max_retries: 2, s3_use_path_style: true },
  },
};

/** Starts the emulator of a plugin's cloud; its output goes to `emulator.log` in `folder`. */
export async function startEmulator(plugin: Plugin, folder: string): Promise<Emulator> {
  const recipe = RECIPES[plugin];
  if (recipe === undefined) throw new Error(`there is no emulator for ${plugin}`);
  const port = await freePort();
  const log = path.join(folder, "emulator.log");
  const output = openSync(log, "w");
  const child = spawn("python3", ["-B", path.join(__dirname, recipe.script), String(port)], { stdio: ["ignore", output, output] });
  closeSync(output);
  const kill = () => void child.kill();
  process.once("exit", kill);
  const stop = async () => {
    process.removeListener("exit", kill);
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  };
  try {
    await answering(`http://127.0.0.1:${port}${recipe.ready}`, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return { env: recipe.env(`http://127.0.0.1:${port}`), provider: recipe.provider, stop };
}

async function answering(url: string, child: ChildProcess, log: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end && child.exitCode === null) {
    try {
      await fetch(url);
      return;
    } catch {
      await new Promise((resolve) => setTimeout(resolve, 200));
    }
  }
  throw new Error(`the emulator did not start:\n${readFileSync(log, "utf8").slice(-2000)}`);
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  server.close();
  await once(server, "close");
  if (address === null || typeof address === "string") throw new Error("no port");
  return address.port;
}

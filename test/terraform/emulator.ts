/** Emulators of the clouds on 127.0.0.1, one process each. */
import { type ChildProcess, spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { closeSync, existsSync, openSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import path from "node:path";
import type { Plugin } from "./toolchain";

export interface Emulator {
  /** Environment that leads the plugin to the emulator, and its address as EMULATOR. */
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
    provider: {
      access_token: "none",
      project: "my-project",
      region: "us-east1",
      user_project_override: false,
    },
    stop: async () => {},
  },
};

interface Recipe {
  readonly script: string;
  readonly ready: string;
  /** Arguments of the script after its port; `folder` is where logs go, and holds the Terraform. */
  arguments?(folder: string): readonly string[];
  env(address: string, folder: string): Readonly<Record<string, string>>;
  provider(address: string): Readonly<Record<string, unknown>>;
}

/** Google's services as the plugin names them in its environment, and the path of each interface. One client of DNS eats a part of it. */
const GOOGLE: Readonly<Record<string, string>> = {
  ACCESS_CONTEXT_MANAGER: "accesscontextmanager/v1",
  COMPUTE: "compute/v1",
  DNS: "z/dns/v1",
  LOGGING: "logging/v2",
  NETWORK_CONNECTIVITY: "networkconnectivity/v1",
  NETWORK_SECURITY: "networksecurity/v1",
  NETWORK_SERVICES: "networkservices/v1",
};

const keyFile = (folder: string): string => path.join(folder, "key.pem");
const certificateFile = (folder: string): string => path.join(folder, "certificate.pem");

const RECIPES: Readonly<Record<Plugin, Recipe>> = {
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
    provider: () => ({
      skip_credentials_validation: true,
      skip_metadata_api_check: true,
      max_retries: 2,
      s3_use_path_style: true,
    }),
  },
  azurerm: {
    script: "emulators/azure.py",
    ready: "/metadata/endpoints",
    arguments(folder) {
      makeCertificate(folder);
      return [certificateFile(folder), keyFile(folder), path.join(folder, "tf")];
    },
    // 4 asks for the locations and types of the subscription before it plans, unless the environment says no; 5 knows no such word.
    env: (_address, folder) => ({
      SSL_CERT_FILE: certificateFile(folder),
      ...(isForAzurerm5(folder) ? {} : { ARM_PROVIDER_ENHANCED_VALIDATION: "false" }),
    }),
    provider: (address) => ({
      subscription_id: "00000000-0000-0000-0000-000000000001",
      tenant_id: "00000000-0000-0000-0000-000000000002",
      use_cli: false,
      use_msi: true,
      msi_endpoint: `${address}/metadata/identity/oauth2/token`,
      metadata_host: address.replace("https://", ""),
      resource_provider_registrations: "none",
    }),
  },
  google: {
    script: "emulators/google.py",
    ready: "/compute/v1/projects/my-project",
    env: (address) =>
      Object.fromEntries(
        Object.entries(GOOGLE).map(([service, at]) => [
          `GOOGLE_${service}_CUSTOM_ENDPOINT`,
          `${address}/${at}/`,
        ]),
      ),
    provider: () => ({
      access_token: "none",
      project: "my-project",
      region: "us-east1",
      user_project_override: false,
    }),
  },
};

function isForAzurerm5(folder: string): boolean {
  const file = path.join(folder, "tf", "main.tf.json");
  return existsSync(file) && readFileSync(file, "utf8").includes('">= 5.');
}

/** The azurerm plugin talks TLS only. Go's programs take the roots of SSL_CERT_FILE on Linux alone. */
function makeCertificate(folder: string): void {
  const subject = [
    "-subj",
    "/CN=localhost",
    "-addext",
    "subjectAltName=DNS:localhost,IP:127.0.0.1",
    "-days",
    "2",
  ];
  const files = ["-keyout", keyFile(folder), "-out", certificateFile(folder)];
  const run = spawnSync("openssl", ["req", "-x509", "-newkey", "rsa:2048", "-nodes", ...subject, ...files], {
    encoding: "utf8",
  });
  if (run.status !== 0) throw new Error(`openssl makes no certificate: ${run.stderr}`);
}

/** Starts the emulator of a plugin's cloud; its output goes to `emulator.log` in `folder`. */
export async function startEmulator(plugin: Plugin, folder: string): Promise<Emulator> {
  const recipe = RECIPES[plugin];
  const port = await freePort();
  const address = `${recipe.arguments === undefined ? "http" : "https"}://127.0.0.1:${port}`;
  const log = path.join(folder, "emulator.log");
  const script = [
    "-B",
    path.join(__dirname, recipe.script),
    String(port),
    ...(recipe.arguments?.(folder) ?? []),
  ];
  const output = openSync(log, "w");
  const child = spawn("python3", script, { stdio: ["ignore", output, output] });
  closeSync(output);
  const kill = () => void child.kill();
  process.once("exit", kill);
  const stop = async () => {
    process.removeListener("exit", kill);
    if (child.exitCode === null && child.kill()) await once(child, "exit");
  };
  try {
    await answering(`${address}${recipe.ready}`, child, log);
  } catch (error) {
    await stop();
    throw error;
  }
  return {
    env: { ...recipe.env(address, folder), EMULATOR: address },
    provider: recipe.provider(address),
    stop,
  };
}

async function answering(url: string, child: ChildProcess, log: string): Promise<void> {
  const end = Date.now() + 60_000;
  while (Date.now() < end && child.exitCode === null) {
    try {
      await fetch(url);
      return;
    } catch (error) {
      // A certificate of its own is an answer.
      if (/certificate/i.test(String((error as Error).cause))) return;
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

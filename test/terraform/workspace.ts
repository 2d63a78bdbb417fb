/** A copy of rendered Terraform in which the real CLI runs, so that the files under test stay as they are. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { PluginSource } from "./toolchain";

export interface Workspace {
  /** Where Terraform runs. */
  readonly folder: string;
  /** Where logs lie; it holds `folder`. */
  readonly work: string;
  readonly terraform: string;
  readonly env: Readonly<Record<string, string>>;
}

export interface Ran {
  readonly code: number | null;
  readonly text: string;
  readonly seconds: number;
}

const CREDENTIALS = /^(AWS|ARM|AZURE|GOOGLE|CLOUDSDK|TF_VAR|TF_CLI|TF_DATA|TF_WORKSPACE|TF_LOG)/;

/** Copies `*.tf` and `*.tf.json` of `source` into a temporary folder, with a CLI configuration that knows one source of plugins. */
export function openWorkspace(source: string, plugins: PluginSource, terraform = "terraform"): Workspace {
  const work = mkdtempSync(path.join(tmpdir(), "enclave-terraform-"));
  const folder = path.join(work, "tf");
  mkdirSync(folder);
  const names = terraformFiles(source);
  if (names.length === 0) throw new Error(`no *.tf.json in ${source}`);
  for (const name of names) cpSync(path.join(source, name), path.join(folder, name));
  const rc = path.join(work, "terraformrc");
  const method =
    "mirror" in plugins ? `filesystem_mirror { path = ${JSON.stringify(plugins.mirror)} }` : "direct {}";
  writeFileSync(rc, `disable_checkpoint = true\nprovider_installation {\n  ${method}\n}\n`);
  return { folder, work, terraform, env: cleanEnvironment(rc) };
}

const terraformFiles = (folder: string): string[] =>
  readdirSync(folder).filter((name) => /\.tf(\.json)?$/.test(name));

export function closeWorkspace(workspace: Workspace): void {
  rmSync(workspace.work, { recursive: true, force: true });
}

/** Nobody's credentials, profile or variables leak into a test. */
function cleanEnvironment(rc: string): Record<string, string> {
  const kept = Object.entries(process.env).filter(
    ([name, value]) => value !== undefined && !CREDENTIALS.test(name),
  );
  return {
    ...(Object.fromEntries(kept) as Record<string, string>),
    TF_CLI_CONFIG_FILE: rc,
    TF_IN_AUTOMATION: "1",
    CHECKPOINT_DISABLE: "1",
    NO_PROXY: "127.0.0.1,localhost",
    AWS_EC2_METADATA_DISABLED: "true",
    AWS_CONFIG_FILE: path.join(path.dirname(rc), "none"),
    AWS_SHARED_CREDENTIALS_FILE: path.join(path.dirname(rc), "none"),
  };
}

/**
 * Arguments merged into the rendered provider block, and state beside it whatever backend was rendered. An override file needs a
 * block to override, which a module does not have; it gets a block of its own.
 */
export function overrideProvider(
  workspace: Workspace,
  plugin: string,
  provider: Readonly<Record<string, unknown>>,
): void {
  const texts = terraformFiles(workspace.folder).map((name) =>
    readFileSync(path.join(workspace.folder, name), "utf8"),
  );
  const rendered = texts.some((text) => /"provider"\s*:|^provider\s/m.test(text));
  const block = { provider: { [plugin]: provider } };
  const backend = { terraform: { backend: { local: { path: "terraform.tfstate" } } } };
  const file = path.join(workspace.folder, rendered ? "zz_override.tf.json" : "zz_provider.tf.json");
  writeFileSync(file, JSON.stringify(rendered ? { ...block, ...backend } : block));
}

/** Lets Terraform take this one version of the plugin only: a module asks for it, and what is rendered has still to agree. */
export function pin(workspace: Workspace, plugin: string, version: string): void {
  const module = path.join(workspace.work, "pin");
  mkdirSync(module);
  const only = { required_providers: { [plugin]: { source: `hashicorp/${plugin}`, version } } };
  writeFileSync(path.join(module, "main.tf.json"), JSON.stringify({ terraform: only }));
  writeFileSync(
    path.join(workspace.folder, "zz_pin.tf.json"),
    JSON.stringify({ module: { pin: { source: "../pin" } } }),
  );
}

/** Runs one terraform command; its output is kept as `<name>.log`. */
export function terraform(
  workspace: Workspace,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Ran {
  const start = performance.now();
  const run = spawnSync(workspace.terraform, [...args, "-no-color"], {
    cwd: workspace.folder,
    env: { ...workspace.env, ...env },
    encoding: "utf8",
    maxBuffer: 1 << 28,
    timeout: 900_000,
  });
  const text = `${run.stdout ?? ""}${run.stderr ?? ""}${run.error ? `\n${run.error.message}` : ""}`;
  writeFileSync(path.join(workspace.work, `${name.replaceAll(" ", "-")}.log`), text);
  return { code: run.status, text, seconds: (performance.now() - start) / 1000 };
}

/** The output of a command that has to succeed. */
export function succeed(
  workspace: Workspace,
  name: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): string {
  const { code, text } = terraform(workspace, name, args, env);
  if (code !== 0) throw new Error(`terraform ${name} exited with ${code}:\n${trouble(text)}`);
  return text;
}

/** The version of a plugin that `terraform init` has chosen. */
export function chosenVersion(workspace: Workspace, plugin: string): string {
  const lock = readFileSync(path.join(workspace.folder, ".terraform.lock.hcl"), "utf8");
  const version = new RegExp(`hashicorp/${plugin}" \\{\\s+version\\s+= "([^"]+)"`).exec(lock)?.[1];
  if (version === undefined) throw new Error(`no version of ${plugin} is locked`);
  return version;
}

/** `terraform show -json` of a plan file. */
export function showPlan(workspace: Workspace, file: string): unknown {
  const run = spawnSync(workspace.terraform, ["show", "-json", file], {
    cwd: workspace.folder,
    env: workspace.env,
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(run.stderr);
  return JSON.parse(run.stdout);
}

/** The lines of Terraform's output that say what went wrong, or else which resource would change. */
export function trouble(text: string): string {
  const lines = text.split("\n");
  const where = (pattern: RegExp): number[] =>
    lines.flatMap((line, index) => (pattern.test(line) ? [index] : []));
  const errors = where(/^.?\s*Error: |^panic:/);
  const at = errors.length > 0 ? errors : where(/ will be (updated|created|destroyed)| must be replaced/);
  if (at.length === 0) return lines.slice(-15).join("\n");
  return at
    .slice(0, 12)
    .flatMap((index) => lines.slice(index, index + 10).map((line) => `    ${line.slice(0, 600)}`))
    .join("\n");
}

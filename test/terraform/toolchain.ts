/**
 * What of Terraform's world is on this machine. Nothing is fetched unless TF_TEST_NETWORK=1 allows it; what is missing is named, and
 * the tests that need it are skipped aloud (or fail, under REQUIRE_TERRAFORM=1).
 */
import { spawnSync } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { homedir } from "node:os";
import path from "node:path";

/** Terraform's own name of a cloud's plugin. */
export type Plugin = "aws" | "azurerm" | "google";

export type Found<T> = { readonly found: T } | { readonly missing: string };

/** Where plugins come from: a mirror directory, or the network. */
export type PluginSource = { readonly mirror: string } | { readonly network: true };

const PLATFORM = `${process.platform === "win32" ? "windows" : process.platform}_${process.arch === "x64" ? "amd64" : process.arch}`;
const HOST = "registry.terraform.io";

export function findTerraform(): Found<string> {
  const binary = process.env["TERRAFORM"] ?? "terraform";
  const run = spawnSync(binary, ["version"], {
    encoding: "utf8",
    env: { ...process.env, CHECKPOINT_DISABLE: "1" },
  });
  return run.status === 0 ? { found: binary } : { missing: `"${binary}" does not run` };
}

/**
 * A plugin mirror that holds this plugin for this platform: TF_PLUGIN_MIRROR alone when it is set, else the first of the usual
 * places; the network only with TF_TEST_NETWORK=1.
 */
export function findPlugin(plugin: Plugin): Found<PluginSource> {
  const named = process.env["TF_PLUGIN_MIRROR"];
  const places = named === undefined ? usualPlaces() : [path.resolve(named)];
  const mirror = places.find((place) => versionsIn(place, plugin).length > 0);
  if (mirror !== undefined) return { found: { mirror } };
  if (process.env["TF_TEST_NETWORK"] === "1") return { found: { network: true } };
  const where = named === undefined ? "no plugin mirror found" : `the mirror ${named} has no such plugin`;
  return {
    missing: `plugin ${plugin} for ${PLATFORM}: ${where} (set TF_PLUGIN_MIRROR, or TF_TEST_NETWORK=1 to fetch it)`,
  };
}

/** For callers that have asked for the plugin before. */
export function pluginSource(plugin: Plugin): PluginSource {
  const answer = findPlugin(plugin);
  if ("missing" in answer) throw new Error(answer.missing);
  return answer.found;
}

/** Python with some modules. */
function findModules(modules: readonly string[], missing: string): Found<string> {
  const names = modules.map((name) => `'${name}',`).join("");
  const script = `import importlib.util as u, sys; sys.exit(not all(map(u.find_spec, (${names}))))`;
  const run = spawnSync("python3", ["-c", script], { encoding: "utf8" });
  if (run.status === 0) return { found: "python3" };
  return { missing: run.error ? "python3 does not run" : missing };
}

/** Python with moto, on which the AWS emulator is built. */
export const findMoto = (): Found<string> =>
  findModules(["moto", "flask", "flask_cors"], "python3 has no moto (pip install 'moto[server]')");

/** Python with the core of AWS's SDK, which moto brings along. */
export const findBotocore = (): Found<string> =>
  findModules(["botocore"], "python3 has no botocore (pip install botocore)");

/** A command that only has to be there. */
export function findCommand(command: string, question: string): Found<string> {
  return spawnSync(command, [question]).status === 0
    ? { found: command }
    : { missing: `${command} does not run` };
}

/** Versions of a plugin in a mirror for this platform, oldest first. Both layouts: folders, and archives of `terraform providers mirror`. */
export function versionsIn(mirror: string, plugin: Plugin): readonly string[] {
  const folder = path.join(mirror, HOST, "hashicorp", plugin);
  if (!existsSync(folder)) return [];
  const archive = new RegExp(`_(\\d+\\.\\d+\\.\\d+)_${PLATFORM}\\.zip$`);
  return readdirSync(folder)
    .flatMap(
      (name) => archive.exec(name)?.[1] ?? (existsSync(path.join(folder, name, PLATFORM)) ? [name] : []),
    )
    .sort(byVersion);
}

/** A stand-in has the schema of a plugin beside it: it checks arguments, invents what a cloud would answer, and calls nobody. */
export const isStandIn = (mirror: string, plugin: Plugin, version: string): boolean =>
  existsSync(path.join(mirror, HOST, "hashicorp", plugin, version, PLATFORM, "schema.json"));

/** Orders `6.50.0` before `10.0.0`. */
export function byVersion(one: string, other: string): number {
  const [a, b] = [one, other].map((version) => version.split(".").map(Number));
  return [0, 1, 2].map((at) => (a?.[at] ?? 0) - (b?.[at] ?? 0)).find((difference) => difference !== 0) ?? 0;
}

function usualPlaces(): readonly string[] {
  const roots = [
    process.env["TF_PLUGIN_CACHE_DIR"],
    path.join(homedir(), ".terraform.d/plugins"),
    path.join(homedir(), ".terraform.d/plugin-cache"),
    path.join(process.env["XDG_DATA_HOME"] ?? path.join(homedir(), ".local/share"), "terraform/plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
  ].filter((root) => root !== undefined);
  const optional = foldersOf("/opt").flatMap((folder) => [folder, ...foldersOf(folder)]);
  return [...roots, ...optional];
}

function foldersOf(folder: string): readonly string[] {
  if (!existsSync(folder)) return [];
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory() || entry.isSymbolicLink())
    .map((entry) => path.join(folder, entry.name))
    .sort();
}

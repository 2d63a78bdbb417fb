/**
 * npm run cycle -- DIR [--var name=value …] [--plugins MIRROR] [--keep]
 *
 * Takes a directory of rendered Terraform through its whole life: init, validate, plan, apply, second plan (must be empty), destroy.
 * A real plugin calls an emulator of its cloud on 127.0.0.1; a stand-in for it calls nobody. Exits 0 only when every step held.
 * `--keep` leaves the copy and the logs.
 */
import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { parseArgs } from "node:util";
import { liveThrough, startLife } from "./life";
import { EMULATOR_NEEDS, missingOf } from "./needs";
import { type Found, findPlugin, findTerraform, isStandIn, type Plugin } from "./toolchain";
import { chosenVersion, closeWorkspace, openWorkspace, succeed, type Workspace } from "./workspace";

function need<T>(answer: Found<T>): T {
  if ("found" in answer) return answer.found;
  throw new Error(answer.missing);
}

/** The one cloud whose resources a directory names. */
function pluginOf(directory: string): Plugin {
  const text = readdirSync(directory)
    .filter((name) => /\.tf(\.json)?$/.test(name))
    .map((name) => readFileSync(path.join(directory, name), "utf8"))
    .join("\n");
  const named = (["aws", "azurerm", "google"] as const).filter((plugin) =>
    new RegExp(`"${plugin}_[a-z]`).test(text),
  );
  const [plugin] = named;
  if (plugin === undefined || named.length > 1)
    throw new Error(`${directory} has to hold resources of one cloud, found: ${named.join(", ") || "none"}`);
  return plugin;
}

/** Whether no emulator is needed; says what is missing where one is. */
function callsNobody(workspace: Workspace, plugin: Plugin): boolean {
  const source = need(findPlugin(plugin));
  succeed(workspace, "init", ["init", "-input=false", "-backend=false"]);
  const version = chosenVersion(workspace, plugin);
  const standIn = "mirror" in source && isStandIn(source.mirror, plugin, version);
  const missing = standIn ? [] : missingOf(EMULATOR_NEEDS[plugin]);
  if (missing.length > 0) throw new Error(missing.join("; "));
  process.stdout.write(
    `${plugin} ${version}, ${standIn ? "a stand-in that calls nobody" : "with an emulator of its cloud"}\n`,
  );
  return standIn;
}

async function main(): Promise<boolean> {
  const { values, positionals } = parseArgs({
    allowPositionals: true,
    options: {
      var: { type: "string", multiple: true, default: [] },
      plugins: { type: "string" },
      keep: { type: "boolean", default: false },
    },
  });
  const [directory] = positionals;
  if (directory === undefined || positionals.length > 1)
    throw new Error("usage: npm run cycle -- DIR [--var name=value …] [--plugins MIRROR] [--keep]");
  if (values.plugins !== undefined) process.env["TF_PLUGIN_MIRROR"] = values.plugins;
  const plugin = pluginOf(directory);
  const workspace = openWorkspace(directory, need(findPlugin(plugin)), need(findTerraform()));
  const life = await startLife(workspace, plugin, callsNobody(workspace, plugin));
  let held = false;
  try {
    const results = liveThrough(life, values.var, ({ step, held: good, seconds, said }) =>
      process.stdout.write(
        `${good ? "ok    " : "failed"} ${step.padEnd(12)} ${seconds.toFixed(1).padStart(6)} s  ${said}\n`,
      ),
    );
    held = results.every((result) => result.held);
    return held;
  } finally {
    await life.end();
    if (held && !values.keep) closeWorkspace(workspace);
    else process.stdout.write(`kept: ${workspace.work}\n`);
  }
}

main().then(
  (held) => {
    process.exitCode = held ? 0 : 1;
  },
  (error: unknown) => {
    process.stderr.write(`cycle: ${error instanceof Error ? error.message : String(error)}\n`);
    process.exitCode = 2;
  },
);

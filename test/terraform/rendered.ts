/** The shipped examples, rendered as a user renders them. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdtempSync, readdirSync, readFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

export const ROOT = path.resolve(__dirname, "../..");
const CLI = path.join(ROOT, "dist/src/cli/main.js");

export type Resource = Readonly<Record<string, unknown>>;

/** Terraform's JSON syntax: `resource.aws_subnet.inference_1.cidr_block`. */
export interface Rendered {
  readonly resource: Readonly<Record<string, Readonly<Record<string, Resource>>>>;
  readonly [section: string]: unknown;
}

/** Specs below examples/, relative to the project. */
export const EXAMPLES: readonly string[] = readdirSync(path.join(ROOT, "examples"), {
  recursive: true,
  encoding: "utf8",
})
  .filter((name) => name.endsWith(".enclave.yaml"))
  .map((name) => path.join("examples", name))
  .sort();

/** One of the tests' own specs, relative to the project. */
export const spec = (name: string): string => `test/terraform/specs/${name}.enclave.yaml`;

/** A spec with every part that all clouds can hold. */
export const EVERY_PART = spec("every-part");

/** Renders a spec in a temporary folder, with the lock that lies beside it, and answers the folder with main.tf.json. */
export function synth(spec: string, cloud: string, flags: readonly string[] = []): string {
  const folder = mkdtempSync(path.join(tmpdir(), "enclave-synth-"));
  cpSync(path.dirname(path.join(ROOT, spec)), folder, { recursive: true });
  const args = [CLI, "synth", path.basename(spec), "--cloud", cloud, "--out", "out", ...flags];
  const run = spawnSync(process.execPath, args, { cwd: folder, encoding: "utf8" });
  if (run.status !== 0) throw new Error(`enclave synth ${spec} exited with ${run.status}:\n${run.stderr}`);
  return path.join(folder, "out", cloud);
}

export function readRendered(folder: string): Rendered {
  return JSON.parse(readFileSync(path.join(folder, "main.tf.json"), "utf8")) as Rendered;
}

/** Resources of one type by name; none when nothing of the type was rendered. */
export function resourcesOf(document: Rendered, type: string): ReadonlyMap<string, Resource> {
  return new Map(Object.entries(document.resource[type] ?? {}));
}

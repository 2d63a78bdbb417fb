/**
 * npm run bench: how much time the product takes, as ratios within one run, so that the machine does not matter. The yardsticks are an
 * empty Node process and a cdktf app of four resources. Exits 1 when an aim is missed.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import type { Cloud } from "../src/clouds/cloud";
import { generateSpec } from "./generate";
import { type Measured, measure, type Program } from "./measure";

const ROOT = path.resolve(__dirname, "..");
const CLI = path.join(ROOT, "dist/src/cli/main.js");
// Below node_modules, so that the compiled app finds cdktf and nothing of it is packed.
const COMPILED = path.join(ROOT, "node_modules/.cache/enclave-bench");

const EXAMPLE = "private-rag.enclave.yaml";
const HALF = { zones: 50, flows: 1000, file: "half.enclave.yaml" } as const;
const FULL = { zones: 100, flows: 2000, file: "full.enclave.yaml", name: "100 zones, 2000 flows" } as const;

interface Row {
  readonly what: string;
  readonly measured: Measured;
  readonly ratio?: number;
  readonly aim?: string;
  readonly reached?: boolean;
}

function compile(): void {
  const flags = [
    "--noEmit",
    "false",
    "--outDir",
    COMPILED,
    "--rootDir",
    "bench",
    "--module",
    "nodenext",
    "--target",
    "es2022",
    "--skipLibCheck",
    "--types",
    "node",
  ];
  mkdirSync(COMPILED, { recursive: true });
  run("npm", ["run", "build", "--silent"]);
  run("npx", ["tsc", "--ignoreConfig", "bench/bare-app.ts", ...flags]);
}

function run(command: string, args: readonly string[]): void {
  const done = spawnSync(command, args, { cwd: ROOT, encoding: "utf8" });
  if (done.status !== 0)
    throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
}

/** A synth from nothing each time: neither lock nor output of the run before. */
const synth = (spec: string, cloud: Cloud | "all", folder: string): Program => ({
  args: [CLI, "synth", spec, "--cloud", cloud, "--out", "out", "--quiet"],
  prepare: () => {
    rmSync(path.join(folder, "out"), { recursive: true, force: true });
    rmSync(path.join(folder, spec.replace(".enclave.yaml", ".enclave.lock.json")), { force: true });
  },
});

function measureAll(folder: string): readonly Row[] {
  copyFileSync(path.join(ROOT, "examples/private-rag", EXAMPLE), path.join(folder, EXAMPLE));
  writeFileSync(path.join(folder, HALF.file), generateSpec(HALF));
  writeFileSync(path.join(folder, FULL.file), generateSpec(FULL));
  const of = (spec: string) => ({
    aws: synth(spec, "aws", folder),
    azure: synth(spec, "azure", folder),
    all: synth(spec, "all", folder),
  });
  const bareApp = { args: [path.join(COMPILED, "bare-app.js"), path.join(folder, "bare.out")] };
  const small = measure({ empty: { args: ["-e", "0"] }, bare: bareApp, ...of(EXAMPLE) }, 9, folder);
  const large = measure(
    { bare: bareApp, half: synth(HALF.file, "all", folder), ...of(FULL.file) },
    3,
    folder,
  );
  return [
    { what: "node -e 0", measured: small.empty },
    { what: "bare cdktf app, 4 resources", measured: small.bare },
    ratio("private-rag for aws, to the bare app", small.aws, small.bare, 1.8),
    ratio("private-rag for three clouds, to the bare app", small.all, small.bare, 2.6),
    ratio("private-rag for azure, to aws", small.azure, small.aws, 1.2),
    ratio(`${FULL.name} for aws, to the bare app`, large.aws, large.bare, 14),
    ratio(`${FULL.name} for three clouds, to the bare app`, large.all, large.bare, 30),
    ratio(`${FULL.name} for azure, to aws`, large.azure, large.aws, 1.3),
    ratio("three clouds, when zones and flows double", large.all, large.half, 2.5),
    {
      what: "peak memory of the largest",
      measured: large.all,
      aim: "350 MB",
      reached: large.all.megabytes <= 350,
    },
  ];
}

function ratio(what: string, measured: Measured, base: Measured, most: number): Row {
  const value = measured.seconds / base.seconds;
  return { what, measured, ratio: value, aim: `${most} ×`, reached: value <= most };
}

function print(rows: readonly Row[]): void {
  const line = (cells: readonly string[]) =>
    `${cells[0]?.padEnd(56)}${cells
      .slice(1)
      .map((cell) => cell.padStart(9))
      .join("")}\n`;
  process.stdout.write(line(["", "CPU time", "memory", "ratio", "at most", ""]));
  for (const { what, measured, ratio, aim, reached } of rows) {
    const verdict = reached === undefined ? "" : reached ? "ok" : "MISSED";
    const times = [
      `${measured.seconds.toFixed(2)} s`,
      `${measured.megabytes.toFixed(0)} MB`,
      ratio === undefined ? "" : `${ratio.toFixed(2)} ×`,
    ];
    process.stdout.write(line([what, ...times, aim ?? "", verdict]));
  }
}

const folder = mkdtempSync(path.join(tmpdir(), "enclave-bench-"));
try {
  compile();
  const rows = measureAll(folder);
  print(rows);
  process.exitCode = rows.some(({ reached }) => reached === false) ? 1 : 0;
} finally {
  rmSync(folder, { recursive: true, force: true });
}

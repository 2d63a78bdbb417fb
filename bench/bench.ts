/**
 * npm run bench: how much time the product takes, as ratios within one run, so that the machine does not matter. The yardsticks are an
 * empty Node process and a cdktf app of four resources. Exits 1 when an aim is missed.
 */
import { spawnSync } from "node:child_process";
import { copyFileSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { generateSpec, type Size } from "./generate";
import { type Measured, measure } from "./measure";

const ROOT = path.resolve(__dirname, "..");
const CLI = path.join(ROOT, "dist/src/cli/main.js");
// Below node_modules, so that the compiled app finds cdktf and nothing of it is packed.
const COMPILED = path.join(ROOT, "node_modules/.cache/enclave-bench");

const HALF: Size = { zones: 50, flows: 1000 };
const FULL: Size = { zones: 100, flows: 2000 };

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
  if (done.status !== 0) throw new Error(`${command} ${args.join(" ")} failed:\n${done.stdout}${done.stderr}`);
}

/** A synth from nothing each time: neither lock nor output of the run before. */
function measureSynth(spec: string, runs: number, folder: string): Measured {
  const clear = () => {
    rmSync(path.join(folder, "out"), { recursive: true, force: true });
    rmSync(path.join(folder, spec.replace(".enclave.yaml", ".enclave.lock.json")), { force: true });
  };
  return measure([CLI, "synth", spec, "--cloud", "aws", "--out", "out", "--quiet"], runs, folder, clear);
}

function measureAll(folder: string): readonly Row[] {
  copyFileSync(path.join(ROOT, "examples/private-rag/private-rag.enclave.yaml"), path.join(folder, "private-rag.enclave.yaml"));
  writeFileSync(path.join(folder, "half.enclave.yaml"), generateSpec(HALF));
  writeFileSync(path.join(folder, "full.enclave.yaml"), generateSpec(FULL));
  const empty = measure(["-e", "0"], 9, folder);
  const bare = measure([path.join(COMPILED, "bare-app.js"), path.join(folder, "bare.out")], 7, folder);
  const example = measureSynth("private-rag.enclave.yaml", 7, folder);
  const half = measureSynth("half.enclave.yaml", 3, folder);
  const full = measureSynth("full.enclave.yaml", 3, folder);
  return [
    { what: "node -e 0", measured: empty },
    { what: "bare cdktf app, 4 resources", measured: bare },
    ratio("private-rag to the bare app", example, bare, 3),
    { what: `${HALF.zones} zones, ${HALF.flows} flows`, measured: half },
    ratio(`${FULL.zones} zones, ${FULL.flows} flows, to the bare app`, full, bare, 60),
    ratio("growth when zones and flows double", full, half, 3),
    { what: "peak memory of the largest", measured: full, aim: "500 MB", reached: full.megabytes <= 500 },
  ];
}

function ratio(what: string, measured: Measured, base: Measured, most: number): Row {
  const value = measured.seconds / base.seconds;
  return { what, measured, ratio: value, aim: `${most} ×`, reached: value <= most };
}

function print(rows: readonly Row[]): void {
  const line = (cells: readonly string[]) =>
    `${cells[0]?.padEnd(46)}${cells
      .slice(1)
      .map((cell) => cell.padStart(9))
      .join("")}\n`;
  process.stdout.write(line(["", "CPU time", "memory", "ratio", "at most", ""]));
  for (const { what, measured, ratio, aim, reached } of rows) {
    const verdict = reached === undefined ? "" : reached ? "ok" : "MISSED";
    const times = [
      `${measured.seconds.toFixed(2)} s`,
      `${measured.megabytes.toFixed(0)} MB`,
      ratio === undefined ? "" : `${ratio.toFixed(1)} ×`,
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

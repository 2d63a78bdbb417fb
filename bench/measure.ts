import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export interface Measured {
  /** Median processor time: the ratio of two holds on a busy machine, too, where that of wall-clock times does not. */
  readonly seconds: number;
  /** The largest peak resident memory of all runs. */
  readonly megabytes: number;
}

/** A Node program with its arguments, and what comes before each run. */
export interface Program {
  readonly args: readonly string[];
  readonly prepare?: () => void;
}

interface Observed {
  readonly time: number;
  readonly memory: number;
}

/**
 * Runs all programs in `folder`, one after the other, `rounds` times: what slows the machine down for a while then slows all of
 * them. A round before is not counted, because the first run of a program reads it from the disk. A run that fails ends the bench.
 */
export function measure<Name extends string>(
  programs: Readonly<Record<Name, Program>>,
  rounds: number,
  folder: string,
): Record<Name, Measured> {
  const names = Object.keys(programs) as Name[];
  const turn = () => names.map((name) => observe(programs[name], folder));
  turn();
  const turns = Array.from({ length: rounds }, turn);
  const entries = names.map((name, index) => [name, summarize(turns.flatMap((each) => each[index] ?? []))]);
  return Object.fromEntries(entries) as Record<Name, Measured>;
}

function observe({ args, prepare }: Program, folder: string): Observed {
  prepare?.();
  const usage = path.join(folder, "usage");
  const run = spawnSync(process.execPath, ["--require", path.join(__dirname, "record-usage.js"), ...args], {
    cwd: folder,
    env: { ...process.env, BENCH_USAGE: usage },
    encoding: "utf8",
    maxBuffer: 1 << 28,
  });
  if (run.status !== 0) throw new Error(`node ${args.join(" ")} exited with ${run.status}:\n${run.stderr}`);
  return JSON.parse(readFileSync(usage, "utf8")) as Observed;
}

function summarize(observed: readonly Observed[]): Measured {
  const times = observed.map(({ time }) => time / 1e6).sort((a, b) => a - b);
  return {
    seconds: times[Math.floor(times.length / 2)] ?? Number.NaN,
    megabytes: Math.max(...observed.map(({ memory }) => memory / 1024)),
  };
}

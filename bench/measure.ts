import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export interface Measured {
  /** Median processor time: the ratio of two holds on a busy machine, too, where that of wall-clock times does not. */
  readonly seconds: number;
  /** The largest peak resident memory of all runs. */
  readonly megabytes: number;
}

/** Runs a Node program `runs` times, each after `prepare`, in `folder`; a run that fails ends the bench. */
export function measure(args: readonly string[], runs: number, folder: string, prepare: () => void = () => {}): Measured {
  const usage = path.join(folder, "usage");
  const observed = Array.from({ length: runs }, () => {
    prepare();
    const run = spawnSync(process.execPath, ["--require", path.join(__dirname, "record-usage.js"), ...args], {
      cwd: folder,
      env: { ...process.env, BENCH_USAGE: usage },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    if (run.status !== 0) throw new Error(`node ${args.join(" ")} exited with ${run.status}:\n${run.stderr}`);
    const { time, memory } = JSON.parse(readFileSync(usage, "utf8")) as { time: number; memory: number };
    return { seconds: time / 1e6, megabytes: memory / 1024 };
  });
  const times = observed.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return { seconds: times[Math.floor(times.length / 2)] ?? Number.NaN, megabytes: Math.max(...observed.map(({ megabytes }) => megabytes)) };
}

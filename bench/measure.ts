import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import path from "node:path";

export interface Measured {
  /** Median wall-clock time from start to exit. */
  readonly seconds: number;
  /** The largest peak resident memory of all runs. */
  readonly megabytes: number;
}

/** Runs a Node program `runs` times, each after `prepare`, in `folder`; a run that fails ends the bench. */
export function measure(args: readonly string[], runs: number, folder: string, prepare: () => void = () => {}): Measured {
  const memory = path.join(folder, "memory");
  const observed = Array.from({ length: runs }, () => {
    prepare();
    const start = process.hrtime.bigint();
    const run = spawnSync(process.execPath, ["--require", path.join(__dirname, "record-memory.js"), ...args], {
      cwd: folder,
      env: { ...process.env, BENCH_MEMORY: memory },
      encoding: "utf8",
      maxBuffer: 1 << 28,
    });
    const seconds = Number(process.hrtime.bigint() - start) / 1e9;
    if (run.status !== 0) throw new Error(`node ${args.join(" ")} exited with ${run.status}:\n${run.stderr}`);
    return { seconds, megabytes: Number(readFileSync(memory, "utf8")) / 1024 };
  });
  const times = observed.map(({ seconds }) => seconds).sort((a, b) => a - b);
  return { seconds: times[Math.floor(times.length / 2)] ?? Number.NaN, megabytes: Math.max(...observed.map(({ megabytes }) => megabytes)) };
}

/** Loaded into a measured process: leaves its processor time in µs and its peak resident memory in KiB in the file BENCH_USAGE. */
const { writeFileSync } = require("node:fs");

process.on("exit", () => {
  const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
  writeFileSync(
    process.env.BENCH_USAGE,
    JSON.stringify({ time: userCPUTime + systemCPUTime, memory: maxRSS }),
  );
});

/** Loaded into a measured process: leaves its peak resident memory, in KiB, in the file BENCH_MEMORY. */
const { writeFileSync } = require("node:fs");

process.on("exit", () => writeFileSync(process.env.BENCH_MEMORY, String(process.resourceUsage().maxRSS)));

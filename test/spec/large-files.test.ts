/** A file near the largest size that is read takes seconds at most. */
import { loadSpec } from "../../src/app/load";

const SPEC =
  "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\nzones:\n  app: { exposure: private, hosts: 50 }\n";

test("a mebibyte of distinct keys is read in reasonable time", () => {
  const keys = Array.from({ length: 60_000 }, (_, index) => `k${index}: 1`).join("\n");
  const started = process.cpuUsage();
  expect(loadSpec(`${SPEC}tags:\n${keys.replace(/^/gm, "  ")}\n`, "x").diagnostics).toHaveLength(60_000);
  expect(process.cpuUsage(started).user).toBeLessThan(10e6);
});

test.each([
  ["lists", "[".repeat(200_000), 33],
  ["mappings", "{a: ".repeat(50_000), 129],
  ["sequences", "- ".repeat(100_000), 65],
])("%s without end are reported as such", (_, text, column) => {
  expect(loadSpec(text, "x").diagnostics).toMatchObject([{ code: "yaml-depth", line: 1, column }]);
});

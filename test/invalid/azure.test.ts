import { join } from "node:path";
import { synthesize } from "../../stacks/synthesize";
import { compare, type Pipeline, readCases } from "./cases";

const CASES = readCases(join(__dirname, "azure"));

/** The whole pass line for azure: what the spec alone may say, a cloud can still refuse. */
const pipeline: Pipeline = ({ text, file, clouds: [cloud = "azure"] }) =>
  synthesize(
    { file, bytes: new TextEncoder().encode(text), lock: { file: "case.enclave.lock.json" } },
    { cloud, frozenLock: false, reclaim: false },
  ).diagnostics;

describe("a spec that Azure cannot hold", () => {
  test.each(CASES.map((spec) => [spec.file, spec] as const))("%s reports exactly what it expects", (_file, spec) => {
    const { expected, found } = compare(spec, pipeline(spec));
    expect(spec.clouds).toEqual(["azure"]);
    expect(spec.expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  test.each(CASES.map((spec) => [spec.file, spec] as const))(
    "%s is told in words that fit the house, and each error with an edit",
    (_file, spec) => {
      for (const { severity, summary, detail, fix } of pipeline(spec)) {
        expect(summary.length).toBeLessThanOrEqual(100);
        expect(summary).not.toMatch(/\.$|\n/);
        expect(`${summary} ${detail} ${fix ?? ""}`).not.toMatch(/undefined|NaN|\[object/);
        if (severity === "error") expect(fix).toMatch(/\S/);
      }
    },
  );
});

import { join } from "node:path";
import { synthesize } from "../../stacks/synthesize";
import { compare, type Pipeline, readCases } from "./cases";

/** The whole pass line for the case's cloud: what the spec alone may say, a cloud can still refuse. */
const pipeline: Pipeline = ({ text, file, clouds: [cloud] }) =>
  synthesize(
    { file, bytes: new TextEncoder().encode(text), lock: { file: "case.enclave.lock.json" } },
    { ...(cloud === undefined ? {} : { cloud }), frozenLock: false, reclaim: false },
  ).diagnostics;

describe.each(["aws", "azure"] as const)("a spec that %s cannot hold", (cloud) => {
  const cases = readCases(join(__dirname, cloud)).map((spec) => [spec.file, spec] as const);

  test.each(cases)("%s reports exactly what it expects", (_file, spec) => {
    const { expected, found } = compare(spec, pipeline(spec));
    expect(spec.clouds).toEqual([cloud]);
    expect(spec.expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  test.each(cases)("%s is told in words that fit the house, and each error with an edit", (_file, spec) => {
    for (const { severity, summary, detail, fix } of pipeline(spec)) {
      expect(summary.length).toBeLessThanOrEqual(100);
      expect(summary).not.toMatch(/\.$|\n/);
      expect(`${summary} ${detail} ${fix ?? ""}`).not.toMatch(/undefined|NaN|\[object/);
      if (severity === "error") expect(fix).toMatch(/\S/);
    }
  });
});

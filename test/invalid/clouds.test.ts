import { join } from "node:path";
import { ofCloud } from "./asked";
import { compare, readCases } from "./cases";
import { textFaults } from "./texts";

describe.each(["aws", "azure", "google"] as const)("a spec that %s cannot hold", (cloud) => {
  const cases = readCases(join(__dirname, cloud)).map((spec) => [spec.file, spec] as const);

  test.each(cases)("%s reports exactly what it expects", (_file, spec) => {
    const { expected, found } = compare(spec, ofCloud(spec));
    expect(spec.clouds).toEqual([cloud]);
    expect(spec.expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  test("is reported in short texts without a broken value", () => {
    for (const [file, spec] of cases)
      for (const diagnostic of ofCloud(spec)) expect(textFaults(file, diagnostic)).toEqual([]);
  });
});

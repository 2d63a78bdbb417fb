import { SPEC_CODES } from "../../src/diagnostics/spec-codes";
import { ofSpec } from "./asked";
import { compare, readCases } from "./cases";
import { textFaults } from "./texts";

const CASES = readCases();

describe("a spec with mistakes", () => {
  test.each(CASES.map((spec) => [spec.file, spec] as const))(
    "%s reports exactly what it expects",
    (_file, spec) => {
      const { expected, found } = compare(spec, ofSpec(spec));
      expect(spec.expected.length).toBeGreaterThan(0);
      expect(found).toEqual(expected);
    },
  );

  test("is reported in short texts without a broken value", () => {
    for (const spec of CASES)
      for (const diagnostic of ofSpec(spec)) {
        expect(SPEC_CODES).toHaveProperty([diagnostic.code]);
        expect(textFaults(spec.file, diagnostic)).toEqual([]);
      }
  });
});

/** What only bytes can be wrong about is tested beside the reader. */
const BYTES = ["file-too-large", "file-encoding", "file-control-character", "yaml-depth"];

test("every code of the catalogue has a case", () => {
  const covered = new Set([...BYTES, ...CASES.flatMap(({ expected }) => expected.map(({ code }) => code))]);
  expect(Object.keys(SPEC_CODES).filter((code) => !covered.has(code))).toEqual([]);
});

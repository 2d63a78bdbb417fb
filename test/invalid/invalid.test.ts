import { loadSpec } from "../../src/app/load";
import { checkTarget } from "../../src/checks/target";
import { SPEC_CODES } from "../../src/diagnostics/spec-codes";
import { compare, type Pipeline, readCases } from "./cases";
import { textFaults } from "./texts";

const CASES = readCases();

/** The spec alone, and what the clouds that a case names ask of it. */
const pipeline: Pipeline = ({ text, file, clouds }) => {
  const { enclave, diagnostics, locate } = loadSpec(text, file);
  return enclave === undefined ? diagnostics : [...diagnostics, ...locate(checkTarget(enclave, clouds))];
};

describe("a spec with mistakes", () => {
  test.each(CASES.map((spec) => [spec.file, spec] as const))(
    "%s reports exactly what it expects",
    (_file, spec) => {
      const { expected, found } = compare(spec, pipeline(spec));
      expect(spec.expected.length).toBeGreaterThan(0);
      expect(found).toEqual(expected);
    },
  );

  test("is reported in short texts without a broken value, and each fix can be pasted", () => {
    for (const spec of CASES)
      for (const diagnostic of pipeline(spec)) {
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

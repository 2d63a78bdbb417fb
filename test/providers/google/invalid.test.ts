/** The specs of test/invalid/google leave no code out, and their exit codes are those of what they expect. */
import { join } from "node:path";
import { GOOGLE_CODES } from "../../../src/diagnostics/cloud-codes";
import { type Case, readCases } from "../../invalid/cases";
import { attempt } from "./rendered";

const CASES = readCases(join(__dirname, "../../invalid/google")).map((one): [string, Case] => [
  one.file,
  one,
]);

test("every code of Google's has a case", () => {
  // More than anybody writes into a file by hand: these are tested where they are computed.
  const computed = ["google-quota", "google-endpoint-addresses", "google-rule-attributes"];
  const covered = new Set([
    ...computed,
    ...CASES.flatMap(([, { expected }]) => expected.map(({ code }) => code)),
  ]);
  expect(Object.keys(GOOGLE_CODES).filter((code) => !covered.has(code))).toEqual([]);
});

test("a mistake writes nothing, a finding alone is exit code 1", () => {
  for (const [, one] of CASES) {
    const severities = new Set(one.expected.map(({ severity }) => severity));
    const expected = severities.has("error") ? 2 : severities.has("finding") ? 1 : 0;
    expect([one.file, attempt(one.text).exitCode]).toEqual([one.file, expected]);
  }
});

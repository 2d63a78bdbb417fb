/** What a spec is told for Google: exactly what each of the specs in test/invalid/google expects. */
import { join } from "node:path";
import { GOOGLE_CODES } from "../../docs/error-codes";
import { type Case, compare, readCases } from "../../invalid/cases";
import { attempt } from "./rendered";

const CASES = readCases(join(__dirname, "../../invalid/google")).map((one): [string, Case] => [one.file, one]);
const said = ({ text }: Case) => attempt(text).diagnostics;

test.each(CASES)("%s reports exactly what it expects", (_file, one) => {
  const { expected, found } = compare(one, said(one));
  expect(one.expected.length).toBeGreaterThan(0);
  expect(found).toEqual(expected);
});

test.each(CASES)("%s is told in words that fit the house, with an edit for every mistake", (_file, one) => {
  for (const { severity, summary, detail, fix } of said(one)) {
    expect(summary.length).toBeLessThanOrEqual(100);
    expect(summary).not.toMatch(/\.$|\n/);
    expect(`${summary} ${detail} ${fix ?? ""}`).not.toMatch(/undefined|NaN|\[object/);
    if (severity === "error") expect(fix ?? "").not.toBe("");
  }
});

test("every code of Google's has a case", () => {
  // More than anybody writes into a file by hand: these are tested where they are computed.
  const computed = ["google-quota", "google-endpoint-addresses", "google-rule-attributes"];
  const covered = new Set([...computed, ...CASES.flatMap(([, { expected }]) => expected.map(({ code }) => code))]);
  expect(Object.keys(GOOGLE_CODES).filter((code) => !covered.has(code))).toEqual([]);
});

test("a mistake writes nothing, a finding alone is exit code 1", () => {
  for (const [, one] of CASES) {
    const severities = new Set(one.expected.map(({ severity }) => severity));
    const expected = severities.has("error") ? 2 : severities.has("finding") ? 1 : 0;
    expect([one.file, attempt(one.text).exitCode]).toEqual([one.file, expected]);
  }
});

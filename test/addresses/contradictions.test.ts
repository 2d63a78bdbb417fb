/** Every way in which a spec is too large, or contradicts its lock file. */
import { ADDRESS_CODES } from "../../src/diagnostics/run-codes";
import { AB, FROZEN } from "./cases";
import { zone, zones } from "./enclaves";
import { CASES as FREE_SPACE } from "./free-space-cases";
import { CASES as RECORD } from "./record-cases";
import { CASES as REMOVALS } from "./removal-cases";
import { CASES as RENAMES } from "./rename-cases";
import { OPEN, run } from "./runs";

const CASES = [...FREE_SPACE, ...RECORD, ...REMOVALS, ...RENAMES];

test.each(CASES)("$says", ({ history = [], last, options = OPEN, expected }) => {
  const result = run(history, last, options);
  expect(result.diagnostics).toEqual(
    expected.map((it) => expect.objectContaining({ severity: "error", ...it })),
  );
  const fails = result.diagnostics.some(({ severity }) => severity === "error");
  expect([result.addresses === undefined, result.lock === undefined]).toEqual([fails, fails]);
  for (const { summary, detail } of result.diagnostics) {
    expect(summary.length).toBeLessThanOrEqual(100);
    expect(summary).not.toMatch(/\.$/);
    expect(detail).toMatch(/\.$/);
  }
});

test.each([
  [
    "a wider range",
    { range: "172.16.0.0/17", zones: [zone("a", 20), zone("b", 1000), zone("c", 2000), zone("d", 10)] },
  ],
  [
    "a wider range around the infrastructure",
    {
      range: "10.20.0.0/21",
      zones: [zone("a", "10.20.0.0/24"), zone("b", "10.20.1.0/24"), zone("c", "10.20.2.0/24")],
    },
  ],
])("the range that was proposed fits: %s", (_, lines) => expect(run([], lines).diagnostics).toEqual([]));

test("every code of the catalogue is covered by a case; a damaged lock is found where the file is read", () => {
  const covered = new Set(CASES.flatMap(({ expected }) => expected.map(({ code }) => code)));
  const codes = [...Object.keys(ADDRESS_CODES), "zone-too-large"].filter((code) => code !== "lock-damaged");
  expect([...covered].sort()).toEqual(codes.sort());
});

test.each([
  ["that went in an earlier run", [AB, zones(zone("a", 200))], zones(zone("a", 200), zone("c", "/24"))],
])("a zone %s is not told of as gone", (_, history, last) =>
  expect(run(history, last).diagnostics).toEqual([]),
);

test("the rename that was proposed keeps the block", () => {
  const { addresses } = run([AB], zones(zone("a", 200), zone("c", "/24", "b")));
  expect(addresses?.zones["c"]).toEqual(run([], AB).addresses?.zones["b"]);
});

test("a frozen lock that holds everything changes nothing", () => {
  expect(run([AB], AB, FROZEN)).toMatchObject({ changed: false, diagnostics: [] });
});

test("a zone with a cidr outside the range is the model's to refuse, so here it is our bug", () => {
  expect(() => run([], zones(zone("a", "10.99.0.0/22")))).toThrow(/^internal: /);
});

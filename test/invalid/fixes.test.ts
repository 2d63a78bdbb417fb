/** A fix that is pasted takes its error away and brings none of form: each case of this folder, each fix of it. */

import { loadSpec } from "../../src/app/load";
import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { readCases } from "./cases";
import { paste } from "./paste";

/** Errors about how something is written: what a program proposes is written well. */
const FORM =
  /^(?:type-wrong|value-|key-unknown|list-empty|text-empty|name-(?:invalid|reserved)|cidr-|ipv6|ports-syntax|host-|why-|yaml-|(?:zone|endpoint)-unknown)/;

interface Fix {
  readonly title: string;
  readonly diagnostic: LocatedDiagnostic;
  /** All diagnostics of the case. */
  readonly before: readonly LocatedDiagnostic[];
  /** Undefined if a person has to decide. */
  readonly pasted: string | undefined;
}

const FIXES = readCases().flatMap(({ file, text }): Fix[] => {
  const before = loadSpec(text, file).diagnostics;
  return before.map((diagnostic) => ({
    title: `${file}:${diagnostic.line} ${diagnostic.code}: ${diagnostic.fix}`,
    diagnostic,
    before,
    pasted: paste(text, diagnostic),
  }));
});

/** How often each summary is given; places move when something is removed. */
function counted(diagnostics: readonly LocatedDiagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code, summary } of diagnostics)
    counts.set(`${code}: ${summary}`, (counts.get(`${code}: ${summary}`) ?? 0) + 1);
  return counts;
}

describe("pasted where it is proposed", () => {
  test.each(FIXES.filter(({ pasted }) => pasted !== undefined))(
    "$title",
    ({ diagnostic, pasted = "", ...fix }) => {
      const before = counted(fix.before);
      const after = counted(loadSpec(pasted, "x").diagnostics);
      const key = `${diagnostic.code}: ${diagnostic.summary}`;
      if (diagnostic.severity === "error") expect(after.get(key) ?? 0).toBeLessThan(before.get(key) ?? 0);
      const more = [...after]
        .filter(([each, count]) => FORM.test(each) && count > (before.get(each) ?? 0))
        .map(([each]) => each);
      // A name that was there before is looked at only now.
      const isNew = (each: string) =>
        !/-unknown: no /.test(each) || diagnostic.fix?.includes(/"(.*)"/.exec(each)?.[1] ?? "");
      expect(more.filter(isNew)).toEqual([]);
    },
  );
});

const kindOf = ({ code, path, fix }: LocatedDiagnostic): string =>
  path === "" ? `the whole: ${code}` : fix?.startsWith("# name the zones") ? `all: ${code}` : code;

/** Two equal names, a chain, a document too many, a word for all zones: which of several things is to go is no program's choice. */
const LEFT_TO_A_PERSON = [
  "address-collision",
  "all: zone-unknown",
  "assertion-never",
  "assertion-through",
  "flow-repeated",
  "name-ambiguous",
];

test("only these are left to a person, where the text can be read at all", () => {
  const left = FIXES.filter(
    ({ diagnostic: { severity, code }, pasted }) =>
      severity !== "info" && !/^(?:yaml|file)-/.test(code) && pasted === undefined,
  );
  expect([...new Set(left.map(({ diagnostic }) => kindOf(diagnostic)))].sort()).toEqual([
    ...LEFT_TO_A_PERSON,
    "the whole: type-wrong",
  ]);
});

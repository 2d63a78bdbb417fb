/** A fix that is pasted takes its error away and brings none of form: each case of this folder, each fix of it. */

import { loadSpec } from "../../src/app/load";
import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { readCases } from "./cases";
import { paste } from "./paste";

/** Errors about how something is written: what a program proposes is written well. */
const FORM =
  /^(?:type-wrong|value-|key-unknown|list-empty|text-empty|name-(?:invalid|reserved)|cidr-|ipv6|ports-syntax|host-|why-|yaml-|(?:zone|endpoint)-unknown)/;

const CASES = readCases().flatMap((spec) =>
  loadSpec(spec.text, spec.file).diagnostics.map(
    (told) => [`${spec.file}:${told.line} ${told.code}: ${told.fix}`, spec.text, told] as const,
  ),
);

/** What is said, how often; places move when something is removed. */
function counted(diagnostics: readonly LocatedDiagnostic[]): ReadonlyMap<string, number> {
  const counts = new Map<string, number>();
  for (const { code, summary } of diagnostics)
    counts.set(`${code}: ${summary}`, (counts.get(`${code}: ${summary}`) ?? 0) + 1);
  return counts;
}

describe("pasted where it is proposed", () => {
  test.each(CASES.filter(([, text, told]) => paste(text, told) !== undefined))("%s", (_title, text, told) => {
    const before = counted(loadSpec(text, "x").diagnostics);
    const after = counted(loadSpec(paste(text, told) ?? "", "x").diagnostics);
    const said = `${told.code}: ${told.summary}`;
    if (told.severity === "error") expect(after.get(said) ?? 0).toBeLessThan(before.get(said) ?? 0);
    const more = [...after]
      .filter(([each, count]) => FORM.test(each) && count > (before.get(each) ?? 0))
      .map(([each]) => each);
    // A name that was there before is looked at only now.
    expect(
      more.filter(
        (each) => !/-unknown: no /.test(each) || told.fix?.includes(/"(.*)"/.exec(each)?.[1] ?? ""),
      ),
    ).toEqual([]);
  });
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
  const left = CASES.filter(
    ([, text, { severity, code, ...told }]) =>
      severity !== "info" &&
      !/^(?:yaml|file)-/.test(code) &&
      paste(text, { severity, code, ...told }) === undefined,
  );
  expect([...new Set(left.map(([, , told]) => kindOf(told)))].sort()).toEqual([
    ...LEFT_TO_A_PERSON,
    "the whole: type-wrong",
  ]);
});

/** One list of promises, put to every cloud. What does not hold is an exception with a reason, or a failure. */
import { PROMISES } from "../../src/verifier/promises/all";
import { EXCEPTIONS } from "../../src/verifier/promises/exceptions";
import type { EnclavePromise } from "../../src/verifier/promises/promise";
import { brokenPromises } from "../../src/verifier/verify";
import { COLUMNS, type Column } from "./columns";
import { askingOwn, documentOf, renderedFor, SPEC_NAMES } from "./render";

const titles = PROMISES.map(({ title }) => title);

/** By the spec whose document breaks the promise. */
const brokenIn = (column: Column, { faults }: EnclavePromise) =>
  Object.fromEntries(
    SPEC_NAMES.flatMap((spec) => {
      const found = faults(askingOwn(column, spec));
      return found.length === 0 ? [] : [[spec, found]];
    }),
  );

test("there are at least forty promises, each made once", () => {
  expect(titles.length).toBeGreaterThanOrEqual(40);
  expect(new Set(titles).size).toBe(titles.length);
});

test("each column is rendered for the plugin that it names", () => {
  const ranges = COLUMNS.map(
    (column) =>
      /"source":"(?<source>[^"]+)","version":">= (?<major>\d+)\./.exec(
        JSON.stringify(documentOf(column, "bare")),
      )?.groups,
  );
  expect(ranges.map((range) => ({ ...range }))).toEqual([
    { source: "hashicorp/aws", major: "5" },
    { source: "hashicorp/azurerm", major: "4" },
    { source: "hashicorp/azurerm", major: "5" },
    { source: "hashicorp/google", major: "6" },
  ]);
});

describe.each(COLUMNS)("on $name", (column) => {
  const exceptions = EXCEPTIONS[column.cloud];
  const excepted = (title: string): boolean => exceptions.some(({ promise }) => promise === title);

  test.each(PROMISES.filter(({ title }) => !excepted(title)))("$title", (promise) => {
    expect(brokenIn(column, promise)).toEqual({});
  });

  const known = PROMISES.filter(({ title }) => excepted(title));
  if (known.length > 0)
    test.each(known)("it is an exception that $title", (promise) => {
      expect(brokenIn(column, promise)).not.toEqual({});
    });

  test("exceptions name promises that are made, each once, and say why", () => {
    const named = exceptions.map(({ promise }) => promise);
    expect(named.filter((each) => !titles.includes(each))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
    expect(exceptions.filter(({ reason }) => reason.length <= 20)).toEqual([]);
  });

  test.each(SPEC_NAMES)("%s breaks no promise that is asked before it is written", (spec) => {
    const { document, enclave, addresses } = renderedFor(column, spec);
    expect(brokenPromises(column.cloud, document, enclave, addresses)).toEqual([]);
  });
});

/** One list of sentences, put to every cloud. What does not hold is an exception with a reason, or a failure. */

import { READERS } from "../../src/verifier/readers";
import type { Sentence } from "./asking";
import { COLUMNS, type Column } from "./columns";
import { EXCEPTIONS } from "./exceptions";
import { documentOf } from "./render";
import { SENTENCES } from "./sentences";

const titles = SENTENCES.map(({ title }) => title);

function contradictions(column: Column, { spec, contradictions: ask }: Sentence): readonly string[] {
  const document = documentOf(column, spec);
  return ask(READERS[column.cloud](document), document);
}

test("there are at least forty sentences, each said once", () => {
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
  const excepted = (title: string): boolean => exceptions.some(({ sentence }) => sentence === title);

  test.each(SENTENCES.filter(({ title }) => !excepted(title)))("$title", (sentence) => {
    expect(contradictions(column, sentence)).toEqual([]);
  });

  const known = exceptions.filter(({ sentence }) => titles.includes(sentence));
  if (known.length > 0)
    test.each(known)("it is an exception that $sentence", ({ sentence, reason }) => {
      const [found] = SENTENCES.filter(({ title }) => title === sentence);
      expect(reason.length).toBeGreaterThan(20);
      if (found !== undefined) expect(contradictions(column, found)).not.toEqual([]);
    });

  test("exceptions name sentences that exist, each once", () => {
    const named = exceptions.map(({ sentence }) => sentence);
    expect(named.filter((each) => !titles.includes(each))).toEqual([]);
    expect(new Set(named).size).toBe(named.length);
  });
});

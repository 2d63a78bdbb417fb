/** The tables of docs/spec.md are written from the schema, the services and the rules; the text around them is by hand. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { LISTED_ITEMS, NAMED_ITEMS } from "../../src/spec/schema/schema";
import { expectGolden } from "../support/golden";
import { tablesIn, withTables } from "./spec-tables";

const FILE = join(__dirname, "../../docs/spec.md");
const PAGE = readFileSync(FILE, "utf8");

test("the tables of the page are what the schema, the services and the rules say", () => {
  expectGolden(FILE, withTables(PAGE));
});

test("the page has a table for the settings, for each part, for the services and for the rules", () => {
  const parts = Object.keys({ ...NAMED_ITEMS, ...LISTED_ITEMS });
  expect(tablesIn(PAGE).sort()).toEqual([...parts, "enclave", "services", "rules"].sort());
});

test("a table that is not up to date is noticed", () => {
  const stale = PAGE.replace("| `secrets` |", "| `passwords` |");
  expect(stale).not.toBe(PAGE);
  expect(withTables(stale)).toBe(withTables(PAGE));
});

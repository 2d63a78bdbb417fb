/** A cloud is spelt in its own file of facts and nowhere else in src, so that another cloud is added in one place. */
import { readFileSync } from "node:fs";
import path from "node:path";
import { CLOUDS } from "../../src/clouds/cloud";
import { CLOUD_FACTS } from "../../src/clouds/clouds";
import { enclaveJsonSchema } from "../../src/spec/schema/schema";
import { sourceFiles, withoutComments } from "./rooms";

const ROOT = path.resolve(__dirname, "../..");

/** Folders that are about one cloud each. */
const OF_CLOUDS = /^src\/(?:clouds|verifier)\//;

/** Files that spell a cloud, each with the reason. */
const EXCEPTIONS: Readonly<Record<string, string>> = {
  "src/cli/commands.ts": "examples of command lines",
  "src/cli/help.ts": "examples of command lines",
  "src/diagnostics/cloud-codes.ts": "codes and their examples, one section for each cloud",
  "src/diagnostics/run-codes.ts": "examples of codes",
  "src/diagnostics/spec-codes.ts": "examples of codes",
};

const WORDS = CLOUDS.flatMap((cloud) => [cloud, CLOUD_FACTS[cloud].title]);
const SPELT = new RegExp(`\\b(?:${WORDS.join("|")})\\b`, "i");

const spells = (file: string): boolean =>
  SPELT.test(withoutComments(readFileSync(path.join(ROOT, file), "utf8")));

test("no other file of src spells a cloud", () => {
  const files = sourceFiles(ROOT, ["src"]).filter((file) => !OF_CLOUDS.test(file));
  expect(files.length).toBeGreaterThan(80);
  expect(files.filter((file) => spells(file) && !(file in EXCEPTIONS))).toEqual([]);
});

test("every file that may spell a cloud does", () =>
  expect(Object.keys(EXCEPTIONS).filter((file) => !spells(file))).toEqual([]));

test.each([
  ["a literal", 'const cloud = "aws";', true],
  ["a key", "const regions = { azure: 1 };", true],
  ["a member", "settings.google", true],
  ["a title in a message", '"not in this version of AWS"', true],
  ["a comment", "/** AWS keeps five. */\n// as google does\nconst five = 5;", false],
  ["a longer word", 'const backend = "azurerm";', false],
])("a cloud is found in %s", (_, text, found) => expect(SPELT.test(withoutComments(text))).toBe(found));

/** Every mapping of the JSON Schema that has a key for some cloud, by the path to it. */
function mappingsByCloud(schema: unknown, at: string): [string, string[]][] {
  if (typeof schema !== "object" || schema === null) return [];
  const below = Object.entries(schema).flatMap(([key, each]) => mappingsByCloud(each, `${at}/${key}`));
  const keys = Object.keys((schema as { properties?: object }).properties ?? {});
  const clouds = keys.filter((key) => (CLOUDS as readonly string[]).includes(key));
  return clouds.length === 0 ? below : [[at, clouds], ...below];
}

test("where the spec has a key for one cloud it has one for each", () => {
  const all = mappingsByCloud(enclaveJsonSchema(), "");
  // Beside what all clouds have, the logs of some have settings of their own.
  const [logging, ...none] = all.filter(([at]) => at.endsWith("logging"));
  const withOwn = CLOUDS.filter((cloud) => Object.keys(CLOUD_FACTS[cloud].logging.shape).length > 0);
  expect([logging?.[1], none]).toEqual([withOwn, []]);
  const mappings = all.filter((each) => each !== logging);
  expect(mappings.length).toBe(9);
  for (const [at, clouds] of mappings) expect([at, clouds.sort()]).toEqual([at, [...CLOUDS].sort()]);
});

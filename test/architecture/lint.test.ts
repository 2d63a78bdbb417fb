/** Proves that the linter itself stops a forbidden import: the rule's patterns match text, so a typing error in one would go unseen. */
import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const ROOT = path.resolve(__dirname, "../..");
const BIOME = path.join(ROOT, "node_modules/@biomejs/biome/bin/biome");

const FORBIDDEN: readonly (readonly [string, string, string])[] = [
  ["net reads the model", "src/net/probe.ts", "../model/enclave"],
  ["the model reads the addresses", "src/model/probe.ts", "../addresses/address"],
  ["a check of the model reads the plan", "src/model/checks/probe.ts", "../../plan/network-plan"],
  ["addresses read the plan", "src/addresses/probe.ts", "../plan/network-plan"],
  ["the plan reads the provider interface", "src/plan/probe.ts", "../provider"],
  ["the plan reads cdktf", "src/plan/probe.ts", "cdktf"],
  ["the model reads constructs", "src/model/probe.ts", "constructs"],
  ["diagnostics read the model", "src/diagnostics/probe.ts", "../model/enclave"],
  ["the provider interface reads cdktf", "src/provider.ts", "cdktf"],
  ["one cloud reads another", "providers/azure/probe.ts", "../aws/network"],
  ["a cloud reads another cloud's resources", "providers/google/probe.ts", "@cdktf/provider-aws/lib/vpc"],
  ["a cloud loads a whole provider package", "providers/aws/probe.ts", "@cdktf/provider-aws"],
  ["a stack loads a whole provider package", "stacks/probe.ts", "@cdktf/provider-aws"],
  ["a test loads a whole provider package", "test/probe.ts", "@cdktf/provider-aws"],
  ["a provider reads the stacks", "providers/aws/probe.ts", "../../stacks/document"],
  ["a stack reads the command line", "stacks/probe.ts", "../src/cli/main"],
  ["the command line reads cdktf", "src/cli/probe.ts", "cdktf"],
];

let tree: string;

beforeEach(() => {
  tree = mkdtempSync(path.join(tmpdir(), "enclave-lint-"));
  const config = JSON.parse(readFileSync(path.join(ROOT, "biome.json"), "utf8")) as Record<string, unknown>;
  // The temporary tree is no git checkout and has no node_modules.
  writeFileSync(path.join(tree, "biome.json"), JSON.stringify({ ...config, $schema: undefined, vcs: undefined }));
  cpSync(path.join(ROOT, "src"), path.join(tree, "src"), { recursive: true });
});

afterEach(() => rmSync(tree, { recursive: true, force: true }));

function lint(file: string, text: string): { readonly status: number | null; readonly output: string } {
  mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
  writeFileSync(path.join(tree, file), text);
  const run = spawnSync(process.execPath, [BIOME, "lint", "--colors=off", file], { cwd: tree, encoding: "utf8" });
  return { status: run.status, output: run.stdout + run.stderr };
}

test.each(FORBIDDEN)("the linter stops it: %s", (_title, file, specifier) => {
  const result = lint(file, `import { x } from "${specifier}";\nexport const y = x;\n`);
  expect(result.output).toContain("lint/style/noRestrictedImports");
  expect(result.status).toBe(1);
});

test("the linter lets a provider read the plan and one resource", () => {
  const text =
    'import { Vpc } from "@cdktf/provider-aws/lib/vpc";\nimport type { NetworkPlan } from "../../src/plan/network-plan";\nexport type A = [Vpc, NetworkPlan];\n';
  expect(lint("providers/aws/probe.ts", text.replace("import {", "import type {"))).toMatchObject({ status: 0 });
});

test("the linter stops a cycle", () => {
  mkdirSync(path.join(tree, "src/net"), { recursive: true });
  writeFileSync(path.join(tree, "src/net/one.ts"), 'import { two } from "./two";\nexport const one = (): number => two();\n');
  const result = lint("src/net/two.ts", 'import { one } from "./one";\nexport const two = (): number => one();\n');
  expect(result.output).toContain("lint/suspicious/noImportCycles");
});

describe("the linter stops what is too long", () => {
  const lines = (count: number): string => Array.from({ length: count }, (_, index) => `  console.log(${index});\n`).join("");
  const probe = (count: number): string => `export function probe(): void {\n${lines(count)}}\n`;

  test.each([
    ["a file of 250 lines", "src/net/probe.ts", lines(250), "lint/style/noExcessiveLinesPerFile"],
    ["a test of 250 lines", "test/net/probe.test.ts", lines(250), "lint/style/noExcessiveLinesPerFile"],
    ["a function of 40 lines", "src/net/probe.ts", probe(40), "lint/complexity/noExcessiveLinesPerFunction"],
    ["a function of 40 lines for tests", "test/net/probe.ts", probe(40), "lint/complexity/noExcessiveLinesPerFunction"],
  ])("%s", (_title, file, text, rule) => {
    const result = lint(file, text);
    expect(result.output).toContain(rule);
    expect(result.status).toBe(1);
  });

  test.each([
    ["a file of 249 lines", "src/net/probe.ts", lines(249)],
    ["a function of 39 lines", "src/net/probe.ts", probe(39)],
    ["a group of tests, however long", "test/net/probe.test.ts", `describe("probe", () => {\n${lines(100)}});\n`],
  ])("but not %s", (_title, file, text) => expect(lint(file, text).output).not.toContain("noExcessive"));
});

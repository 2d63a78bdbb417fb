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
  ["a check reads the plan", "src/checks/probe.ts", "../plan/network-plan"],
  ["addresses read the plan", "src/addresses/probe.ts", "../plan/network-plan"],
  ["the plan reads a provider", "src/plan/probe.ts", "../../providers/aws/provider"],
  ["the plan reads cdktf", "src/plan/probe.ts", "cdktf"],
  ["the model reads constructs", "src/model/probe.ts", "constructs"],
  ["diagnostics read the model", "src/diagnostics/probe.ts", "../model/enclave"],
  ["the form of a spec reads its meaning", "src/spec/read/probe.ts", "../../checks/flows"],
  ["a role rule reads a check", "src/rules/probe.ts", "../checks/flows"],
  ["the verifier reads the plan", "src/verifier/aws/probe.ts", "../../plan/network-plan"],
  ["the verifier reads a renderer", "src/verifier/probe.ts", "../../providers/aws/provider"],
  ["what clouds share reads a cloud", "providers/shared/probe.ts", "../aws/render/naming"],
  ["a use case reads the command line", "src/app/probe.ts", "../cli/main"],
  ["one cloud reads another", "providers/azure/probe.ts", "../aws/network"],
  ["a cloud reads another cloud's resources", "providers/google/probe.ts", "@cdktf/provider-aws/lib/vpc"],
  ["a cloud loads a whole provider package", "providers/aws/probe.ts", "@cdktf/provider-aws"],
  ["a stack loads a whole provider package", "stacks/probe.ts", "@cdktf/provider-aws"],
  ["a test loads a whole provider package", "test/probe.ts", "@cdktf/provider-aws"],
  ["a provider reads the stacks", "providers/aws/probe.ts", "../../stacks/document"],
  ["a stack reads the command line", "stacks/probe.ts", "../src/cli/main"],
  ["a stack reads the pass line", "stacks/probe.ts", "../src/app/synthesize"],
  ["the command line reads cdktf", "src/cli/probe.ts", "cdktf"],
];

const imports = (specifier: string): string => `import { x } from "${specifier}";\nexport const y = x;\n`;
const lines = (count: number): string =>
  Array.from({ length: count }, (_, index) => `  console.log(${index});\n`).join("");
const long = (count: number): string => `export function probe(): void {\n${lines(count)}}\n`;
const group = `describe("probe", () => {\n${lines(100)}});\n`;
const RESOURCE =
  'import type { Vpc } from "@cdktf/provider-aws/lib/vpc";\nimport type { NetworkPlan } from "../../src/plan/network-plan";\nexport type A = [Vpc, NetworkPlan];\n';

const STOPPED: readonly (readonly [string, string, string, string])[] = [
  ...FORBIDDEN.map(
    ([title, file, specifier]) =>
      [title, file, imports(specifier), "lint/style/noRestrictedImports"] as const,
  ),
  [
    "a cycle",
    "src/net/two.ts",
    'import { one } from "./one";\nexport const two = (): number => one();\n',
    "lint/suspicious/noImportCycles",
  ],
  ["a file of 250 lines", "src/net/probe.ts", lines(250), "lint/style/noExcessiveLinesPerFile"],
  ["a test of 250 lines", "test/net/probe.test.ts", lines(250), "lint/style/noExcessiveLinesPerFile"],
  ["a function of 40 lines", "src/net/probe.ts", long(40), "lint/complexity/noExcessiveLinesPerFunction"],
  [
    "a function of 40 lines for tests",
    "test/net/probe.ts",
    long(40),
    "lint/complexity/noExcessiveLinesPerFunction",
  ],
];

const LET_THROUGH: readonly (readonly [string, string, string, string])[] = [
  [
    "a provider that reads the plan and one resource",
    "providers/aws/probe.ts",
    RESOURCE,
    "noRestrictedImports",
  ],
  ["a file of 249 lines", "src/net/probe.ts", lines(249), "noExcessive"],
  ["a function of 39 lines", "src/net/probe.ts", long(39), "noExcessive"],
  ["a group of tests, however long", "test/net/probe.test.ts", group, "noExcessive"],
];

/** Each probe has a file of its own, so that the linter, which takes a second to begin, is asked once about all of them. */
const PROBES = [...STOPPED, ...LET_THROUGH].map(([title, file, text, rule], index) => ({
  title,
  file: file.replace("probe", `probe-${index}`),
  text,
  rule,
}));

interface Report {
  readonly diagnostics: readonly {
    readonly category: string;
    readonly location: { readonly path: unknown };
  }[];
}

let tree: string;
let said: Report["diagnostics"];

beforeAll(() => {
  tree = mkdtempSync(path.join(tmpdir(), "enclave-lint-"));
  const config = JSON.parse(readFileSync(path.join(ROOT, "biome.json"), "utf8")) as Record<string, unknown>;
  // The temporary tree is no git checkout and has no node_modules.
  writeFileSync(
    path.join(tree, "biome.json"),
    JSON.stringify({ ...config, $schema: undefined, vcs: undefined }),
  );
  cpSync(path.join(ROOT, "src"), path.join(tree, "src"), { recursive: true });
  writeFileSync(
    path.join(tree, "src/net/one.ts"),
    'import { two } from "./two";\nexport const one = (): number => two();\n',
  );
  for (const { file, text } of PROBES) {
    mkdirSync(path.dirname(path.join(tree, file)), { recursive: true });
    writeFileSync(path.join(tree, file), text);
  }
  const run = spawnSync(
    process.execPath,
    [BIOME, "lint", "--reporter=json", "--max-diagnostics=none", ...PROBES.map(({ file }) => file)],
    { cwd: tree, encoding: "utf8" },
  );
  expect(run.status).toBe(1);
  said = (JSON.parse(run.stdout) as Report).diagnostics;
});

afterAll(() => rmSync(tree, { recursive: true, force: true }));

const rulesAgainst = (file: string): string[] =>
  said.filter(({ location }) => JSON.stringify(location.path).includes(file)).map(({ category }) => category);

test.each(PROBES.slice(0, STOPPED.length).map(({ title, file, rule }) => [title, file, rule] as const))(
  "the linter stops it: %s",
  (_title, file, rule) => expect(rulesAgainst(file)).toContain(rule),
);

test.each(PROBES.slice(STOPPED.length).map(({ title, file, rule }) => [title, file, rule] as const))(
  "the linter lets it through: %s",
  (_title, file, rule) => expect(rulesAgainst(file).filter((each) => each.includes(rule))).toEqual([]),
);

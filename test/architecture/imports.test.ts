import { readFileSync } from "node:fs";
import path from "node:path";
import { allImports, importsOf, sourceFiles, violation } from "./rooms";

const ROOT = path.resolve(__dirname, "../..");

describe("the rooms of the code", () => {
  test("every import goes along the pass line", () => {
    expect(allImports(ROOT).map(violation).filter(Boolean)).toEqual([]);
  });

  test("the search sees the imports that exist", () => {
    const imports = allImports(ROOT);
    expect(imports).toContainEqual({ file: "src/plan/network-plan.ts", specifier: "../addresses/address" });
    expect(imports.length).toBeGreaterThan(20);
  });

  test("zod is imported as a namespace, so that the built command holds only the parts of it that are used", () => {
    const named = sourceFiles(ROOT, ["src"]).filter((file) =>
      /^import \{[^}]*\} from "zod"/m.test(readFileSync(path.join(ROOT, file), "utf8")),
    );
    expect(named).toEqual([]);
  });

  test.each([
    [
      "the model reads the plan",
      "src/model/enclave.ts",
      "../plan/plan",
      'src/model/enclave.ts: "model" may not import "plan" ("../plan/plan")',
    ],
    ["addresses read the plan", "src/addresses/a.ts", "../plan/plan", '"addresses" may not import "plan"'],
    [
      "the plan reads a provider",
      "src/plan/plan.ts",
      "../../providers/aws/network",
      '"plan" may not import "providers/aws"',
    ],
    ["the plan reads cdktf", "src/plan/plan.ts", "cdktf", '"plan" may not import "cdktf"'],
    ["the model reads a file", "src/spec/read/draft.ts", "node:fs", 'reaches the machine by "node:fs"'],
    [
      "diagnostics read the model",
      "src/diagnostics/format.ts",
      "../model/enclave",
      '"diagnostics" may not import "model"',
    ],
    [
      "one cloud reads another",
      "providers/azure/network.ts",
      "../aws/naming",
      '"providers/azure" may not import "providers/aws"',
    ],
    [
      "a cloud reads another cloud's resources",
      "providers/aws/x.ts",
      "@cdktf/provider-google/lib/vpc",
      "may not import",
    ],
    [
      "a cloud loads a whole provider package",
      "providers/aws/network.ts",
      "@cdktf/provider-aws",
      "may not import",
    ],
    [
      "a cloud reads the list of clouds",
      "providers/aws/network.ts",
      "../index",
      '"providers/aws" may not import "providers"',
    ],
    [
      "what clouds share reads a cloud",
      "providers/shared/resources.ts",
      "../aws/render/naming",
      '"providers/shared" may not import "providers/aws"',
    ],
    [
      "a provider reads the stacks",
      "providers/aws/provider.ts",
      "../../stacks/document",
      '"providers/aws" may not import "stacks"',
    ],
    ["a stack reads the command line", "stacks/main.ts", "../src/cli/main", '"main" may not import "cli"'],
    ["the command line reads cdktf", "src/cli/main.ts", "cdktf", '"cli" may not import "cdktf"'],
    ["the verifier reads the plan", "src/verifier/x.ts", "../plan/plan", '"verifier" may not import "plan"'],
    [
      "the verifier reads a renderer",
      "src/verifier/x.ts",
      "../../providers/aws/provider",
      '"verifier" may not import "providers/aws"',
    ],
    [
      "a stack reads the pass line",
      "stacks/document.ts",
      "../src/app/synthesize",
      '"stacks" may not import "app"',
    ],
    [
      "the form of a spec reads its meaning",
      "src/spec/read/draft.ts",
      "../../checks/flows",
      '"spec" may not import "checks"',
    ],
    ["a room nobody decided on", "src/helpers/x.ts", "yaml", 'the room "helpers" has no row'],
  ])("is refused: %s", (_title, file, specifier, message) => {
    expect(violation({ file, specifier })).toContain(message);
  });

  test.each([
    ["a resource by its deep path", "providers/aws/network.ts", "@cdktf/provider-aws/lib/vpc"],
    ["the index of providers reads a cloud", "providers/index.ts", "./aws/provider"],
    ["a stack reads the index of providers", "stacks/document.ts", "../providers/index"],
    ["a provider reads the plan", "providers/aws/flow-rules.ts", "../../src/plan/network-plan"],
    ["a cloud reads what clouds share", "providers/aws/provider.ts", "../shared/rendering"],
    ["a sibling", "src/checks/flows.ts", "./endpoints"],
  ])("is allowed: %s", (_title, file, specifier) => {
    expect(violation({ file, specifier })).toBeUndefined();
  });

  test.each([
    ["a type import", 'import type { A } from "x";', ["x"]],
    ["several lines", 'import {\n  a,\n  b,\n} from "x";\nimport "y";', ["x", "y"]],
    ["a re-export", 'export { a } from "x";\nexport * from "y";', ["x", "y"]],
    ["a late import", 'const a = await import("x"); const b = require("y");', ["x", "y"]],
    ["a type in place", 'type A = import("x").A;', ["x"]],
    ["a comment", '// import "x";\n/* import "y"; */', []],
    ["no import", 'export const a = "x";\nexport function f(from: string) { return "y"; }', []],
  ])("an import is found in %s", (_title, text, expected) => {
    expect(importsOf("f.ts", text).map((found) => found.specifier)).toEqual(expected);
  });
});

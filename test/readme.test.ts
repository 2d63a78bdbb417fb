/** Every command that the README shows is typed as it stands, one after the other, in a copy of the checkout. */
import { spawnSync } from "node:child_process";
import {
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { commandsIn, missingLines } from "./support/console-blocks";

const ROOT = join(__dirname, "..");
const COPIED = ["package.json", "tsconfig.json", "cdktf.json", "src", "stacks", "providers", "examples"];

let copy: string;
let tools: string;

beforeAll(() => {
  const directory = mkdtempSync(join(tmpdir(), "enclave-readme-"));
  [copy, tools] = [join(directory, "ai-enclave"), join(directory, "bin")];
  mkdirSync(copy);
  mkdirSync(tools);
  for (const name of COPIED)
    if (existsSync(join(ROOT, name))) cpSync(join(ROOT, name), join(copy, name), { recursive: true });
  symlinkSync(join(ROOT, "node_modules"), join(copy, "node_modules"));
  const tsx = join(ROOT, "node_modules/.bin/tsx");
  const cdktf = join(ROOT, "node_modules/.bin/cdktf");
  tool(
    "npx",
    `case "$1" in
      enclave) shift; exec "${tsx}" "${copy}/src/cli/main.ts" "$@";;
      cdktf) shift; exec "${cdktf}" "$@";;
      tsx) shift; exec "${tsx}" "$@";;
    esac`,
  );
  // Installing and testing are what happens right now, and Terraform has its own suite: here they need only be real commands.
  tool(
    "npm",
    `case "$1" in ci|install|test) exit 0;; run) grep -q "\\"$2\\":" "${copy}/package.json" && exit 0;; esac`,
  );
  tool(
    "terraform",
    `case "$1" in version|-v) echo '{"terraform_version":"1.9.0"}'; exit 0;; esac
    for word in "$@"; do case "$word" in -chdir=*) cd "\${word#-chdir=}";; esac; done
    ls ./*.tf.json > /dev/null && exit 0`,
  );
  tool("git", '[ "$1" = clone ] && exit 0');
});

afterAll(() => rmSync(join(copy, ".."), { recursive: true }));

/** Whatever the script does not answer is refused, so that no shown command goes untested unnoticed. */
function tool(name: string, script: string): void {
  writeFileSync(
    join(tools, name),
    `#!/bin/sh\n${script}\necho "${name} $*: the test of the README knows no such command" >&2\nexit 127\n`,
  );
  chmodSync(join(tools, name), 0o755);
}

const readme = (): string => readFileSync(join(ROOT, "README.md"), "utf8");

test("the README shows how to synthesize", () => {
  expect(commandsIn(readme()).map(({ command }) => command)).toEqual(
    expect.arrayContaining([expect.stringMatching(/^npx enclave synth /)]),
  );
});

test("every command that the README shows does what it says", () => {
  const failures = commandsIn(readme()).flatMap(({ command, line, output, exitCode }) => {
    // A reader who has cloned goes into the checkout; the copy is one already.
    if (/^cd \S+$/.test(command)) return [];
    const env = {
      PATH: `${tools}:${process.env["PATH"]}`,
      HOME: copy,
      NO_COLOR: "1",
      CI: "1",
      CHECKPOINT_DISABLE: "1",
    };
    const ended = spawnSync("bash", ["-c", `set -o pipefail; ${command}`], {
      cwd: copy,
      env,
      encoding: "utf8",
      timeout: 60_000,
    });
    const said = `${ended.stdout}${ended.stderr}`;
    const missing = missingLines(output, said);
    if (ended.status === exitCode && missing.length === 0) return [];
    return [
      `README.md:${line}: ${command}\n  exit ${ended.status}, ${exitCode} shown\n  lines shown but not printed: ${missing.join("\n    ")}\n  printed: ${said}`,
    ];
  });
  expect(failures).toEqual([]);
}, 120_000);

describe("reading a page", () => {
  const page = [
    "```console",
    "$ one \\",
    "    --flag # why",
    "out 1",
    "…",
    "out 2",
    "$ two # exit 2",
    "```",
    "```yaml",
    "$ no",
    "```",
    "```sh",
    "# said",
    "three",
    "```",
  ];

  test("finds commands, what they print and how they end", () => {
    expect(commandsIn(page.join("\n"))).toEqual([
      { line: 2, command: "one --flag", output: ["out 1", "…", "out 2"], exitCode: 0 },
      { line: 7, command: "two", output: [], exitCode: 2 },
      { line: 14, command: "three", output: [], exitCode: 0 },
    ]);
  });

  test.each([
    ["in order", ["a", "c"], []],
    ["with dots for the rest", ["a", "…", "d"], []],
    ["out of order", ["c", "a"], ["a"]],
    ["not at all", ["x"], ["x"]],
  ])("compares shown lines %s", (_, shown, missing) => {
    expect(missingLines(shown, "a\nb\nc\nd\n")).toEqual(missing);
  });
});

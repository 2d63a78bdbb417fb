import manifest from "../../package.json";
import { COMMANDS, LATER } from "../../src/cli/commands";
import { enclave } from "../support/terminal";

describe("the command line", () => {
  test.each([
    ["no command", [], "command-missing", "synth: write checked Terraform"],
    ["help for a command that there is not", ["help", "snyth"], "command-unknown", 'mean "synth"?'],
    ["a short flag that is long", ["synth", "a.yaml", "-o", "x"], "flag-unknown", 'mean "--out"?'],
    [
      "a long flag with one dash",
      ["synth", "a.yaml", "-out=x"],
      "flag-unknown",
      'no flag "-out"\n  Did you mean "--out"? Its flags are --cloud, --out, ',
    ],
    ["a mistyped command", ["snyth", "a.yaml"], "command-unknown", 'mean "synth"?'],
    [
      "a command that is nothing like any",
      ["frobnicate"],
      "command-unknown",
      "The commands are init, synth, fix, schema.",
    ],
    ["a mistyped flag", ["synth", "a.yaml", "--clod", "aws"], "flag-unknown", "--cloud"],
    ["a flag of another command", ["schema", "--cloud", "aws"], "flag-unknown", "--format"],
    ["an unknown flag without a command", ["--colour"], "flag-unknown", "--no-color"],
    ["an unknown short flag", ["schema", "-x"], "flag-unknown", "-x"],
    ["a flag without its value", ["synth", "a.yaml", "--out"], "flag-value", "--out DIR"],
    [
      "a flag whose value is the next flag",
      ["synth", "a.yaml", "--out", "--frozen-lock"],
      "flag-value",
      "--out DIR",
    ],
    ["a flag with an empty value", ["synth", "a.yaml", "--out="], "flag-value", "--out DIR"],
    ["a switch with a value", ["synth", "a.yaml", "--frozen-lock=yes"], "flag-value", "takes no value"],
    ["a cloud as others call it", ["synth", "a.yaml", "--cloud", "gcp"], "cloud-unknown", 'mean "google"?'],
    [
      "a value that is like no choice",
      ["synth", "a.yaml", "--azurerm", "seven"],
      "flag-value",
      "It is one of 4, 5.",
    ],
    [
      "a flag that stands twice",
      ["synth", "a.yaml", "--cloud", "aws", "--cloud", "azure"],
      "flag-repeated",
      "--cloud",
    ],
    ["an operand too few", ["synth"], "operand-missing", "Usage: ai-enclave synth SPEC"],
    ["an operand too many", ["synth", "a.yaml", "b.yaml"], "operand-unexpected", "b.yaml"],
    ["an unknown template", ["init", "--template", "private-ragg"], "flag-value", 'mean "private-rag"?'],
    [
      "a template that is not in this version",
      ["init", "--template", "zero-trust"],
      "template-not-built",
      "not in this version",
    ],
  ])("refuses %s with code 2 and says what to do", async (_, args, code, words) => {
    const ended = await enclave(args);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toContain(`<command line>:1:1: error ${code}: `);
    expect(ended.stderr).toContain(words);
  });

  test("reports a usage error as the one JSON document when JSON was asked for", async () => {
    const ended = await enclave(["--format", "json", "synth", "--bogus"]);
    expect(ended).toMatchObject({ code: 2, stderr: "" });
    expect(JSON.parse(ended.stdout)).toEqual({
      diagnostics: [
        expect.objectContaining({
          severity: "error",
          code: "flag-unknown",
          file: "<command line>",
          line: 1,
          column: 1,
          path: "",
          facts: {},
          edits: [],
        }),
      ],
    });
  });

  test.each([
    "module",
    "verify",
    "audit",
    "explain",
    "blast",
    "diff",
    "assess",
    "report",
    "graph",
    "mesh",
    "probe",
  ])("answers that %s is not in this version, whatever follows it", async (name) => {
    for (const args of [["a.yaml", "--from", "x"], ["--help"]])
      expect(await enclave([name, ...args])).toEqual({
        code: 2,
        stdout: "",
        stderr: expect.stringContaining(`error command-not-built: "${name}" is not in this version`),
      });
  });

  test.each([[["--version"]], [["-v"]], [["version"]], [["synth", "--version"]]])(
    "prints the version alone on a line for %j",
    async (args) => {
      expect(await enclave(args)).toEqual({ code: 0, stdout: `${manifest.version}\n`, stderr: "" });
    },
  );

  test("tells a long flag with one dash once, and short flags together are several", async () => {
    expect((await enclave(["schema", "-quiet"])).stderr.match(/error flag-unknown/g)).toEqual([
      "error flag-unknown",
    ]);
    expect((await enclave(["synth", "-qh"])).code).toBe(0);
  });
});

describe("help", () => {
  test.each(COMMANDS.map((command) => command.name))(
    "of %s shows an example that begins with the command",
    async (name) => {
      const ended = await enclave([name, "--help"]);
      expect(ended).toMatchObject({ code: 0, stderr: "" });
      expect(ended.stdout).toMatch(new RegExp(`\\nExamples?:\\n  ai-enclave ${name}\\b`));
    },
  );

  test.each(COMMANDS.flatMap((command) => command.examples.map((example) => [example])))(
    "names only flags that exist: %s",
    async (example) => {
      const words = example
        .replace(/^ai-enclave /, "")
        .replace(/ [<>] .*$/, "")
        .split(" ");
      const ended = await enclave([...words, "--help"]);
      expect(ended.code).toBe(0);
      const unread = await enclave([...words, "--bogus"]);
      expect(`${unread.stdout}${unread.stderr}`.match(/\b(flag|operand|command)-[a-z]+/g)).toEqual([
        "flag-unknown",
      ]);
    },
  );

  test("of the whole lists every command that there is, no other, and an example", async () => {
    const { stdout, code } = await enclave(["--help"]);
    expect(code).toBe(0);
    for (const { name } of COMMANDS) expect(stdout).toMatch(new RegExp(`^  ${name}\\b`, "m"));
    for (const name of LATER) expect(stdout).not.toMatch(new RegExp(`\\b${name}\\b`));
    expect(stdout).toContain("Example:\n  ai-enclave synth");
  });

  test.each([["-h"], ["--help"], ["help"]])(
    "is asked for with %s before the command as with --help after it",
    async (flag) => {
      expect((await enclave([flag, "synth"])).stdout).toBe((await enclave(["synth", "--help"])).stdout);
      expect((await enclave([flag])).stdout).toBe((await enclave(["--help"])).stdout);
    },
  );
});

describe("a bug of ours", () => {
  const broken = {
    ...COMMANDS[0],
    name: "broken",
    examples: [],
    flags: {},
    run: () => Promise.reject(new Error("it\nfell over")),
  };
  const commands = [broken as never];

  test("ends with code 70 and one line", async () => {
    const ended = await enclave(["broken"], { commands });
    expect(ended).toMatchObject({ code: 70, stdout: "" });
    expect(ended.stderr).toMatch(/^enclave: error internal: it fell over .*\n$/);
  });

  test("shows where when ENCLAVE_DEBUG asks", async () => {
    const ended = await enclave(["broken"], { commands, env: { ENCLAVE_DEBUG: "1" } });
    expect(ended.stderr).toMatch(/\n {4}at /);
  });

  test("is a JSON document where JSON was asked for", async () => {
    const ended = await enclave(["broken", "--format", "json"], { commands });
    expect(ended).toMatchObject({ code: 70, stderr: "" });
    expect(JSON.parse(ended.stdout).diagnostics).toEqual([
      expect.objectContaining({ code: "internal", detail: "it fell over" }),
    ]);
  });
});

import type { Cloud } from "../../src/clouds/cloud";
import { type Scratch, scratch } from "../support/scratch";
import { AWS, type Behaviours, errorAtBack, FINDING, INVALID, runSynth } from "../support/small-synth";
import type { Session } from "../support/terminal";

let room: Scratch;

beforeEach(() => {
  room = scratch();
  room.write("s.enclave.yaml", AWS);
});

afterEach(() => room.remove());

const run = (
  args: readonly string[],
  session: Session & { built?: readonly Cloud[]; behaviours?: Behaviours } = {},
) => runSynth(room.path, args, session);

describe("nothing is written", () => {
  const cases: [string, string, readonly string[], number, Behaviours][] = [
    ["the spec is invalid", INVALID, [], 2, {}],
    ["an assertion is broken", FINDING, [], 1, {}],
    ["an assertion is broken and the spec is invalid", FINDING.replace("hosts: 10", "host: 10"), [], 2, {}],
    [
      "one cloud of all refuses the plan",
      AWS,
      ["--cloud", "all"],
      2,
      { google: { review: () => [errorAtBack("quota")] } },
    ],
    [
      "one cloud of all cannot be rendered",
      AWS,
      ["--cloud", "all"],
      70,
      { google: { fails: new Error("fell over") } },
    ],
    [
      "one cloud of all is rendered wrongly",
      AWS,
      ["--cloud", "all"],
      70,
      { azure: { broken: ["a rule admits everything"] } },
    ],
    ["the lock would change and must not", AWS, ["--frozen-lock"], 2, {}],
    ["the lock file is damaged", AWS, ["--lock", "s.enclave.yaml"], 2, {}],
    ["the output directory is a file", AWS, ["--out", "s.enclave.yaml"], 2, {}],
  ];

  test.each(cases)("when %s", async (_, spec, args, code, behaviours) => {
    room.write("s.enclave.yaml", spec);
    const before = room.files();
    const ended = await run(["s.enclave.yaml", ...args], { behaviours });
    expect(ended).toMatchObject({ code, stdout: "" });
    expect(ended.stderr).toMatch(/ error /);
    expect(room.files()).toEqual(before);
  });

  test.each(cases)("and JSON says why when %s", async (_, spec, args, code, behaviours) => {
    room.write("s.enclave.yaml", spec);
    const ended = await run(["s.enclave.yaml", ...args, "--format", "json"], { behaviours });
    expect(ended).toMatchObject({ code, stderr: "" });
    const { diagnostics, clouds = {} } = JSON.parse(ended.stdout);
    expect(clouds).toEqual({});
    const shape = {
      severity: "error",
      code: expect.any(String),
      summary: expect.any(String),
      detail: expect.any(String),
      path: expect.any(String),
    };
    expect(diagnostics).toContainEqual(
      expect.objectContaining({
        ...shape,
        file: expect.any(String),
        line: expect.any(Number),
        column: expect.any(Number),
        facts: expect.any(Object),
        edits: expect.any(Array),
      }),
    );
  });

  test("to any cloud when a file of somebody else's lies in one cloud's place", async () => {
    room.write("enclave.out/google/main.tf.json", '{"resource": {}}');
    const before = room.files();
    const ended = await run(["s.enclave.yaml", "--cloud", "all"]);
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(/^enclave\.out\/google\/main\.tf\.json:1:1: error output-refused: /);
    expect(room.files()).toEqual(before);
  });

  test("beside a versions.tf of somebody else's", async () => {
    room.write("enclave.out/aws/versions.tf", "terraform {}\n");
    const before = room.files();
    const ended = await run(["s.enclave.yaml"]);
    expect(ended.stderr).toMatch(/^enclave\.out\/aws\/versions\.tf:1:1: error output-refused: /);
    expect(room.files()).toEqual(before);
  });

  test("and the error names what a wrong rendering does not hold, and where", async () => {
    const ended = await run(["s.enclave.yaml"], {
      behaviours: { aws: { broken: ["it admits everything", "a name is missing"] } },
    });
    expect(ended.stderr).toMatch(
      /^enclave: error internal: .*aws is not what was asked for: .*aws_rule: it admits everything; .*aws_rule: a name is missing .*\n$/,
    );
  });

  test("and of many broken promises the error names the first few and the number of the rest", async () => {
    const ended = await run(["s.enclave.yaml"], {
      behaviours: { aws: { broken: Array.from({ length: 12 }, (_, index) => `fault ${index}`) } },
    });
    expect(ended.stderr).toMatch(/fault 4; 7 more .*\n$/);
  });
});

describe("diagnostics", () => {
  test("of a cloud stand at the line that they are about, among the others in order", async () => {
    room.write("s.enclave.yaml", FINDING);
    const ended = await run(["s.enclave.yaml"], {
      behaviours: { aws: { review: () => [errorAtBack("quota", "too many")] } },
    });
    expect(ended.stderr.match(/^s\.enclave\.yaml:\d+:\d+: error [a-z-]+/gm)).toEqual([
      expect.stringMatching(/^s\.enclave\.yaml:6:\d+: error quota/),
      expect.stringMatching(/^s\.enclave\.yaml:12:\d+: error /),
    ]);
    expect(ended.code).toBe(2);
  });

  test("that are warnings are printed and forbid nothing", async () => {
    const warning = { ...errorAtBack("many-rules", "many rules"), severity: "warning" as const };
    const ended = await run(["s.enclave.yaml", "--quiet"], {
      behaviours: { aws: { review: () => [warning] } },
    });
    expect(ended).toMatchObject({
      code: 0,
      stdout: "",
      stderr: expect.stringMatching(/^s\.enclave\.yaml:6:\d+: warning many-rules: many rules\n/),
    });
    expect(room.files()).toHaveProperty(["enclave.out/aws/main.tf.json"]);
  });

  test.each([
    ["on a terminal", [], {}, true, true],
    ["not in a pipe", [], {}, false, false],
    ["not with --no-color", ["--no-color"], { FORCE_COLOR: "1" }, true, false],
    ["not with NO_COLOR", [], { NO_COLOR: "1" }, true, false],
    ["with an empty NO_COLOR", [], { NO_COLOR: "" }, true, true],
    ["not on a dumb terminal", [], { TERM: "dumb" }, true, false],
    ["in a pipe with FORCE_COLOR", [], { FORCE_COLOR: "1" }, false, true],
  ])("are coloured %s", async (_, args, env, terminal, coloured) => {
    room.write("s.enclave.yaml", INVALID);
    const ended = await run(["s.enclave.yaml", ...args], { env: env as Record<string, string>, terminal });
    expect(ended.stderr.includes("\u001b[31m")).toBe(coloured);
  });

  test("are preceded by progress on a terminal only, which is gone in the end", async () => {
    const ended = await run(["s.enclave.yaml"], { terminal: true, env: { NO_COLOR: "1" } });
    expect(ended.stderr).toMatch(/rendering for aws/);
    expect(ended.stderr.endsWith("\r\u001b[2K")).toBe(true);
    expect((await run(["s.enclave.yaml", "--quiet"], { terminal: true })).stderr).toBe("");
  });
});

import { statSync, utimesSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "../../src/clouds/cloud";
import { type Scratch, scratch } from "../support/scratch";
import { AWS, type Behaviours, runSynth, SPEC } from "../support/small-synth";
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

const WROTE_LOCK = "wrote s.enclave.lock.json: commit it, it keeps every address\n";

describe("synth", () => {
  test("writes a document and the lock, and prints a table", async () => {
    const ended = await run(["s.enclave.yaml"]);
    expect(ended).toEqual({
      code: 0,
      stdout: `cloud  resources  verdict  file\naws            4  CHECKED  enclave.out/aws/main.tf.json\n${WROTE_LOCK}`,
      stderr: "",
    });
    expect(Object.keys(room.files())).toEqual([
      "enclave.out/aws/main.tf.json",
      "enclave.out/aws/versions.tf",
      "s.enclave.lock.json",
      "s.enclave.yaml",
    ]);
  });

  test("says the same as one JSON document", async () => {
    const ended = await run(["s.enclave.yaml", "--cloud", "all", "--out", "o", "--format", "json"]);
    expect(ended).toMatchObject({ code: 0, stderr: "" });
    const result = (cloud: string) => ({ file: `o/${cloud}/main.tf.json`, resources: 4, verdict: "CHECKED" });
    expect(JSON.parse(ended.stdout)).toEqual({
      diagnostics: [],
      clouds: { aws: result("aws"), azure: result("azure"), google: result("google") },
    });
  });

  test("prints nothing when asked to be quiet, and still writes", async () => {
    expect(await run(["s.enclave.yaml", "--quiet"])).toEqual({ code: 0, stdout: "", stderr: "" });
    expect(room.files()).toHaveProperty(["enclave.out/aws/main.tf.json"]);
  });

  test("leaves every byte and every file time alone in a second run", async () => {
    const first = await run(["s.enclave.yaml", "--cloud", "all"]);
    const before = room.files();
    for (const name of Object.keys(before)) utimesSync(join(room.path, name), 1000, 1000);
    const again = { ...first, stdout: first.stdout.replace(WROTE_LOCK, "") };
    expect(await run(["s.enclave.yaml", "--cloud", "all"])).toEqual(again);
    expect(room.files()).toEqual(before);
    for (const name of Object.keys(before)) expect(statSync(join(room.path, name)).mtimeMs).toBe(1_000_000);
  });

  test("writes the same bytes from anywhere, whatever the spec's path", async () => {
    await run(["s.enclave.yaml"]);
    const { "enclave.out/aws/main.tf.json": here, "s.enclave.lock.json": lock } = room.files();
    room.write("deep/er/other.enclave.yaml", AWS);
    await run([join(room.path, "deep/er/other.enclave.yaml"), "--out", "../o"], {
      cwd: join(room.path, "deep"),
    });
    expect(room.files()).toMatchObject({
      "o/aws/main.tf.json": here,
      "deep/er/other.enclave.lock.json": lock,
    });
    expect(`${here}${lock}`).not.toContain(room.path);
  });

  test.each([
    ["s.enclave.yaml", "s.enclave.lock.json"],
    ["s.enclave.json", "s.enclave.lock.json"],
    ["plain.yml", "plain.enclave.lock.json"],
    ["sub/none", "sub/none.enclave.lock.json"],
  ])("keeps the lock of %s in %s", async (spec, lock) => {
    room.write(spec, AWS);
    expect((await run([spec])).code).toBe(0);
    expect(room.files()).toHaveProperty([lock]);
  });
});

describe("the cloud", () => {
  const googleContext = JSON.stringify({ app: "x", context: { cloud: "google" } });

  test.each([
    ["the flag before all", ["--cloud", "azure"], { ENCLAVE_CLOUD: "google" }, googleContext, AWS, "azure"],
    ["the environment before the context", [], { ENCLAVE_CLOUD: "azure" }, googleContext, AWS, "azure"],
    ["the context before the spec", [], { ENCLAVE_CLOUD: "" }, googleContext, AWS, "google"],
    ["the spec at last", [], {}, '{"app": "x"}', AWS, "aws"],
    ["a flag with several", ["--cloud", "google,aws"], {}, undefined, SPEC, "google,aws"],
    ["all from the environment", [], { ENCLAVE_CLOUD: "all" }, undefined, SPEC, "aws,azure,google"],
  ])("is taken from %s", async (_, args, env, context, spec, clouds) => {
    room.write("s.enclave.yaml", spec);
    if (context !== undefined) room.write("cdktf.json", context);
    const { stdout } = await run(["s.enclave.yaml", "--format", "json", ...args], {
      env: env as Record<string, string>,
    });
    expect(Object.keys(JSON.parse(stdout).clouds).join()).toBe(clouds);
  });

  test.each([
    ["nothing names one", {}, undefined, SPEC, /^s\.enclave\.yaml:1:1: error cloud-missing/],
    [
      "the environment names none that exists",
      { ENCLAVE_CLOUD: "oracle" },
      undefined,
      AWS,
      /^<environment>:1:1: error cloud-unknown/,
    ],
    ["the context is no name", {}, '{"context": {"cloud": 5}}', AWS, /^cdktf\.json:1:1: error cloud-unknown/],
    [
      "the environment says what others call one",
      { ENCLAVE_CLOUD: "gcp" },
      undefined,
      AWS,
      /ENCLAVE_CLOUD names no cloud: "gcp"\n {2}Did you mean "google"\?/,
    ],
    [
      "the context says what others call one",
      {},
      '{"context": {"cloud": "azurerm"}}',
      AWS,
      /Did you mean "azure"\? It is one of aws, azure, google, several with commas/,
    ],
    ["cdktf.json is no JSON", {}, "{", AWS, /^cdktf\.json:1:1: error context-unreadable/],
  ])("is an error with code 2 when %s", async (_, env, context, spec, said) => {
    room.write("s.enclave.yaml", spec);
    if (context !== undefined) room.write("cdktf.json", context);
    const ended = await run(["s.enclave.yaml"], { env: env as Record<string, string> });
    expect(ended).toMatchObject({ code: 2, stdout: "" });
    expect(ended.stderr).toMatch(said);
  });

  test("is refused where this version cannot render for it", async () => {
    const ended = await run(["s.enclave.yaml", "--cloud", "google"], { built: ["aws"] });
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/error cloud-unavailable: .*\n {2}google is not built/),
    });
  });

  test("refuses what it cannot hold with its own reason", async () => {
    room.write("s.enclave.yaml", `${AWS}privateEndpoints:\n  q: { service: queue, from: [back] }\n`);
    const ended = await run(["s.enclave.yaml"], { behaviours: { aws: { unsupported: ["service:queue"] } } });
    expect(ended).toMatchObject({ code: 2, stderr: expect.stringContaining("The stand-in has none.") });
  });
});

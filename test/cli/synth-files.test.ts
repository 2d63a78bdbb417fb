import { mkdirSync } from "node:fs";
import { join } from "node:path";
import type { Cloud } from "../../src/clouds/cloud";
import { type Scratch, scratch } from "../support/scratch";
import { AWS, type Behaviours, INVALID, runSynth } from "../support/small-synth";
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

describe("the lock", () => {
  test("keeps numbers and addresses when zones and flows are put before others", async () => {
    await run(["s.enclave.yaml"]);
    const { "s.enclave.lock.json": lock } = room.files();
    room.write(
      "s.enclave.yaml",
      AWS.replace("zones:\n", "zones:\n  new: { exposure: isolated, hosts: 10 }\n"),
    );
    expect((await run(["s.enclave.yaml", "--frozen-lock"])).stderr).toMatch(/error lock-frozen/);
    expect(room.files()).toMatchObject({ "s.enclave.lock.json": lock });
    expect((await run(["s.enclave.yaml"])).code).toBe(0);
    const zones = (text: string) => JSON.parse(text).zones;
    const after = zones(room.files()["s.enclave.lock.json"] ?? "");
    expect(after).toMatchObject(zones(lock ?? ""));
    expect(after).toHaveProperty("new");
  });

  test("passes --frozen-lock when it says everything already", async () => {
    await run(["s.enclave.yaml"]);
    expect(await run(["s.enclave.yaml", "--frozen-lock"])).toMatchObject({ code: 0, stderr: "" });
  });

  test("is not said to change where the spec is wrong, and nobody knows what it would say", async () => {
    await run(["s.enclave.yaml"]);
    room.write(
      "s.enclave.yaml",
      INVALID.replace("zones:\n", "zones:\n  new: { exposure: isolated, hosts: 10 }\n"),
    );
    expect((await run(["s.enclave.yaml", "--frozen-lock"])).stderr).not.toMatch(/lock-frozen/);
  });

  test("is said to be written, once, and to be committed", async () => {
    expect((await run(["s.enclave.yaml"])).stdout).toContain("wrote s.enclave.lock.json: commit it");
    expect((await run(["s.enclave.yaml"])).stdout).not.toContain("wrote");
  });

  test("that cannot be read is an error, and nothing is written", async () => {
    mkdirSync(join(room.path, "locks"));
    expect((await run(["s.enclave.yaml", "--lock", "locks"])).stderr).toMatch(
      /^locks:1:1: error lock-unreadable: the lock file is a directory\n/,
    );
    expect(Object.keys(room.files())).toEqual(["s.enclave.yaml"]);
  });

  test("can have another name and another place", async () => {
    expect((await run(["s.enclave.yaml", "--lock", "locks/mine.json"])).code).toBe(0);
    expect(Object.keys(room.files())).toEqual([
      "enclave.out/aws/main.tf.json",
      "enclave.out/aws/versions.tf",
      "locks/mine.json",
      "s.enclave.yaml",
    ]);
  });

  test("is reported as damaged at its own place, and left as it is", async () => {
    room.write("s.enclave.lock.json", "{ half");
    const ended = await run(["s.enclave.yaml"]);
    expect(ended.stderr).toMatch(/^s\.enclave\.lock\.json:1:1: error lock-damaged: /);
    expect(room.files()).toMatchObject({ "s.enclave.lock.json": "{ half" });
  });

  test("is forgotten where it may be with --reclaim", async () => {
    const third = "  third: { exposure: isolated, hosts: 10 }\n";
    room.write("s.enclave.yaml", AWS.replace("zones:\n", `zones:\n${third}`));
    await run(["s.enclave.yaml"]);
    room.write("s.enclave.yaml", AWS);
    await run(["s.enclave.yaml"]);
    const freed = () => Object.values(JSON.parse(room.files()["s.enclave.lock.json"] ?? "").freed);
    expect(freed()).toEqual(["third"]);
    await run(["s.enclave.yaml", "--reclaim"]);
    expect(freed()).toEqual([]);
  });
});

describe("a zone that is gone where another is new", () => {
  const RENAMED = AWS.replaceAll("back", "rear");
  const lock = () => JSON.parse(room.files()["s.enclave.lock.json"] ?? "{}");

  beforeEach(async () => {
    await run(["s.enclave.yaml"]);
    room.write("s.enclave.yaml", RENAMED);
  });

  test("is asked about before anything is written", async () => {
    const before = room.files();
    const ended = await run(["s.enclave.yaml"]);
    expect(ended.code).toBe(2);
    expect(ended.stderr).toMatch(/error rename-or-removal: zone "back" is gone, and "rear" is new\n/);
    expect(ended.stderr).toMatch(/--removed back/);
    expect(room.files()).toEqual(before);
  });

  test("is gone with --removed, where names of other things stand beside it with commas", async () => {
    expect((await run(["s.enclave.yaml", "--removed", "front"])).stderr).toMatch(
      /error not-removed: .*in the spec/,
    );
    expect((await run(["s.enclave.yaml", "--removed", "back, front"])).stderr).toMatch(/error not-removed: /);
    expect((await run(["s.enclave.yaml", "--removed", "back"])).code).toBe(0);
    expect(Object.values(lock().freed)).toEqual(["back"]);
    expect((await run(["s.enclave.yaml", "--removed", "back"])).code).toBe(0);
  });

  test("is the same with was, until --forget-renames", async () => {
    room.write("s.enclave.yaml", RENAMED.replace("rear: {", "rear: { was: back,"));
    expect((await run(["s.enclave.yaml"])).code).toBe(0);
    expect(lock()).toMatchObject({ freed: {}, renames: [{ zones: { back: "rear" } }] });
    await run(["s.enclave.yaml", "--forget-renames"]);
    expect(lock()).not.toHaveProperty("renames");
    expect(lock()).toMatchObject({ names: { zones: { rear: "back" } } });
  });

  test("has an edit that makes it the same, which a person decides on", async () => {
    const { stdout } = await run(["s.enclave.yaml", "--format", "json"]);
    const { diagnostics } = JSON.parse(stdout) as { diagnostics: object[] };
    const edit = { op: "insert", path: "zones.rear.was", value: "back", applicability: "likely" };
    expect(diagnostics).toContainEqual(expect.objectContaining({ path: "zones.rear", edits: [edit] }));
  });

  test("is not asked about while a name in the spec cannot be read", async () => {
    room.write("s.enclave.yaml", RENAMED.replace("rear:", "Rear:"));
    expect((await run(["s.enclave.yaml"])).stderr).not.toMatch(/rename-or-removal/);
  });
});

describe("the spec", () => {
  test("comes from standard input with -, and then there is no lock", async () => {
    const ended = await run(["-"], { stdin: AWS });
    expect(ended.code).toBe(0);
    expect(Object.keys(room.files())).toEqual([
      "enclave.out/aws/main.tf.json",
      "enclave.out/aws/versions.tf",
      "s.enclave.yaml",
    ]);
  });

  test("from standard input has a lock when one is named", async () => {
    await run(["-", "--lock", "l.json"], { stdin: AWS });
    expect(room.files()).toHaveProperty(["l.json"]);
  });

  test("from standard input is not frozen by a lock that nobody named", async () => {
    const ended = await run(["-", "--frozen-lock"], { stdin: AWS });
    expect(ended).toMatchObject({
      code: 2,
      stderr: expect.stringMatching(/error lock-frozen: .*\n {2}.* --lock FILE names one\.\n$/),
    });
  });

  test("from standard input is called <stdin> in diagnostics", async () => {
    expect((await run(["-"], { stdin: INVALID })).stderr).toMatch(/^<stdin>:\d+:\d+: error /);
  });

  test.each([
    [
      "is not there",
      "no.yaml",
      /^no\.yaml:1:1: error spec-unreadable: .*no such file.*\n {2}Specs there: s\.enclave\.yaml\.\n$/,
    ],
    ["is below a file", "s.enclave.yaml/x", /error spec-unreadable: .*not a directory/],
    [
      "is a directory",
      ".",
      /^\.:1:1: error spec-unreadable: .*a directory\n {2}Specs there: s\.enclave\.yaml\.\n$/,
    ],
    ["is a directory without specs", "empty", /^empty:1:1: error spec-unreadable: .*a directory/],
  ])("is an error with code 2 when it %s", async (_, spec, message) => {
    mkdirSync(join(room.path, "empty"));
    const ended = await run([spec]);
    expect(ended).toMatchObject({ code: 2, stdout: "", stderr: expect.stringMatching(message) });
  });

  test.each([
    ["5", 5],
    ["4", 4],
  ])("says which azurerm it is for, and --azurerm %s comes first", async (flag, major) => {
    room.write("s.enclave.yaml", `${AWS}terraform: { azurerm: ${9 - major} }\n`);
    await run(["s.enclave.yaml", "--cloud", "azure", "--azurerm", flag]);
    expect(JSON.parse(room.files()["enclave.out/azure/main.tf.json"] ?? "").terraform.azurerm).toBe(major);
  });
});

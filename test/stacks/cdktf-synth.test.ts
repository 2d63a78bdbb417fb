/** `cdktf synth` is another way to the same Terraform. */
import { join } from "node:path";
import { CLOUDS, type Cloud } from "../../src/clouds/cloud";
import { canonical } from "../../stacks/document";
import { ROOT, shell, shellCommand } from "../support/process";
import { type Scratch, scratch } from "../support/scratch";
import { AWS, FINDING, INVALID, SPEC } from "../support/small-synth";
import { enclave } from "../support/terminal";

const APP = shellCommand("stacks/main.ts");
const documentOf = (cloud: Cloud): string => `cdktf.out/stacks/small-${cloud}/cdk.tf.json`;

let room: Scratch;

beforeEach(() => {
  room = scratch();
  room.write("s.enclave.yaml", AWS);
});

afterEach(() => room.remove());

/** What `enclave synth` writes in two files, as cdktf writes it in one. */
function bothOf(files: Readonly<Record<string, string>>, cloud: Cloud): object {
  const document = withoutMarks(files[`enclave.out/${cloud}/main.tf.json`]) as { terraform: object };
  const [, version] = /required_version = "(.*)"/.exec(files[`enclave.out/${cloud}/versions.tf`] ?? "") ?? [];
  return { ...document, terraform: { ...document.terraform, required_version: version } };
}

const withoutMarks = (text: string | undefined): unknown => canonical(JSON.parse(text ?? ""));

describe("the CDKTF app", () => {
  test("gives what enclave synth gives for every cloud when the cdktf command runs it, lock included", async () => {
    // The project id keeps the cdktf command from writing one into the file.
    const context = { spec: "s.enclave.yaml", cloud: "all" };
    room.write(
      "cdktf.json",
      JSON.stringify({
        language: "typescript",
        app: APP,
        projectId: "0",
        sendCrashReports: "false",
        context,
      }),
    );
    const ended = shell(`'${join(ROOT, "node_modules/.bin/cdktf")}' synth`, room.path, {
      CHECKPOINT_DISABLE: "1",
      CI: "1",
    });
    expect({ code: ended.code, stderr: ended.code === 0 ? "" : ended.stderr }).toEqual({
      code: 0,
      stderr: "",
    });
    expect(room.files()).toHaveProperty(["s.enclave.lock.json"]);
    expect(await enclave(["synth", "s.enclave.yaml", "--frozen-lock"], { cwd: room.path })).toMatchObject({
      code: 0,
    });
    const files = room.files();
    for (const cloud of CLOUDS) expect(withoutMarks(files[documentOf(cloud)])).toEqual(bothOf(files, cloud));
  }, 60_000);

  test("gives what enclave synth gives after a rename", async () => {
    await enclave(["synth", "s.enclave.yaml"], { cwd: room.path });
    room.write("s.enclave.yaml", AWS.replaceAll("back", "rear").replace("rear: {", "rear: { was: back,"));
    expect(shell(APP, room.path, { ENCLAVE_SPEC: "s.enclave.yaml" })).toMatchObject({ code: 0 });
    await enclave(["synth", "s.enclave.yaml", "--frozen-lock"], { cwd: room.path });
    const files = room.files();
    const made = withoutMarks(files[documentOf("aws")]);
    expect(made).toHaveProperty("moved");
    expect(made).toEqual(bothOf(files, "aws"));
  });

  test("takes spec and cloud from the environment before the context", () => {
    room.write("s.enclave.yaml", SPEC);
    room.write("cdktf.json", JSON.stringify({ context: { spec: "nothing.yaml", cloud: "google" } }));
    // Notes alone.
    expect(shell(APP, room.path, { ENCLAVE_SPEC: "s.enclave.yaml", ENCLAVE_CLOUD: "aws" })).toEqual({
      code: 0,
      stdout: "",
      stderr: expect.stringMatching(/^(?:\S+: info .*\n)*$/),
    });
    expect(room.files()).toHaveProperty([documentOf("aws")]);
  });

  test.each([
    [
      "the spec is invalid",
      INVALID,
      { ENCLAVE_SPEC: "s.enclave.yaml" },
      2,
      /^s\.enclave\.yaml:\d+:\d+: error /,
    ],
    [
      "an assertion is broken",
      FINDING,
      { ENCLAVE_SPEC: "s.enclave.yaml" },
      1,
      /^s\.enclave\.yaml:\d+:\d+: error /,
    ],
    [
      "no spec is named",
      AWS,
      {},
      2,
      /^<environment>:1:1: error spec-missing: .*\n {2}Set ENCLAVE_SPEC, or write "context": { "spec": "s\.enclave\.yaml" } .*\n$/,
    ],
    [
      "the spec is not there",
      AWS,
      { ENCLAVE_SPEC: "no.yaml", ENCLAVE_CLOUD: "oracle" },
      2,
      /^no\.yaml:1:1: error spec-unreadable: (.*\n)*<environment>:1:1: error cloud-unknown/,
    ],
  ])("says so, without a stack trace and without a file, when %s", (_, spec, env, code, message) => {
    room.write("s.enclave.yaml", spec);
    const ended = shell(APP, room.path, env as Record<string, string>);
    expect(ended).toMatchObject({ code, stdout: "", stderr: expect.stringMatching(message) });
    expect(ended.stderr).not.toMatch(/^\s+at /m);
    expect(Object.keys(room.files())).toEqual(["s.enclave.yaml"]);
  });
});

/** Without a lock, nothing that an earlier run rendered gets another address in silence. */
import { rmSync } from "node:fs";
import { join } from "node:path";
import { type Scratch, scratch } from "../support/scratch";
import { enclave } from "../support/terminal";

const spec = (zones: string): string => `name: small
cloud: aws
region: us-east-1
cidr: 10.20.0.0/16
zones:
${zones}`;
const ONE = "  app: { exposure: isolated, hosts: 10 }\n";
const TWO = `  big: { exposure: isolated, hosts: 100 }\n${ONE}`;

let room: Scratch;

beforeEach(async () => {
  room = scratch();
  room.write("s.enclave.yaml", spec(ONE));
  expect((await enclave(["synth", "s.enclave.yaml"], { cwd: room.path })).code).toBe(0);
});

afterEach(() => room.remove());

const forget = () => rmSync(join(room.path, "s.enclave.lock.json"));
const REFUSED = /error output-refused: .*aws_\w+\.app_\w+ has 10\.20\.\d+\.\d+\/\d+ and would get/;

test("where the lock is lost, a rendering that moves a zone is refused, and nothing is written", async () => {
  forget();
  room.write("s.enclave.yaml", spec(TWO));
  const before = room.files();
  const { code, stderr } = await enclave(["synth", "s.enclave.yaml"], { cwd: room.path });
  expect([code, stderr]).toEqual([2, expect.stringMatching(REFUSED)]);
  expect(room.files()).toEqual(before);
});

test("from standard input it is refused as well", async () => {
  const { code, stderr } = await enclave(["synth", "-"], { cwd: room.path, stdin: spec(TWO) });
  expect([code, stderr]).toEqual([2, expect.stringMatching(REFUSED)]);
});

test("a rendering that moves nothing is written, with a new lock", async () => {
  forget();
  expect((await enclave(["synth", "s.enclave.yaml"], { cwd: room.path })).code).toBe(0);
  expect(Object.keys(room.files())).toContain("s.enclave.lock.json");
});

test("after a rename, the names in the cloud are not lost, on no cloud", async () => {
  const renamed = spec(ONE.replace("app: {", "web: { was: app,"))
    .replace("cloud: aws\n", "")
    .replace("region: us-east-1", "region: { aws: us-east-1, azure: eastus2 }");
  room.write("s.enclave.yaml", renamed);
  const clouds = ["--cloud", "aws,azure"];
  expect((await enclave(["synth", "s.enclave.yaml", ...clouds], { cwd: room.path })).code).toBe(0);
  const [before, stdin] = [room.files(), renamed.replace(" was: app,", "")];
  const { code, stderr } = await enclave(["synth", "-", ...clouds], { cwd: room.path, stdin });
  expect([code, stderr]).toEqual([
    2,
    expect.stringMatching(
      /output-refused: .*names from before a rename.*\n.*Name the one of this enclave with --lock/,
    ),
  ]);
  expect(room.files()).toEqual(before);
});

test("with its lock a zone stays where it is", async () => {
  room.write("s.enclave.yaml", spec(TWO));
  expect((await enclave(["synth", "s.enclave.yaml"], { cwd: room.path })).code).toBe(0);
});

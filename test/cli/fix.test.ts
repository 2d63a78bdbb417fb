import { type Scratch, scratch } from "../support/scratch";
import { enclave } from "../support/terminal";

const WRONG = `name: small
region: us-east-1
cidr: 10.20.0.0/16
zones:
  front: { exposure: Public, hosts: 10 } # in front
  back: { exposure: isolated, hosts: many }
`;
const RIGHT = WRONG.replace("Public", "public");

let room: Scratch;

beforeEach(() => {
  room = scratch();
  room.write("s.enclave.yaml", WRONG);
});

afterEach(() => room.remove());

const fix = (...args: readonly string[]) => enclave(["fix", ...args], { cwd: room.path });

const CHANGE = `s.enclave.yaml:5: value-unknown
-   front: { exposure: Public, hosts: 10 } # in front
+   front: { exposure: public, hosts: 10 } # in front
`;

test("fix writes what is certain, says each edit, and shows what is left", async () => {
  const { code, stdout, stderr } = await fix("s.enclave.yaml");
  expect(code).toBe(2);
  expect(stdout).toBe(`${CHANGE}wrote s.enclave.yaml: 1 edit\n`);
  expect(stderr).toMatch(/^s\.enclave\.yaml:6:31: error type-wrong: "hosts" has to be a number\n/);
  expect(room.files()).toEqual({ "s.enclave.yaml": RIGHT });
});

test("a dry run says the same and writes nothing", async () => {
  const { stdout } = await fix("s.enclave.yaml", "--dry-run");
  expect(stdout).toBe(`${CHANGE}1 edit, nothing written\n`);
  expect(room.files()).toEqual({ "s.enclave.yaml": WRONG });
});

test("from standard input the fixed text goes to standard output", async () => {
  const { stdout } = await enclave(["fix", "-"], { cwd: room.path, stdin: WRONG });
  expect(stdout).toBe(RIGHT);
});

test("from standard input it goes there quietly too, and a dry run lists the edits instead", async () => {
  const piped = { cwd: room.path, stdin: WRONG };
  expect((await enclave(["fix", "-", "-q"], piped)).stdout).toBe(RIGHT);
  expect((await enclave(["fix", "-", "--dry-run"], piped)).stdout).toBe(
    `${CHANGE.replace("s.enclave.yaml", "<stdin>")}1 edit, nothing written\n`,
  );
});

test("a dry run ends as the spec is, so that it can be a check", async () => {
  room.write("s.enclave.yaml", WRONG.replace("many", "10"));
  expect((await fix("s.enclave.yaml", "--dry-run")).code).toBe(2);
  expect((await fix("s.enclave.yaml")).code).toBe(0);
});

test("an edit of several lines shows each of them", async () => {
  const flows = "flows: [{ from: Front, to: back, ports: [443/tcp], why: x }]\n";
  room.write("s.enclave.yaml", RIGHT.replace("  front:", "  Front:").replace("many", "10") + flows);
  expect((await fix("s.enclave.yaml")).stdout).toBe(`s.enclave.yaml:5: name-invalid
-   Front: { exposure: public, hosts: 10 } # in front
+   front: { exposure: public, hosts: 10 } # in front
s.enclave.yaml:7: name-invalid
- flows: [{ from: Front, to: back, ports: [443/tcp], why: x }]
+ flows: [{ from: front, to: back, ports: [443/tcp], why: x }]
wrote s.enclave.yaml: 1 edit
`);
});

test("as JSON it is one document with the edits that were made", async () => {
  const { stdout } = await fix("s.enclave.yaml", "--format", "json");
  expect(JSON.parse(stdout)).toMatchObject({
    diagnostics: [{ code: "type-wrong", edits: [] }],
    fixed: [
      {
        code: "value-unknown",
        edits: [{ op: "set", path: "zones.front.exposure", value: "public", applicability: "exact" }],
      },
    ],
  });
});

test("a sound spec is left as it is, and no cloud is asked for", async () => {
  room.write("s.enclave.yaml", RIGHT.replace("many", "10"));
  expect(await fix("s.enclave.yaml")).toEqual({ code: 0, stdout: "", stderr: "" });
});

test("a cloud that is chosen has its say", async () => {
  room.write("s.enclave.yaml", RIGHT.replace("many", "10").replace("us-east-1", "useast-1"));
  expect((await fix("s.enclave.yaml", "--cloud", "aws")).stdout).toBe(
    `s.enclave.yaml:2: aws-region-unknown
- region: useast-1
+ region: us-east-1
wrote s.enclave.yaml: 1 edit
`,
  );
});

test("a file that is not there is an error", async () => {
  expect((await fix("t.enclave.yaml")).stderr).toMatch(/error spec-unreadable/);
});

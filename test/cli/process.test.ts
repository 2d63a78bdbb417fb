/** What only a process of its own shows: exit codes, pipes, streams. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { ROOT, shell, shellCommand } from "../support/process";
import { type Scratch, scratch } from "../support/scratch";

const ENCLAVE = shellCommand("src/cli/main.ts");
const SPEC = readFileSync(join(ROOT, "examples/private-rag/private-rag.enclave.yaml"), "utf8");

let room: Scratch;

beforeEach(() => {
  room = scratch();
  room.write("rag.enclave.yaml", SPEC);
});

afterEach(() => room.remove());

describe("the process", () => {
  test("reads standard input and a file alike, and writes the same bytes in every run", () => {
    const piped = shell(
      `cat rag.enclave.yaml | ${ENCLAVE} synth - --out a && ${ENCLAVE} synth rag.enclave.yaml --out b`,
      room.path,
    );
    expect(piped).toMatchObject({ code: 0, stderr: "" });
    const { "a/aws/main.tf.json": a, "b/aws/main.tf.json": b } = room.files();
    expect(a).toBeDefined();
    expect(a).toBe(b);
    expect(a).not.toContain(room.path);
  });

  test("takes a spec from a pipe that has a name, without looking for a lock beside it", () => {
    expect(shell(`${ENCLAVE} synth <(cat rag.enclave.yaml)`, room.path)).toMatchObject({
      code: 0,
      stderr: "",
    });
    expect(Object.keys(room.files())).toEqual([
      "enclave.out/aws/main.tf.json",
      "enclave.out/aws/versions.tf",
      "rag.enclave.yaml",
    ]);
  });

  test("ends with the code of what happened", () => {
    const code = (command: string) => shell(`${ENCLAVE} ${command}`, room.path).code;
    expect([code("--version"), code("synth nothing.yaml")]).toEqual([0, 2]);
  });

  test("does not mind a reader that goes away", () => {
    const ended = shell(
      `set -o pipefail; ${ENCLAVE} schema | head -c 1; echo "\${PIPESTATUS[0]}"`,
      room.path,
    );
    expect(ended).toEqual({ code: 0, stdout: "{0\n", stderr: "" });
  });
});

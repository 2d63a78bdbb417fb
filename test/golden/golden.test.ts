/** What the examples render to, as files that a reviewer reads. A change of a provider shows here as a change of its output. */
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { type LockInput, readSpecInput, type SpecInput } from "../../src/app/inputs";
import { type CloudDocument, type Synthesis, synthesize } from "../../src/app/synthesize";
import { CLOUDS } from "../../src/clouds/cloud";
import type { Result } from "../../src/diagnostics/result";
import { expectGolden } from "../support/golden";

const EXAMPLES = join(__dirname, "../../examples");

interface Example {
  readonly name: string;
  readonly spec: string;
}

const examples = (): Example[] =>
  readdirSync(EXAMPLES).flatMap((name) =>
    readdirSync(join(EXAMPLES, name))
      .filter((file) => file.endsWith(".enclave.yaml"))
      .map((spec) => ({ name, spec: join(name, spec) })),
  );

function readOrThrow<T>(result: Result<T>): T {
  if (!result.ok) throw new Error(`${result.problem.file}: ${result.problem.summary}`);
  return result.value;
}

function synthesized(
  input: SpecInput,
  cloud: CloudDocument["cloud"],
): Synthesis & { readonly document: CloudDocument } {
  const synthesis = synthesize(input, { cloud, frozenLock: false, reclaim: false });
  const [document] = synthesis.documents;
  if (document === undefined)
    throw new Error(synthesis.diagnostics.map(({ line, summary }) => `line ${line}: ${summary}`).join("\n"));
  return { ...synthesis, document };
}

describe.each(examples())("the example $name", ({ name, spec }) => {
  const input = readOrThrow(readSpecInput(spec, undefined, EXAMPLES));
  const lock = input.lock as LockInput;

  test.each(CLOUDS)("renders for %s as it did", (cloud) => {
    expectGolden(join(__dirname, name, cloud, "main.tf.json"), synthesized(input, cloud).document.text);
  });

  test("is planned as it was, for all clouds alike", () => {
    const [plan, ...others] = CLOUDS.map((cloud) =>
      JSON.stringify(synthesized(input, cloud).document.plan, null, 2),
    );
    for (const other of others) expect(other).toBe(plan);
    expectGolden(join(__dirname, name, "plan.json"), `${plan}\n`);
  });

  test("comes with the lock that belongs to it", () => {
    const { lockText } = synthesized(input, CLOUDS[0] as CloudDocument["cloud"]);
    expectGolden(join(EXAMPLES, lock.file), lockText ?? lock.text ?? "");
  });
});

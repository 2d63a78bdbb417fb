/** What the commands about a spec read: the spec, its lock, and the chosen clouds. */
import { type CloudChoice, chooseCloud, readContext } from "../app/cloud-choice";
import { readSpecInput, type SpecInput } from "../app/inputs";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { type Result, STDIN } from "../diagnostics/result";
import { type Call, textOf } from "./command";

export interface Read {
  /** Absent when something cannot be read; `problems` say what. */
  readonly input?: SpecInput;
  readonly cloud?: CloudChoice | undefined;
  readonly problems: readonly LocatedDiagnostic[];
}

export async function readCall(call: Call): Promise<Read> {
  const { flags, io } = call;
  const cloud = chooseCloud(textOf(flags["cloud"]), io.env["ENCLAVE_CLOUD"], () => readContext(io.cwd));
  const input = await readInput(call);
  if (cloud.ok && input.ok) return { input: input.value, cloud: cloud.value, problems: [] };
  return { problems: [cloud, input].flatMap((result) => (result.ok ? [] : [result.problem])) };
}

/** `-` is standard input, which has no lock beside it. */
async function readInput({ operands: [file = "-"], flags, io }: Call): Promise<Result<SpecInput>> {
  const lock = textOf(flags["lock"]);
  if (file !== "-") return readSpecInput(file, lock, io.cwd);
  return readSpecInput(STDIN, lock, io.cwd, await io.readStdin());
}

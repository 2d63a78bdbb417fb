/** `enclave fix`: makes the certain edits in the spec file, and shows what is left. */
import "../../stacks/lean-loading";
import { fixText } from "../app/fix";
import type { SpecInput } from "../app/inputs";
import { loadSpec } from "../app/load";
import { prepare } from "../app/prepare";
import { cloudTools } from "../app/synthesize";
import { writeFiles } from "../app/write-files";
import { exitCodeOf, type LocatedDiagnostic } from "../diagnostics/diagnostic";
import { formatEdit } from "../diagnostics/edit";
import { STDIN } from "../diagnostics/result";
import type { Call, Outcome } from "./command";
import { type Read, readCall } from "./input";

export async function fix(call: Call): Promise<Outcome> {
  const { input, cloud, problems } = await readCall(call);
  if (input === undefined) return { exitCode: 2, diagnostics: problems, json: { fixed: [] } };
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(input.bytes);
  const { text, made, left } = fixText(before, (changed) => diagnose(changed, input, cloud));
  const refusal = (existing: string) => (existing === before ? undefined : "it changed during this run");
  const isDry = call.flags["dry-run"] === true || input.file === STDIN;
  const written =
    isDry || made.length === 0 ? undefined : writeFiles([{ name: input.file, text, refusal }], call.io.cwd);
  if (written?.ok === false) return { exitCode: 2, diagnostics: [written.problem], json: { fixed: [] } };
  return {
    exitCode: exitCodeOf(left),
    diagnostics: left,
    text: input.file === STDIN ? text : made.map(lineOf).join(""),
    json: { fixed: made.map(({ code, edits }) => ({ code, edits })) },
  };
}

/** A spec without a cloud is judged as far as no cloud matters. */
function diagnose(text: string, { file, lock }: SpecInput, cloud: Read["cloud"]): LocatedDiagnostic[] {
  const options = { cloud, frozenLock: false, reclaim: false };
  const { diagnostics } = prepare(loadSpec(text, file), lock, options, cloudTools.providerFor);
  return diagnostics.filter(({ code }) => code !== "cloud-missing");
}

const lineOf = ({ file, line, code, edits }: LocatedDiagnostic): string =>
  edits.map((edit) => `${file}:${line}: ${code}: ${formatEdit(edit)}\n`).join("");

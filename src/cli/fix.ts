/** `enclave fix`: makes the certain edits in the spec file, and shows what is left. */
import "../../stacks/lean-loading";
import { fixText } from "../app/fix";
import type { SpecInput } from "../app/inputs";
import { loadSpec } from "../app/load";
import { prepare } from "../app/prepare";
import { cloudTools } from "../app/synthesize";
import { CHANGED, writeFiles } from "../app/write-files";
import { exitCodeOf, type LocatedDiagnostic } from "../diagnostics/diagnostic";
import { placedEdit } from "../diagnostics/format";
import { STDIN } from "../diagnostics/result";
import type { Call, Outcome } from "./command";
import { type Read, readCall } from "./input";

export async function fix(call: Call): Promise<Outcome> {
  const { input, cloud, problems } = await readCall(call);
  if (input === undefined) return { exitCode: 2, diagnostics: problems, json: { fixed: [] } };
  const before = new TextDecoder("utf-8", { ignoreBOM: true }).decode(input.bytes);
  const { text, made, left } = fixText(before, (changed) => diagnose(changed, input, cloud));
  const refusal = (existing: string) => (existing === before ? undefined : CHANGED);
  const isDry = call.flags["dry-run"] === true || input.file === STDIN;
  const written =
    isDry || made.length === 0 ? undefined : writeFiles([{ name: input.file, text, refusal }], call.io.cwd);
  if (written?.ok === false) return { exitCode: 2, diagnostics: [written.problem], json: { fixed: [] } };
  const edits = made.map(linesOf).join("");
  const isPiped = input.file === STDIN && call.flags["dry-run"] !== true;
  return {
    // A dry run speaks of the spec as it is.
    exitCode: exitCodeOf(call.flags["dry-run"] === true ? diagnose(before, input, cloud) : left),
    diagnostics: left,
    ...(isPiped ? { result: text } : { text: edits }),
    json: { fixed: made.map(({ code, edits }) => ({ code, edits })) },
  };
}

/** A spec without a cloud is judged as far as no cloud matters. */
function diagnose(text: string, { file, lock }: SpecInput, cloud: Read["cloud"]): LocatedDiagnostic[] {
  const options = { cloud, frozenLock: false, reclaim: false };
  const { diagnostics } = prepare(loadSpec(text, file), lock, options, cloudTools.providerFor);
  return diagnostics.filter(({ code }) => code !== "cloud-missing");
}

const linesOf = (diagnostic: LocatedDiagnostic): string =>
  diagnostic.edits
    .map(
      (edit) =>
        `${diagnostic.file}:${diagnostic.line}: ${diagnostic.code}: ${placedEdit(diagnostic, edit)}\n`,
    )
    .join("");

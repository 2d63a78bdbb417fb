/** `enclave fix`: makes the certain edits in the spec file, and shows what is left. */
import "../../stacks/lean-loading";
import { cloudsIn } from "../app/cloud-choice";
import { fixText, type Made } from "../app/fix";
import type { SpecInput } from "../app/inputs";
import { loadSpec } from "../app/load";
import { prepare } from "../app/prepare";
import { cloudTools } from "../app/synthesize";
import { CHANGED, writeFiles } from "../app/write-files";
import { exitCodeOf, type LocatedDiagnostic } from "../diagnostics/diagnostic";
import { printable } from "../diagnostics/format";
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
  const count = `${made.length} ${made.length === 1 ? "edit" : "edits"}`;
  const said =
    made.length === 0 ? "" : isDry ? `${count}, nothing written\n` : `wrote ${input.file}: ${count}\n`;
  const isPiped = input.file === STDIN && call.flags["dry-run"] !== true;
  return {
    // A dry run speaks of the spec as it is.
    exitCode: exitCodeOf(call.flags["dry-run"] === true ? diagnose(before, input, cloud) : left),
    diagnostics: left,
    ...(isPiped ? { result: text } : { text: `${edits}${said}` }),
    json: { fixed: made.map(({ diagnostic: { code, edits } }) => ({ code, edits })) },
  };
}

/** A spec without a cloud is judged as far as no cloud matters. */
function diagnose(text: string, { file, lock }: SpecInput, cloud: Read["cloud"]): LocatedDiagnostic[] {
  const options = { cloud, frozenLock: false, reclaim: false };
  const { diagnostics } = prepare(
    loadSpec(text, file, cloud && cloudsIn(cloud)),
    lock,
    options,
    cloudTools.providerFor,
  );
  return diagnostics.filter(({ code, severity }) => code !== "cloud-missing" && severity !== "info");
}

const linesOf = ({ diagnostic: { file, code }, changes }: Made): string =>
  changes
    .map(({ line, before, after }) => `${file}:${line}: ${code}\n${shown("-", before)}${shown("+", after)}`)
    .join("");

const shown = (mark: string, line: string | undefined): string =>
  line === undefined ? "" : `${mark} ${printable(line)}\n`;

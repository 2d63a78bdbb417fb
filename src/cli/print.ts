/** Prints outcomes: results on stdout, everything else on stderr. JSON is one document alone on stdout. */
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { diagnosticToJson, formatDiagnostics } from "../diagnostics/format";
import { bugReport, COMMAND_LINE, messageOf, problemIn } from "../diagnostics/result";
import type { FlagValues, Io, Outcome } from "./command";

/** The process's terminal, as the flags want it. */
export function terminalOf(io: Io, flags: FlagValues) {
  const [isJson, isQuiet] = [flags["format"] === "json", flags["quiet"] === true];
  const printJson = (diagnostics: readonly LocatedDiagnostic[], more: Outcome["json"]): void =>
    io.out(`${JSON.stringify({ diagnostics: diagnostics.map(diagnosticToJson), ...more }, null, 2)}\n`);
  const printText = (diagnostics: readonly LocatedDiagnostic[], text: string, result: string): void => {
    const colour = flags["no-color"] !== true && wantsColour(io);
    const notes = isQuiet ? "none" : flags["verbose"] === true ? "full" : "lines";
    const told = formatDiagnostics(diagnostics, { colour, notes });
    if (told !== "") io.err(told);
    if (!isQuiet) io.out(text);
    io.out(result);
  };
  const showsSteps = io.stderrIsTerminal && !isQuiet && !isJson;
  const clear = (): void => (showsSteps ? io.err("\r\u001b[2K") : undefined);
  return {
    /** Each step overwrites the one before it. */
    say(step: string): void {
      clear();
      if (showsSteps) io.err(`${step} …`);
    },
    clear,
    print({ document, diagnostics = [], text = "", result = "", json }: Outcome): void {
      if (document !== undefined) io.out(document);
      else if (isJson) printJson(diagnostics, json);
      else printText(diagnostics, text, result);
    },
    printBug(error: unknown): void {
      const summary = "this is a bug of enclave; nothing was written";
      const bug = problemIn(COMMAND_LINE, { code: "internal", summary, detail: messageOf(error) });
      if (isJson) printJson([bug], {});
      if (!isJson || io.env["ENCLAVE_DEBUG"] === "1") io.err(bugReport(error, io.env["ENCLAVE_DEBUG"]));
    },
  };
}

/** https://no-color.org and https://force-color.org: any value that is not empty; the first wins. */
function wantsColour({ env, stderrIsTerminal }: Io): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return stderrIsTerminal && env["TERM"] !== "dumb";
}

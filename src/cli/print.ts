/** Prints outcomes: results on stdout, everything else on stderr. JSON is one document alone on stdout. */
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { diagnosticToJson, formatDiagnostics } from "../diagnostics/format";
import { bugReport, COMMAND_LINE, messageOf, problemIn } from "../diagnostics/result";
import type { FlagValues, Io, Outcome } from "./command";

export interface Style {
  readonly format: "text" | "json";
  readonly quiet: boolean;
  readonly verbose: boolean;
  readonly colour: boolean;
}

export function styleOf(flags: FlagValues, io: Io): Style {
  return {
    format: flags["format"] === "json" ? "json" : "text",
    quiet: flags["quiet"] === true,
    verbose: flags["verbose"] === true,
    colour: flags["no-color"] !== true && wantsColour(io),
  };
}

/** https://no-color.org and https://force-color.org: any value that is not empty; the first wins. */
function wantsColour({ env, stderrIsTerminal }: Io): boolean {
  if (env["NO_COLOR"]) return false;
  if (env["FORCE_COLOR"]) return env["FORCE_COLOR"] !== "0";
  return stderrIsTerminal && env["TERM"] !== "dumb";
}

export function printOutcome(outcome: Outcome, io: Io, style: Style): void {
  const { document, diagnostics = [], text = "", json = {} } = outcome;
  if (document !== undefined) {
    io.out(document);
  } else if (style.format === "json") {
    printJson(diagnostics, json, io);
  } else {
    const { colour, quiet, verbose } = style;
    const told = formatDiagnostics(diagnostics, {
      colour,
      notes: quiet ? "none" : verbose ? "full" : "lines",
    });
    if (told !== "") io.err(told);
    if (!style.quiet) io.out(text);
  }
}

function printJson(diagnostics: readonly LocatedDiagnostic[], more: object, io: Io): void {
  const document = { diagnostics: diagnostics.map(diagnosticToJson), ...more };
  io.out(`${JSON.stringify(document, null, 2)}\n`);
}

export function printUnexpected(error: unknown, io: Io, style: Style): void {
  const summary = "this is a bug of enclave; nothing was written";
  const bug = problemIn(COMMAND_LINE, { code: "internal", summary, detail: messageOf(error) });
  if (style.format === "json") printJson([bug], {}, io);
  if (style.format === "text" || io.env["ENCLAVE_DEBUG"] === "1")
    io.err(bugReport(error, io.env["ENCLAVE_DEBUG"]));
}

/** One line on a terminal: each step overwrites it and `end` clears it. Silent if stderr is no terminal. */
export function progressTo(io: Io, style: Style): { say: (step: string) => void; end: () => void } {
  if (!io.stderrIsTerminal || style.quiet || style.format === "json") return { say: () => {}, end: () => {} };
  const clear = "\r\u001b[2K";
  return { say: (step) => io.err(`${clear}${step} …`), end: () => io.err(clear) };
}

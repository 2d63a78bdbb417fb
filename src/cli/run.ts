/** From a command line to an exit code: finds the command, runs it, prints its outcome. */
import { COMMAND_LINE, problemIn } from "../diagnostics/result";
import { type Parsed, parseArguments } from "./arguments";
import type { Command, Io, Outcome } from "./command";
import { COMMANDS } from "./commands";
import { helpOf, overview } from "./help";
import { packageVersion } from "./package-root";
import { printOutcome, printUnexpected, progressTo, styleOf } from "./print";

export type ExitCode = 0 | 1 | 2 | 70;

/** Never throws: an error that a command throws is reported as a bug of ours. */
export async function run(io: Io, commands: readonly Command[] = COMMANDS): Promise<ExitCode> {
  const parsed = parseArguments(io.args, commands);
  const style = styleOf(parsed.flags, io);
  const progress = progressTo(io, style);
  try {
    const outcome = await answer(parsed, io, commands, progress.say);
    progress.end();
    printOutcome(outcome, io, style);
    return outcome.exitCode;
  } catch (error) {
    progress.end();
    printUnexpected(error, io, style);
    return 70;
  }
}

async function answer(
  parsed: Parsed,
  io: Io,
  commands: readonly Command[],
  progress: (step: string) => void,
): Promise<Outcome> {
  const { command, flags, operands, problems } = parsed;
  // Help for an unknown command would answer another question.
  if (!problems.some(({ code }) => code === "command-unknown" || code === "command-not-built")) {
    if (flags["help"] === true)
      return { exitCode: 0, document: command === undefined ? overview(commands) : helpOf(command) };
    if (flags["version"] === true) return { exitCode: 0, document: `${packageVersion()}\n` };
  }
  if (problems.length > 0) return { exitCode: 2, diagnostics: problems };
  return command?.run({ operands, flags, io, progress }) ?? missingCommand(commands);
}

function missingCommand(commands: readonly Command[]): Outcome {
  const missing = problemIn(COMMAND_LINE, {
    code: "command-missing",
    summary: "a command is needed",
    detail: commands.map(({ name, summary }) => `${name}: ${summary}`).join("\n"),
  });
  return { exitCode: 2, diagnostics: [missing] };
}

/** From a command line to an exit code: finds the command, runs it, prints its outcome. */
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { COMMAND_LINE, problemIn } from "../diagnostics/result";
import { type Parsed, parseArguments } from "./arguments";
import type { Command, Outcome } from "./command";
import { COMMANDS } from "./commands";
import { helpOf, overview } from "./help";
import type { Io } from "./io";
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
  const asked = !problems.some(({ code }) => code === "command-unknown");
  if (flags["help"] === true && asked)
    return document(command === undefined ? overview(commands) : helpOf(command));
  if (flags["version"] === true && asked) return document(`${packageVersion()}\n`);
  if (problems.length > 0) return invalid(problems);
  if (command === undefined) return invalid([missingCommand(commands)]);
  if (command.run === undefined) return invalid([notInThisVersion(command)]);
  return command.run({ operands, flags, io, progress });
}

const document = (text: string): Outcome => ({
  exitCode: 0,
  diagnostics: [],
  text,
  json: {},
  isDocument: true,
});

const invalid = (diagnostics: readonly LocatedDiagnostic[]): Outcome => ({
  exitCode: 2,
  diagnostics,
  text: "",
  json: {},
});

function missingCommand(commands: readonly Command[]): LocatedDiagnostic {
  const built = commands.filter(({ run }) => run !== undefined);
  return problemIn(COMMAND_LINE, {
    code: "command-missing",
    summary: "a command is needed",
    detail: built.map(({ name, summary }) => `${name}: ${summary}`).join("\n"),
    fix: "npx enclave --help",
  });
}

const notInThisVersion = (command: Command): LocatedDiagnostic =>
  problemIn(COMMAND_LINE, { code: "command-not-built", summary: `"${command.name}" is not in this version` });

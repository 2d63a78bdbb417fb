/** From a command line to an exit code: finds the command, runs it, prints its outcome. */
import { type Parsed, parseArguments } from "./arguments";
import type { Command, Io, Outcome } from "./command";
import { COMMANDS } from "./commands";
import { helpOf, overview } from "./help";
import { packageVersion } from "./package-root";
import { terminalOf } from "./print";

/** Never throws: an error that a command throws is reported as a bug of ours. */
export async function run(
  io: Io,
  commands: readonly Command[] = COMMANDS,
): Promise<Outcome["exitCode"] | 70> {
  const parsed = parseArguments(io.args, commands);
  const terminal = terminalOf(io, parsed.flags);
  try {
    const outcome = await answer(parsed, io, commands, terminal.say).finally(terminal.clear);
    terminal.print(outcome);
    return outcome.exitCode;
  } catch (error) {
    terminal.printBug(error);
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
  if (command === undefined || problems.length > 0) return { exitCode: 2, diagnostics: problems };
  return command.run({ operands, flags, io, progress });
}

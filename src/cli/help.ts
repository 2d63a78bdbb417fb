/** Help as text, from the tables of the command line parser. */
import { GLOBAL_FLAGS } from "./arguments";
import { type Command, type Flag, usageOf } from "./command";

export function overview(commands: readonly Command[]): string {
  const rows = commands.map((command) => [usageOf(command), command.summary] as const);
  return [
    "A private AI network from one spec: what the spec does not declare is denied.",
    "",
    "Usage: ai-enclave COMMAND [FLAGS]",
    "",
    ...section("Commands", rows),
    ...section("Flags of every command", flagRows(GLOBAL_FLAGS)),
    "Example:",
    "  ai-enclave synth private-rag.enclave.yaml --cloud aws",
    "",
    "Exit codes: 0 fine, 1 a rule or assertion is broken, 2 invalid input or not supported, 70 a bug of this tool",
    "",
  ].join("\n");
}

export function helpOf(command: Command): string {
  const flags = flagRows(command.flags);
  return [
    `${command.name}: ${command.summary}`,
    "",
    `Usage: ai-enclave ${usageOf(command)}${flags.length === 0 ? "" : " [FLAGS]"}`,
    ...(command.operand === "SPEC" ? ["SPEC is a file, or - for standard input"] : []),
    "",
    ...(flags.length === 0 ? [] : section("Flags", flags)),
    ...section("Flags of every command", flagRows(GLOBAL_FLAGS)),
    command.examples.length === 1 ? "Example:" : "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

const flagRows = (flags: Readonly<Record<string, Flag>>): [string, string][] =>
  Object.entries(flags).map(([name, flag]) => [
    flag.value === undefined ? `--${name}` : `--${name} ${flag.value}`,
    flag.help,
  ]);

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  const width = Math.max(...rows.map(([left]) => left.length));
  return [`${title}:`, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`), ""];
}

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
    ...flagSection("Flags of every command", GLOBAL_FLAGS),
    "Example:",
    "  ai-enclave synth private-rag.enclave.yaml --cloud aws",
    "",
    "Exit codes: 0 fine, 1 a rule or assertion is broken, 2 invalid input or not supported, 70 a bug " +
      "of this tool",
    "",
  ].join("\n");
}

export function helpOf(command: Command): string {
  const flags = flagSection("Flags", command.flags);
  return [
    `${command.name}: ${command.summary}`,
    "",
    `Usage: ai-enclave ${usageOf(command)}${flags.length === 0 ? "" : " [FLAGS]"}`,
    ...(command.operand === "SPEC" ? ["SPEC is a file, or - for standard input"] : []),
    "",
    ...flags,
    ...flagSection("Flags of every command", GLOBAL_FLAGS),
    command.examples.length === 1 ? "Example:" : "Examples:",
    ...command.examples.map((example) => `  ${example}`),
    "",
  ].join("\n");
}

const flagSection = (title: string, flags: Readonly<Record<string, Flag>>): string[] =>
  section(
    title,
    Object.entries(flags).map(([name, { value = "", help }]) => [`--${name} ${value}`.trim(), help]),
  );

function section(title: string, rows: readonly (readonly [string, string])[]): string[] {
  if (rows.length === 0) return [];
  const width = Math.max(...rows.map(([left]) => left.length));
  return [`${title}:`, ...rows.map(([left, right]) => `  ${left.padEnd(width)}  ${right}`), ""];
}

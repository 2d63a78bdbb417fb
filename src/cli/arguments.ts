/** Strict: an unknown word is an error that names the nearest known one, and no flag is given twice. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Code } from "../diagnostics/catalogue";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { fitted } from "../diagnostics/make";
import { COMMAND_LINE, problemIn } from "../diagnostics/result";
import { type Command, type Flag, type FlagValues, usageOf } from "./command";
import { LATER } from "./commands";

export const GLOBAL_FLAGS = {
  format: {
    value: "FORMAT",
    choices: ["text", "json"],
    help: "text, or json: one document on stdout (default text)",
  },
  quiet: { short: "q", help: "errors and warnings only; -q for short" },
  verbose: { help: "notes in full" },
  "no-color": { help: "no colour, as with NO_COLOR" },
  help: { short: "h", help: "this text; -h for short, or help COMMAND" },
  version: { short: "v", help: "the version; -v for short" },
} satisfies Record<string, Flag>;

export interface Parsed {
  /** Absent if the command line names no existing command. */
  readonly command?: Command;
  readonly operands: readonly string[];
  readonly flags: FlagValues;
  /** Usage errors. Flags and operands still have all readable values. */
  readonly problems: readonly LocatedDiagnostic[];
}

interface Token {
  readonly name: string;
  readonly rawName: string;
  readonly value: string | undefined;
  readonly index: number;
}

/** Flags may stand before and after the command. */
export function parseArguments(args: readonly string[], commands: readonly Command[]): Parsed {
  const options = optionsOf(commands);
  const { tokens } = parseArgs({ args: [...args], options, strict: false, tokens: true });
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const given = tokens.flatMap((token) => (token.kind === "option" ? [wholeFlag(token, args)] : []));
  const flags: Record<string, string | true> = {};
  // People also write these flags as a command.
  if (words[0] === "help" || words[0] === "version") flags[words.shift() ?? ""] = true;
  for (const token of given) if (!Object.hasOwn(flags, token.name)) flags[token.name] = token.value ?? true;
  const [name, ...operands] = words;
  if (name === undefined) {
    const wrong = checkFlags(given, GLOBAL_FLAGS, "enclave");
    return { operands, flags, problems: wrong.length > 0 ? wrong : [unknownCommand(name, commands)] };
  }
  const command = commands.find((known) => known.name === name);
  if (command === undefined) return { operands, flags, problems: [unknownCommand(name, commands)] };
  const problems = checkFlags(given, { ...command.flags, ...GLOBAL_FLAGS }, command.name);
  // The word after an unknown flag may be its value, so operands are counted only when all flags are known.
  if (!problems.some(({ code }) => code === "flag-unknown"))
    problems.push(...checkOperands(command, operands));
  return { command, operands, flags, problems };
}

const LETTERS = Object.values<Flag>(GLOBAL_FLAGS).flatMap(({ short = [] }) => short);

/** `parseArgs` reads `-out=x`, Terraform's spelling, letter by letter; here it is one unknown flag. */
function wholeFlag(token: Token, args: readonly string[]): Token {
  const written = args[token.index] ?? "";
  const areKnown = [...written.slice(1)].every((letter) => LETTERS.includes(letter));
  if (!/^-[^-]./.test(written) || areKnown) return token;
  const [rawName = written] = written.split("=");
  return { name: rawName, rawName, value: undefined, index: token.index };
}

/** A name is one kind of flag in all commands, so that flags are readable before the command is known. */
function optionsOf(commands: readonly Command[]): NonNullable<ParseArgsConfig["options"]> {
  const tables: Readonly<Record<string, Flag>>[] = [...commands.map(({ flags }) => flags), GLOBAL_FLAGS];
  const flags = tables.flatMap((table) => Object.entries(table));
  return Object.fromEntries(
    flags.map(([name, flag]) => [name, { ...flag, type: flag.value === undefined ? "boolean" : "string" }]),
  );
}

function checkFlags(
  given: readonly Token[],
  known: Readonly<Record<string, Flag>>,
  command: string,
): LocatedDiagnostic[] {
  const problems: LocatedDiagnostic[] = [];
  const seen = new Map<string, number>();
  for (const token of given) {
    // The letters of one unknown flag are one token each.
    if (seen.get(token.name) === token.index) continue;
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (flag === undefined) problems.push(unknownFlag(token, Object.keys(known), command));
    else if (seen.has(token.name)) problems.push(usage("flag-repeated", `"${token.rawName}" is given twice`));
    else problems.push(...checkValue(token, flag));
    seen.set(token.name, token.index);
  }
  return problems;
}

function checkValue({ rawName, value }: Token, flag: Flag): LocatedDiagnostic[] {
  if (flag.value === undefined)
    return value === undefined ? [] : [usage("flag-value", `"${rawName}" takes no value`)];
  if (value === undefined || value === "" || (value.startsWith("-") && value !== "-")) {
    const form = `${rawName} ${flag.choices?.join("|") ?? flag.value}`;
    return [usage("flag-value", `"${rawName}" needs a value`, `Write ${form}`)];
  }
  const { choices } = flag;
  if (choices === undefined || choices.includes(value)) return [];
  const near = suggest(nearest(value, choices), `It is one of ${choices.join(", ")}.`);
  return [usage("flag-value", `"${rawName}" does not take "${value}"`, near)];
}

function checkOperands(command: Command, operands: readonly string[]): LocatedDiagnostic[] {
  const { name, operand = "" } = command;
  const form = `Usage: ai-enclave ${usageOf(command)}`;
  if (operand !== "" && !operand.startsWith("[") && operands.length === 0)
    return [usage("operand-missing", `"${name}" needs ${operand}`, form)];
  const extra = operands[operand === "" ? 0 : 1];
  return extra === undefined ? [] : [usage("operand-unexpected", `"${name}" does not take "${extra}"`, form)];
}

function unknownFlag(token: Token, known: readonly string[], command: string): LocatedDiagnostic {
  const [short] = token.rawName.length === 2 ? known.filter((name) => name.startsWith(token.name)) : [];
  const meant = nearest(short ?? token.name, known);
  const near = suggest(meant && `--${meant}`, `Its flags are --${known.join(", --")}.`);
  return usage("flag-unknown", `"${command}" has no flag "${token.rawName}"`, near);
}

function unknownCommand(name: string | undefined, commands: readonly Command[]): LocatedDiagnostic {
  const list = commands.map((command) => `${command.name}: ${command.summary}`).join("\n");
  if (name === undefined) return usage("command-missing", "a command is needed", list);
  if (LATER.includes(name)) return usage("command-not-built", `"${name}" is not in this version`);
  const names = commands.map((command) => command.name);
  const near = suggest(nearest(name, names), `The commands are ${names.join(", ")}.`);
  return usage("command-unknown", `there is no command "${name}"`, near);
}

const suggest = (meant: string | undefined, otherwise: string): string =>
  meant === undefined ? otherwise : `Did you mean "${meant}"? ${otherwise}`;

const usage = (code: Code, summary: string, detail = ""): LocatedDiagnostic =>
  problemIn(COMMAND_LINE, { code, summary: fitted(summary), detail });

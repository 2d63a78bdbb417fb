/** The command line as data. Strict: what is not known is an error with the nearest name that is, and nothing stands twice. */
import { type ParseArgsConfig, parseArgs } from "node:util";
import type { Code } from "../diagnostics/catalogue";
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { fitted } from "../diagnostics/make";
import { COMMAND_LINE, problemIn } from "../diagnostics/result";
import { meantBy } from "../spec/suggest/synonyms";
import type { Command, Flag, FlagValues } from "./command";

export const GLOBAL_FLAGS = {
  format: {
    value: "FORMAT",
    choices: ["text", "json"],
    help: "text, or json: one document on stdout (default text)",
  },
  quiet: { help: "no progress and no summary, diagnostics stay; -q for short" },
  "no-color": { help: "no colour, as with NO_COLOR" },
  help: { help: "this text; -h for short, or help COMMAND" },
  version: { help: "the version; -v for short" },
} satisfies Record<string, Flag>;

const SHORT: Readonly<Record<string, string>> = { help: "h", quiet: "q", version: "v" };

/** Flags that people also write as a command. */
const FLAGS_AS_COMMANDS: readonly string[] = ["help", "version"];

export interface Parsed {
  /** Absent when the command line names none, or none that exists. */
  readonly command?: Command;
  readonly operands: readonly string[];
  readonly flags: FlagValues;
  /** Usage errors; flags and operands are what could be read in spite of them. */
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
  const { tokens } = parseArgs({
    args: [...args],
    options: optionsOf(commands),
    strict: false,
    allowPositionals: true,
    tokens: true,
  });
  const words = tokens.flatMap((token) => (token.kind === "positional" ? [token.value] : []));
  const [asCommand] = words.slice(0, 1).filter((word) => FLAGS_AS_COMMANDS.includes(word));
  const [name, ...operands] = asCommand === undefined ? words : words.slice(1);
  const given: Token[] = tokens.flatMap((token) => (token.kind === "option" ? [wholeFlag(token, args)] : []));
  const command = commands.find((known) => known.name === name);
  const flags: Record<string, string | true> = asCommand === undefined ? {} : { [asCommand]: true };
  for (const token of given) if (!Object.hasOwn(flags, token.name)) flags[token.name] = token.value ?? true;
  if (name === undefined) return { operands, flags, problems: checkFlags(given, GLOBAL_FLAGS, "enclave") };
  if (command === undefined) return { operands, flags, problems: [unknownCommand(name, commands)] };
  if (command.run === undefined) return { command, operands, flags, problems: [] };
  const wrong = checkFlags(given, { ...command.flags, ...GLOBAL_FLAGS }, command.name);
  // What follows a flag that nobody knows may be its value, so operands are counted only when all flags are known.
  const counted = wrong.some((problem) => problem.code === "flag-unknown")
    ? []
    : checkOperands(command, operands);
  return { command, operands, flags, problems: [...wrong, ...counted] };
}

const SHORT_FLAGS = new RegExp(`^-[${Object.values(SHORT).join("")}]+$`);

/** `-out=x`, as Terraform has it, is read letter by letter; here it is one flag that nobody knows. */
function wholeFlag(token: Token, args: readonly string[]): Token {
  const written = args[token.index] ?? "";
  if (!/^-[^-]./.test(written) || SHORT_FLAGS.test(written)) return token;
  const [rawName = written] = written.split("=");
  return { name: rawName, rawName, value: undefined, index: token.index };
}

/** One name means the same kind of flag in all commands, so that flags can be read before the command is known. */
function optionsOf(commands: readonly Command[]): NonNullable<ParseArgsConfig["options"]> {
  const flags = Object.assign({}, ...commands.map((command) => command.flags), GLOBAL_FLAGS) as Record<
    string,
    Flag
  >;
  const option = ([name, flag]: [string, Flag]) => {
    const short = SHORT[name];
    return [
      name,
      {
        type: flag.value === undefined ? ("boolean" as const) : ("string" as const),
        ...(short === undefined ? {} : { short }),
      },
    ];
  };
  return Object.fromEntries(Object.entries(flags).map(option));
}

function checkFlags(
  given: readonly Token[],
  known: Readonly<Record<string, Flag>>,
  command: string,
): LocatedDiagnostic[] {
  const seen = new Set<string>();
  const whole = given.filter(
    ({ index, name }, place) => index !== given[place - 1]?.index || name !== given[place - 1]?.name,
  );
  return whole.flatMap((token) => {
    const flag = Object.hasOwn(known, token.name) ? known[token.name] : undefined;
    if (flag === undefined) return [unknownFlag(token, Object.keys(known), command)];
    const repeated = seen.has(token.name);
    seen.add(token.name);
    return repeated ? [usage("flag-repeated", `"${token.rawName}" stands twice`)] : checkValue(token, flag);
  });
}

function checkValue(token: Token, flag: Flag): LocatedDiagnostic[] {
  const { rawName, value } = token;
  if (flag.value === undefined)
    return value === undefined ? [] : [usage("flag-value", `"${rawName}" takes no value`)];
  if (value === undefined || value === "" || (value.startsWith("-") && value !== "-")) {
    return [
      usage("flag-value", `"${rawName}" needs a value`, {
        fix: `${rawName} ${flag.choices?.join("|") ?? flag.value}`,
      }),
    ];
  }
  if (flag.choices === undefined || flag.choices.includes(value)) return [];
  const near = didYouMean(meantBy(token.name, value, flag.choices), `${rawName} `) ?? {
    detail: `It is one of ${flag.choices.join(", ")}.`,
  };
  return [usage("flag-value", `"${rawName}" does not take "${value}"`, near)];
}

function checkOperands(command: Command, operands: readonly string[]): LocatedDiagnostic[] {
  const { least, most } = command.arity;
  const fix = `npx enclave ${command.name} ${command.operands}`.trim();
  if (operands.length < least)
    return [usage("operand-missing", `"${command.name}" needs ${command.operands}`, { fix })];
  const extra = operands[most];
  return extra === undefined
    ? []
    : [usage("operand-unexpected", `"${command.name}" does not take "${extra}"`, { fix })];
}

function unknownFlag(token: Token, known: readonly string[], command: string): LocatedDiagnostic {
  const [short] = token.rawName.length === 2 ? known.filter((name) => name.startsWith(token.name)) : [];
  const near = didYouMean(nearest(short ?? token.name, known), "--") ?? {
    detail: `Its flags are --${known.join(", --")}.`,
  };
  return usage("flag-unknown", `"${command}" has no flag "${token.rawName}"`, near);
}

function unknownCommand(name: string, commands: readonly Command[]): LocatedDiagnostic {
  const names = commands.map((command) => command.name);
  const built = commands.flatMap((command) => (command.run === undefined ? [] : [command.name]));
  const near = didYouMean(nearest(name, names), "npx enclave ") ?? {
    detail: `The commands are ${built.join(", ")}.`,
  };
  return usage("command-unknown", `there is no command "${name}"`, near);
}

function didYouMean(
  candidate: string | undefined,
  prefix: string,
): { detail: string; fix: string } | undefined {
  return candidate === undefined
    ? undefined
    : {
        detail: `Did you mean "${prefix.startsWith("--") && !prefix.endsWith(" ") ? prefix : ""}${candidate}"?`,
        fix: `${prefix}${candidate}`,
      };
}

const usage = (
  code: Code,
  summary: string,
  more: { detail?: string; fix?: string } = {},
): LocatedDiagnostic => problemIn(COMMAND_LINE, { code, summary: fitted(summary), ...more });

/** A command: its words, its flags, and a function from a call to an outcome. */
import type { LocatedDiagnostic } from "../diagnostics/diagnostic";

export interface Flag {
  /** How help writes the value; absent for a switch. */
  readonly value?: string;
  readonly choices?: readonly string[];
  /** Its letter: `-q`. */
  readonly short?: string;
  readonly help: string;
}

export interface Command {
  readonly name: string;
  readonly summary: string;
  /** The operand in help: `SPEC`, or `[DIR]` if it is optional; absent if the command has no operand. */
  readonly operand?: string;
  readonly flags: Readonly<Record<string, Flag>>;
  readonly examples: readonly string[];
  readonly run: (call: Call) => Promise<Outcome>;
}

/** `synth SPEC` */
export const usageOf = ({ name, operand = "" }: Command): string => `${name} ${operand}`.trim();

export interface Call {
  readonly operands: readonly string[];
  readonly flags: FlagValues;
  readonly io: Io;
  /** Shows the present step, on a terminal only. */
  readonly progress: (step: string) => void;
}

/** Values by flag name: text, or true for a switch that is set. */
export type FlagValues = Readonly<Record<string, string | true | undefined>>;

/** Exit code 0 fine, 1 findings, 2 invalid or unsupported input. A bug of ours throws and becomes 70. */
export interface Outcome {
  readonly exitCode: 0 | 1 | 2;
  readonly diagnostics?: readonly LocatedDiagnostic[];
  /** For stdout as text. */
  readonly text?: string;
  /** For stdout as text, quiet or not: what the user asked for. */
  readonly result?: string;
  /** The content of the JSON document beside the diagnostics. */
  readonly json?: Readonly<Record<string, unknown>>;
  /** Replaces all others: both formats print it unchanged, and `--quiet` does not silence it. */
  readonly document?: string;
}

/** Everything of the process that a command may touch. Tests give their own. */
export interface Io {
  /** Without the interpreter and the script. */
  readonly args: readonly string[];
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly cwd: string;
  readonly stderrIsTerminal: boolean;
  readonly readStdin: () => Promise<Uint8Array>;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

export const textOf = (value: string | true | undefined): string | undefined =>
  typeof value === "string" ? value : undefined;

/** A problem of a file that is not a YAML tree of plain values, with its place. */
import type { CST, YAMLError } from "yaml";
import type { Code } from "../../diagnostics/catalogue";
import type { Diagnostic, Position, SpecPath } from "../../diagnostics/diagnostic";
import type { Edit } from "../../diagnostics/edit";
import type { Problem } from "../../diagnostics/problem";

export interface SourceProblem extends Position, Omit<Problem, "instead" | "applicability"> {
  /** "" if the text has no tree. */
  readonly path: SpecPath;
  readonly edits?: readonly Edit[];
}

/** Turns an offset in the text into a position. */
export type Locate = (offset: number) => Position;

/** Text that is not YAML. */
export interface Broken {
  readonly text: string;
  readonly lines: readonly string[];
  readonly tokens: readonly CST.Token[];
  readonly errors: readonly YAMLError[];
  /** The line of the first error. */
  readonly stop: number;
  readonly at: Locate;
}

/** A problem of text that has no tree. */
export const textProblem = (
  code: Code,
  { line, column }: Position,
  summary: string,
  detail: string,
  facts: Diagnostic["facts"] = {},
): SourceProblem => ({ code, summary, detail, facts, path: "", line, column });

/** A character that does not show: `U+00A0`. */
export const codePoint = (character: string): string =>
  `U+${character.charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;

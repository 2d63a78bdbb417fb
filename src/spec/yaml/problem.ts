/** A problem of a file that is not a YAML tree of plain values, with its place. */
import type { Code } from "../../diagnostics/catalogue";
import type { Fact, SpecPath } from "../../diagnostics/diagnostic";
import type { Edit } from "../../diagnostics/edit";

/** Line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SourceProblem extends Position {
  readonly code: Code;
  readonly summary: string;
  readonly detail: string;
  /** "" if the text has no tree. */
  readonly path: SpecPath;
  readonly edits?: readonly Edit[];
  readonly facts?: Readonly<Record<string, Fact>>;
}

/** Turns an offset in the text into a position. */
export type Locate = (offset: number) => Position;

/** A problem of text that has no tree. */
export const textProblem = (
  code: Code,
  { line, column }: Position,
  summary: string,
  detail: string,
): SourceProblem => ({ code, summary, detail, path: "", line, column });

/**
 * Explains text that is not YAML, and leads to the place of the mistake: for example to an open bracket, not
 * to the place of the parser's stop. One mistake causes many errors, so only independent ones are reported.
 */
import type { CST, ErrorCode, YAMLError } from "yaml";
import { findConflictMark, findStrangeSpace, findTabs } from "./characters";
import { type Locate, type SourceProblem, textProblem } from "./problem";
import { findSlips, indentOf } from "./slips";
import { findOpenBracket, findOpenQuote } from "./unclosed";

export interface BrokenText {
  readonly text: string;
  readonly tokens: readonly CST.Token[];
  readonly errors: readonly YAMLError[];
  readonly at: Locate;
  /** Names of fields that can follow one another on a line. */
  readonly fields: readonly string[];
}

/** In the order of the file; at least one if there is an error. */
export function syntaxProblems({ text, tokens, errors, at, fields }: BrokenText): SourceProblem[] {
  const [first] = errors;
  if (first === undefined) return [];
  const lines = text.split(/\r?\n/);
  const stumbled = at(first.pos[0]);
  const single =
    findConflictMark(lines) ??
    findTabs(text, errors, at) ??
    findStrangeSpace(lines, stumbled.line) ??
    findOpenQuote(tokens, text, lines, at, stumbled);
  if (single !== undefined) return [single];
  const found = findSlips(errors, lines, at, fields);
  return found.length > 0 ? found : [findOpenBracket(tokens, lines, at) ?? explain(first, lines, at)];
}

/** In our own words: the library speaks of its grammar, which no user of a spec knows. */
const BROKEN: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_DQ_ESCAPE: "Text in double quotes has an unknown character after a backslash. Single quotes need none.",
  BAD_DIRECTIVE: "A line that begins with % is a directive of YAML. A spec needs none.",
  MULTILINE_IMPLICIT_KEY: "A key and its colon stand on one line.",
  MISSING_CHAR: "A colon or a comma is missing in this line, or at the end of the one before it.",
  UNEXPECTED_TOKEN: "Something follows a value that has ended. Remove it, or put all of the text in quotes.",
};

function explain(error: YAMLError, lines: readonly string[], at: Locate): SourceProblem {
  const position = at(error.pos[0]);
  const indented = indentProblem(error, lines, position.line);
  if (indented !== undefined) return indented;
  const detail = BROKEN[error.code] ?? `Line ${position.line}, or one before it, is not YAML.`;
  return textProblem("yaml-syntax", position, "the file is not well-formed YAML", detail);
}

function indentProblem({ code }: YAMLError, lines: readonly string[], at: number): SourceProblem | undefined {
  const [line = "", next = ""] = lines.slice(at - 1, at + 1);
  const column = indentOf(line) + 1;
  if (code === "BLOCK_AS_IMPLICIT_KEY" && next.trim() !== "" && indentOf(next) >= column) {
    const detail = `Line ${at} gives a value already, so nothing can stand below it. Entries of one mapping begin in one column, here ${column}.`;
    const place = { line: at + 1, column: indentOf(next) + 1 };
    return textProblem("yaml-syntax", place, "the line is indented too deeply", detail);
  }
  if (code !== "BAD_INDENT") return undefined;
  const columns = columnsAbove(lines.slice(0, at - 1)).join(" or ");
  const detail = `Entries of one mapping begin in one column, and so do entries of one list. Begin it in column ${columns}, as a line above does.`;
  const summary = "the line is indented differently from its neighbours";
  return textProblem("yaml-syntax", { line: at, column }, summary, detail);
}

/** The columns of the mappings and lists that are still open at the end, from the outermost. */
function columnsAbove(lines: readonly string[]): number[] {
  const columns: number[] = [];
  for (const line of lines.filter((each) => /^\s*[^\s#]/.test(each)).reverse()) {
    const column = indentOf(line) + 1;
    if (column < (columns[0] ?? Number.POSITIVE_INFINITY)) columns.unshift(column);
  }
  return columns;
}

/**
 * Explains text that is not YAML, and leads to the place of the mistake: for example to an open bracket, not
 * to the place of the parser's stop. One mistake causes many errors, so only independent ones are reported.
 */
import type { ErrorCode, YAMLError } from "yaml";
import { findConflictMark, findStrangeSpace, findTabs } from "./characters";
import { findMisplaced, indentOf, otherIndent } from "./columns";
import { type Broken, type SourceProblem, textProblem } from "./problem";
import { findSlips } from "./slips";
import { findExtraBracket, findOpenBracket, findOpenQuote } from "./unclosed";

/** In the order of the file; at least one if there is an error. */
export function syntaxProblems(given: Omit<Broken, "lines" | "stop">): SourceProblem[] {
  const [first] = given.errors;
  if (first === undefined) return [];
  const broken = { ...given, lines: given.text.split(/\r?\n/), stop: given.at(first.pos[0]).line };
  const single =
    findConflictMark(broken) ?? findTabs(broken) ?? findStrangeSpace(broken) ?? findOpenQuote(broken);
  if (single !== undefined) return [single];
  const misplaced = findMisplaced(broken);
  if (misplaced !== undefined) return [misplaced];
  const found = findSlips(broken);
  return found.length > 0
    ? found
    : [findExtraBracket(broken) ?? findOpenBracket(broken) ?? explain(first, broken)];
}

/** In our own words: the library speaks of its grammar, which no user of a spec knows. */
const BROKEN: Readonly<Partial<Record<ErrorCode, string>>> = {
  BAD_DQ_ESCAPE: "Text in double quotes has an unknown character after a backslash. Single quotes need none.",
  BAD_DIRECTIVE: "A line that begins with % is a directive of YAML. A spec needs none.",
  MULTILINE_IMPLICIT_KEY: "A key and its colon stand on one line.",
  MISSING_CHAR: "A colon or a comma is missing in this line, or at the end of the one before it.",
  UNEXPECTED_TOKEN: "Something follows a value that has ended. Remove it, or put all of the text in quotes.",
};

function explain({ code, pos }: YAMLError, { lines, at }: Broken): SourceProblem {
  const position = at(pos[0]);
  const { line } = position;
  const [here = "", next = ""] = lines.slice(line - 1, line + 1);
  const column = indentOf(here) + 1;
  if (code === "BLOCK_AS_IMPLICIT_KEY" && next.trim() !== "" && indentOf(next) >= column) {
    const detail =
      `Line ${line} gives a value already, so nothing can stand below it. ` +
      `Entries of one mapping begin in one column, here ${column}.`;
    const place = { line: line + 1, column: indentOf(next) + 1 };
    return textProblem("yaml-syntax", place, "the line is indented too deeply", detail);
  }
  if (code === "BAD_INDENT") return otherIndent(lines, line);
  const detail = BROKEN[code] ?? `Line ${line}, or one before it, is not YAML.`;
  return textProblem("yaml-syntax", position, "the file is not well-formed YAML", detail);
}

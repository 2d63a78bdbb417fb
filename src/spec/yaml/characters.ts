/** Characters that break a file anywhere: marks of a merge conflict, tabs, and spaces unknown to YAML. */
import type { YAMLError } from "yaml";
import { type Locate, type SourceProblem, textProblem } from "./problem";

export function findConflictMark(lines: readonly string[]): SourceProblem | undefined {
  const index = lines.findIndex((line) => /^(?:<{7}|={7}|>{7})(?: |$)/.test(line));
  if (index < 0) return undefined;
  const detail = "Two versions stand in the file, between marks. Keep one of them, and remove the marks.";
  const place = { line: index + 1, column: 1 };
  return textProblem("yaml-syntax", place, "a merge conflict is not resolved", detail);
}

export function findTabs(text: string, errors: readonly YAMLError[], at: Locate): SourceProblem | undefined {
  const found = errors.filter(({ code, pos }) => code === "TAB_AS_INDENT" || text[pos[0]] === "\t");
  const places = found.map(({ pos }) => at(pos[0]));
  const lines = [...new Set(places.map(({ line }) => line))];
  if (places[0] === undefined) return undefined;
  const where = lines.length === 1 ? "" : ` Tabs stand on lines ${lines.join(", ")}.`;
  const detail = `Indent with spaces only.${where}`;
  return textProblem("yaml-tab", places[0], "a tab stands where YAML wants spaces", detail);
}

const STRANGE_SPACE = /[\u00a0\u2000-\u200b\u202f\u3000]/;

/** A character that looks like a space, up to the parser's stop. It is harmless in comments. */
export function findStrangeSpace(lines: readonly string[], last: number): SourceProblem | undefined {
  for (const [index, line] of lines.slice(0, last).entries()) {
    const code = line.replace(/(?:^|\s)#.*$/, "");
    const column = code.search(STRANGE_SPACE);
    if (column < 0) continue;
    const name = `U+${code.charCodeAt(column).toString(16).toUpperCase().padStart(4, "0")}`;
    const summary = `the character ${name} stands where YAML wants a space`;
    const detail =
      "It looks like a space and comes with text that is copied from web pages and documents. Type a space over it.";
    const place = { line: index + 1, column: column + 1 };
    return textProblem("yaml-space", place, summary, detail);
  }
  return undefined;
}

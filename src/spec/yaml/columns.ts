/** Lines that begin in a column where they mean nothing, or as something else than the lines beside them. */
import { type Broken, type SourceProblem, textProblem } from "./problem";
import { openBrackets } from "./unclosed";

export const indentOf = (line: string): number => line.length - line.trimStart().length;

const isEntry = (line: string): boolean => /^\s*-(?:\s|$)/.test(line);

/** At the parser's stop, outside of brackets. */
export function findMisplaced({ lines, stop }: Broken): SourceProblem | undefined {
  const [above, line = ""] = [lines.slice(0, stop - 1), lines[stop - 1]];
  if (openBrackets(above.join("\n")) !== 0) return undefined;
  const columns = columnsAbove(above);
  const column = indentOf(line) + 1;
  if (column < Math.max(...columns) && !columns.includes(column)) return otherIndent(lines, stop);
  return mixed(above, line, stop);
}

/** A key among entries, or an entry among keys. A list may begin in the column of its key. */
function mixed(above: readonly string[], line: string, number: number): SourceProblem | undefined {
  const beside = contents(above).filter((each) => indentOf(each) <= indentOf(line));
  const last = beside.at(-1);
  if (last === undefined || indentOf(last) !== indentOf(line) || isEntry(last) === isEntry(line))
    return undefined;
  const key = beside.filter((each) => !isEntry(each)).at(-1);
  const isListOfKey = key !== undefined && indentOf(key) === indentOf(line) && /:\s*(?:#.*)?$/.test(key);
  if (isListOfKey && (!isEntry(line) || contents(above).at(-1) === key)) return undefined;
  const [is, are] = isEntry(line) ? ["an entry of a list", "keys"] : ["a key", "entries of a list"];
  const detail =
    `Lines above it in column ${indentOf(line) + 1} are ${are}. ` +
    "An entry begins with a dash, a key does not.";
  const place = { line: number, column: indentOf(line) + 1 };
  return textProblem("yaml-syntax", place, `${is} stands among ${are}`, detail);
}

export function otherIndent(lines: readonly string[], line: number): SourceProblem {
  const column = indentOf(lines[line - 1] ?? "") + 1;
  const columns = columnsAbove(lines.slice(0, line - 1)).filter((each) => each !== column);
  const way = columns.length === 0 ? "" : ` Lines above begin in column ${columns.join(" or ")}.`;
  const detail = `Entries of one mapping begin in one column, and so do entries of one list.${way}`;
  const summary = "the line is indented differently from its neighbours";
  return textProblem("yaml-syntax", { line, column }, summary, detail);
}

const contents = (lines: readonly string[]): string[] => lines.filter((each) => /^\s*[^\s#]/.test(each));

/** The columns of the mappings and lists that are still open at the end, from the outermost. */
function columnsAbove(lines: readonly string[]): number[] {
  const columns: number[] = [];
  for (const line of contents(lines)) {
    const [dashes = ""] = /^\s*(?:-\s+)*/.exec(line) ?? [];
    const own = [
      indentOf(line) + 1,
      ...[...dashes.matchAll(/-\s+/g)].map((dash) => dash.index + dash[0].length + 1),
    ];
    while ((columns.at(-1) ?? 0) >= (own[0] ?? 1)) columns.pop();
    columns.push(...new Set(own));
  }
  return columns;
}

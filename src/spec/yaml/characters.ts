/** Characters that break a file anywhere: marks of a merge conflict, tabs, and spaces unknown to YAML. */
import { type Broken, codePoint, type SourceProblem, textProblem } from "./problem";

export function findConflictMark({ lines }: Broken): SourceProblem | undefined {
  const index = lines.findIndex((line) => /^(?:<{7}|={7}|>{7})(?: |$)/.test(line));
  if (index < 0) return undefined;
  const detail = "Two versions stand in the file, between marks. Keep one of them, and remove the marks.";
  return textProblem(
    "yaml-syntax",
    { line: index + 1, column: 1 },
    "a merge conflict is not resolved",
    detail,
  );
}

export function findTabs({ text, errors, at }: Broken): SourceProblem | undefined {
  const found = errors.filter(({ code, pos }) => code === "TAB_AS_INDENT" || text[pos[0]] === "\t");
  const places = found.map(({ pos }) => at(pos[0]));
  const lines = [...new Set(places.map(({ line }) => line))];
  if (places[0] === undefined) return undefined;
  const where = lines.length === 1 ? "" : ` Tabs stand on lines ${lines.join(", ")}.`;
  const detail = `Indent with spaces only.${where}`;
  return textProblem("yaml-tab", places[0], "a tab stands where YAML wants spaces", detail);
}

/** A character that looks like a space, up to the parser's stop. It is harmless in comments. */
export function findStrangeSpace({ lines, stop }: Broken): SourceProblem | undefined {
  for (const [index, line] of lines.slice(0, stop).entries()) {
    const found = /[\u00a0\u2000-\u200b\u202f\u3000]/.exec(line.replace(/(?:^|\s)#.*$/, ""));
    if (found === null) continue;
    const summary = `the character ${codePoint(found[0])} stands where YAML wants a space`;
    const detail =
      "It looks like a space and comes with text that is copied from web pages and documents. " +
      "Type a space over it.";
    return textProblem("yaml-space", { line: index + 1, column: found.index + 1 }, summary, detail);
  }
  return undefined;
}

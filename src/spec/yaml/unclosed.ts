/** Brackets and quotes that open and do not close, reported at their opening. */
import { tokensIn } from "./depth";
import { type Broken, type SourceProblem, textProblem } from "./problem";

const CLOSING: Readonly<Record<string, string>> = { "{": "}", "[": "]" };

/** The innermost bracket that is not closed. Those around it are open only because of it. */
export function findOpenBracket({ tokens, lines, at }: Broken): SourceProblem | undefined {
  const open = [...tokensIn(tokens)].flatMap(({ token, depth }) =>
    token.type === "flow-collection" && token.end[0]?.source !== CLOSING[token.start.source]
      ? [{ opening: token.start.source, offset: token.start.offset, depth }]
      : [],
  );
  const [innermost] = open.sort((a, b) => b.depth - a.depth || a.offset - b.offset);
  if (innermost === undefined) return undefined;
  const { opening, offset } = innermost;
  const closing = CLOSING[opening] ?? "";
  const position = at(offset);
  const line = closed(lines[position.line - 1] ?? "", position.column, closing);
  const way = line === undefined ? "" : ` Write: ${line}`;
  const detail = `The ${closing} that belongs to it is missing.${way}`;
  return textProblem("yaml-syntax", position, `the ${opening} is not closed`, detail);
}

/** The line with the bracket closed at its end, if nothing else is missing. */
function closed(line: string, column: number, closing: string): string | undefined {
  const code = line.replace(/\s+#.*$/, "").trimEnd();
  const rest = code.slice(column);
  const isWhole = openBrackets(rest) === 0 && /[^\s,:]$/.test(rest);
  return isWhole ? `${code.trimStart()} ${closing}` : undefined;
}

/** The number of brackets that open, less those that close. */
export const openBrackets = (text: string): number =>
  text.replace(/[^{[]/g, "").length - text.replace(/[^}\]]/g, "").length;

/** A bracket that closes nothing, on a line before which all brackets are closed. */
export function findExtraBracket({ lines, stop }: Broken): SourceProblem | undefined {
  const [above, line = ""] = [lines.slice(0, stop - 1).join("\n"), lines[stop - 1]];
  if (openBrackets(above) !== 0) return undefined;
  for (const [opening, closing] of Object.entries(CLOSING)) {
    let open = 0;
    for (const [index, character] of [...line].entries()) {
      open += Number(character === opening) - Number(character === closing);
      if (open >= 0) continue;
      const summary = `a ${closing} closes nothing`;
      const detail = `No ${opening} before it is open. Remove it, or put the text that it belongs to in quotes.`;
      return textProblem("yaml-syntax", { line: stop, column: index + 1 }, summary, detail);
    }
  }
  return undefined;
}

const QUOTED: readonly string[] = ["double-quoted-scalar", "single-quoted-scalar"];

/** Text in quotes that continues to the end of the file, or over lines up to the parser's stop. */
export function findOpenQuote({ tokens, text, lines, at, stop }: Broken): SourceProblem | undefined {
  for (const { token } of [...tokensIn(tokens)].sort((a, b) => a.token.offset - b.token.offset)) {
    if (!QUOTED.includes(token.type) || !("source" in token)) continue;
    const quote = token.source[0] ?? "";
    const end = token.offset + token.source.length;
    const isOpen = token.source.length < 2 || !token.source.endsWith(quote) || end > text.length;
    const [first, last] = [at(token.offset), at(end)];
    if (!isOpen && (last.line === first.line || last.line !== stop)) continue;
    const where = isOpen ? "the end of the file." : `line ${last.line}, where other text follows.`;
    const ended = endQuoted(lines[first.line - 1] ?? "", first.column, quote);
    const way = ended === undefined ? "" : ` Write: ${ended}`;
    const detail = `It goes on to ${where} A ${quote} is missing, probably on line ${first.line}.${way}`;
    return textProblem("yaml-syntax", first, "the text in quotes that begins here is not closed", detail);
  }
  return undefined;
}

/** `key: "text"`, for text that should end with its line, or before the bracket that closes its mapping. */
function endQuoted(line: string, column: number, quote: string): string | undefined {
  const before = line.slice(0, column - 1);
  const [, key] = /([A-Za-z$_][\w$-]*):\s+$/.exec(before) ?? [];
  const rest = line.slice(column).split(/\s+#/)[0] ?? "";
  const words = (/[{[]/.test(before) ? rest.replace(/[,}\]].*$/, "") : rest).trim();
  const isKnown = key !== undefined && words !== "" && !/["']/.test(words);
  return isKnown ? `${key}: ${quote}${words}${quote}` : undefined;
}

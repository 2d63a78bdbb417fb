/**
 * What is wrong with text that is no YAML, in words that lead to the place where it has to be mended: where a bracket opens, not
 * where the parser gave up. One slip makes a parser stumble many times, so only what cannot be a consequence is told.
 */
import type { CST, YAMLError } from "yaml";
import { ITEM_FIELDS } from "../schema/fields";
import { type Position, problem, type SourceProblem } from "./nodes";
import { openBracket, runawayQuote } from "./unclosed";

/** What is mended on its own line and breaks nothing after it. */
interface Slip {
  readonly summary: string;
  readonly detail: string;
  readonly fix: string;
  /** Where it is, when the parser stumbled later. */
  readonly column?: number;
}

/** `at` turns an offset into a position. In the order of the file; at least one when there is an error. */
export function syntaxProblems(
  text: string,
  tokens: readonly CST.Token[],
  errors: readonly YAMLError[],
  at: (offset: number) => Position,
): SourceProblem[] {
  const [first] = errors;
  if (first === undefined) return [];
  const lines = text.split(/\r?\n/);
  const strange = strangeSpace(lines, at(first.pos[0]).line);
  const conflict = lines.findIndex((line) => /^(?:<{7}|={7}|>{7})(?: |$)/.test(line));
  if (conflict >= 0)
    return [
      syntax(
        "a merge conflict is not resolved",
        "Two versions stand in the file, between marks.",
        { line: conflict + 1, column: 1 },
        "# keep one of the two versions, and remove the marks",
      ),
    ];
  const tabs = errors.filter(isTab).map((error) => at(error.pos[0]));
  if (tabs[0] !== undefined) return [tabProblem(tabs[0], [...new Set(tabs.map(({ line }) => line))])];
  if (strange !== undefined) return [strange];
  const quote = runawayQuote(tokens, text, lines, at, at(first.pos[0]));
  if (quote !== undefined) return [quote];
  const told = slips(errors, lines, at);
  if (told.length > 0) return told;
  return [openBracket(tokens, lines, at) ?? general(first, lines, at)];
}

const syntax = (summary: string, detail: string, position: Position, fix: string): SourceProblem =>
  problem("yaml-syntax", summary, detail, position, "", fix);

const isTab = (error: YAMLError): boolean =>
  error.code === "TAB_AS_INDENT" || /\btabs?\b/i.test(error.message);

function tabProblem(position: Position, lines: readonly number[]): SourceProblem {
  const where = lines.length === 1 ? "" : ` Tabs stand on lines ${lines.join(", ")}.`;
  const fix = "# put spaces for it";
  return problem(
    "yaml-tab",
    "a tab stands where YAML wants spaces",
    `Indent with spaces only.${where}`,
    position,
    "",
    fix,
  );
}

const STRANGE_SPACE = /[\u00a0\u2000-\u200b\u202f\u3000]/;

/** A space that looks like one and is none for YAML, up to the line where the parser stumbled; in comments it does no harm. */
function strangeSpace(lines: readonly string[], last: number): SourceProblem | undefined {
  for (const [index, line] of lines.slice(0, last).entries()) {
    const code = line.replace(/(?:^|\s)#.*$/, "");
    const column = code.search(STRANGE_SPACE);
    if (column < 0) continue;
    const name = `U+${code.charCodeAt(column).toString(16).toUpperCase().padStart(4, "0")}`;
    const detail = "It looks like a space and comes with text that is copied from web pages and documents.";
    const position = { line: index + 1, column: column + 1 };
    return problem(
      "yaml-space",
      `the character ${name} stands where YAML wants a space`,
      detail,
      position,
      "",
      "# type a space over it",
    );
  }
  return undefined;
}

/** Errors that are explained by their own line, one a line; none when the first is not of that kind. */
function slips(
  errors: readonly YAMLError[],
  lines: readonly string[],
  at: (offset: number) => Position,
): SourceProblem[] {
  const seen = new Set<number>();
  const told: SourceProblem[] = [];
  for (const error of errors) {
    const position = at(error.pos[0]);
    if (seen.has(position.line)) continue;
    const slip = slipOf(error, lines[position.line - 1] ?? "", position);
    if (slip === undefined) break;
    seen.add(position.line);
    told.push(
      syntax(slip.summary, slip.detail, { ...position, column: slip.column ?? position.column }, slip.fix),
    );
  }
  return told;
}

const KEY = "[A-Za-z$_][\\w$-]*";
const NO_SPACE = new RegExp(`^\\s*(?:- )?(${KEY}):([^\\s:].*)$`);
const NO_SPACE_AFTER_DASH = /^\s*-([^\s-].*)$/;
const COLON_IN_BLOCK = new RegExp(`^\\s*(?:- )?(${KEY}):\\s+([^"'#{[\\s][^#]*?:\\s[^#]*?)\\s*(?:#.*)?$`);
const COLON_IN_FLOW = new RegExp(`(${KEY}):\\s+([^"',{}[\\]\\s][^"',{}[\\]]*?:\\s+[^,{}[\\]]*?)\\s*[,}]`);

/** Fields of items: one that follows a value on its line wants a comma before it. */
const NO_COMMA = new RegExp(`([A-Za-z]+):\\s+([^\\s,{}[\\]"']+)\\s+(${ITEM_FIELDS.join("|")}):\\s`);

const NESTED: readonly string[] = [
  "MISSING_CHAR",
  "BLOCK_AS_IMPLICIT_KEY",
  "BLOCK_IN_FLOW",
  "UNEXPECTED_TOKEN",
  "MULTILINE_IMPLICIT_KEY",
];

function slipOf({ code }: YAMLError, line: string, { column }: Position): Slip | undefined {
  if (code === "BAD_SCALAR_START" || code === "BAD_ALIAS") return reservedCharacter(line, column);
  if (code === "KEY_OVER_1024_CHARS")
    return {
      summary: "a key is longer than 1024 characters",
      detail: "No part of a spec has such a key.",
      fix: "# remove the key",
    };
  if (!NESTED.includes(code)) return undefined;
  const dash = NO_SPACE_AFTER_DASH.exec(line);
  if (dash !== null)
    return {
      summary: "a space is missing after the dash",
      detail: "An entry of a list is a dash, a space and the value.",
      fix: `- ${dash[1]}`,
      column: indentOf(line) + 1,
    };
  const comma = missingComma(line, column) ?? missingColon(line);
  if (comma !== undefined) return comma;
  const [, text = "", colon] =
    [COLON_IN_BLOCK, COLON_IN_FLOW].map((pattern) => pattern.exec(line)).find((match) => match !== null) ??
    [];
  if (colon !== undefined)
    return {
      summary: "text with a colon in it needs quotes",
      detail: "A colon followed by a space begins a value.",
      fix: `${text}: ${JSON.stringify(colon)}`,
    };
  const [, key, value] = NO_SPACE.exec(line) ?? [];
  if (key === undefined) return undefined;
  return {
    summary: `a space is missing after "${key}:"`,
    detail: "Without it, the line is one piece of text.",
    fix: `${key}: ${value}`,
  };
}

/** After a word, where a known field follows; else where the parser stumbled, after what ends with a bracket or a quote. */
function missingComma(line: string, column: number): Slip | undefined {
  const detail = "Between brackets, entries stand with commas between them.";
  const word = NO_COMMA.exec(line);
  if (word !== null)
    return {
      summary: `a comma is missing before "${word[3]}:"`,
      detail,
      fix: `${word[1]}: ${word[2]},`,
      column: word.index + 1,
    };
  const before = line.slice(0, column - 1).trimEnd();
  const count = (brackets: RegExp): number => before.match(brackets)?.length ?? 0;
  const [last] = ENDED.exec(before) ?? [];
  const [next] = FOLLOWS.exec(line.slice(column - 1)) ?? [];
  if (last === undefined || next === undefined || count(/[{[]/g) <= count(/[}\]]/g)) return undefined;
  return {
    summary: `a comma is missing before ${next.endsWith(":") ? `"${next}"` : next}`,
    detail,
    fix: `# put a comma after ${last}`,
  };
}

const ENDED = new RegExp(`(?:${KEY}:\\s+)?(?:\\[[^\\][{}]*\\]|\\{[^{}]*\\}|"[^"]*"|'[^']*')$`);
const FOLLOWS = new RegExp(`^(?:${KEY}:(?=\\s)|"[^"]*"|'[^']*')`);

const NO_COLON = new RegExp(`^\\s*(?:- )?(${KEY})(?:\\s+([{[].*?))?\\s*(?:#.*)?$`);

/** `flows` alone on its line, `lake { … }`. */
function missingColon(line: string): Slip | undefined {
  const [, key, value] = NO_COLON.exec(line) ?? [];
  if (key === undefined) return undefined;
  const fix = value === undefined ? `${key}:` : `${key}: ${value}`;
  return {
    summary: `a colon is missing after "${key}"`,
    detail: "A key ends with a colon.",
    fix,
    column: indentOf(line) + 1,
  };
}

function reservedCharacter(line: string, column: number): Slip {
  const key = new RegExp(`(${KEY}):\\s+$`).exec(line.slice(0, column - 1))?.[1];
  const value = /^[^,{}[\]#]*/.exec(line.slice(column - 1))?.[0].trim() ?? "";
  const detail = "YAML keeps some characters for itself at the beginning of text.";
  const fix =
    key === undefined || value === ""
      ? "# put it in quotes, or remove it"
      : `${key}: ${JSON.stringify(value)}`;
  return {
    summary: `text that begins with ${JSON.stringify(line[column - 1] ?? "")} needs quotes`,
    detail,
    fix,
  };
}

const indentOf = (line: string): number => line.length - line.trimStart().length;

function general(
  error: YAMLError,
  lines: readonly string[],
  at: (offset: number) => Position,
): SourceProblem {
  const position = at(error.pos[0]);
  const line = lines[position.line - 1] ?? "";
  const next = lines[position.line] ?? "";
  const message = `${error.message.replace(/\s+/g, " ").trim().replace(/\.$/, "")}.`;
  if (error.code === "BLOCK_AS_IMPLICIT_KEY" && next.trim() !== "" && indentOf(next) > indentOf(line)) {
    const detail = `Line ${position.line} gives a value already, so nothing can stand below it. Entries of one mapping begin in one column, here ${indentOf(line) + 1}.`;
    const fix = `# begin it in column ${indentOf(line) + 1}`;
    return syntax(
      "the line is indented too deeply",
      detail,
      { line: position.line + 1, column: indentOf(next) + 1 },
      fix,
    );
  }
  if (error.code === "BAD_INDENT" || /same column/.test(message)) {
    const detail = "Entries of one mapping begin in one column, and so do entries of one list.";
    const fix = `# begin it in column ${columnsAbove(lines.slice(0, position.line - 1)).join(" or ")}, as a line above does`;
    return syntax(
      "the line is indented differently from its neighbours",
      detail,
      { line: position.line, column: indentOf(line) + 1 },
      fix,
    );
  }
  if (/at node end/.test(message)) {
    const detail = `A value has ended before it. (${message})`;
    const fix = "# remove it, or put all of the text in quotes: of the other kind where it has quotes in it";
    return syntax("something follows a value that has ended", detail, position, fix);
  }
  return syntax(
    "the file is not well-formed YAML",
    message,
    position,
    `# mend line ${position.line}, or one before it`,
  );
}

/** Where lines of the mappings and lists begin that are still open at the end, from the outermost. */
function columnsAbove(lines: readonly string[]): number[] {
  const columns: number[] = [];
  for (const line of lines.filter((each) => /^\s*[^\s#]/.test(each)).reverse())
    if (indentOf(line) + 1 < (columns[0] ?? Number.POSITIVE_INFINITY)) columns.unshift(indentOf(line) + 1);
  return columns;
}

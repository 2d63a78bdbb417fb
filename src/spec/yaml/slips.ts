/** Mistakes of typing that their own line explains. They break nothing after it. */
import type { ErrorCode } from "yaml";
import { ITEM_FIELDS } from "../schema/fields";
import { indentOf } from "./columns";
import { type Broken, type SourceProblem, textProblem } from "./problem";
import { openBrackets } from "./unclosed";

/** `column` is the place of the mistake, if the parser stopped later. */
type Slip = readonly [summary: string, detail: string, column?: number];

/** One per line; empty when the first error is not of that kind. */
export function findSlips({ errors, lines, at }: Broken): SourceProblem[] {
  const found = new Map<number, SourceProblem>();
  for (const { code, pos } of errors) {
    const { line, column } = at(pos[0]);
    if (found.has(line)) continue;
    const slip = slipOf(code, lines[line - 1] ?? "", column);
    if (slip === undefined) break;
    const [summary, detail, place = column] = slip;
    found.set(line, textProblem("yaml-syntax", { line, column: place }, summary, detail));
  }
  return [...found.values()];
}

const KEY = "[A-Za-z$_][\\w$-]*";
const NO_SPACE = new RegExp(`^\\s*(?:- )?(${KEY}):([^\\s:].*)$`);
const NO_SPACE_AFTER_DASH = /^\s*-([^\s-].*)$/;
/** `flows` alone on its line, `lake { … }`. */
const NO_COLON = new RegExp(`^\\s*(?:- )?(${KEY})(?:\\s+([{[].*?))?\\s*(?:#.*)?$`);
/** `exposure private` */
const NO_COLON_AFTER_FIELD = new RegExp(
  `^\\s*(?:- )?(${ITEM_FIELDS.join("|")})\\s*[ =]\\s*([^\\s:=#][^:#]*?)\\s*(?:#.*)?$`,
);
const COLON_IN_BLOCK = new RegExp(`^\\s*(?:- )?(${KEY}):\\s+([^"'#{[\\s][^#]*?:\\s[^#]*?)\\s*(?:#.*)?$`);
const COLON_IN_FLOW = new RegExp(`(${KEY}):\\s+([^"',{}[\\]\\s][^",{}[\\]]*?:\\s+[^,{}[\\]]*?)\\s*[,}]`);

const NESTED: readonly ErrorCode[] = [
  "MISSING_CHAR",
  "BLOCK_AS_IMPLICIT_KEY",
  "BLOCK_IN_FLOW",
  "UNEXPECTED_TOKEN",
  "MULTILINE_IMPLICIT_KEY",
];

function slipOf(code: ErrorCode, line: string, column: number): Slip | undefined {
  if (code === "BAD_SCALAR_START" || code === "BAD_ALIAS") return reservedCharacter(line, column);
  if (code === "KEY_OVER_1024_CHARS")
    return ["a key is longer than 1024 characters", "No part of a spec has such a key."];
  if (!NESTED.includes(code) && code !== "BAD_INDENT") return undefined;
  const [, entry] = NO_SPACE_AFTER_DASH.exec(line) ?? [];
  if (entry !== undefined) {
    const detail = `An entry of a list is a dash, a space and the value. Write: - ${entry}`;
    return ["a space is missing after the dash", detail, indentOf(line) + 1];
  }
  return code === "BAD_INDENT" ? undefined : (missingComma(line, column) ?? misplacedColon(line));
}

function misplacedColon(line: string): Slip | undefined {
  const [, bare, flow = ""] = NO_COLON.exec(line) ?? NO_COLON_AFTER_FIELD.exec(line) ?? [];
  if (bare !== undefined) {
    const detail = `A key ends with a colon. Write: ${`${bare}: ${flow}`.trimEnd()}`;
    return [`a colon is missing after "${bare}"`, detail, indentOf(line) + 1];
  }
  const [, named, text] = COLON_IN_BLOCK.exec(line) ?? COLON_IN_FLOW.exec(line) ?? [];
  if (text !== undefined) {
    const detail = `A colon followed by a space begins a value. Write: ${named}: ${JSON.stringify(text)}`;
    return ["text with a colon in it needs quotes", detail];
  }
  const [, key, value] = NO_SPACE.exec(line) ?? [];
  if (key === undefined) return undefined;
  const detail = `Without it, the line is one piece of text. Write: ${key}: ${value}`;
  return [`a space is missing after "${key}:"`, detail];
}

/** After a word, if a known field follows; else at the parser's stop, after a closing bracket or quote. */
function missingComma(line: string, column: number): Slip | undefined {
  const rule = "Between brackets, entries stand with commas between them.";
  const found = NO_COMMA.exec(line);
  if (found !== null) {
    const [, key, value, field] = found;
    return [
      `a comma is missing before "${field}:"`,
      `${rule} Write: ${key}: ${value?.replace(/;$/, "")},`,
      found.index + 1,
    ];
  }
  const before = line.slice(0, column - 1).trimEnd();
  const [last] = ENDED.exec(before) ?? [];
  const [next] = FOLLOWS.exec(line.slice(column - 1)) ?? [];
  if (last === undefined || next === undefined || openBrackets(before) <= 0) return undefined;
  const shown = next.endsWith(":") ? `"${next}"` : next;
  return [`a comma is missing before ${shown}`, `${rule} Put a comma after ${last}`];
}

const NO_COMMA = new RegExp(`([A-Za-z]+):\\s+([^\\s,{}[\\]"']+)\\s+(${ITEM_FIELDS.join("|")}):\\s`);
const ENDED = new RegExp(`(?:${KEY}:\\s+)?(?:\\[[^\\][{}]*\\]|\\{[^{}]*\\}|"[^"]*"|'[^']*')$`);
const FOLLOWS = new RegExp(`^(?:${KEY}:(?=\\s)|"[^"]*"|'[^']*')`);

function reservedCharacter(line: string, column: number): Slip {
  const key = new RegExp(`(${KEY}):\\s+$`).exec(line.slice(0, column - 1))?.[1];
  const value = /^[^,{}[\]#]*/.exec(line.slice(column - 1))?.[0].trim() ?? "";
  const way = key === undefined || value === "" ? "" : ` Write: ${key}: ${JSON.stringify(value)}`;
  const summary = `text that begins with ${JSON.stringify(line[column - 1] ?? "")} needs quotes`;
  return [summary, `YAML keeps some characters for itself at the beginning of text.${way}`];
}

/** Mistakes of typing that their own line explains. They break nothing after it. */
import type { YAMLError } from "yaml";
import { type Locate, type Position, type SourceProblem, textProblem } from "./problem";

interface Slip {
  readonly summary: string;
  readonly detail: string;
  /** The place of the mistake, if the parser stopped later. */
  readonly column?: number;
}

export const indentOf = (line: string): number => line.length - line.trimStart().length;

/** One per line; empty when the first error is not of that kind. */
export function findSlips(
  errors: readonly YAMLError[],
  lines: readonly string[],
  at: Locate,
  fields: readonly string[],
): SourceProblem[] {
  const found = new Map<number, SourceProblem>();
  for (const { code, pos } of errors) {
    const position = at(pos[0]);
    if (found.has(position.line)) continue;
    const slip = slipOf(code, lines[position.line - 1] ?? "", position, fields);
    if (slip === undefined) break;
    const place = { ...position, column: slip.column ?? position.column };
    found.set(position.line, textProblem("yaml-syntax", place, slip.summary, slip.detail));
  }
  return [...found.values()];
}

const KEY = "[A-Za-z$_][\\w$-]*";
const NO_SPACE = new RegExp(`^\\s*(?:- )?(${KEY}):([^\\s:].*)$`);
const NO_SPACE_AFTER_DASH = /^\s*-([^\s-].*)$/;
const COLON_IN_BLOCK = new RegExp(`^\\s*(?:- )?(${KEY}):\\s+([^"'#{[\\s][^#]*?:\\s[^#]*?)\\s*(?:#.*)?$`);
const COLON_IN_FLOW = new RegExp(`(${KEY}):\\s+([^"',{}[\\]\\s][^"',{}[\\]]*?:\\s+[^,{}[\\]]*?)\\s*[,}]`);

const NESTED: readonly YAMLError["code"][] = [
  "MISSING_CHAR",
  "BLOCK_AS_IMPLICIT_KEY",
  "BLOCK_IN_FLOW",
  "UNEXPECTED_TOKEN",
  "MULTILINE_IMPLICIT_KEY",
];

function slipOf(
  code: YAMLError["code"],
  line: string,
  { column }: Position,
  fields: readonly string[],
): Slip | undefined {
  if (code === "BAD_SCALAR_START" || code === "BAD_ALIAS") return reservedCharacter(line, column);
  if (code === "KEY_OVER_1024_CHARS") {
    const detail = "No part of a spec has such a key.";
    return { summary: "a key is longer than 1024 characters", detail };
  }
  if (!NESTED.includes(code)) return undefined;
  return (
    missingSpaceAfterDash(line) ??
    missingComma(line, column, fields) ??
    missingColon(line) ??
    unquotedColon(line) ??
    missingSpaceAfterKey(line)
  );
}

function missingSpaceAfterDash(line: string): Slip | undefined {
  const value = NO_SPACE_AFTER_DASH.exec(line)?.[1];
  if (value === undefined) return undefined;
  const detail = `An entry of a list is a dash, a space and the value. Write: - ${value}`;
  return { summary: "a space is missing after the dash", detail, column: indentOf(line) + 1 };
}

function missingSpaceAfterKey(line: string): Slip | undefined {
  const [, key, value] = NO_SPACE.exec(line) ?? [];
  if (key === undefined) return undefined;
  const detail = `Without it, the line is one piece of text. Write: ${key}: ${value}`;
  return { summary: `a space is missing after "${key}:"`, detail };
}

function unquotedColon(line: string): Slip | undefined {
  const [, key, text] = COLON_IN_BLOCK.exec(line) ?? COLON_IN_FLOW.exec(line) ?? [];
  if (text === undefined) return undefined;
  const detail = `A colon followed by a space begins a value. Write: ${key}: ${JSON.stringify(text)}`;
  return { summary: "text with a colon in it needs quotes", detail };
}

/** After a word, if a known field follows; else at the parser's stop, after a closing bracket or quote. */
function missingComma(line: string, column: number, fields: readonly string[]): Slip | undefined {
  const rule = "Between brackets, entries stand with commas between them.";
  const noComma = new RegExp(`([A-Za-z]+):\\s+([^\\s,{}[\\]"']+)\\s+(${fields.join("|")}):\\s`);
  const [, key, value, field] = noComma.exec(line) ?? [];
  if (field !== undefined) {
    const summary = `a comma is missing before "${field}:"`;
    return { summary, detail: `${rule} Write: ${key}: ${value},`, column: line.search(noComma) + 1 };
  }
  const before = line.slice(0, column - 1).trimEnd();
  const count = (brackets: RegExp): number => before.match(brackets)?.length ?? 0;
  const [last] = ENDED.exec(before) ?? [];
  const [next] = FOLLOWS.exec(line.slice(column - 1)) ?? [];
  if (last === undefined || next === undefined || count(/[{[]/g) <= count(/[}\]]/g)) return undefined;
  const summary = `a comma is missing before ${next.endsWith(":") ? `"${next}"` : next}`;
  return { summary, detail: `${rule} Put a comma after ${last}` };
}

const ENDED = new RegExp(`(?:${KEY}:\\s+)?(?:\\[[^\\][{}]*\\]|\\{[^{}]*\\}|"[^"]*"|'[^']*')$`);
const FOLLOWS = new RegExp(`^(?:${KEY}:(?=\\s)|"[^"]*"|'[^']*')`);

const NO_COLON = new RegExp(`^\\s*(?:- )?(${KEY})(?:\\s+([{[].*?))?\\s*(?:#.*)?$`);

/** `flows` alone on its line, `lake { … }`. */
function missingColon(line: string): Slip | undefined {
  const [, key, value] = NO_COLON.exec(line) ?? [];
  if (key === undefined) return undefined;
  return {
    summary: `a colon is missing after "${key}"`,
    detail: `A key ends with a colon. Write: ${[`${key}:`, value].join(" ").trimEnd()}`,
    column: indentOf(line) + 1,
  };
}

function reservedCharacter(line: string, column: number): Slip {
  const key = new RegExp(`(${KEY}):\\s+$`).exec(line.slice(0, column - 1))?.[1];
  const value = /^[^,{}[\]#]*/.exec(line.slice(column - 1))?.[0].trim() ?? "";
  const way = key === undefined || value === "" ? "" : ` Write: ${key}: ${JSON.stringify(value)}`;
  return {
    summary: `text that begins with ${JSON.stringify(line[column - 1] ?? "")} needs quotes`,
    detail: `YAML keeps some characters for itself at the beginning of text.${way}`,
  };
}

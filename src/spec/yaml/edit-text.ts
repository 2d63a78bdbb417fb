/** Makes edits in the text of a spec. Comments, order and spacing of everything else stay as they are. */
import {
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseDocument,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";
import { type Edit, inFlow } from "../../diagnostics/edit";
import { joinPath, type Segment, splitPath } from "../../diagnostics/path";
import { isMapping } from "../unknown";
import { AS_WRITTEN } from "./nodes";

type Collection = YAMLMap<Node, Node | null> | YAMLSeq<Node>;
type Item = Node | Pair<Node, Node | null>;

/** A byte order mark has no column. */
const MARK = "\ufeff";

/** The text after all edits, one after the other; undefined when one of them finds no place. */
export function editText(text: string, edits: readonly Edit[]): string | undefined {
  if (text.startsWith(MARK)) {
    const edited = editText(text.slice(MARK.length), edits);
    return edited && MARK + edited;
  }
  const isWindows = text.includes("\r\n") && !/(?<!\r)\n/.test(text);
  const lines = isWindows ? text.replaceAll("\r\n", "\n") : text;
  const after = edits.reduce<string | undefined>((before, edit) => before && editOnce(before, edit), lines);
  return isWindows ? after?.replaceAll("\n", "\r\n") : after;
}

function editOnce(text: string, edit: Edit): string | undefined {
  const document = parseDocument(text, { ...AS_WRITTEN, keepSourceTokens: true });
  const segments = splitPath(edit.path);
  const last = segments.at(-1);
  const parent = segments.slice(0, -1).reduce<unknown>(below, document.contents);
  if (last === undefined || !(isMap(parent) || isSeq(parent))) return undefined;
  const collection = parent as Collection;
  const write = isJson(text) ? JSON.stringify : inFlow;
  if (edit.op === "insert") {
    const item = typeof last === "number" ? write(edit.value) : `${write(last)}: ${write(edit.value)}`;
    return insert(text, collection, item);
  }
  const index = indexOf(collection, last);
  const item = collection.items[index];
  if (item === undefined) return undefined;
  if (edit.op === "remove") {
    // An empty block would be nothing, which is another value than an empty list.
    const isLast = collection.items.length === 1 && !collection.flow && segments.length > 1;
    return isLast
      ? editOnce(text, { ...edit, path: joinPath("", ...segments.slice(0, -1)) })
      : remove(text, collection, index, item);
  }
  if (edit.op === "rename")
    return "key" in item ? splice(text, rangeOf(text, item.key), write(edit.value)) : undefined;
  const isPart = segments.length === 1 && !collection.flow && isBlock(edit.value);
  return isPart && "key" in item
    ? setPart(text, item, inBlock(edit.value))
    : set(text, item, write(edit.value), collection.flow === true);
}

function isJson(text: string): boolean {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
}

function indexOf(collection: Collection, segment: Segment): number {
  if (isSeq(collection)) return Number(segment);
  // Of two equal keys, the later one is the mistake.
  return collection.items.map(({ key }) => isScalar(key) && String(key.value)).lastIndexOf(String(segment));
}

function below(node: unknown, segment: Segment): unknown {
  if (!isMap(node) && !isSeq(node)) return undefined;
  const item = node.items[indexOf(node as Collection, segment)];
  return isMap(node) ? (item as Pair | undefined)?.value : item;
}

type Range = readonly [start: number, end: number];

/** From the beginning of an item to the end of its value, without the space after it. */
function rangeOf(text: string, item: Item): Range {
  if (!("key" in item)) {
    const [start, end] = item.range ?? [0, 0];
    return [start, text.slice(0, end).trimEnd().length];
  }
  const [start] = rangeOf(text, item.key);
  return [start, isNothing(item.value) ? afterColon(text, item) : rangeOf(text, item.value)[1]];
}

/** `key:` has nothing for a value, which has no place of its own. */
const isNothing = (value: Node | null): value is null =>
  value === null || (isScalar(value) && value.range?.[0] === value.range?.[1]);

/** Behind the colon, or behind a key between braces that has none. */
function afterColon(text: string, { key }: Pair<Node, Node | null>): number {
  const [, end] = rangeOf(text, key);
  return end + (/^\s*:/.exec(text.slice(end))?.[0].length ?? 0);
}

const splice = (text: string, [start, end]: Range, by: string): string =>
  `${text.slice(0, start)}${by}${text.slice(end)}`;

function set(text: string, item: Item, value: string, isFlow: boolean): string {
  if (!("key" in item)) return splice(text, rangeOf(text, item), value);
  const start = afterColon(text, item);
  if (isNothing(item.value))
    return splice(text, [start, start], text[start - 1] === ":" ? ` ${value}` : `: ${value}`);
  const range = rangeOf(text, item.value);
  const between = text.slice(start, range[0]);
  if (isFlow || !between.includes("\n")) return splice(text, range, value);
  // A comment between the key and a block below it stays on the key's line.
  const [comment = ""] = /^[ \t]*#[^\r\n]*/.exec(between) ?? [];
  return splice(text, [start, range[1]], ` ${value}${comment}`);
}

/** Items of a whole part stand on a line each, below the key and its comment. */
function setPart(text: string, item: Pair<Node, Node | null>, lines: string): string {
  const start = afterColon(text, item);
  const [comment = ""] = /^[ \t]*#[^\r\n]*/.exec(text.slice(start)) ?? [];
  const end = Math.max(start + comment.length, rangeOf(text, item)[1]);
  return splice(text, [start, end], `${comment}\n${lines}`);
}

function isBlock(value: unknown): value is object {
  const items = Object.values(value ?? {});
  return items.length > 0 && items.every(isMapping);
}

const inBlock = (value: object): string =>
  (Array.isArray(value)
    ? value.map((each) => `  - ${inFlow(each)}`)
    : Object.entries(value).map((entry) => `  ${inFlow(Object.fromEntries([entry])).slice(2, -2)}`)
  ).join("\n");

const lineStart = (text: string, at: number): number => text.lastIndexOf("\n", at - 1) + 1;

function lineEnd(text: string, at: number): number {
  const end = text.indexOf("\n", at);
  return end < 0 ? text.length : end + 1;
}

function remove(text: string, collection: Collection, index: number, item: Item): string {
  if (collection.flow) return splice(text, flowRange(text, collection, index), "");
  const end = lineEnd(text, rangeOf(text, item)[1]);
  const start = startOf(text, collection, index, item);
  const isFirstOfLine = text.slice(lineStart(text, start), start).trim() === "";
  if (isFirstOfLine) return splice(text, [lineStart(text, start), end], "");
  // The next item follows the dash in its place.
  return splice(text, [start, end + (/^\s*/.exec(text.slice(end))?.[0].length ?? 0)], "");
}

/** An item between brackets, with one comma beside it and without the comments there. */
function flowRange(text: string, { items }: Collection, index: number): Range {
  const [before, item, after] = [index - 1, index, index + 1].map((at) => {
    const each = items[at];
    return each && rangeOf(text, each);
  });
  const [start, end] = item ?? [0, 0];
  if (after !== undefined && !text.slice(end, after[0]).includes("#")) return [start, after[0]];
  if (after === undefined && before !== undefined && !text.slice(before[1], start).includes("#"))
    return [before[1], end];
  const comma = /^(?:\s|#[^\n]*\n)*,/.exec(text.slice(end));
  return [start, end + (comma?.[0].length ?? 0)];
}

/** The place of a key, or of the dash before an entry. */
function startOf(text: string, { srcToken }: Collection, index: number, item: Item): number {
  const tokens = srcToken?.type === "block-seq" ? srcToken.items[index]?.start : undefined;
  const dash = tokens?.find(({ type }) => type === "seq-item-ind");
  return dash?.offset ?? rangeOf(text, item)[0];
}

function insert(text: string, collection: Collection, item: string): string {
  const [first, last] = [collection.items[0], collection.items.at(-1)];
  if (first === undefined || last === undefined) {
    const start = (collection.range?.[0] ?? 0) + 1;
    return splice(text, [start, start], isMap(collection) ? ` ${item} ` : item);
  }
  const [, end] = rangeOf(text, last);
  if (collection.flow) return splice(text, [end, end], `, ${item}`);
  const at = lineEnd(text, end);
  const start = startOf(text, collection, 0, first);
  const indent = " ".repeat(start - lineStart(text, start));
  const isLastLine = !text.slice(0, at).endsWith("\n");
  const line = `${indent}${isSeq(collection) ? "- " : ""}${item}\n`;
  return splice(text, [at, at], isLastLine ? `\n${line}` : line);
}

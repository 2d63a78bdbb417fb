/** From YAML nodes to plain values with positions. Refuses YAML features that a spec may not use. */

import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import type { Code } from "../../diagnostics/catalogue";
import type { Position, SpecPath } from "../../diagnostics/diagnostic";
import { type Edit, isEntry, quoted, renaming, setting } from "../../diagnostics/edit";
import { joinPath, splitPath } from "../../diagnostics/path";
import { isFreeText } from "../schema/fields";
import { UNKNOWN } from "../unknown";
import type { Locate, SourceProblem } from "./problem";

/** The library leaves merge keys and repeated keys to us. */
export const AS_WRITTEN = { merge: false, uniqueKeys: false, logLevel: "silent" } as const;

export interface Tree {
  /** Objects without prototype, arrays, strings, numbers, booleans, null and UNKNOWN. */
  readonly value: unknown;
  /** The beginning of each entry. A mapping's entry begins at its key. */
  readonly positions: ReadonlyMap<SpecPath, Position>;
  readonly problems: readonly SourceProblem[];
}

interface Reading {
  readonly at: Locate;
  readonly positions: Map<SpecPath, Position>;
  readonly problems: SourceProblem[];
}

type Refusal = readonly [code: Code, summary: string, detail: string, ...edits: Edit[]];

const REASON = "A spec is reviewed line by line, so each value stands where it is used.";

export function readNode(node: Node, at: Locate): Tree {
  const reading: Reading = { at, positions: new Map(), problems: [] };
  const value = readEntry(node, node, "", reading);
  return { value, positions: reading.positions, problems: reading.problems };
}

const positionOf = (node: Node, { at }: Reading): Position => at(node.range?.[0] ?? 0);

function refuse(refusal: Refusal, node: Node, path: SpecPath, reading: Reading): void {
  const [code, summary, detail, ...edits] = refusal;
  reading.problems.push({ code, summary, detail, path, edits, ...positionOf(node, reading) });
}

function readEntry(beginning: Node, value: Node | null, path: SpecPath, reading: Reading): unknown {
  reading.positions.set(path, positionOf(beginning, reading));
  return value === null ? null : readValue(value, path, reading);
}

function readValue(node: Node, path: SpecPath, reading: Reading): unknown {
  if (node.anchor !== undefined) refuse(anchorRefusal(node.anchor), node, path, reading);
  const refusal = refusalOf(node, path);
  if (refusal !== undefined) {
    refuse(refusal, node, path, reading);
    return UNKNOWN;
  }
  if (isMap<Node, Node | null>(node)) return readMapping(node.items, path, reading);
  if (isSeq<Node>(node))
    return node.items.map((item, index) => readEntry(item, item, joinPath(path, index), reading));
  return isScalar(node) ? node.value : UNKNOWN;
}

const anchorRefusal = (name: string): Refusal => {
  return ["yaml-anchor", `the anchor &${name} is not allowed`, REASON];
};

function refusalOf(node: Node, path: SpecPath): Refusal | undefined {
  if (isAlias(node)) return refuseAlias(`*${node.source}`, path);
  if (node.tag !== undefined) {
    const tag = node.tag.replace("tag:yaml.org,2002:", "!!");
    const detail =
      "Values are plain text, numbers, true and false; put text in quotes where it looks like a number.";
    return ["yaml-tag", `the tag ${tag} is not allowed`, detail];
  }
  return isScalar(node) ? refuseNumber(node, path) : undefined;
}

/** `*.example.com` without quotes is an alias to YAML. */
function refuseAlias(alias: string, path: SpecPath): Refusal {
  if (!alias.startsWith("*.")) return ["yaml-alias", `the alias ${alias} is not allowed`, REASON];
  const detail = "To YAML, text that begins with * is another value's name.";
  return ["yaml-alias", `${quoted(alias)} has to stand in quotes`, detail, setting(path, alias, "exact")];
}

/** A number with a surprising meaning: older YAML reads 010 as eight, and `1.10` as text is "1.1". */
function refuseNumber({ value, source = "" }: Scalar, path: SpecPath): Refusal | undefined {
  if (typeof value !== "number" || source === String(value)) return undefined;
  const isText = isFreeText(path);
  const edit = isText ? setting(path, source, "exact") : setting(path, value);
  const isOctal = /^[-+]?0[0-9ox]/i.test(source);
  if (isOctal || (/\de/i.test(source) && Math.abs(value) <= Number.MAX_SAFE_INTEGER)) {
    const others = isOctal ? "octal or text" : "text";
    const detail = `Here it would be ${value}, and for other programs ${others}. Write it plainly.`;
    return ["yaml-number", `the number ${source} can be read in two ways`, detail, edit];
  }
  if (!isText) return undefined;
  const detail = `As a number it is ${value}; in quotes it stays as it is written.`;
  return ["yaml-number", `the number ${source} is not text`, detail, edit];
}

function readMapping(pairs: readonly Pair<Node, Node | null>[], path: SpecPath, reading: Reading): unknown {
  const entries: Record<string, unknown> = Object.create(null);
  let [isWhole, isDuplicated] = [true, false];
  for (const pair of pairs) {
    const key = readKey(pair.key, path, reading);
    if (key === "<<") isWhole = false;
    if (key === undefined || key === "<<") continue;
    const below = joinPath(path, key);
    if (key in entries) {
      // A list entry whose dash is missing repeats all keys of the one before it.
      if (!isEntry(path) || !isDuplicated)
        refuse(duplicateRefusal(key, below, reading), pair.key, below, reading);
      isDuplicated = true;
      // Which of the two counts is unknown, and so is everything in it.
      entries[key] = UNKNOWN;
    } else entries[key] = readEntry(pair.key, pair.value, below, reading);
  }
  return isWhole ? entries : UNKNOWN;
}

/** Undefined for a key that cannot be used. */
function readKey(key: Node, parent: SpecPath, reading: Reading): string | undefined {
  const path = isScalar(key) ? joinPath(parent, String(key.value)) : parent;
  if (!isScalar(key) || typeof key.value !== "string" || key.tag !== undefined) {
    const [named, edits] = isScalar(key) ? [` ${key.value}`, [renaming(path, String(key.value))]] : ["", []];
    const detail = "Keys are names. Put a key that looks like a number, true, false or null in quotes.";
    refuse(["yaml-key-type", `the key${named} is not text`, detail, ...edits], key, path, reading);
    return undefined;
  }
  if (key.anchor !== undefined) refuse(anchorRefusal(key.anchor), key, path, reading);
  const refusal = KEYS_REFUSED.get(key.value);
  if (refusal !== undefined) refuse(refusal, key, path, reading);
  return key.value === "__proto__" ? undefined : key.value;
}

const NO_NAME = "Programs that read the spec could take it for something else than a name.";

const KEYS_REFUSED: ReadonlyMap<string, Refusal> = new Map([
  ["__proto__", ["yaml-key-refused", 'the key "__proto__" is not allowed', NO_NAME]],
  ["<<", ["yaml-merge-key", "merge keys are not allowed", REASON]],
]);

function duplicateRefusal(key: string, path: SpecPath, { positions }: Reading): Refusal {
  const first = positions.get(path);
  const line = first === undefined ? "" : ` It stands on line ${first.line} already.`;
  const isInList = isEntry(joinPath("", ...splitPath(path).slice(0, -1)));
  const dash = isInList ? ` If a new entry begins here, write: - ${key}:` : "";
  const detail = `Only one of two equal keys can count, so keep one.${line}${dash}`;
  return ["yaml-duplicate-key", `the key ${quoted(key)} is given twice`, detail];
}

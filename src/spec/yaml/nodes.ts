/** From YAML nodes to plain values, with the position of every entry; what a spec may not use is refused on the way. */

import { isAlias, isMap, isScalar, isSeq, type Node, type Pair, type Scalar } from "yaml";
import type { Code } from "../../diagnostics/catalogue";
import type { SpecPath } from "../../diagnostics/diagnostic";
import { quoted, replacing } from "../../diagnostics/edit";
import { joinPath } from "../../diagnostics/path";
import { isFreeText, isNamedPart } from "../schema/fields";
import { labelOf } from "../schema/parse";
import { UNKNOWN } from "../unknown";

/** Line and column count from 1. */
export interface Position {
  readonly line: number;
  readonly column: number;
}

export interface SourceProblem extends Position {
  readonly code: Code;
  readonly summary: string;
  readonly detail: string;
  readonly path: SpecPath;
  readonly fix: string;
}

export interface Tree {
  /** Objects without prototype, arrays, strings, numbers, booleans, null and UNKNOWN. */
  readonly value: unknown;
  /** Where each entry begins: a mapping's entry at its key. */
  readonly positions: ReadonlyMap<SpecPath, Position>;
  /** Entries of lists in flow style, `[a, b]`. */
  readonly bare: ReadonlySet<SpecPath>;
  readonly problems: readonly SourceProblem[];
}

export const problem = (
  code: Code,
  summary: string,
  detail: string,
  position: Position,
  path: SpecPath,
  fix: string,
): SourceProblem => ({ code, summary, detail, path, fix, ...position });

const REASON = "A spec is reviewed line by line, so each value stands where it is used.";

interface Reading {
  readonly at: (offset: number) => Position;
  readonly positions: Map<SpecPath, Position>;
  readonly bare: Set<SpecPath>;
  readonly problems: SourceProblem[];
}

/** `at` turns an offset in the text into a position. */
export function readNode(node: unknown, at: (offset: number) => Position): Tree {
  const reading: Reading = { at, positions: new Map(), bare: new Set(), problems: [] };
  reading.positions.set("", positionOf(node, reading));
  const value = plainOf(node as Node, "", reading);
  return { value, positions: reading.positions, bare: reading.bare, problems: reading.problems };
}

const positionOf = (node: unknown, reading: Reading): Position => {
  const range = (node as Partial<Node> | null | undefined)?.range;
  return reading.at(range?.[0] ?? 0);
};

function plainOf(node: Node | null, path: SpecPath, reading: Reading): unknown {
  const refuse = (code: Code, summary: string, detail: string, fix: string): typeof UNKNOWN => {
    reading.problems.push(problem(code, summary, detail, positionOf(node, reading), path, fix));
    return UNKNOWN;
  };
  if (node === null) return null;
  if (isAlias(node) && node.source.startsWith(".")) {
    const name = JSON.stringify(`*${node.source}`);
    const detail = "To YAML, text that begins with * is another value's name.";
    const entry = replacing(path, `*${node.source}`);
    return refuse(
      "yaml-alias",
      `${quoted(`*${node.source}`)} has to stand in quotes`,
      detail,
      reading.bare.has(path) ? name : entry,
    );
  }
  if (isAlias(node))
    return refuse(
      "yaml-alias",
      `the alias *${node.source} is not allowed`,
      REASON,
      `# write the value out at ${path}`,
    );
  if ("anchor" in node && node.anchor !== undefined)
    refuse(
      "yaml-anchor",
      `the anchor &${String(node.anchor)} is not allowed`,
      REASON,
      `# remove &${String(node.anchor)}`,
    );
  if (node.tag !== undefined)
    return refuse(
      "yaml-tag",
      `the tag ${node.tag.replace("tag:yaml.org,2002:", "!!")} is not allowed`,
      "Values are plain text, numbers, true and false; put text in quotes where it looks like a number.",
      `# remove the tag at ${path}`,
    );
  if (isMap<Node, Node | null>(node)) return mappingOf(node.items, path, reading);
  if (isSeq<Node>(node))
    return node.items.map((item, index) =>
      elementOf(item, joinPath(path, index), node.flow === true, reading),
    );
  if (!isScalar(node)) return UNKNOWN;
  const doubt = doubtOfNumber(node, path);
  return doubt === undefined ? node.value : refuse("yaml-number", ...doubt);
}

/** Summary, detail and fix for a number that is not what it looks like: older YAML reads 010 as eight, and `1.10` as text is "1.1". */
function doubtOfNumber({ value, source = "" }: Scalar, path: SpecPath): [string, string, string] | undefined {
  if (typeof value !== "number" || source === String(value)) return undefined;
  const isText = isFreeText(path);
  const key = isText ? replacing(path, source) : replacing(path, value);
  const others = /^[-+]?0[0-9ox]/i.test(source)
    ? "octal or text"
    : /\de/i.test(source) && Math.abs(value) <= Number.MAX_SAFE_INTEGER
      ? "text"
      : undefined;
  if (others !== undefined)
    return [
      `the number ${source} can be read in two ways`,
      `Here it would be ${value}, and for other programs ${others}. Write it plainly.`,
      key,
    ];
  return isText
    ? [
        `the number ${source} is not text`,
        `As a number it is ${value}; in quotes it stays as it stands.`,
        key,
      ]
    : undefined;
}

function elementOf(node: Node, path: SpecPath, bare: boolean, reading: Reading): unknown {
  if (bare) reading.bare.add(path);
  reading.positions.set(path, positionOf(node, reading));
  return plainOf(node, path, reading);
}

function mappingOf(pairs: readonly Pair<Node, Node | null>[], path: SpecPath, reading: Reading): unknown {
  const entries: Record<string, unknown> = Object.create(null);
  let whole = true;
  for (const pair of pairs) {
    const key = keyOf(pair, path, reading);
    if (key === "<<") whole = false;
    if (key === undefined || key === "<<") continue;
    const below = joinPath(path, key);
    if (key in entries) refuseDuplicate(key, below, pair, reading);
    else {
      reading.positions.set(below, positionOf(pair.key, reading));
      entries[key] = plainOf(pair.value, below, reading);
    }
  }
  return whole ? entries : UNKNOWN;
}

function keyOf(pair: Pair<Node, Node | null>, path: SpecPath, reading: Reading): string | undefined {
  const { key } = pair;
  const position = positionOf(key, reading);
  const refuse = (code: Code, summary: string, detail: string, fix: string): undefined =>
    void reading.problems.push(
      problem(code, summary, detail, position, isScalar(key) ? joinPath(path, String(key.value)) : path, fix),
    );
  if (!isScalar(key) || typeof key.value !== "string" || key.tag !== undefined) {
    const shown = isScalar(key) ? ` ${String(key.value)}` : "";
    return refuse(
      "yaml-key-type",
      `the key${shown} is not text`,
      "Keys are names. Put a key that looks like a number, true, false or null in quotes.",
      isScalar(key)
        ? `${JSON.stringify(isNamedPart(path) ? labelOf(String(key.value)) : String(key.value))}:`
        : "# remove the key",
    );
  }
  if (key.anchor !== undefined)
    refuse("yaml-anchor", `the anchor &${key.anchor} is not allowed`, REASON, `# remove &${key.anchor}`);
  if (key.value === "__proto__")
    return refuse(
      "yaml-key-refused",
      'the key "__proto__" is not allowed',
      "Programs that read the spec could take it for something else than a name.",
      "# remove __proto__",
    );
  if (key.value === "<<")
    refuse("yaml-merge-key", "merge keys are not allowed", REASON, "# write the merged keys out");
  return key.value;
}

function refuseDuplicate(key: string, path: SpecPath, pair: Pair<Node, Node | null>, reading: Reading): void {
  const first = reading.positions.get(path);
  const where = first === undefined ? "" : ` It stands on line ${first.line} already.`;
  const summary = `the key ${quoted(key)} is given twice`;
  reading.problems.push(
    problem(
      "yaml-duplicate-key",
      summary,
      `Only one of two equal keys could count, and which is no guess to make.${where}`,
      positionOf(pair.key, reading),
      path,
      `# keep one ${quoted(key)}`,
    ),
  );
}

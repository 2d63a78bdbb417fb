/**
 * The file beside the spec in which addresses and numbers are kept so that they never move. It is read strictly: what
 * `printLock` would not write is damage, and damage is reported, never repaired, because a guess could move a network.
 */
import { lookup } from "../model/lookup";
import { type Cidr, formatCidr, parseCidr } from "../net/cidr";
import type { Site } from "./addresses";
import { type FreedBlock, SITE_NAMES } from "./lay-out";
import type { Lock } from "./lock";
import { inconsistencies } from "./lock-check";
import { LAST_ORDINAL, type Numbering, ORDINAL_CLASSES, type OrdinalClass } from "./ordinals";

export type { Lock } from "./lock";

const VERSION = 1;
const MARK =
  "Written by ai-enclave: blocks and rule numbers that must never move. Commit this file with the spec; do not edit it.";

/** The file's text: JSON with two spaces, names sorted, one entry a line, ending in a newline. Equal locks print equally. */
export const printLock = (lock: Lock): string => `${JSON.stringify(lockDocument(lock), null, 2)}\n`;

/** The file as a JSON value: blocks as `a.b.c.d/p`, by name; freed blocks by address with the name of their last zone. */
export function lockDocument(lock: Lock): object {
  return {
    "//": MARK,
    version: VERSION,
    range: formatCidr(lock.range),
    sites: record(SITE_NAMES.map((site) => [site, formatCidr(lock.sites[site])])),
    zones: record(sorted([...lock.zones].map(([name, block]) => [name, formatCidr(block)]))),
    freed: record(
      [...lock.freed]
        .sort((a, b) => a.block.base - b.block.base)
        .map(({ zone, block }) => [formatCidr(block), zone]),
    ),
    ordinals: record(
      ORDINAL_CLASSES.map((kind) => {
        const { next, byKey } = lock.ordinals[kind];
        return [kind, { next, numbers: record(sorted([...byKey])) }];
      }),
    ),
  };
}

/** Reads what `printLock` wrote. `problem` is a sentence without full stop that names the damaged entries. */
export function parseLock(text: string): { readonly lock: Lock } | { readonly problem: string } {
  const problems: string[] = [];
  const report = (problem: string): void => void problems.push(problem);
  const document = parseJson(text, report);
  const lock = document === undefined ? undefined : readLock(document, report);
  if (lock !== undefined && problems.length === 0) inconsistencies(lock).forEach(report);
  if (lock !== undefined && problems.length === 0) return { lock };
  const shown = problems.slice(0, 3).join("; ");
  return { problem: problems.length > 3 ? `${shown}; and ${problems.length - 3} more` : shown };
}

type Report = (problem: string) => void;

function parseJson(text: string, report: Report): unknown {
  try {
    const document: unknown = JSON.parse(text);
    if (isObject(document)) {
      // JSON.parse keeps the last of two equal keys, which is what a careless merge leaves behind.
      const written = [...text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?/g)].filter(
        ([, colon]) => colon !== undefined,
      ).length;
      if (written !== countKeys(document, 0)) report("a key stands twice");
      return document;
    }
    report("it is not a JSON object");
  } catch {
    report("it is not JSON");
  }
  return undefined;
}

/** The format is three levels deep; what nests deeper is refused by its shape and need not be counted. */
function countKeys(value: unknown, depth: number): number {
  if (!isObject(value) || depth > 3) return 0;
  return Object.values(value).reduce<number>(
    (sum, inner) => sum + countKeys(inner, depth + 1),
    Object.keys(value).length,
  );
}

function readLock(document: unknown, report: Report): Lock | undefined {
  const top = readObject(
    document,
    "the file",
    ["//", "version", "range", "sites", "zones", "freed", "ordinals"],
    report,
  );
  const version = top.get("version");
  if (version !== VERSION)
    report(`version is ${JSON.stringify(version)}, and this ai-enclave reads ${VERSION}`);
  if (!String(top.get("//")).includes("ai-enclave")) report('the mark "//" does not name ai-enclave');
  const range = readBlock(top.get("range"), "range", report);
  const sites = readBlocks(readObject(top.get("sites"), "sites", SITE_NAMES, report), "sites", report);
  const zones = readBlocks(readObject(top.get("zones"), "zones", undefined, report), "zones", report);
  const freed = readFreed(readObject(top.get("freed"), "freed", undefined, report), report);
  const classes = readObject(top.get("ordinals"), "ordinals", ORDINAL_CLASSES, report);
  const numberings = ORDINAL_CLASSES.map((kind): [OrdinalClass, Numbering] => [
    kind,
    readNumbering(classes.get(kind), kind, report),
  ]);
  if (range === undefined || sites.size !== SITE_NAMES.length) return undefined;
  return {
    range,
    sites: Object.fromEntries(sites) as Record<Site, Cidr>,
    zones,
    freed,
    ordinals: Object.fromEntries(numberings) as Record<OrdinalClass, Numbering>,
  };
}

/** `keys` given: exactly these, each of them. A Map, so that no key can be mistaken for a property of all objects. */
function readObject(
  value: unknown,
  where: string,
  keys: readonly string[] | undefined,
  report: Report,
): ReadonlyMap<string, unknown> {
  if (!isObject(value)) {
    report(`${where} is not an object`);
    return new Map();
  }
  const entries = new Map(Object.entries(value));
  for (const key of keys ?? []) if (!entries.has(key)) report(`${where} lacks "${key}"`);
  if (keys !== undefined)
    for (const key of entries.keys())
      if (!keys.includes(key)) report(`${where} has "${key}", which no lock file has`);
  return entries;
}

function readBlock(value: unknown, where: string, report: Report): Cidr | undefined {
  const parsed = typeof value === "string" ? parseCidr(value) : undefined;
  if (parsed?.ok) return parsed.cidr;
  report(`${where} is ${JSON.stringify(value)}, which is no aligned block`);
  return undefined;
}

function readBlocks(
  entries: ReadonlyMap<string, unknown>,
  where: string,
  report: Report,
): ReadonlyMap<string, Cidr> {
  const read = [...entries].map(
    ([name, value]) => [name, readBlock(value, `${where}."${name}"`, report)] as const,
  );
  return new Map(read.filter((entry): entry is readonly [string, Cidr] => entry[1] !== undefined));
}

function readFreed(entries: ReadonlyMap<string, unknown>, report: Report): FreedBlock[] {
  return [...entries].flatMap(([key, zone]) => {
    const block = readBlock(key, "a key of freed", report);
    if (typeof zone === "string" && block !== undefined) return [{ zone, block }];
    if (typeof zone !== "string") report(`freed."${key}" is not a name`);
    return [];
  });
}

function readNumbering(value: unknown, kind: OrdinalClass, report: Report): Numbering {
  const entries = readObject(value, `ordinals.${kind}`, ["next", "numbers"], report);
  const numbers = readObject(entries.get("numbers"), `ordinals.${kind}.numbers`, undefined, report);
  return {
    next: readNumber(entries.get("next"), `ordinals.${kind}.next`, LAST_ORDINAL + 1, report),
    byKey: new Map(
      [...numbers].map(([key, number]) => [
        key,
        readNumber(number, `ordinals.${kind}.numbers."${key}"`, LAST_ORDINAL, report),
      ]),
    ),
  };
}

function readNumber(value: unknown, where: string, last: number, report: Report): number {
  if (typeof value === "number" && Number.isInteger(value) && value >= 1 && value <= last) return value;
  report(`${where} is ${JSON.stringify(value)}, which is no whole number from 1 to ${last}`);
  return 0;
}

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** By code unit, so that no locale changes the file. */
const sorted = <T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const record = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  lookup(Object.fromEntries(entries));

/**
 * Reads a lock file strictly: any text that `printLock` would not write is damage. Damage is reported, never
 * repaired, because a guess could move a network.
 */
import { LineCounter, parseDocument } from "yaml";
import * as z from "zod";
import { joinPath } from "../diagnostics/path";
import { byKind } from "../model/naming";
import { LONGEST_ZONE_PREFIX } from "../model/slots";
import { parseCidr } from "../net/cidr";
import { bySite, SITES, type Site } from "./addresses";
import { checkLock } from "./check-lock";
import { LOCK_VERSION, type Lock } from "./lock";
import {
  byClass,
  CLASSES,
  emptyNumbering,
  lastOrdinal,
  NAME,
  type Numbering,
  type OrdinalClass,
} from "./ordinals";

export interface Damage {
  /** Names the damaged entries; a sentence without full stop. */
  readonly problem: string;
  readonly line: number;
  readonly column: number;
}

/** The end of a sentence that begins with the path of the value. */
const isNot = (wanted: string) => ({
  error: ({ input }: { readonly input?: unknown }) => `is ${JSON.stringify(input)}, which is not ${wanted}`,
});

const BLOCK = isNot("an aligned block");
const block = z.string(BLOCK).transform((text, context) => {
  const parsed = parseCidr(text);
  if (parsed.ok) return parsed.cidr;
  context.addIssue({ code: "custom", input: text, message: BLOCK.error({ input: text }) });
  return z.NEVER;
});
const zoneBlock = block.refine(({ prefix }) => prefix <= LONGEST_ZONE_PREFIX, "is smaller than any zone");
const siteBlock = (site: Site) =>
  block.refine(({ prefix }) => prefix === SITES[site], `is not a /${SITES[site]}`);

const isObject = (value: unknown): value is object =>
  typeof value === "object" && value !== null && !Array.isArray(value);

/** A Map, so that no key can be mistaken for a property that all objects have. */
const table = <Key extends z.ZodType, Value extends z.ZodType>(key: Key, value: Value) =>
  z.preprocess(
    (given) => (isObject(given) ? new Map(Object.entries(given)) : given),
    z.map(key, value, "is not an object"),
  );

const zoneName = z.string("is not a name").regex(NAME, "is not the name of a zone");

function numberBetween(first: number, last: number) {
  const wanted = isNot(`a whole number from ${first} to ${last}`);
  return z.int(wanted).min(first, wanted).max(last, wanted);
}

const numbers = (kind: OrdinalClass) =>
  table(z.string().regex(CLASSES[kind].key, `is not a key of ${kind}`), numberBetween(1, lastOrdinal(kind)));

const numbering = (kind: OrdinalClass) =>
  z
    .strictObject({
      next: numberBetween(emptyNumbering(kind).next, lastOrdinal(kind) + 1),
      numbers: numbers(kind),
      freed: numbers(kind).default(new Map()),
    })
    .transform(({ next, numbers: byKey, freed }): Numbering => ({ next, byKey, freed }));

const itemName = z.string("is not a name").regex(NAME, "is not a name");
const naming = z.strictObject(
  byKind(() => table(itemName, itemName).default(new Map())),
  "is not an object",
);

const lockSchema = z
  .strictObject({
    "//": z.string("is not text").includes("ai-enclave", "is not the mark of ai-enclave"),
    version: z.literal(LOCK_VERSION, {
      error: ({ input }) => `is ${JSON.stringify(input)}, and this ai-enclave reads ${LOCK_VERSION}`,
    }),
    range: block,
    sites: z.strictObject(bySite(siteBlock), "is not an object"),
    zones: table(zoneName, zoneBlock),
    freed: table(zoneBlock, zoneName).transform((blocks) =>
      [...blocks].map(([freed, zone]) => ({ zone, block: freed })),
    ),
    ordinals: z.strictObject(
      {
        ...byClass(numbering),
        // Absent in locks from before a spec first used regional endpoints.
        regionalEndpoints: numbering("regionalEndpoints").default(emptyNumbering("regionalEndpoints")),
      },
      "is not an object",
    ),
    names: naming.default(byKind(() => new Map())),
    renames: z.array(naming, "is not a list").default([]),
  })
  .transform(({ "//": _, version: __, ...lock }): Lock => lock)
  .superRefine((lock, context) => {
    checkLock(lock, (path, message) => context.addIssue({ code: "custom", path: [...path], message }));
  });

/** A lock has about thirty objects and some for each rename. yaml overflows its stack on endless nesting. */
const MOST_BRACKETS = 500;

/** Reads what `printLock` wrote. */
export function parseLock(text: string): { readonly lock: Lock } | { readonly damage: Damage } {
  if ((text.match(/[[{]/g) ?? []).length > MOST_BRACKETS) return damagedAt(1, 1, "it nests too deeply");
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    const conflict = text.split("\n").findIndex((line) => /^[<=>]{7}/.test(line));
    if (conflict < 0) return damagedAt(1, 1, "it is not JSON");
    return damagedAt(conflict + 1, 1, "it is not JSON: a merge conflict is not resolved");
  }
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const damaged = (offset: number, problem: string) => {
    const { line, col } = lines.linePos(offset);
    return damagedAt(line, col, problem);
  };
  // JSON.parse keeps the last of two equal keys, which a careless merge leaves behind.
  const [repeated] = document.errors;
  if (repeated !== undefined) return damaged(repeated.pos[0], "a key stands twice");
  const read = lockSchema.safeParse(json, { reportInput: true });
  if (read.success) return { lock: read.data };
  const [first] = read.error.issues;
  const place =
    first?.code === "unrecognized_keys" ? [...first.path, ...first.keys.slice(0, 1)] : first?.path;
  const problems = read.error.issues.flatMap(describe);
  const more = problems.length > 3 ? `; and ${problems.length - 3} more` : "";
  return damaged(offsetOf(document, place ?? []), `${problems.slice(0, 3).join("; ")}${more}`);
}

const damagedAt = (line: number, column: number, problem: string) => ({ damage: { problem, line, column } });

/** The start of the value of a path, or of the nearest value around it in the file. */
function offsetOf(document: ReturnType<typeof parseDocument>, path: readonly PropertyKey[]): number {
  const node = document.getIn(path, true);
  const { range } = isObject(node) ? (node as { range?: readonly number[] }) : {};
  return range?.[0] ?? (path.length === 0 ? 0 : offsetOf(document, path.slice(0, -1)));
}

const segmentOf = (key: PropertyKey) => (typeof key === "number" ? key : String(key));

function describe(issue: z.core.$ZodIssue): string[] {
  const nameOf = (path: readonly PropertyKey[]) => joinPath("", ...path.map(segmentOf)) || "the file";
  if (issue.code === "unrecognized_keys")
    return issue.keys.map((key) => `${nameOf(issue.path)} has "${key}", which no lock file has`);
  if (issue.input === undefined && issue.code !== "custom")
    return [`${nameOf(issue.path.slice(0, -1))} lacks "${String(issue.path.at(-1))}"`];
  return [`${nameOf(issue.path)} ${issue.message}`];
}

/** The file beside the spec that keeps addresses and numbers, so that they never move. */
import { lookup } from "../model/lookup";
import { isEmpty, type Naming, RENAMABLE } from "../model/naming";
import { type Cidr, formatCidr } from "../net/cidr";
import { bySite, type Site } from "./addresses";
import type { Recorded } from "./lay-out";
import { emptyNumbering, type Numberings, ORDINAL_CLASSES, type OrdinalClass } from "./ordinals";

export interface Lock extends Recorded {
  readonly range: Cidr;
  readonly sites: Readonly<Record<Site, Cidr>>;
  readonly ordinals: Numberings;
  /** The first name of each item that was renamed, also of freed ones: what the cloud calls it. */
  readonly names: Naming;
  /** Renames by run, oldest first, from old names to new ones: what Terraform has to be told. */
  readonly renames: readonly Naming[];
}

export const LOCK_VERSION = 1;
const MARK =
  "Written by ai-enclave: blocks and rule numbers that must never move. " +
  "Commit this file with the spec; do not edit it.";

/** JSON with two spaces, sorted names, one entry a line, a final newline. Equal locks print equally. */
export const printLock = (lock: Lock): string => `${JSON.stringify(lockDocument(lock), null, 2)}\n`;

/** The file as a JSON value: blocks `a.b.c.d/p` by name; freed blocks by address, with their last zone. */
function lockDocument(lock: Lock): object {
  const freed = [...lock.freed].sort((a, b) => a.block.base - b.block.base);
  return {
    "//": MARK,
    version: LOCK_VERSION,
    range: formatCidr(lock.range),
    sites: bySite((site) => formatCidr(lock.sites[site])),
    zones: table([...lock.zones].map(([name, block]) => [name, formatCidr(block)])),
    freed: lookup(Object.fromEntries(freed.map(({ zone, block }) => [formatCidr(block), zone]))),
    ordinals: Object.fromEntries(
      ORDINAL_CLASSES.filter((kind) => isRecorded(lock, kind)).map((kind) => {
        const { next, byKey, freed: waiting } = lock.ordinals[kind];
        const more = waiting.size === 0 ? {} : { freed: table(waiting) };
        return [kind, { next, numbers: table(byKey), ...more }];
      }),
    ),
    ...(isEmpty(lock.names) ? {} : { names: namingDocument(lock.names) }),
    ...(lock.renames.length === 0 ? {} : { renames: lock.renames.map(namingDocument) }),
  };
}

const namingDocument = (naming: Naming): object =>
  Object.fromEntries(
    RENAMABLE.flatMap((kind) => (naming[kind].size === 0 ? [] : [[kind, table(naming[kind])]])),
  );

/** A lock from before a spec first used regional endpoints has no such class, and stays as it is. */
function isRecorded({ ordinals }: Lock, kind: OrdinalClass): boolean {
  const { next, byKey } = ordinals[kind];
  return kind !== "regionalEndpoints" || byKey.size > 0 || next > emptyNumbering(kind).next;
}

/** Sorted by code unit, so that no locale changes the file. */
const table = <T>(entries: Iterable<readonly [string, T]>): Readonly<Record<string, T>> =>
  lookup(Object.fromEntries([...entries].sort(([a], [b]) => (a < b ? -1 : 1))));

/**
 * The changes from one lock to the next, one line an entry; empty if equal: `+ zones.app 10.20.0.0/22`,
 * `- freed.10.20.4.0/24 old`, `~ ordinals.exits.next 2 to 3`.
 */
export function lockChanges(before: Lock, after: Lock): string[] {
  const old = new Map(entriesOf(lockDocument(before), []));
  const now = new Map(entriesOf(lockDocument(after), []));
  const gone = [...old].filter(([key]) => !now.has(key)).map(([key, value]) => `- ${key} ${value}`);
  const come = [...now].filter(([key]) => !old.has(key)).map(([key, value]) => `+ ${key} ${value}`);
  const other = [...now].flatMap(([key, value]) => {
    const former = old.get(key);
    return former === undefined || former === value ? [] : [`~ ${key} ${former} to ${value}`];
  });
  return [...gone, ...come, ...other];
}

const entriesOf = (value: unknown, path: readonly string[]): [string, string][] =>
  typeof value === "object" && value !== null
    ? Object.entries(value).flatMap(([key, inner]) => entriesOf(inner, [...path, key]))
    : [[path.join("."), String(value)]];

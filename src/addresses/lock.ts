/** The file beside the spec in which addresses and numbers are kept so that they never move. */
import { lookup } from "../model/lookup";
import { type Cidr, formatCidr } from "../net/cidr";
import type { Site } from "./addresses";
import { type FreedBlock, SITE_NAMES } from "./lay-out";
import { type Numberings, ORDINAL_CLASSES } from "./ordinals";

export interface Lock {
  readonly range: Cidr;
  readonly sites: Readonly<Record<Site, Cidr>>;
  readonly zones: ReadonlyMap<string, Cidr>;
  /** Blocks of removed zones. Only `--reclaim` lets a zone have them. */
  readonly freed: readonly FreedBlock[];
  readonly ordinals: Numberings;
}

export const LOCK_VERSION = 1;
const MARK =
  "Written by ai-enclave: blocks and rule numbers that must never move. Commit this file with the spec; do not edit it.";

/** The file's text: JSON with two spaces, names sorted, one entry a line, ending in a newline. Equal locks print equally. */
export const printLock = (lock: Lock): string => `${JSON.stringify(lockDocument(lock), null, 2)}\n`;

/** The file as a JSON value: blocks as `a.b.c.d/p`, by name; freed blocks by address with the name of their last zone. */
export function lockDocument(lock: Lock): object {
  return {
    "//": MARK,
    version: LOCK_VERSION,
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

/** By code unit, so that no locale changes the file. */
const sorted = <T>(entries: readonly (readonly [string, T])[]): (readonly [string, T])[] =>
  [...entries].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0));

const record = <T>(entries: readonly (readonly [string, T])[]): Readonly<Record<string, T>> =>
  lookup(Object.fromEntries(entries));

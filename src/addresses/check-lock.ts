/** Checks that a well-formed lock does not contradict itself. A contradiction is the trace of an edit or of a bad merge. */

import { INTERNET } from "../model/enclave";
import { LONGEST_ZONE_PREFIX } from "../model/slots";
import { type Cidr, contains, formatCidr, overlaps } from "../net/cidr";
import { SITES } from "./addresses";
import { SITE_NAMES } from "./lay-out";
import type { Lock } from "./lock";
import { isName, ORDINAL_CLASSES, type OrdinalClass, partiesIn } from "./ordinals";

type LockPath = readonly string[];

/** Takes the place of a contradiction in the lock file and the end of a sentence that begins with that place. */
type Report = (path: LockPath, problem: string) => void;

export function checkLock(lock: Lock, report: Report): void {
  checkNames(lock, report);
  checkBlocks(lock, report);
  for (const kind of ORDINAL_CLASSES) checkNumbers(lock, kind, report);
  checkMissingNumbers(lock, report);
}

function checkNames(lock: Lock, report: Report): void {
  for (const name of lock.zones.keys())
    if (!isName(name)) report(["zones", name], "is not the name of a zone");
  for (const { zone, block } of lock.freed)
    if (!isName(zone)) report(["freed", formatCidr(block)], `is "${zone}", which is not the name of a zone`);
}

interface Entry {
  readonly path: LockPath;
  readonly name: string;
  readonly block: Cidr;
}

function checkBlocks(lock: Lock, report: Report): void {
  const entries: Entry[] = [];
  for (const [name, block] of lock.zones)
    entries.push({ path: ["zones", name], name: `zone "${name}"`, block });
  for (const { zone, block } of lock.freed)
    entries.push({ path: ["freed", formatCidr(block)], name: `the freed block of "${zone}"`, block });
  for (const { path, block } of entries)
    if (block.prefix > LONGEST_ZONE_PREFIX)
      report(path, `is ${formatCidr(block)}, which is smaller than any zone`);
  for (const site of SITE_NAMES) {
    const block = lock.sites[site];
    entries.push({ path: ["sites", site], name: `site "${site}"`, block });
    if (block.prefix !== SITES[site])
      report(["sites", site], `is ${formatCidr(block)}, which is not a /${SITES[site]}`);
  }
  for (const { path, block } of entries)
    if (!contains(lock.range, block))
      report(path, `is ${formatCidr(block)}, which lies outside ${formatCidr(lock.range)}`);
  checkOverlaps(entries, report);
}

/** Aligned blocks nest or are apart: sorted by base, a block overlaps an earlier one exactly when it overlaps the widest so far. */
function checkOverlaps(entries: readonly Entry[], report: Report): void {
  let widest: Entry | undefined;
  for (const entry of [...entries].sort(
    (a, b) => a.block.base - b.block.base || a.block.prefix - b.block.prefix,
  )) {
    if (widest !== undefined && overlaps(widest.block, entry.block))
      report(
        entry.path,
        `is ${formatCidr(entry.block)}, which overlaps ${widest.name} at ${formatCidr(widest.block)}`,
      );
    else widest = entry;
  }
}

function checkNumbers(lock: Lock, kind: OrdinalClass, report: Report): void {
  const { next, byKey } = lock.ordinals[kind];
  const owners = new Map<number, string>();
  for (const [key, number] of byKey) {
    const path = ["ordinals", kind, "numbers", key];
    const parties = partiesIn(kind, key);
    const unknown = parties?.find((name) => name !== INTERNET && !lock.ordinals.parties.byKey.has(name));
    const owner = owners.get(number);
    owners.set(number, owner ?? key);
    if (parties === undefined) report(path, `is not a key of ${kind}`);
    else if (unknown !== undefined) report(path, `names "${unknown}", which has no number`);
    else if (owner !== undefined) report(path, `is ${number}, which is the number of "${owner}" too`);
    else if (number >= next) report(path, `is ${number}, but next is ${next}`);
  }
}

/** A zone with a block but without a number would be given a new number, and nobody would notice. */
function checkMissingNumbers(lock: Lock, report: Report): void {
  const { parties, departures, exits } = lock.ordinals;
  for (const zone of lock.zones.keys())
    if (!parties.byKey.has(zone)) report(["zones", zone], "has a block but no number");
  const open = new Set<string>();
  for (const key of departures.byKey.keys())
    open.add(`${partiesIn("departures", key)?.[0]} ${key.slice(key.lastIndexOf(" ") + 1)}`);
  for (const exit of open)
    if (!exits.byKey.has(exit)) report(["ordinals", "exits", "numbers"], `lacks "${exit}"`);
}

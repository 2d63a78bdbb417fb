/**
 * Reads the lock file against the spec: which recorded blocks stay, under which name, and where the two contradict each other.
 * `was` asks for a rename only until the rename is recorded; afterwards it does nothing. If both readings are possible, that is
 * an error, because one of them moves a network.
 */
import type { Diagnostic } from "../diagnostics/diagnostic";
import type { Enclave, Zone } from "../model/enclave";
import type { Cidr } from "../net/cidr";
import {
  contradiction,
  renameAmbiguous,
  renameOfExisting,
  renameUnknown,
  renameWithoutEffect,
  zoneRemoved,
  zoneRenamed,
  zoneReturned,
} from "./explain";
import type { FreedBlock, Recorded } from "./lay-out";
import type { Lock } from "./lock";
import { byClass, type Numberings, renameNumbering } from "./ordinals";

export interface Past {
  readonly recorded: Recorded;
  readonly ordinals: Numberings;
  /** Zones that the lock records and the spec has no longer, with their blocks. */
  readonly removed: readonly FreedBlock[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Under `reclaim` no freed block is kept. The lock's range must be the enclave's. */
export function reconcile(enclave: Enclave, lock: Lock, reclaim: boolean): Past {
  const { byOldName, diagnostics } = readRenames(enclave.zones, lock);
  const names = new Set(enclave.zones.map(({ name }) => name));
  const zones = new Map<string, Cidr>();
  const removed: FreedBlock[] = [];
  for (const [oldName, block] of lock.zones) {
    const name = byOldName.get(oldName) ?? oldName;
    if (names.has(name)) zones.set(name, block);
    else removed.push({ zone: name, block });
  }
  for (const zone of enclave.zones) {
    const block = zones.get(zone.name);
    const found = block === undefined ? undefined : contradiction(zone, block);
    if (found !== undefined) diagnostics.push(found);
  }
  return {
    recorded: { zones, sites: lock.sites, freed: reclaim ? [] : [...lock.freed, ...removed] },
    ordinals: byClass((kind) => renameNumbering(kind, lock.ordinals[kind], byOldName)),
    removed,
    diagnostics,
  };
}

/** Reports zones that come back under a name with a freed block: they were placed anew. */
export const reportReturns = (
  zones: readonly Zone[],
  placed: ReadonlyMap<string, Cidr>,
  recorded: Recorded,
): Diagnostic[] =>
  zones.flatMap((zone) => {
    const freed = recorded.freed.find((entry) => entry.zone === zone.name);
    const block = recorded.zones.has(zone.name) ? undefined : placed.get(zone.name);
    return freed === undefined || block === undefined ? [] : zoneReturned(zone, freed.block, block);
  });

/** Reports for each zone that is gone what happens to its block, and which new zone could be the same one under another name. */
export function reportRemovals(
  zones: readonly Zone[],
  { removed, recorded }: Past,
  reclaim: boolean,
): Diagnostic[] {
  const fresh = zones.filter((zone) => !recorded.zones.has(zone.name) && zone.was === undefined);
  // A rename that could not be read has its own error.
  const unnamed = removed.filter((entry) => !zones.some(({ was }) => was === entry.zone));
  return unnamed.map(({ zone, block }) => {
    const fitting = fresh.filter((each) => contradiction(each, block) === undefined);
    return zoneRemoved(zone, block, fitting, reclaim);
  });
}

/** Asks for each `was` whether it is a rename to do. `byOldName` has the new names of zones by old ones. */
function readRenames(zones: readonly Zone[], lock: Lock) {
  const byOldName = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const zone of zones) {
    if (zone.was === undefined || isInCircle(zone, zones)) continue;
    const found = readRename(zone, zone.was, zones, lock, byOldName);
    if (found !== undefined) diagnostics.push(found);
  }
  return { byOldName, diagnostics };
}

/** Adds to `byOldName`, which has the names of earlier zones. Undefined: the line does nothing, and nothing is wrong with it. */
function readRename(
  zone: Zone,
  was: string,
  zones: readonly Zone[],
  lock: Lock,
  byOldName: Map<string, string>,
): Diagnostic | undefined {
  const block = lock.zones.get(zone.name);
  const oldBlock = lock.zones.get(was);
  const oldIsInSpec = zones.some(({ name }) => name === was);
  if (block !== undefined) {
    if (oldBlock === undefined) return renameWithoutEffect(zone, block);
    return oldIsInSpec ? undefined : renameAmbiguous(zone, "both-recorded");
  }
  if (oldBlock === undefined) {
    const returns = lock.freed.some((entry) => entry.zone === zone.name);
    return returns ? undefined : renameUnknown(zone, [...lock.zones.keys()]);
  }
  if (oldIsInSpec) return renameOfExisting(zone);
  if (byOldName.has(was)) return renameAmbiguous(zone, "claimed-twice");
  byOldName.set(was, zone.name);
  return zoneRenamed(zone, was, oldBlock);
}

/** Reports zones that were each other: the lock file does not tell a swap of names to do from one that is done already. */
export const reportCircles = (zones: readonly Zone[]): Diagnostic[] =>
  zones.filter((zone) => isInCircle(zone, zones)).map((zone) => renameAmbiguous(zone, "circle"));

function isInCircle(start: Zone, zones: readonly Zone[]): boolean {
  const seen = new Set<string>();
  let name = start.was;
  while (name !== undefined && !seen.has(name)) {
    if (name === start.name) return true;
    seen.add(name);
    name = zones.find((zone) => zone.name === name)?.was;
  }
  return false;
}

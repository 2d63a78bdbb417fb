/**
 * Compares the lock file with the spec: which recorded blocks stay, under which name, and which contradict
 * the spec. `was` is a rename only until the lock records it; afterwards it has no effect. If both readings
 * are possible, that is an error, because one of them moves a network.
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
  /** Zones in the lock that the spec no longer has, with their blocks. */
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

/** Reports zones that return under a name with a freed block: they have a new place. */
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

/** Reports the future of each removed zone's block, and the new zone that may be the same one, renamed. */
export function reportRemovals(
  zones: readonly Zone[],
  { removed, recorded }: Past,
  reclaim: boolean,
): Diagnostic[] {
  const fresh = zones.filter((zone) => !recorded.zones.has(zone.name) && zone.was === undefined);
  // An unreadable rename has its own error.
  const unnamed = removed.filter((entry) => !zones.some(({ was }) => was === entry.zone));
  return unnamed.map(({ zone, block }) => {
    const fitting = fresh.filter((each) => contradiction(each, block) === undefined);
    return zoneRemoved(zone, block, fitting, reclaim);
  });
}

/** Decides for each `was` whether it is a new rename. `byOldName` maps old names of zones to new ones. */
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

/** Adds to `byOldName`, which has the earlier zones. Undefined: the line has no effect and no error. */
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

/** Reports zones that swap names: the lock file does not show whether the swap is done already. */
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

/**
 * The lock file read against the spec: which recorded blocks stay, under which name, and where the two contradict each other.
 * `was` is a wish to rename only as long as the rename is not recorded; afterwards it is a remark. Where it could be either,
 * it is an error, because one of the two readings moves a network.
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
import {
  type Numbering,
  type Numberings,
  ORDINAL_CLASSES,
  type OrdinalClass,
  renameNumbering,
} from "./ordinals";

export interface Past {
  readonly recorded: Recorded;
  readonly ordinals: Numberings;
  /** Zones that the lock records and the spec has no longer, with their blocks. */
  readonly removed: readonly FreedBlock[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What the lock means for this spec: under `reclaim` without freed blocks. The lock's range must be the enclave's. */
export function reconcile(enclave: Enclave, lock: Lock, reclaim: boolean): Past {
  const { renames, diagnostics } = renamesOf(enclave.zones, lock);
  const byName = new Map([...lock.zones].map(([name, block]) => [renames.get(name) ?? name, block] as const));
  const names = new Set(enclave.zones.map((zone) => zone.name));
  const zones = new Map([...byName].filter(([name]) => names.has(name)));
  const left = [...byName]
    .filter(([name]) => !names.has(name))
    .map(([zone, block]): FreedBlock => ({ zone, block }));
  const numberings = ORDINAL_CLASSES.map((kind): [OrdinalClass, Numbering] => [
    kind,
    renameNumbering(kind, lock.ordinals[kind], renames),
  ]);
  return {
    recorded: { zones, sites: lock.sites, freed: reclaim ? [] : [...lock.freed, ...left] },
    ordinals: Object.fromEntries(numberings) as Record<OrdinalClass, Numbering>,
    removed: left,
    diagnostics: [
      ...diagnostics,
      ...renamed(enclave.zones, renames, lock),
      ...contradictions(enclave.zones, zones),
    ],
  };
}

/** Says of zones that come back under a name with a freed block that they were placed anew. */
export function returns(
  zones: readonly Zone[],
  placed: ReadonlyMap<string, Cidr>,
  recorded: Recorded,
): Diagnostic[] {
  return zones.flatMap((zone) => {
    const freed = recorded.freed.find((entry) => entry.zone === zone.name);
    const block = placed.get(zone.name);
    return freed === undefined || block === undefined || recorded.zones.has(zone.name)
      ? []
      : [zoneReturned(zone, freed.block, block)];
  });
}

/** Says of each zone that is gone what happens to its block, and which new zone could be the same one under another name. */
export function removals(
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

interface Renames {
  /** New name by old name. */
  readonly renames: ReadonlyMap<string, string>;
  readonly diagnostics: readonly Diagnostic[];
}

function renamesOf(zones: readonly Zone[], lock: Lock): Renames {
  const renames = new Map<string, string>();
  const diagnostics: Diagnostic[] = [];
  for (const zone of zones) {
    const reading = readWas(zone, zones, lock, renames);
    if (reading === "remark") diagnostics.push(...withoutEffect(zone, zones, lock));
    else if (reading === "rename") renames.set(zone.was as string, zone.name);
    else diagnostics.push(reading);
  }
  return { renames, diagnostics };
}

const renamed = (zones: readonly Zone[], renames: ReadonlyMap<string, string>, lock: Lock): Diagnostic[] =>
  zones.flatMap((zone) => {
    const block =
      zone.was === undefined || renames.get(zone.was) !== zone.name ? undefined : lock.zones.get(zone.was);
    return zone.was === undefined || block === undefined ? [] : [zoneRenamed(zone, zone.was, block)];
  });

function withoutEffect(zone: Zone, zones: readonly Zone[], lock: Lock): Diagnostic[] {
  const block = lock.zones.get(zone.name);
  if (zone.was === undefined || block === undefined || lock.zones.has(zone.was) || inCircle(zone, zones))
    return [];
  return [renameWithoutEffect(zone, zone.was, block)];
}

function readWas(
  zone: Zone,
  zones: readonly Zone[],
  lock: Lock,
  renames: ReadonlyMap<string, string>,
): "remark" | "rename" | Diagnostic {
  const was = zone.was;
  if (was === undefined) return "remark";
  const recorded = lock.zones.has(zone.name);
  const oldIsRecorded = lock.zones.has(was);
  const oldIsThere = zones.some((other) => other.name === was);
  if (inCircle(zone, zones)) return "remark";
  if (recorded) return oldIsRecorded && !oldIsThere ? renameAmbiguous(zone, was, "both-recorded") : "remark";
  if (!oldIsRecorded)
    return lock.freed.some((entry) => entry.zone === zone.name)
      ? "remark"
      : renameUnknown(zone, was, [...lock.zones.keys()]);
  if (oldIsThere) return renameOfExisting(zone, was);
  return renames.has(was) ? renameAmbiguous(zone, was, "claimed-twice") : "rename";
}

/** Errors for zones that were each other: a swap of names, which a lock file cannot tell from one that is done already. */
export const circularRenames = (zones: readonly Zone[]): Diagnostic[] =>
  zones.flatMap((zone) =>
    zone.was !== undefined && inCircle(zone, zones) ? [renameAmbiguous(zone, zone.was, "circle")] : [],
  );

function inCircle(start: Zone, zones: readonly Zone[]): boolean {
  const seen = new Set<string>();
  for (
    let name = start.was;
    name !== undefined && !seen.has(name);
    name = zones.find((zone) => zone.name === name)?.was
  ) {
    if (name === start.name) return true;
    seen.add(name);
  }
  return false;
}

const contradictions = (zones: readonly Zone[], recorded: ReadonlyMap<string, Cidr>): Diagnostic[] =>
  zones.flatMap((zone) => {
    const block = recorded.get(zone.name);
    const found = block === undefined ? undefined : contradiction(zone, block);
    return found === undefined ? [] : [found];
  });

/**
 * The order of placement: recorded blocks stay, zones with a `cidr` come next, then the infrastructure from
 * the top of the range around them, then sized zones into the lowest gap, in spec order. Because of this
 * order a first run and every later run with its lock file agree.
 */
import type { Zone } from "../model/enclave";
import { zonePrefix } from "../model/slots";
import { type Cidr, contains, overlaps } from "../net/cidr";
import { highestFree, lowestFree } from "../net/free-space";
import { SITE_NAMES, SITES, type Site } from "./addresses";

export interface FreedBlock {
  /** The last zone with this block. */
  readonly zone: string;
  readonly block: Cidr;
}

/** Blocks that may not move; empty on a first run. */
export interface Recorded {
  readonly zones: ReadonlyMap<string, Cidr>;
  readonly sites: Readonly<Record<Site, Cidr>> | undefined;
  /** Blocks of removed zones. Only `--reclaim` gives them to other zones. */
  readonly freed: readonly FreedBlock[];
}

export const NOTHING_RECORDED: Recorded = { zones: new Map(), sites: undefined, freed: [] };

export interface Owner {
  readonly kind: "zone" | "site" | "freed";
  readonly name: string;
  readonly block: Cidr;
}

/** A zone whose own `cidr` overlaps other blocks. `free` is the lowest free block of that size, if any. */
export interface Conflict {
  readonly zone: Zone;
  readonly wanted: Cidr;
  readonly owners: readonly Owner[];
  readonly free: Cidr | undefined;
}

/** The first zone or site without a place. No later item is placed. */
export interface PlacementFailure {
  readonly item: Zone | Site;
  readonly prefix: number;
}

export interface Layout {
  /** All taken blocks. */
  readonly taken: readonly Cidr[];
  readonly zones: ReadonlyMap<string, Cidr>;
  readonly sites: ReadonlyMap<string, Cidr>;
  readonly conflicts: readonly Conflict[];
  readonly failure: PlacementFailure | undefined;
}

/** Places every zone and site. Recorded blocks must lie inside the range and must not overlap each other. */
export function layOut(range: Cidr, zones: readonly Zone[], { sites, ...recorded }: Recorded): Layout {
  const owners: Owner[] = [];
  for (const [name, block] of recorded.zones) owners.push({ kind: "zone", name, block });
  for (const { zone, block } of recorded.freed) owners.push({ kind: "freed", name: zone, block });
  if (sites !== undefined)
    for (const name of SITE_NAMES) owners.push({ kind: "site", name, block: sites[name] });
  const fresh = zones.filter(({ name }) => !recorded.zones.has(name));
  const conflicts = placeCidrs(range, fresh, owners);
  const siteFailure = sites === undefined ? placeSites(range, owners) : undefined;
  const failure = siteFailure ?? placeSized(range, fresh, owners);
  const [placed, placedSites] = [blocksOf(owners, "zone"), blocksOf(owners, "site")];
  return { taken: taken(owners), zones: placed, sites: placedSites, conflicts, failure };
}

const blocksOf = (owners: readonly Owner[], kind: Owner["kind"]): ReadonlyMap<string, Cidr> =>
  new Map(owners.filter((owner) => owner.kind === kind).map(({ name, block }) => [name, block]));

const taken = (owners: readonly Owner[]): Cidr[] => owners.map(({ block }) => block);

/** Adds to `owners`, as all functions below do. */
function placeCidrs(range: Cidr, zones: readonly Zone[], owners: Owner[]): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const zone of zones) {
    if (zone.size.kind !== "cidr") continue;
    const wanted = zone.size.cidr;
    if (!contains(range, wanted)) throw new Error(`internal: zone "${zone.name}" lies outside the range`);
    const inTheWay = owners.filter(({ block }) => overlaps(block, wanted));
    const free = lowestFree(range, taken(owners), wanted.prefix);
    if (inTheWay.length > 0) conflicts.push({ zone, wanted, owners: inTheWay, free });
    else owners.push({ kind: "zone", name: zone.name, block: wanted });
  }
  return conflicts;
}

function placeSites(range: Cidr, owners: Owner[]): PlacementFailure | undefined {
  for (const name of SITE_NAMES) {
    const block = highestFree(range, taken(owners), SITES[name]);
    if (block === undefined) return { item: name, prefix: SITES[name] };
    owners.push({ kind: "site", name, block });
  }
  return undefined;
}

/** Stops at the first zone that does not fit, because later zones say nothing more about the range. */
function placeSized(range: Cidr, zones: readonly Zone[], owners: Owner[]): PlacementFailure | undefined {
  for (const zone of zones) {
    if (zone.size.kind === "cidr") continue;
    const prefix = zonePrefix(zone.size);
    const block = lowestFree(range, taken(owners), prefix);
    if (block === undefined) return { item: zone, prefix };
    owners.push({ kind: "zone", name: zone.name, block });
  }
  return undefined;
}

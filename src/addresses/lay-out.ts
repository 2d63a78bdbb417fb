/**
 * The order in which blocks find their places: what is recorded stays, zones with a `cidr` come next, then the infrastructure
 * from the top around them, then sized zones into the lowest gap, in spec order. The order is what makes a first run and every
 * later one with its lock file agree.
 */
import type { Zone } from "../model/enclave";
import { zonePrefix } from "../model/slots";
import { type Cidr, contains, overlaps } from "../net/cidr";
import { freeAddresses, highestFree, largestFree, lowestFree } from "../net/free-space";
import { SITES, type Site } from "./addresses";

export interface FreedBlock {
  /** The zone that had it. */
  readonly zone: string;
  readonly block: Cidr;
}

/** Blocks that may not move: none on a first run. */
export interface Recorded {
  readonly zones: ReadonlyMap<string, Cidr>;
  readonly sites: Readonly<Record<Site, Cidr>> | undefined;
  readonly freed: readonly FreedBlock[];
}

export const NOTHING_RECORDED: Recorded = { zones: new Map(), sites: undefined, freed: [] };

export interface Owner {
  readonly kind: "zone" | "site" | "freed";
  readonly name: string;
  readonly block: Cidr;
}

/** A zone whose own `cidr` lies on blocks of others. `free` is the lowest free block of that size, when there is one. */
export interface Conflict {
  readonly zone: Zone;
  readonly wanted: Cidr;
  readonly owners: readonly Owner[];
  readonly free: Cidr | undefined;
}

/** The first item without a place, and what was free when its turn came. */
export interface Misfit {
  readonly item:
    | { readonly kind: "zone"; readonly zone: Zone }
    | { readonly kind: "site"; readonly site: Site };
  readonly prefix: number;
  readonly largestFree: Cidr | undefined;
  readonly freeAddresses: number;
}

export interface Layout {
  readonly zones: ReadonlyMap<string, Cidr>;
  readonly sites: ReadonlyMap<Site, Cidr>;
  readonly conflicts: readonly Conflict[];
  readonly misfit: Misfit | undefined;
}

export const SITE_NAMES = Object.keys(SITES) as readonly Site[];

/** Places every zone and site. Recorded blocks must lie inside the range and must not overlap each other. */
export function layOut(range: Cidr, zones: readonly Zone[], recorded: Recorded): Layout {
  const owners = ownersOf(recorded);
  const placed = new Map(recorded.zones);
  const conflicts = placeGiven(range, zones, placed, owners);
  const placedSites = placeSites(range, recorded.sites, owners);
  const misfit = placeSized(range, zones, placed, owners);
  const ordered = zones.flatMap((zone): [string, Cidr][] => {
    const block = placed.get(zone.name);
    return block === undefined ? [] : [[zone.name, block]];
  });
  return {
    zones: new Map(ordered),
    sites: placedSites.sites,
    conflicts,
    misfit: placedSites.misfit ?? misfit,
  };
}

function ownersOf(recorded: Recorded): Owner[] {
  const sites = recorded.sites;
  return [
    ...[...recorded.zones].map(([name, block]): Owner => ({ kind: "zone", name, block })),
    ...recorded.freed.map(({ zone, block }): Owner => ({ kind: "freed", name: zone, block })),
    ...(sites === undefined
      ? []
      : SITE_NAMES.map((name): Owner => ({ kind: "site", name, block: sites[name] }))),
  ];
}

function placeGiven(
  range: Cidr,
  zones: readonly Zone[],
  placed: Map<string, Cidr>,
  owners: Owner[],
): Conflict[] {
  const conflicts: Conflict[] = [];
  for (const zone of zones) {
    if (zone.size.kind !== "cidr" || placed.has(zone.name)) continue;
    const wanted = zone.size.cidr;
    if (!contains(range, wanted)) throw new Error(`internal: zone "${zone.name}" lies outside the range`);
    const inTheWay = owners.filter((owner) => overlaps(owner.block, wanted));
    if (inTheWay.length === 0) {
      placed.set(zone.name, wanted);
      owners.push({ kind: "zone", name: zone.name, block: wanted });
    } else {
      conflicts.push({
        zone,
        wanted,
        owners: inTheWay,
        free: lowestFree(range, blocksOf(owners), wanted.prefix),
      });
    }
  }
  return conflicts;
}

function placeSites(
  range: Cidr,
  recorded: Recorded["sites"],
  owners: Owner[],
): { sites: Map<Site, Cidr>; misfit?: Misfit } {
  if (recorded !== undefined) return { sites: new Map(SITE_NAMES.map((site) => [site, recorded[site]])) };
  const sites = new Map<Site, Cidr>();
  for (const site of SITE_NAMES) {
    const block = highestFree(range, blocksOf(owners), SITES[site]);
    if (block === undefined)
      return {
        sites,
        misfit: { item: { kind: "site", site }, prefix: SITES[site], ...roomIn(range, owners) },
      };
    sites.set(site, block);
    owners.push({ kind: "site", name: site, block });
  }
  return { sites };
}

/** Stops at the first zone that does not fit: what comes after it says nothing more about the range. */
function placeSized(
  range: Cidr,
  zones: readonly Zone[],
  placed: Map<string, Cidr>,
  owners: Owner[],
): Misfit | undefined {
  for (const zone of zones) {
    if (zone.size.kind === "cidr" || placed.has(zone.name)) continue;
    const prefix = zonePrefix(zone.size);
    const block = lowestFree(range, blocksOf(owners), prefix);
    if (block === undefined) return { item: { kind: "zone", zone }, prefix, ...roomIn(range, owners) };
    placed.set(zone.name, block);
    owners.push({ kind: "zone", name: zone.name, block });
  }
  return undefined;
}

const blocksOf = (owners: readonly Owner[]): Cidr[] => owners.map((owner) => owner.block);

const roomIn = (range: Cidr, owners: readonly Owner[]): Pick<Misfit, "largestFree" | "freeAddresses"> => ({
  largestFree: largestFree(range, blocksOf(owners)),
  freeAddresses: freeAddresses(range, blocksOf(owners)),
});

/** Zones: a size that can be held, blocks apart from each other. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { LONGEST_SLOT_PREFIX, LONGEST_ZONE_PREFIX, RESERVED_PER_SLOT, slotPrefixFor } from "../model/slots";
import { type Cidr, contains, enclosing, formatCidr, overlaps } from "../net/cidr";
import { lowestFree } from "../net/free-space";
import { isRangeSize, nearestRange } from "../net/ranges";
import type { Item } from "../spec/read/draft";
import type { ZoneSpec } from "../spec/schema/schema";
import { adding } from "../spec/suggest/samples";
import { known, knownOf, UNKNOWN } from "../spec/unknown";
import { type Context, overlapping } from "./context";

const SIZES = ["hosts", "prefix", "cidr"] as const;

export function checkZones(context: Context): Diagnostic[] {
  const { draft } = context;
  if (draft.zones.length === 0 && draft.spec.zones !== UNKNOWN) {
    return [
      error("zones-missing", "zones", "the spec has no zones", "An enclave without zones holds nothing.", {
        fix: adding("zones"),
      }),
    ];
  }
  const given = known(draft.spec.cidr);
  // Where the range itself is of no allowed size, the one that is proposed for it decides.
  const range = given === undefined || isRangeSize(given) ? given : nearestRange(given);
  const places = range === undefined ? new Map<string, Cidr>() : placesIn(range, draft.zones);
  return [
    ...draft.zones.flatMap((zone) => [
      ...checkSizes(zone),
      ...(range === undefined ? [] : checkFit(zone, range, places)),
    ]),
    ...checkOverlaps(context, places),
  ];
}

function checkSizes(zone: Item<ZoneSpec>): Diagnostic[] {
  if (SIZES.some((size) => zone.value[size] === UNKNOWN)) return [];
  const [first, ...more] = SIZES.filter((size) => zone.value[size] !== undefined);
  if (first === undefined) {
    return [
      error(
        "zone-size-missing",
        zone.path,
        `zone "${zone.name}" has no size`,
        "Give exactly one: hosts (usable addresses per availability zone), prefix (per availability zone) or cidr (the whole zone).",
        { fix: adding(joinPath(zone.path, SIZES[0])) },
      ),
    ];
  }
  return more.map((size) =>
    error(
      "zone-size-twice",
      joinPath(zone.path, size),
      `zone "${zone.name}" has two sizes`,
      `"${first}" gives one already. Keep one of the two.`,
      { fix: removing(joinPath(zone.path, size)) },
    ),
  );
}

/** By zone, where a block that cannot stay would be free, of what is proposed for others too. */
type Places = ReadonlyMap<string, Cidr>;

function placesIn(range: Cidr, zones: readonly Item<ZoneSpec>[]): Places {
  const blocks = blocksOf(zones).map(({ zone: { name }, cidr }) => ({ name, cidr: atLeastSlots(cidr) }));
  const taken: Cidr[] = [];
  const homeless: typeof blocks = [];
  for (const block of blocks) {
    const stays = contains(range, block.cidr) && !taken.some((other) => overlaps(other, block.cidr));
    if (stays) taken.push(block.cidr);
    else homeless.push(block);
  }
  const places = new Map<string, Cidr>();
  for (const { name, cidr } of homeless) {
    if (cidr.prefix <= range.prefix) continue;
    // At the same place of the range, so that it is recognized.
    const same = { base: range.base + (cidr.base % 2 ** (32 - range.prefix)), prefix: cidr.prefix };
    const isFree = !contains(range, cidr) && !taken.some((other) => overlaps(other, same));
    const place = isFree ? same : lowestFree(range, taken, cidr.prefix);
    if (place === undefined) continue;
    taken.push(place);
    places.set(name, place);
  }
  return places;
}

const blocksOf = (zones: readonly Item<ZoneSpec>[]): { zone: Item<ZoneSpec>; cidr: Cidr }[] =>
  zones.flatMap((zone) => knownOf(zone.value.cidr).map((cidr) => ({ zone, cidr })));

const atLeastSlots = (block: Cidr): Cidr =>
  block.prefix > LONGEST_ZONE_PREFIX ? enclosing(block.base, LONGEST_ZONE_PREFIX) : block;

const moving = (place: Cidr | undefined): string =>
  place === undefined ? "# no block of this size is free: make it smaller" : `cidr: ${formatCidr(place)}`;

function checkFit(zone: Item<ZoneSpec>, range: Cidr, places: Places): Diagnostic[] {
  const [hosts, prefix, cidr] = [known(zone.value.hosts), known(zone.value.prefix), known(zone.value.cidr)];
  if (cidr !== undefined) return checkBlock(zone, cidr, range, places);
  // The zone is one block of four slots, and the infrastructure of an enclave needs room beside it.
  const widestSlot = range.prefix + 3;
  const asked = prefix ?? (hosts === undefined ? undefined : slotPrefixFor(hosts));
  if (asked === undefined || asked >= widestSlot) return [];
  const most = 2 ** (32 - widestSlot) - RESERVED_PER_SLOT;
  const field = prefix === undefined ? "hosts" : "prefix";
  const fix =
    most < 1
      ? undefined
      : prefix === undefined
        ? `hosts: ${most}`
        : `prefix: ${Math.min(widestSlot, LONGEST_SLOT_PREFIX)}`;
  const detail = `Four slots of /${asked} and the infrastructure do not fit into ${formatCidr(range)}, whatever else there is. The largest slot there is a /${widestSlot} of ${most} hosts.`;
  const facts = {
    range: formatCidr(range),
    slot: `/${asked}`,
    largestSlot: `/${widestSlot}`,
    mostHosts: most,
  };
  return [
    error(
      "zone-too-large",
      joinPath(zone.path, field),
      `zone "${zone.name}" can never fit into the range`,
      detail,
      { facts, fix },
    ),
  ];
}

function checkBlock(zone: Item<ZoneSpec>, cidr: Cidr, range: Cidr, places: Places): Diagnostic[] {
  const path = joinPath(zone.path, "cidr");
  const text = formatCidr(cidr);
  if (cidr.prefix > LONGEST_ZONE_PREFIX) {
    const wider = formatCidr(enclosing(cidr.base, LONGEST_ZONE_PREFIX));
    const detail = `A zone has four slots, so that availability zones can be added, and a slot is /28 or larger: the zone is /26 or larger. ${wider} holds ${text}.`;
    return [
      error("zone-block-small", path, `${text} is too small for zone "${zone.name}"`, detail, {
        facts: { prefix: cidr.prefix, longest: LONGEST_ZONE_PREFIX },
        fix: `cidr: ${wider}`,
      }),
    ];
  }
  if (!contains(range, cidr)) {
    const detail = `The enclave's range is ${formatCidr(range)}.`;
    return [
      error(
        "zone-outside-range",
        path,
        `${text} of zone "${zone.name}" is outside the enclave's range`,
        detail,
        { facts: { range: formatCidr(range), cidr: text }, fix: moving(places.get(zone.name)) },
      ),
    ];
  }
  if (cidr.prefix > range.prefix) return [];
  const detail = `The infrastructure of an enclave needs a /23 of the range beside the zones, and ${text} leaves nothing.`;
  return [
    error("zone-too-large", path, `zone "${zone.name}" can never fit into the range`, detail, {
      facts: { range: formatCidr(range), cidr: text },
      fix: `cidr: ${formatCidr({ base: cidr.base, prefix: range.prefix + 1 })}`,
    }),
  ];
}

function checkOverlaps({ draft, lineOf }: Context, places: Places): Diagnostic[] {
  return overlapping(blocksOf(draft.zones)).map(({ later, earlier }) => {
    const path = joinPath(later.zone.path, "cidr");
    const detail = `Zone "${earlier.zone.name}" has ${formatCidr(earlier.cidr)} on line ${lineOf(joinPath(earlier.zone.path, "cidr"))}, which shares addresses with ${formatCidr(later.cidr)}.`;
    const facts = { earlier: formatCidr(earlier.cidr), later: formatCidr(later.cidr) };
    return error(
      "zones-overlap",
      path,
      `zones "${earlier.zone.name}" and "${later.zone.name}" overlap`,
      detail,
      { facts, fix: moving(places.get(later.zone.name)) },
    );
  });
}

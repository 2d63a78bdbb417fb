/** Zones: possible sizes, and separate blocks. */

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
import { known, knownValues, UNKNOWN } from "../spec/unknown";
import { type Context, overlapping } from "./context";

type Zone = Item<ZoneSpec>;

const SIZES = ["hosts", "prefix", "cidr"] as const;

export function* checkZones(context: Context): Iterable<Diagnostic> {
  const { zones, spec } = context.draft;
  if (zones.length === 0 && spec.zones !== UNKNOWN)
    yield error(
      "zones-missing",
      "zones",
      "the spec has no zones",
      "An enclave without zones holds nothing.",
      { fix: adding("zones") },
    );
  const given = known(spec.cidr);
  // A range of a size that is not allowed is replaced by its proposal.
  const range = given === undefined || isRangeSize(given) ? given : nearestRange(given);
  const blocks = zones.flatMap((zone) => knownValues(zone.value.cidr).map((cidr) => ({ zone, cidr })));
  const places = range === undefined ? new Map<Zone, Cidr>() : placesIn(range, blocks);
  for (const zone of zones) yield* checkSizes(zone);
  if (range !== undefined) for (const zone of zones) yield* checkFit(zone, range, places);
  yield* checkOverlaps(blocks, places, context);
}

function* checkSizes(zone: Zone): Iterable<Diagnostic> {
  if (SIZES.some((size) => zone.value[size] === UNKNOWN)) return;
  const [first, ...more] = SIZES.filter((size) => zone.value[size] !== undefined);
  if (first === undefined) {
    const detail =
      "Give exactly one: hosts (usable addresses per availability zone), prefix (per availability zone) or cidr (the whole zone).";
    const fix = adding(joinPath(zone.path, SIZES[0]));
    yield error("zone-size-missing", zone.path, `zone "${zone.name}" has no size`, detail, { fix });
  }
  for (const path of more.map((size) => joinPath(zone.path, size))) {
    const detail = `"${first}" gives one already. Keep one of the two.`;
    const fix = removing(path);
    yield error("zone-size-twice", path, `zone "${zone.name}" has two sizes`, detail, { fix });
  }
}

interface ZoneBlock {
  readonly zone: Zone;
  readonly cidr: Cidr;
}

/** A free block for each zone that cannot keep its own, apart from those of the others. */
type Places = ReadonlyMap<Zone, Cidr>;

function placesIn(range: Cidr, blocks: readonly ZoneBlock[]): Places {
  const taken: Cidr[] = [];
  const moving: ZoneBlock[] = [];
  for (const { zone, cidr: given } of blocks) {
    const isSmall = given.prefix > LONGEST_ZONE_PREFIX;
    const cidr = isSmall ? enclosing(given.base, LONGEST_ZONE_PREFIX) : given;
    const stays = contains(range, cidr) && !taken.some((other) => overlaps(other, cidr));
    if (stays) taken.push(cidr);
    else moving.push({ zone, cidr });
  }
  const places = new Map<Zone, Cidr>();
  for (const { zone, cidr } of moving) {
    if (cidr.prefix <= range.prefix) continue;
    // At the same place of the range, so that the user recognizes it.
    const same = { base: range.base + (cidr.base % 2 ** (32 - range.prefix)), prefix: cidr.prefix };
    const isFree = !contains(range, cidr) && !taken.some((other) => overlaps(other, same));
    const place = isFree ? same : lowestFree(range, taken, cidr.prefix);
    if (place === undefined) continue;
    taken.push(place);
    places.set(zone, place);
  }
  return places;
}

function moveTo(place: Cidr | undefined): string {
  if (place === undefined) return "# no block of this size is free: make it smaller";
  return `cidr: ${formatCidr(place)}`;
}

function* checkFit(zone: Zone, range: Cidr, places: Places): Iterable<Diagnostic> {
  const [hosts, prefix, cidr] = [known(zone.value.hosts), known(zone.value.prefix), known(zone.value.cidr)];
  if (cidr !== undefined) {
    yield* checkBlock(zone, cidr, range, places);
    return;
  }
  // The zone is one block of four slots, and the infrastructure of an enclave needs free space beside it.
  const widest = range.prefix + 3;
  const asked = prefix ?? (hosts && slotPrefixFor(hosts));
  if (asked === undefined || asked >= widest) return;
  const most = 2 ** (32 - widest) - RESERVED_PER_SLOT;
  const field = prefix === undefined ? "hosts" : "prefix";
  const largest = field === "hosts" ? most : Math.min(widest, LONGEST_SLOT_PREFIX);
  const text = formatCidr(range);
  const detail = `Four slots of /${asked} and the infrastructure do not fit into ${text}, whatever else there is. The largest slot there is a /${widest} of ${most} hosts.`;
  const summary = `zone "${zone.name}" can never fit into the range`;
  yield error("zone-too-large", joinPath(zone.path, field), summary, detail, {
    facts: { range: text, slot: `/${asked}`, largestSlot: `/${widest}`, mostHosts: most },
    fix: most < 1 ? undefined : `${field}: ${largest}`,
  });
}

function* checkBlock(zone: Zone, cidr: Cidr, range: Cidr, places: Places): Iterable<Diagnostic> {
  const path = joinPath(zone.path, "cidr");
  const [text, whole] = [formatCidr(cidr), formatCidr(range)];
  const facts = { range: whole, cidr: text };
  if (cidr.prefix > LONGEST_ZONE_PREFIX) {
    const wider = formatCidr(enclosing(cidr.base, LONGEST_ZONE_PREFIX));
    const detail = `A zone has four slots, so that availability zones can be added, and a slot is /28 or larger: the zone is /26 or larger. ${wider} holds ${text}.`;
    yield error("zone-block-small", path, `${text} is too small for zone "${zone.name}"`, detail, {
      facts: { prefix: cidr.prefix, longest: LONGEST_ZONE_PREFIX },
      fix: `cidr: ${wider}`,
    });
  } else if (!contains(range, cidr)) {
    const summary = `${text} of zone "${zone.name}" is outside the enclave's range`;
    const fix = moveTo(places.get(zone));
    yield error("zone-outside-range", path, summary, `The enclave's range is ${whole}.`, { facts, fix });
  } else if (cidr.prefix <= range.prefix) {
    const summary = `zone "${zone.name}" can never fit into the range`;
    const detail = `The infrastructure of an enclave needs a /23 of the range beside the zones, and ${text} leaves nothing.`;
    const fix = `cidr: ${formatCidr({ base: cidr.base, prefix: range.prefix + 1 })}`;
    yield error("zone-too-large", path, summary, detail, { facts, fix });
  }
}

function* checkOverlaps(
  blocks: readonly ZoneBlock[],
  places: Places,
  { lineOf }: Context,
): Iterable<Diagnostic> {
  for (const { later, earlier } of overlapping(blocks)) {
    const [text, other] = [formatCidr(later.cidr), formatCidr(earlier.cidr)];
    const line = lineOf(joinPath(earlier.zone.path, "cidr"));
    const summary = `zones "${earlier.zone.name}" and "${later.zone.name}" overlap`;
    const detail = `Zone "${earlier.zone.name}" has ${other} on line ${line}, which shares addresses with ${text}.`;
    yield error("zones-overlap", joinPath(later.zone.path, "cidr"), summary, detail, {
      facts: { earlier: other, later: text },
      fix: moveTo(places.get(later.zone)),
    });
  }
}

/** Zones: possible sizes, and separate blocks. */

import type { Diagnostic } from "../diagnostics/diagnostic";
import { setting } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { LONGEST_ZONE_PREFIX } from "../model/slots";
import { type Cidr, contains, enclosing, formatCidr } from "../net/cidr";
import { isRangeSize, nearestRange } from "../net/ranges";
import type { Item } from "../spec/read/draft";
import type { ZoneSpec } from "../spec/schema/schema";
import { known, knownValues, UNKNOWN } from "../spec/unknown";
import { type Context, overlapping } from "./context";

type Zone = Item<ZoneSpec>;

const SIZES = ["hosts", "prefix", "cidr"] as const;

export function* checkZones(context: Context): Iterable<Diagnostic> {
  const { zones, spec } = context.draft;
  if (zones.length === 0 && spec.zones !== UNKNOWN)
    yield error("zones-missing", "zones", "the spec has no zones", "An enclave without zones holds nothing.");
  const given = known(spec.cidr);
  // A range of a size that is not allowed is judged as the nearest that is.
  const range = given === undefined || isRangeSize(given) ? given : nearestRange(given);
  const blocks = zones.flatMap((zone) => knownValues(zone.value.cidr).map((cidr) => ({ zone, cidr })));
  for (const zone of zones) yield* checkSizes(zone);
  if (range !== undefined) for (const { zone, cidr } of blocks) yield* checkBlock(zone, cidr, range);
  yield* checkOverlaps(blocks, context);
}

function* checkSizes(zone: Zone): Iterable<Diagnostic> {
  if (SIZES.some((size) => zone.value[size] === UNKNOWN)) return;
  const [first, ...more] = SIZES.filter((size) => zone.value[size] !== undefined);
  if (first === undefined) {
    const detail =
      "Give exactly one: hosts (usable addresses per availability zone), prefix (per availability zone) or cidr (the whole zone).";
    yield error("zone-size-missing", zone.path, `zone "${zone.name}" has no size`, detail);
  }
  for (const path of more.map((size) => joinPath(zone.path, size))) {
    const detail = `"${first}" gives one already. Keep one of the two.`;
    yield error("zone-size-twice", path, `zone "${zone.name}" has two sizes`, detail);
  }
}

interface ZoneBlock {
  readonly zone: Zone;
  readonly cidr: Cidr;
}

function* checkBlock(zone: Zone, cidr: Cidr, range: Cidr): Iterable<Diagnostic> {
  const path = joinPath(zone.path, "cidr");
  const [text, whole] = [formatCidr(cidr), formatCidr(range)];
  const facts = { range: whole, cidr: text };
  if (cidr.prefix > LONGEST_ZONE_PREFIX) {
    const wider = formatCidr(enclosing(cidr.base, LONGEST_ZONE_PREFIX));
    const detail = `A zone has four slots, so that availability zones can be added, and a slot is /28 or larger: the zone is /26 or larger. ${wider} holds ${text}.`;
    yield error("zone-block-small", path, `${text} is too small for zone "${zone.name}"`, detail, {
      facts: { prefix: cidr.prefix, longest: LONGEST_ZONE_PREFIX },
      edits: [setting(path, wider)],
    });
  } else if (!contains(range, cidr)) {
    const summary = `${text} of zone "${zone.name}" is outside the enclave's range`;
    yield error("zone-outside-range", path, summary, `The enclave's range is ${whole}.`, { facts });
  } else if (cidr.prefix <= range.prefix) {
    const summary = `zone "${zone.name}" can never fit into the range`;
    const detail = `The infrastructure of an enclave needs a /23 of the range beside the zones, and ${text} leaves nothing.`;
    yield error("zone-too-large", path, summary, detail, { facts });
  }
}

function* checkOverlaps(blocks: readonly ZoneBlock[], { lineOf }: Context): Iterable<Diagnostic> {
  for (const { later, earlier } of overlapping(blocks)) {
    const [text, other] = [formatCidr(later.cidr), formatCidr(earlier.cidr)];
    const line = lineOf(joinPath(earlier.zone.path, "cidr"));
    const summary = `zones "${earlier.zone.name}" and "${later.zone.name}" overlap`;
    const detail = `Zone "${earlier.zone.name}" has ${other} on line ${line}, which shares addresses with ${text}.`;
    const facts = { earlier: other, later: text };
    yield error("zones-overlap", joinPath(later.zone.path, "cidr"), summary, detail, { facts });
  }
}

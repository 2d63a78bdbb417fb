/** Zones: possible sizes, separate blocks, and interfaces whose addresses are usable and unique. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { setting } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { idOf } from "../model/ids";
import { LONGEST_SLOT_PREFIX, LONGEST_ZONE_PREFIX, slotPrefixFor } from "../model/slots";
import { type Cidr, contains, enclosing, formatCidr } from "../net/cidr";
import { isPrivate, isRangeSize } from "../net/ranges";
import type { Item } from "../spec/read/draft";
import type { ZoneSpec } from "../spec/schema/schema";
import { entriesOf, known, knownValues, UNKNOWN } from "../spec/unknown";
import { type Context, overlapping, repeated } from "./context";

const SIZES = ["hosts", "prefix", "cidr"] as const;

export function* checkZones({ draft: { zones, spec }, lineOf }: Context): Iterable<Diagnostic> {
  if (zones.length === 0 && spec.zones !== UNKNOWN)
    yield error("zones-missing", "zones", "the spec has no zones", "An enclave without zones holds nothing.");
  for (const zone of zones) {
    yield* checkSizes(zone);
    yield* checkInterfaces(zone);
  }
  const given = known(spec.cidr);
  // Nothing is held to a range that is refused itself.
  const range = given !== undefined && isRangeSize(given) && isPrivate(given) ? given : undefined;
  const blocks = zones.flatMap(({ name, path, value }) =>
    knownValues(value.cidr).map((cidr) => ({ name, cidr, path: joinPath(path, "cidr") })),
  );
  if (range !== undefined) for (const block of blocks) yield* checkBlock(block, range);
  for (const { later, earlier } of overlapping(blocks)) {
    const [text, other] = [formatCidr(later.cidr), formatCidr(earlier.cidr)];
    const summary = `zones "${earlier.name}" and "${later.name}" overlap`;
    const detail =
      `Zone "${earlier.name}" has ${other} on line ${lineOf(earlier.path)}, which shares addresses ` +
      `with ${text}.`;
    yield error("zones-overlap", later.path, summary, detail, { facts: { earlier: other, later: text } });
  }
}

function* checkSizes({ name, path, value }: Item<ZoneSpec>): Iterable<Diagnostic> {
  if (SIZES.some((size) => value[size] === UNKNOWN)) return;
  const [first, ...more] = SIZES.filter((size) => value[size] !== undefined);
  if (first === undefined) {
    const detail =
      "Give exactly one: hosts (usable addresses per availability zone), prefix (per availability " +
      "zone) or cidr (the whole zone).";
    yield error("zone-size-missing", path, `zone "${name}" has no size`, detail);
  }
  for (const size of more) {
    const detail = `"${first}" gives one already. Keep one of the two.`;
    yield error("zone-size-twice", joinPath(path, size), `zone "${name}" has two sizes`, detail);
  }
}

interface Block {
  readonly name: string;
  readonly cidr: Cidr;
  readonly path: SpecPath;
}

function* checkBlock({ name, cidr, path }: Block, range: Cidr): Iterable<Diagnostic> {
  const [text, whole] = [formatCidr(cidr), formatCidr(range)];
  const facts = { range: whole, cidr: text };
  if (cidr.prefix > LONGEST_ZONE_PREFIX) {
    const wider = formatCidr(enclosing(cidr.base, LONGEST_ZONE_PREFIX));
    const detail =
      "A zone has four slots, so that availability zones can be added, and a slot is /28 or larger: " +
      `the zone is /26 or larger. ${wider} holds ${text}.`;
    yield error("zone-block-small", path, `${text} is too small for zone "${name}"`, detail, {
      facts: { prefix: cidr.prefix, longest: LONGEST_ZONE_PREFIX },
      edits: [setting(path, wider)],
    });
  } else if (!contains(range, cidr)) {
    const summary = `${text} of zone "${name}" is outside the enclave's range`;
    yield error("zone-outside-range", path, summary, `The enclave's range is ${whole}.`, { facts });
  } else if (cidr.prefix <= range.prefix) {
    const summary = `zone "${name}" can never fit into the range`;
    const detail =
      `The infrastructure of an enclave needs a /23 of the range beside the zones, and ${text} leaves ` +
      "nothing.";
    yield error("zone-too-large", path, summary, detail, { facts });
  }
}

/** The zone's slot, if exactly one size defines it. */
function slotPrefixOf({ value }: Item<ZoneSpec>): number | undefined {
  const [hosts, prefix, block] = [known(value.hosts), known(value.prefix), known(value.cidr)];
  const sizes = [hosts && slotPrefixFor(hosts), prefix, block && block.prefix + 2];
  const [slot, ...others] = sizes.filter((size) => size !== undefined);
  return slot !== undefined && others.length === 0 && slot <= LONGEST_SLOT_PREFIX ? slot : undefined;
}

function* checkInterfaces(zone: Item<ZoneSpec>): Iterable<Diagnostic> {
  const interfaces = entriesOf(zone.value.interfaces, joinPath(zone.path, "interfaces")).flatMap((entry) => {
    const [name, host] = [known(entry.value.name), known(entry.value.host)];
    return name === undefined || host === undefined ? [] : [{ name, host, path: entry.path }];
  });
  for (const { later } of repeated(interfaces, ({ name }) => idOf(name))) {
    const summary = `zone "${zone.name}" has two interfaces called "${later.name}"`;
    const detail = "A name is a Terraform address, so each is used once.";
    yield error("interface-name-twice", joinPath(later.path, "name"), summary, detail);
  }
  for (const { later, earlier } of repeated(interfaces, ({ host }) => host)) {
    const { host, path } = later;
    let free = 4;
    while (interfaces.some((each) => each.host === free)) free++;
    const detail = `Address ${host} of each subnet is given to "${earlier.name}" already; ${free} is free.`;
    const summary = `"${later.name}" wants the address of "${earlier.name}"`;
    yield error("interface-host-twice", joinPath(path, "host"), summary, detail, { facts: { host, free } });
  }
  const slot = slotPrefixOf(zone);
  if (slot === undefined) return;
  // Azure and AWS keep the last address, Google the last two: https://docs.cloud.google.com/vpc/docs/subnets
  const last = 2 ** (32 - slot) - 3;
  for (const { name, host, path } of interfaces) {
    if (host >= 4 && host <= last) continue;
    const detail =
      `A subnet of zone "${zone.name}" is a /${slot}: ` +
      `it gives out the addresses 4 to ${last}, because the first four and the last two are reserved ` +
      "on some cloud.";
    const summary = `"${name}" cannot have the address ${host} of its subnet`;
    const facts = { host, first: 4, last, slot: `/${slot}` };
    yield error("interface-host", joinPath(path, "host"), summary, detail, { facts });
  }
}

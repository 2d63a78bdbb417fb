/** Settings of the whole enclave: regions, availability zones, tags, range, quarantine. */

import { CLOUDS } from "../clouds/cloud";
import type { Diagnostic } from "../diagnostics/diagnostic";
import { removing, setting } from "../diagnostics/edit";
import { error, info } from "../diagnostics/make";
import { joinPath } from "../diagnostics/path";
import { contains, formatCidr } from "../net/cidr";
import { isPrivate, isRangeSize, NARROWEST_RANGE, nearestRange, PRIVATE, WIDEST_RANGE } from "../net/ranges";
import { entriesOf, isMapping, known, knownValues } from "../spec/unknown";
import { type Context, repeated } from "./context";

export function* checkSettings(context: Context): Iterable<Diagnostic> {
  const { region } = context.draft.spec;
  if (isMapping(region) && Object.keys(region).length === 0)
    yield error("region-missing", "region", "no region is given", "A region is never guessed.");
  yield* checkZoneNames(context);
  yield* checkTags(context);
  yield* checkRange(context);
  const named = new Set(knownValues(context.draft.spec.quarantine));
  const zones = [...named].filter(context.zone).join(", ");
  const detail =
    "All their flows, endpoints and egress are void. A Terraform variable of that name comes first.";
  if (zones !== "") yield info("quarantine-active", "quarantine", `zones are cut off now: ${zones}`, detail);
}

function* checkZoneNames({ draft: { spec } }: Context): Iterable<Diagnostic> {
  const wanted = known(spec.availabilityZones) ?? 0;
  for (const cloud of CLOUDS) {
    const path = joinPath("zoneNames", cloud);
    const given = known(known(spec.zoneNames)?.[cloud]);
    if (given === undefined) continue;
    for (const { later } of repeated(entriesOf(given, path), ({ value }) => value)) {
      const summary = `"${later.value}" stands in the list twice`;
      const detail = "Two availability zones that are one are no redundancy.";
      yield error("zone-names-repeated", later.path, summary, detail, { edits: [removing(later.path)] });
    }
    if (given.length >= wanted) continue;
    const detail = `${wanted} availability zones are asked for, ${given.length} named.`;
    yield error("zone-names-few", path, `too few availability zones are named for ${cloud}`, detail, {
      facts: { wanted, named: given.length },
    });
  }
}

/** Every resource carries these with our own values. */
const OWN_TAGS = ["enclave", "zone"];

function* checkTags({ draft: { spec } }: Context): Iterable<Diagnostic> {
  for (const tag of Object.keys(known(spec.tags) ?? {})) {
    if (!OWN_TAGS.includes(tag.toLowerCase())) continue;
    const detail = "Everything that is built carries its enclave's name, and its zone's, under these tags.";
    yield error("tag-reserved", joinPath("tags", tag), `the tag "${tag}" is set already`, detail);
  }
}

function* checkRange({ draft }: Context): Iterable<Diagnostic> {
  const range = known(draft.spec.cidr);
  if (range === undefined) return;
  const near = nearestRange(range);
  const [text, alternative] = [formatCidr(range), formatCidr(near)];
  const holdsZones = draft.zones.every(({ value }) =>
    knownValues(value.cidr).every((cidr) => contains(near, cidr)),
  );
  if (!isRangeSize(range)) {
    const summary = `the range ${text} is too ${range.prefix < WIDEST_RANGE ? "wide" : "narrow"}`;
    const detail = `An enclave's range is /${WIDEST_RANGE} to /${NARROWEST_RANGE}. ${alternative} is the nearest.`;
    const facts = { prefix: range.prefix, widest: WIDEST_RANGE, narrowest: NARROWEST_RANGE };
    yield error("range-size", "cidr", summary, detail, {
      facts,
      edits: holdsZones ? [setting("cidr", alternative)] : [],
    });
  } else if (!isPrivate(range)) {
    const detail =
      `A private network lies inside ${PRIVATE.map(formatCidr).join(", ")}; ` +
      "other addresses belong to somebody on the internet.";
    yield error("range-not-private", "cidr", `the range ${text} is not private`, detail);
  }
}

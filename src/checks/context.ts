/** Every check of meaning gets the draft, the lines of its items, and the names that exist. */

import type { NamedPart } from "../clouds/field-facts";
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { quoted, removing, replacing } from "../diagnostics/edit";
import { enumerate } from "../diagnostics/enumerate";
import { error } from "../diagnostics/make";
import { keysOf } from "../model/lookup";
import { type Cidr, overlaps } from "../net/cidr";
import type { Draft, Item } from "../spec/read/draft";
import { partsNamedAt } from "../spec/schema/fields";
import type { ZoneSpec } from "../spec/schema/schema";
import { type Entry, UNKNOWN } from "../spec/unknown";
import { renamesOf } from "./renames";

export interface Context {
  readonly draft: Draft;
  lineOf(path: SpecPath): number;
  zone(name: string): Item<ZoneSpec> | undefined;
  isExternal(name: string): boolean;
  /** A new name for each name that is refused. */
  readonly renames: ReadonlyMap<string, string>;
}

export type Check = (context: Context) => Iterable<Diagnostic>;

export function contextOf(draft: Draft, lineOf: (path: SpecPath) => number): Context {
  const zones = new Map(draft.zones.map((zone) => [zone.name, zone]));
  const externals = new Set(draft.externalNetworks.map((network) => network.name));
  return {
    draft,
    lineOf,
    zone: (name) => zones.get(name),
    isExternal: (name) => externals.has(name),
    renames: renamesOf(draft),
  };
}

const NOUNS: Readonly<Record<NamedPart, string>> = {
  zones: "zone",
  privateEndpoints: "endpoint",
  externalNetworks: "network",
  publish: "published service",
};

/** An error if no possible item has the name. An unknown part may have it. */
export function* unknownName(
  { draft, isExternal, renames }: Context,
  { value: name, path }: Entry<string>,
): Iterable<Diagnostic> {
  const parts = partsNamedAt(path);
  const names = parts.flatMap((part) => draft[part].map((item) => item.name));
  // If an item gets this name by a proposed rename, the name needs no other proposal.
  if (names.includes(name) || [...renames.values()].includes(name)) return;
  if (parts.some((part) => draft.spec[part] === UNKNOWN)) return;
  const isForZones = parts.includes("zones");
  if (isForZones && !parts.includes("externalNetworks") && isExternal(name)) {
    const summary = `${quoted(name)} is an external network, not a zone`;
    const detail = `Only zones can stand here: ${names.join(", ")}.`;
    yield error("zone-expected", path, summary, detail, { fix: removing(path) });
    return;
  }
  const meant = nearest(name, names);
  const hint = meant === undefined ? "" : `Did you mean "${meant}"? `;
  const detail = `${hint}${names.length === 0 ? "There are none." : `Known: ${names.join(", ")}.`}`;
  const code = isForZones ? "zone-unknown" : "endpoint-unknown";
  const nouns = keysOf(NOUNS).flatMap((part) => (parts.includes(part) ? [NOUNS[part]] : []));
  yield error(code, path, `no ${enumerate(nouns, "or")} is called ${quoted(name)}`, detail, {
    facts: { name, ...(meant === undefined ? {} : { meant }) },
    fix: meant === undefined ? removing(path) : replacing(path, meant),
  });
}

/** Pairs of overlapping blocks: a block, and the first one before it that it overlaps. */
export function overlapping<T extends { readonly cidr: Cidr }>(
  blocks: readonly T[],
): { readonly later: T; readonly earlier: T }[] {
  return blocks.flatMap((later, index) => {
    const earlier = blocks.slice(0, index).find((each) => overlaps(each.cidr, later.cidr));
    return earlier === undefined ? [] : [{ later, earlier }];
  });
}

/** Entries of a list whose key stands in it already. */
export function repeated<T>(list: readonly T[], keyOf: (entry: T) => unknown): T[] {
  const keys = list.map(keyOf);
  return list.filter((_, index) => keys.indexOf(keys[index]) < index);
}

/** Every check of meaning gets the draft, the lines of its items, and the names that exist. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { type Cidr, overlaps } from "../net/cidr";
import type { Draft, Item } from "../spec/read/draft";
import type { ZoneSpec } from "../spec/schema/schema";
import { renamesOf } from "./renames";

export interface Context {
  readonly draft: Draft;
  lineOf(path: SpecPath): number;
  zone(name: string): Item<ZoneSpec> | undefined;
  isExternal(name: string): boolean;
  /** The refused names, each with the name that it means, if that is free. */
  readonly renames: ReadonlyMap<string, string | undefined>;
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

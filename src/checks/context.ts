/** Every check of meaning gets the draft, the lines of its items, and the names that exist. */

import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { type Cidr, overlaps } from "../net/cidr";
import type { Draft, Item } from "../spec/read/draft";
import { parseName } from "../spec/schema/parse";
import type { ZoneSpec } from "../spec/schema/schema";

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

export const itemsWithNames = (draft: Draft): { readonly name: string; readonly path: SpecPath }[] => [
  ...draft.zones,
  ...draft.externalNetworks,
  ...draft.privateEndpoints,
  ...draft.publish,
];

/** A refused name means another only if no item has that name, and no other refused name means it. */
function renamesOf(draft: Draft): ReadonlyMap<string, string | undefined> {
  const taken = new Set(itemsWithNames(draft).map(({ name }) => name));
  const renames = new Map<string, string | undefined>();
  for (const name of [...taken]) {
    const parsed = parseName(name);
    if (parsed.ok) continue;
    const { instead } = parsed.problem;
    renames.set(name, instead !== undefined && !taken.has(instead) ? instead : undefined);
    if (instead !== undefined) taken.add(instead);
  }
  return renames;
}

/** Two entries of a list; `earlier` is the first that the later one repeats or overlaps. */
interface Pair<T> {
  readonly later: T;
  readonly earlier: T;
}

export const overlapping = <T extends { readonly cidr: Cidr }>(blocks: readonly T[]): Pair<T>[] =>
  blocks.flatMap((later, index) => {
    const earlier = blocks.slice(0, index).find((each) => overlaps(each.cidr, later.cidr));
    return earlier === undefined ? [] : [{ later, earlier }];
  });

export function repeated<T extends object>(list: readonly T[], keyOf: (entry: T) => unknown): Pair<T>[] {
  const first = new Map<unknown, T>();
  return list.flatMap((later) => {
    const earlier = first.get(keyOf(later));
    if (earlier === undefined) first.set(keyOf(later), later);
    return earlier === undefined ? [] : [{ later, earlier }];
  });
}

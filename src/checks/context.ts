/** What every check of meaning may ask: the draft, where its items stand, and which names exist. */

import type { Code } from "../diagnostics/catalogue";
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { nearest } from "../diagnostics/did-you-mean";
import { quoted, removing, replacing } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { type Cidr, overlaps } from "../net/cidr";
import type { Draft } from "../spec/read/draft";
import type { Item } from "../spec/read/item";
import type { ZoneSpec } from "../spec/schema/schema";
import { renamesOf } from "./references";

export interface Context {
  readonly draft: Draft;
  lineOf(path: SpecPath): number;
  zone(name: string): Item<ZoneSpec> | undefined;
  isExternal(name: string): boolean;
  /** For each name that is refused one that is not. */
  readonly renames: ReadonlyMap<string, string>;
}

export function contextOf(given: Draft, lineOf: (path: SpecPath) => number): Context {
  const draft = withSeen(given);
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

/** One wrong entry does not hide what is to be said of those beside it. */
function withSeen(draft: Draft): Draft {
  const all = <T>(items: readonly Item<T>[]): Item<T>[] => items.map(one);
  const one = <T>(item: Item<T>): Item<T> => ({ ...item, value: { ...item.seen, ...item.value } });
  return {
    ...draft,
    settings: one(draft.settings),
    zones: all(draft.zones),
    externalNetworks: all(draft.externalNetworks),
    flows: all(draft.flows),
    privateEndpoints: all(draft.privateEndpoints),
    egress: all(draft.egress),
    publish: all(draft.publish),
  };
}

const namesOf = (items: readonly { readonly name: string }[]): string[] => items.map((item) => item.name);

/** What can stand at a place, in words, and the parts of a spec that it is named in. */
const KINDS = {
  nothing: { words: "zone", parts: ["zones"] },
  externals: { words: "zone or network", parts: ["zones", "externalNetworks"] },
  "endpoints and externals": {
    words: "zone, endpoint or network",
    parts: ["zones", "externalNetworks", "privateEndpoints"],
  },
} as const;

/** An error when no zone has the name; `also` are other things that could stand there. */
export function unknownZone(
  { draft, isExternal, renames }: Context,
  path: SpecPath,
  name: string,
  also: keyof typeof KINDS = "nothing",
): Diagnostic[] {
  const { words, parts } = KINDS[also];
  const known = parts.flatMap((part) => namesOf(draft[part]));
  // A name that something will have when it is renamed as proposed is not also renamed back.
  if (
    known.includes(name) ||
    [...renames.values()].includes(name) ||
    parts.some((part) => draft.lost.has(part))
  )
    return [];
  if (isExternal(name)) {
    const detail = `Only zones can stand here: ${known.join(", ")}.`;
    return [
      error("zone-expected", path, `${quoted(name)} is an external network, not a zone`, detail, {
        fix: removing(path),
      }),
    ];
  }
  return [unknownName("zone-unknown", path, `no ${words} is called ${quoted(name)}`, name, known)];
}

/** The error for a name that nothing has, with the nearest that something has. */
export function unknownName(
  code: Code,
  path: SpecPath,
  summary: string,
  name: string,
  known: readonly string[],
): Diagnostic {
  const meant = nearest(name, known);
  const hint = meant === undefined ? "" : `Did you mean "${meant}"? `;
  const detail = `${hint}${known.length === 0 ? "There are none." : `Known: ${known.join(", ")}.`}`;
  return error(code, path, summary, detail, {
    facts: { name, ...(meant === undefined ? {} : { meant }) },
    fix: meant === undefined ? removing(path) : replacing(path, meant),
  });
}

/** Pairs of overlapping blocks, each as the later one and the first one before it that it overlaps. */
export function overlapping<T extends { readonly cidr: Cidr }>(
  blocks: readonly T[],
): { readonly later: T; readonly earlier: T }[] {
  return blocks.flatMap((later, index) => {
    const earlier = blocks.slice(0, index).find((each) => overlaps(each.cidr, later.cidr));
    return earlier === undefined ? [] : [{ later, earlier }];
  });
}

/** Entries of a list that stand in it already, by index. */
export function repeated<T>(list: readonly T[]): number[] {
  return list.flatMap((each, index) => (list.indexOf(each) < index ? [index] : []));
}

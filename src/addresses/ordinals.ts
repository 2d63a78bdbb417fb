/**
 * Cloud-neutral numbers from which providers derive rule numbers and priorities. A number is given once and never again, not
 * even after its owner is gone: Terraform may create a new rule before it deletes the old one, and two rules with one number
 * are refused by every cloud. Only a reclaim fills the gaps.
 */
import type { SpecPath } from "../diagnostics/diagnostic";
import { connectionsOf, departuresOf, endpointUsesOf } from "../model/connections";
import type { Enclave } from "../model/enclave";
import type { Ordinals } from "./addresses";

export type OrdinalClass = keyof Ordinals;
export const ORDINAL_CLASSES = [
  "parties",
  "connections",
  "endpoints",
  "endpointUses",
  "departures",
  "exits",
] as const satisfies readonly OrdinalClass[];

/** The last number that fits the bands which providers keep for one class. */
export const LAST_ORDINAL = 3999;

export interface Numbering {
  /** The number that the next new key gets: above every number ever given. */
  readonly next: number;
  readonly byKey: ReadonlyMap<string, number>;
}

export type Numberings = Readonly<Record<OrdinalClass, Numbering>>;

export interface Wanted {
  readonly key: string;
  readonly path: SpecPath;
}

/** What needs a number, per class, in spec order. */
export function wantedOrdinals(enclave: Enclave): Readonly<Record<OrdinalClass, readonly Wanted[]>> {
  const departures = departuresOf(enclave);
  const exits = new Map(
    departures.map((departure) => [`${departure.zone} ${departure.port}`, pathOf(departure)]),
  );
  return {
    parties: [...enclave.zones, ...enclave.externalNetworks].map(({ name, path }) => ({ key: name, path })),
    connections: connectionsOf(enclave).map(wantedBy),
    endpoints: enclave.privateEndpoints.map(({ name, path }) => ({ key: name, path })),
    endpointUses: endpointUsesOf(enclave).map(wantedBy),
    departures: departures.map(wantedBy),
    exits: [...exits].map(([key, path]) => ({ key, path })),
  };
}

/** Old keys keep their numbers, new ones are numbered in order. `reclaim` gives gaps out again, lowest first. */
export function assign(wanted: readonly Wanted[], past: Numbering | undefined, reclaim: boolean): Numbering {
  const kept = wanted.flatMap(({ key }): [string, number][] => {
    const number = past?.byKey.get(key);
    return number === undefined ? [] : [[key, number]];
  });
  const byKey = new Map(kept);
  const used = new Set(byKey.values());
  let next = reclaim ? 1 : (past?.next ?? 1);
  for (const { key } of wanted) {
    if (byKey.has(key)) continue;
    while (used.has(next)) next += 1;
    byKey.set(key, next);
    next += 1;
  }
  if (reclaim) next = Math.max(0, ...byKey.values()) + 1;
  return { next, byKey: new Map(wanted.map(({ key }) => [key, byKey.get(key) as number])) };
}

const LABEL = "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?";
const NAME = new RegExp(`^${LABEL}$`);

/** How keys are built, with the names of zones and networks apart from the rest; an endpoint's name is no zone's. */
const KEY_SHAPES: Readonly<Record<OrdinalClass, RegExp>> = {
  parties: new RegExp(`^(${LABEL})()()$`),
  connections: new RegExp(`^(${LABEL})>(${LABEL})( (?:any|icmp|\\d+(?:-\\d+)?/(?:tcp|udp)))$`),
  endpoints: new RegExp(`^()()(${LABEL})$`),
  endpointUses: new RegExp(`^(${LABEL})()(>${LABEL})$`),
  departures: new RegExp(`^(${LABEL})()(>\\S+ \\d+)$`),
  exits: new RegExp(`^(${LABEL})()( \\d+)$`),
};

export const isName = (text: string): boolean => NAME.test(text);

/** The zones, networks or `internet` that a key speaks of, or undefined when it is no key of that class. */
export function partiesIn(kind: OrdinalClass, key: string): readonly string[] | undefined {
  const [, from, to] = KEY_SHAPES[kind].exec(key) ?? [];
  if (from === undefined || to === undefined) return undefined;
  return [from, to].filter((name) => name !== "");
}

/** The same key after zones were renamed. */
function renameKey(kind: OrdinalClass, key: string, renames: ReadonlyMap<string, string>): string {
  const [, from = "", to = "", rest = ""] = KEY_SHAPES[kind].exec(key) ?? [];
  const renamed = (name: string): string => renames.get(name) ?? name;
  return to === "" ? `${renamed(from)}${rest}` : `${renamed(from)}>${renamed(to)}${rest}`;
}

/** Moves numbers to the new names. A renamed key wins over one that happens to be spelled like it and whose owner is gone. */
export function renameNumbering(
  kind: OrdinalClass,
  past: Numbering,
  renames: ReadonlyMap<string, string>,
): Numbering {
  const entries = [...past.byKey].map(([key, number]) => ({
    key,
    renamed: renameKey(kind, key, renames),
    number,
  }));
  const unchanged = entries.filter(({ key, renamed }) => key === renamed);
  const moved = entries.filter(({ key, renamed }) => key !== renamed);
  return {
    next: past.next,
    byKey: new Map([...unchanged, ...moved].map(({ renamed, number }) => [renamed, number])),
  };
}

const pathOf = (item: { readonly because: readonly { readonly path: SpecPath }[] }): SpecPath =>
  item.because[0]?.path ?? "";

const wantedBy = (item: {
  readonly key: string;
  readonly because: readonly { readonly path: SpecPath }[];
}): Wanted => ({ key: item.key, path: pathOf(item) });

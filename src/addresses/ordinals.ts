/**
 * Cloud-neutral numbers for the rule numbers and priorities of providers. A number is given only once, even
 * if its owner is removed: Terraform may create a new rule before it deletes the old one, and every cloud
 * refuses two rules with one number. Only a reclaim fills the gaps.
 */
import {
  FORMER_POSITIONS,
  MOST_REGIONAL_ENDPOINTS,
  usesRegionalEndpoints,
} from "../clouds/regional-endpoints";
import { SERVICE_NAMES } from "../clouds/services";
import type { SpecPath } from "../diagnostics/diagnostic";
import { connectionsOf, type Departure, departuresOf, endpointUsesOf } from "../model/connections";
import type { Enclave } from "../model/enclave";
import { keysOf } from "../model/lookup";
import { type Naming, newName, type Renamable } from "../model/naming";

const LABEL = "[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?";
export const NAME = new RegExp(`^${LABEL}$`);

/**
 * The classes of numbers: the things with numbers, and their keys in the lock file. Groups 1 and 2 of a key
 * are zones or networks, group 3 is an endpoint, group 4 is the rest.
 */
export const CLASSES = {
  parties: { things: "zones and external networks", key: new RegExp(`^(${LABEL})()()()$`) },
  connections: {
    things: "connections of flows",
    key: new RegExp(`^(${LABEL})>(${LABEL})()( (?:any|icmp|\\d+(?:-\\d+)?/(?:tcp|udp)))$`),
  },
  endpoints: { things: "private endpoints", key: new RegExp(`^()()(${LABEL})()$`) },
  endpointUses: { things: "uses of private endpoints", key: new RegExp(`^(${LABEL})()>(${LABEL})()$`) },
  departures: { things: "names reached by egress", key: new RegExp(`^(${LABEL})()()(>\\S+ \\d+)$`) },
  exits: { things: "ports of egress", key: new RegExp(`^(${LABEL})()()( \\d+)$`) },
  /** Empty without regional endpoints. */
  regionalEndpoints: {
    things: "regional endpoints",
    key: new RegExp(`^()()()(${SERVICE_NAMES.join("|")})$`),
  },
} as const;

export type OrdinalClass = keyof typeof CLASSES;
export const ORDINAL_CLASSES = keysOf(CLASSES);

/** The last number of a class: the end of its rule band, or of the addresses of regional endpoints. */
export const lastOrdinal = (kind: OrdinalClass): number =>
  kind === "regionalEndpoints" ? MOST_REGIONAL_ENDPOINTS : 3999;

export interface Numbering {
  /** The number that the next new key gets: above every number ever given. */
  readonly next: number;
  readonly byKey: ReadonlyMap<string, number>;
  /** Numbers whose zone or endpoint was removed. A later `was` takes them back. */
  readonly freed: ReadonlyMap<string, number>;
}

/** Numbers that belong to their keys for good. */
export const reservedNumbers = (kind: OrdinalClass): ReadonlyMap<string, number> =>
  new Map(kind === "regionalEndpoints" ? Object.entries(FORMER_POSITIONS) : []);

/** A class without any number. */
export const emptyNumbering = (kind: OrdinalClass): Numbering => ({
  next: reservedNumbers(kind).size + 1,
  byKey: new Map(),
  freed: new Map(),
});

export type Numberings = Readonly<Record<OrdinalClass, Numbering>>;

export const byClass = <T>(make: (kind: OrdinalClass) => T): Readonly<Record<OrdinalClass, T>> =>
  Object.fromEntries(ORDINAL_CLASSES.map((kind) => [kind, make(kind)])) as Record<OrdinalClass, T>;

export interface Wanted {
  readonly key: string;
  readonly path: SpecPath;
}

/** The items that need a number, per class, in spec order. */
export function wantedOrdinals(enclave: Enclave): Readonly<Record<OrdinalClass, readonly Wanted[]>> {
  const { zones, externalNetworks, privateEndpoints, settings } = enclave;
  const departures = departuresOf(enclave);
  // Connections to services outside the cloud's own APIs carry no right.
  const apis = privateEndpoints.filter(({ access }) => access !== undefined);
  return {
    parties: distinct([...zones, ...externalNetworks], ({ name }) => name),
    connections: connectionsOf(enclave).map(wantedBy),
    endpoints: distinct(privateEndpoints, ({ name }) => name),
    endpointUses: endpointUsesOf(enclave).map(wantedBy),
    departures: departures.map(wantedBy),
    exits: distinct(departures.map(exitOf), ({ key }) => key),
    regionalEndpoints: usesRegionalEndpoints(settings) ? distinct(apis, ({ service }) => service) : [],
  };
}

const wantedBy = ({ key, because }: Pick<Departure, "key" | "because">): Wanted => ({
  key,
  path: because[0]?.path ?? "",
});

const exitOf = ({ zone, port, ...departure }: Departure): Wanted => ({
  ...wantedBy(departure),
  key: `${zone} ${port}`,
});

function distinct<T extends Pick<Wanted, "path">>(items: readonly T[], keyOf: (item: T) => string): Wanted[] {
  const paths = new Map(items.map((item) => [keyOf(item), item.path]));
  return [...paths].map(([key, path]) => ({ key, path }));
}

/**
 * Old keys keep their numbers, new keys get the next ones. A number that is no longer wanted is kept for a
 * later `was` if its key `isFreed`. `reclaim` fills gaps first, lowest first, and keeps nothing.
 */
export function assignNumbers(
  kind: OrdinalClass,
  wanted: readonly Wanted[],
  past: Numbering,
  reclaim: boolean,
  isFreed: (key: string) => boolean,
): Numbering {
  const first = emptyNumbering(kind).next;
  const reserved = reservedNumbers(kind);
  const kept = ({ key }: Wanted): number | undefined => past.byKey.get(key) ?? reserved.get(key);
  const used = new Set(wanted.map(kept));
  const byKey = new Map<string, number>();
  let next = reclaim ? first : past.next;
  for (const item of wanted) {
    while (used.has(next)) next += 1;
    byKey.set(item.key, kept(item) ?? next++);
  }
  if (reclaim) next = Math.max(first, ...[...byKey.values()].map((number) => number + 1));
  const gone = [...past.byKey].filter(([key]) => !byKey.has(key) && isFreed(key));
  return { next, byKey, freed: new Map(reclaim ? [] : [...past.freed, ...gone]) };
}

/** The zones, networks or `internet` in a key. */
export const partiesIn = (kind: OrdinalClass, key: string): readonly string[] =>
  (CLASSES[kind].key.exec(key) ?? []).slice(1, 3).filter((name) => name !== "");

/** Zones, networks and endpoints in a key, by the kind of item that their names can be. */
export const namesIn = (kind: OrdinalClass, key: string): readonly (readonly [Renamable, string])[] => [
  ...partiesIn(kind, key).map((name) => ["zones", name] as const),
  ...(CLASSES[kind].key.exec(key) ?? [])
    .slice(3, 4)
    .flatMap((name) => (name === "" ? [] : [["privateEndpoints", name] as const])),
];

/** The same key after zones and endpoints were renamed. */
export const renameKey = (kind: OrdinalClass, key: string, naming: Naming): string =>
  namesIn(kind, key)
    .map(([each, name]) => newName(naming, each, name))
    .join(">") + (CLASSES[kind].key.exec(key)?.[4] ?? "");

/** Moves numbers to the new names, also freed ones. A renamed key wins over that of a removed owner. */
export function renameNumbering(
  kind: OrdinalClass,
  { next, byKey, freed }: Numbering,
  naming: Naming,
): Numbering {
  const isNamed = (key: string): boolean => namesIn(kind, key).some(([each, name]) => naming[each].has(name));
  const [taken, waiting] = parted([...freed], ([key]) => isNamed(key));
  const [moved, unchanged] = parted([...byKey], ([key]) => isNamed(key));
  const renamed = [...taken, ...moved].map(
    ([key, number]) => [renameKey(kind, key, naming), number] as const,
  );
  return { next, byKey: new Map([...unchanged, ...renamed]), freed: new Map(waiting) };
}

const parted = <T>(all: readonly T[], isFirst: (one: T) => boolean): readonly [T[], T[]] => [
  all.filter(isFirst),
  all.filter((one) => !isFirst(one)),
];

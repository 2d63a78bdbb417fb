/** The result of the address pass: the block of every zone and site, and the ordinals behind rule numbers. */
import { keysOf, lookup } from "../model/lookup";
import { type Naming, newName } from "../model/naming";
import type { Cidr } from "../net/cidr";
import type { Block } from "./address";
import type { Names } from "./names";
import { byClass, type OrdinalClass, renameKey } from "./ordinals";

/** The fixed infrastructure of every enclave, exactly a /23. Sizes are prefix lengths of the whole site. */
export const SITES = { endpoints: 24, firewall: 26, nat: 26, proxy: 26, links: 26 } as const;
export type Site = keyof typeof SITES;
export const SITE_NAMES = keysOf(SITES);

export const bySite = <T>(make: (site: Site) => T): Readonly<Record<Site, T>> =>
  Object.fromEntries(SITE_NAMES.map((site) => [site, make(site)])) as Record<Site, T>;

/** Numbers by key, in each class. */
export type Ordinals = Readonly<Record<OrdinalClass, Readonly<Record<string, number>>>>;

export interface Addresses {
  readonly range: Cidr;
  /** Each zone's block of four availability-zone slots, by name. */
  readonly zones: Readonly<Record<string, Block>>;
  /** `endpoints`, `firewall` and `nat` have four slots like zones; `proxy` and `links` are one piece. */
  readonly sites: Readonly<Record<Site, Block>>;
  readonly ordinals: Ordinals;
  readonly names: Names;
}

/** The same addresses and numbers under other names. */
export const renameAddresses = (addresses: Addresses, naming: Naming): Addresses => ({
  ...addresses,
  zones: withKeys(addresses.zones, (name) => newName(naming, "zones", name)),
  ordinals: byClass((kind) => withKeys(addresses.ordinals[kind], (key) => renameKey(kind, key, naming))),
});

const withKeys = <T>(table: Readonly<Record<string, T>>, keyOf: (key: string) => string) =>
  lookup(Object.fromEntries(Object.entries(table).map(([key, value]) => [keyOf(key), value])));

/** Throws for a name or key that the address pass did not get. */
export function assigned<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  if (value === undefined) throw new Error(`internal: the address pass knows nothing of "${key}"`);
  return value;
}

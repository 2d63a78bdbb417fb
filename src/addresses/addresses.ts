/** The result of the address pass: the block of every zone and site, and the ordinals behind rule numbers. */
import { keysOf } from "../model/lookup";
import type { Cidr } from "../net/cidr";
import type { Block } from "./address";
import type { OrdinalClass } from "./ordinals";

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
}

/** Throws for a name or key that the address pass did not get. */
export function assigned<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  if (value === undefined) throw new Error(`internal: the address pass knows nothing of "${key}"`);
  return value;
}

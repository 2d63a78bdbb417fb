/** The result of the address pass: the block of every zone and site, and the ordinals that rule numbers are made of. */
import type { Cidr } from "../net/cidr";
import type { Block } from "./address";

/** The fixed infrastructure of every enclave on every cloud, together exactly a /23. Sizes in prefix lengths of the whole site. */
export const SITES = { endpoints: 24, firewall: 26, nat: 26, proxy: 26, links: 26 } as const;
export type Site = keyof typeof SITES;
export const SITE_NAMES = Object.keys(SITES) as readonly Site[];

export const bySite = <T>(make: (site: Site) => T): Readonly<Record<Site, T>> =>
  Object.fromEntries(SITE_NAMES.map((site) => [site, make(site)])) as Record<Site, T>;

export interface Ordinals {
  /** By zone or external network name. */
  readonly parties: Readonly<Record<string, number>>;
  /** By Connection key. */
  readonly connections: Readonly<Record<string, number>>;
  /** By private endpoint name. */
  readonly endpoints: Readonly<Record<string, number>>;
  /** By EndpointUse key. */
  readonly endpointUses: Readonly<Record<string, number>>;
  /** By Departure key. */
  readonly departures: Readonly<Record<string, number>>;
  /** By `zone port`: the egress ports of a zone. */
  readonly exits: Readonly<Record<string, number>>;
  /** By service; empty without regional endpoints. */
  readonly regionalEndpoints: Readonly<Record<string, number>>;
}

export interface Addresses {
  readonly range: Cidr;
  /** Each zone's block of four availability-zone slots, by name. */
  readonly zones: Readonly<Record<string, Block>>;
  /** `endpoints`, `firewall` and `nat` have four slots as zones have; `proxy` and `links` are one piece. */
  readonly sites: Readonly<Record<Site, Block>>;
  readonly ordinals: Ordinals;
}

/** Throws for a name or key that the address pass was not given. */
export function assigned<T>(table: Readonly<Record<string, T>>, key: string): T {
  const value = Object.hasOwn(table, key) ? table[key] : undefined;
  if (value === undefined) throw new Error(`internal: the address pass knows nothing of "${key}"`);
  return value;
}

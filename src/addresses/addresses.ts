/** What the address pass hands on: where everything lies, and the ordinals that rule numbers are made of. */
import type { Cidr } from "../net/cidr";
import type { Block } from "./address";

/** The fixed infrastructure of every enclave on every cloud, together exactly a /23. Sizes in prefix lengths of the whole site. */
export const SITES = { endpoints: 24, firewall: 26, nat: 26, proxy: 26, links: 26 } as const;
export type Site = keyof typeof SITES;

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
  /** By `zone port`: the ports through which a zone leaves. */
  readonly exits: Readonly<Record<string, number>>;
}

export interface Addresses {
  readonly range: Cidr;
  /** Each zone's block of four availability-zone slots, by name. */
  readonly zones: Readonly<Record<string, Block>>;
  /** `endpoints`, `firewall` and `nat` have four slots as zones have; `proxy` and `links` are one piece. */
  readonly sites: Readonly<Record<Site, Block>>;
  readonly ordinals: Ordinals;
}

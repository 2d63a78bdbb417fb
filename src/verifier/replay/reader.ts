/**
 * What the sentences may ask about a rendered enclave, in words that mean the same on every cloud. A reader answers from the
 * rendered document alone: it knows neither the spec nor the plan, and calls nothing of the provider that rendered it.
 */

/** Somebody who could send or receive a packet. `slot` counts from 1 and is 1 when absent; `host` counts hosts of a slot. */
export type Party =
  | { readonly zone: string; readonly slot?: number; readonly host?: number }
  | { readonly endpoint: string }
  /** An address outside the enclave, wherever the cloud lets its packets in. */
  | { readonly address: string };

/** `443/tcp`, `53/udp`, `icmp`, or `gre` for a protocol without ports. */
export type Traffic = string;

export interface Right {
  readonly reads: boolean;
  readonly writes: boolean;
}

/** `cut` are the zones in quarantine. A list of names is a list of offenders: empty is what one hopes for. */
export interface Reader extends Ways, Names, Addresses, Edges, Rights, Logs, Promises {}

export interface Ways {
  /** A connection can be opened and its replies come back. The names behind addresses of the internet are not judged here. */
  opens(from: Party, to: Party, traffic: Traffic, cut?: readonly string[]): boolean;
  /** The zone gets to this name on this port: packets, routes and the judgement of names together. */
  leaves(zone: string, name: string, port: number, cut?: readonly string[]): boolean;
  /** Where packets of the zone to the internet are led, whether or not a rule then admits them. */
  routeOut(zone: string): "nowhere" | "inspected" | "direct";
}

export interface Names {
  resolves(name: string): boolean;
  /** Resolvers that are asked besides the one that is filtered. */
  otherResolvers(): readonly string[];
  /** Names by which clients call an endpoint. */
  namesOf(endpoint: string): readonly string[];
  /** Inside the enclave those names lead to the endpoint and never to an address of the internet. */
  leadsInside(endpoint: string): boolean;
}

export interface Addresses {
  /** Address blocks of the zone's subnets, slot by slot. */
  addressesOf(zone: string): readonly string[];
  /** Address blocks of everything in the enclave's network. */
  allAddresses(): readonly string[];
  /** Fixed addresses of a zone's interfaces, in the order of the document. */
  interfacesOf(zone: string): readonly string[];
  /** Terraform expression that places each slot of a zone in an availability zone; empty where nothing does. */
  placementOf(zone: string): readonly string[];
  /** Interfaces that forward for others, or that the zone's own filter does not hold. */
  looseInterfaces(): readonly string[];
  wayOutSpansZones(): boolean;
}

export interface Edges {
  /** Public addresses that belong to anything but the way out. */
  publicAddresses(): readonly string[];
  ipv6(): readonly string[];
  /** Links to networks that are not the enclave's own. */
  foreignLinks(): readonly string[];
  /** What offers something of the enclave to others. */
  offers(): readonly string[];
  /** Ways to services of the cloud or to the internet around endpoints and inspection. */
  bypasses(): readonly string[];
  /** Subnets to which no filter applies. */
  unfiltered(): readonly string[];
  /** What the cloud makes by itself and that still admits something. */
  openDefaults(): readonly string[];
  /** Addresses from which load balancers look after their targets. */
  balancers(): readonly string[];
}

export interface Rights {
  /** Undefined where the network does not judge rights. */
  rightOf(endpoint: string): Right | undefined;
  /** Text of what limits the resources behind an endpoint; empty where nothing does. */
  resourcesOf(endpoint: string): string;
  /** Endpoints through which resources of other customers can be reached. */
  endpointsOpenToStrangers(): readonly string[];
}

/** What is recorded, where, for how long and under whose key. */
export interface Logs {
  /** Subnets of zones whose connections leave no record. */
  unloggedFlows(): readonly string[];
  queriesLogged(): boolean;
  exitsLogged(): boolean;
  /** Denials that leave no record. */
  unloggedDenials(): readonly string[];
  /** Stores of logs whose retention does not follow the variable. */
  storesOfOtherRetention(): readonly string[];
  /** Stores of logs under the platform's key. */
  storesWithoutOwnKey(): readonly string[];
  /** The name of a key given in the spec stands where flow logs are kept. */
  flowLogsUnder(key: string): boolean;
  /** Stores of logs that somebody outside could read or write. */
  openStores(): readonly string[];
  decrypts(): boolean;
}

export interface Promises {
  /** Things that `deletion_protection` guards. */
  protects(what: "way out" | "logs"): boolean;
  /** Permits whose existence, not value, depends on the quarantine. */
  permitsThatComeAndGo(): readonly string[];
  /** Connections that are open when the quarantine begins are ended. */
  endsConnections(zone: string): boolean;
  /** Descriptions of everything that permits something, in the order of the document. */
  reasons(): readonly string[];
  /** Resources that take tags and lack the enclave's or the user's. */
  untagged(): readonly string[];
  taggedFor(zone: string): readonly string[];
}

/**
 * Entries of network ACLs. Their numbers go from 1 to 32766, and the lower one wins. They lie in bands, and
 * inside a band they come from ordinals of the lock (1 to 3999), so that they stay when others come or go.
 */
import type { Block } from "../../../src/addresses/address";
import { formatTraffic } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import { formatCidr, NOT_INTERNET } from "../../../src/net/cidr";

export const BANDS = {
  quarantine: 1,
  icmpErrors: 10,
  endpointRequest: 300,
  endpointReply: 310,
  request: 1000,
  replyTcp: 5000,
  replyUdp: 9000,
  enclosing: 13000,
  endpointUse: 17100,
  wholePeer: 21100,
  notInternet: 28000,
  icmpErrorsOfInternet: 28100,
  replyOfInternet: 28200,
  https: 28300,
  http: 28301,
  wholeInternet: 28400,
  internet: 28500,
} as const;

/** `icmp-errors` is destination-unreachable alone: path MTU discovery and refused connections need it. */
export type EntryTraffic = Traffic | { readonly protocol: "icmp-errors" };

/** A zone, another block of the enclave, or a range outside of it, as text. */
export interface Peer {
  readonly id: string;
  readonly block: Block | string;
  readonly ordinal: number;
}

export interface Entry {
  /** Last part of the Terraform name, `app_8080_tcp`. No zone's id holds `__`: what follows it is no zone. */
  readonly id: string;
  readonly number: number;
  readonly traffic: EntryTraffic;
  readonly peer: Peer;
  readonly action: "allow" | "deny";
}

const ENCLAVE: Peer = { id: "enclave", block: { newbits: 0, index: 0 }, ordinal: 0 };
export const INTERNET: Peer = { id: "internet", block: "0.0.0.0/0", ordinal: 0 };
const ICMP_ERRORS = { protocol: "icmp-errors" } as const;

export const allow = (peer: Peer, id: string, number: number, traffic: EntryTraffic): Entry => {
  return { id, number, peer, traffic, action: "allow" };
};

const deny = (block: string, id: string, number: number): Entry => {
  return { id, number, peer: { ...INTERNET, block }, traffic: { protocol: "any" }, action: "deny" };
};

/** In force while the zone is cut off. */
export const QUARANTINE = deny("0.0.0.0/0", "quarantine", BANDS.quarantine);

/** Come with every entry of a peer in the enclave. */
export const INSIDE_ENTRIES = [allow(ENCLAVE, "enclave_icmp_errors", BANDS.icmpErrors, ICMP_ERRORS)];

/** Come with every entry of the internet: the private ranges are denied before it is allowed. */
export const INTERNET_ENTRIES = [
  ...NOT_INTERNET.map(formatCidr).map((range, index) =>
    deny(range, `not_internet_${range.replaceAll(/[./]/g, "_")}`, BANDS.notInternet + index),
  ),
  allow(INTERNET, "internet_icmp_errors", BANDS.icmpErrorsOfInternet, ICMP_ERRORS),
];

/** Of an entry that the internet has once for each protocol; no entry of it is for every protocol. */
export function protocolNumber(band: number, protocol: EntryTraffic["protocol"]): number {
  const index = ["tcp", "udp", "icmp"].indexOf(protocol);
  if (index < 0) throw new Error(`internal: no traffic of "${protocol}" is exchanged with the internet`);
  return band + index;
}

export function request(peer: Peer, number: number, traffic: Traffic, id = peer.id): Entry {
  const ports = formatTraffic(traffic).replace("-", "__").replace("/", "_");
  return allow(peer, `${id}_${ports}`, number, traffic);
}

/**
 * One entry for all replies of one transport, on every port that a client may use: an ACL knows no
 * connections. Without ports, replies look like requests and keep their `number`.
 */
export function reply(peer: Peer, traffic: Traffic, number = 0): Entry {
  const { protocol } = traffic;
  const { ordinal } = peer;
  const inside = { tcp: BANDS.replyTcp + ordinal, udp: BANDS.replyUdp + ordinal, icmp: number, any: number };
  const own = peer === INTERNET ? protocolNumber(BANDS.replyOfInternet, protocol) : inside[protocol];
  const replies = "from" in traffic ? { ...traffic, from: 1024, to: 65535 } : traffic;
  return allow(peer, `${peer.id}__replies_${protocol}`, own, replies);
}

/** Nearly every exit uses one of two ports. These have numbers and names that zones share. */
const SHARED_EXITS: Readonly<Record<string, number>> = { "443/tcp": BANDS.https, "80/tcp": BANDS.http };

export function exitRequest(traffic: Traffic, ordinal: number, id = INTERNET.id): Entry {
  const shared = SHARED_EXITS[formatTraffic(traffic)];
  if (shared !== undefined) return request(INTERNET, shared, traffic);
  return request(INTERNET, BANDS.internet + ordinal, traffic, id);
}

/**
 * Entries of network ACLs. Their numbers go from 1 to 32766, and the lower one wins. They lie in bands, and
 * inside a band they come from ordinals of the lock (1 to 3999), so that they stay when others come or go.
 */
import type { Block } from "../../../src/addresses/address";
import { formatTraffic } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import { formatCidr, NOT_INTERNET } from "../../../src/net/cidr";
import { quoted, unlessQuarantined } from "../../shared/expressions";

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
  readonly block: Block | string;
  readonly ordinal: number;
}

export interface Entry {
  readonly number: number;
  readonly traffic: EntryTraffic;
  readonly peer: Peer;
  readonly action: "allow" | "deny";
}

const ALL_RANGES = "0.0.0.0/0";
/** Loopback, from which nothing comes over a network. */
const VOID_RANGE = "127.0.0.1/32";
const ENCLAVE: Peer = { block: { newbits: 0, index: 0 }, ordinal: 0 };
export const INTERNET: Peer = { block: ALL_RANGES, ordinal: 0 };
const ICMP_ERRORS = { protocol: "icmp-errors" } as const;

export const allow = (peer: Peer, number: number, traffic: EntryTraffic): Entry => {
  return { number, peer, traffic, action: "allow" };
};

const deny = (block: string, number: number): Entry => {
  return { number, peer: { ...INTERNET, block }, traffic: { protocol: "any" }, action: "deny" };
};

/** Void until the zone is cut off. A group that loses a rule keeps the connections it tracks; a subnet does not. */
export const quarantineEntry = (zone: string): Entry =>
  deny(unlessQuarantined([zone], quoted(VOID_RANGE), quoted(ALL_RANGES)), BANDS.quarantine);

/** Come with every entry of a peer in the enclave. */
export const INSIDE_ENTRIES = [allow(ENCLAVE, BANDS.icmpErrors, ICMP_ERRORS)];

/** Come with every entry of the internet: the private ranges are denied before it is allowed. */
export const INTERNET_ENTRIES = [
  ...NOT_INTERNET.map(formatCidr).map((range, index) => deny(range, BANDS.notInternet + index)),
  allow(INTERNET, BANDS.icmpErrorsOfInternet, ICMP_ERRORS),
];

/** Of an entry that the internet has once for each protocol; no entry of it is for every protocol. */
export function protocolNumber(band: number, protocol: EntryTraffic["protocol"]): number {
  const index = ["tcp", "udp", "icmp"].indexOf(protocol);
  if (index < 0) throw new Error(`internal: no traffic of "${protocol}" is exchanged with the internet`);
  return band + index;
}

/**
 * NFS, its port mapper and mounts, and Lustre: their clients call from ports below 1024, which servers ask of them.
 * https://man7.org/linux/man-pages/man5/nfs.5.html
 */
const CALLED_FROM_LOW_PORTS = [111, 988, 2049, 20048] as const;

/** The first port that a client may use. */
const firstClientPort = (all: readonly Traffic[]): number => {
  const isCalled = (port: number) => all.some((one) => "from" in one && one.from <= port && port <= one.to);
  return CALLED_FROM_LOW_PORTS.some(isCalled) ? 1 : 1024;
};

/**
 * One entry for all replies of one transport, on every port that a client may use: an ACL knows no
 * connections. Without ports, replies look like requests and keep their `number`.
 */
export function reply(peer: Peer, traffic: Traffic, number = 0, all: readonly Traffic[] = [traffic]): Entry {
  const { protocol } = traffic;
  const { ordinal } = peer;
  const inside = { tcp: BANDS.replyTcp + ordinal, udp: BANDS.replyUdp + ordinal, icmp: number, any: number };
  const own = peer === INTERNET ? protocolNumber(BANDS.replyOfInternet, protocol) : inside[protocol];
  const replies = "from" in traffic ? { ...traffic, from: firstClientPort(all), to: 65535 } : traffic;
  return allow(peer, own, replies);
}

/** Nearly every exit uses one of two ports. These have numbers that zones share. */
const SHARED_EXITS: Readonly<Record<string, number>> = { "443/tcp": BANDS.https, "80/tcp": BANDS.http };

export const exitRequest = (traffic: Traffic, ordinal: number): Entry =>
  allow(INTERNET, SHARED_EXITS[formatTraffic(traffic)] ?? BANDS.internet + ordinal, traffic);

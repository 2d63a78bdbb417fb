/**
 * Entries of network ACLs. Their numbers go from 1 to 32766, and the lower one wins. They lie in bands, and
 * inside a band they come from ordinals of the lock file (1 to 3999). So an entry keeps its number when
 * others come or go beside it.
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

/** A zone, or another block of the enclave. */
export interface BlockPeer {
  readonly id: string;
  readonly block: Block;
  readonly ordinal: number;
}

/** Text is a range outside the enclave. */
export type Peer = BlockPeer | string;

export interface Entry<Of extends Peer = Peer> {
  /**
   * Last part of the Terraform name: `ingress_8080_tcp`. An id of a zone holds no `__`: text after it is
   * never part of a zone's name.
   */
  readonly id: string;
  readonly number: number;
  readonly traffic: EntryTraffic;
  readonly peer: Of;
  readonly action: "allow" | "deny";
}

const ENCLAVE: BlockPeer = { id: "enclave", block: { newbits: 0, index: 0 }, ordinal: 0 };
const ALL_IPV4 = "0.0.0.0/0";
const ICMP_ERRORS = { protocol: "icmp-errors" } as const;

export function allow<Of extends Peer>(
  peer: Of,
  id: string,
  number: number,
  traffic: EntryTraffic,
): Entry<Of> {
  return { id, number, peer, traffic, action: "allow" };
}

const deny = (peer: string, id: string, number: number): Entry => ({
  ...allow(peer, id, number, { protocol: "any" }),
  action: "deny",
});

/** In force while the zone is cut off. */
export const QUARANTINE = deny(ALL_IPV4, "quarantine", BANDS.quarantine);

/** Come with every entry of a peer in the enclave. */
export const INSIDE_ENTRIES = [allow(ENCLAVE, "enclave_icmp_errors", BANDS.icmpErrors, ICMP_ERRORS)];

/** Come with every entry of the internet: the private ranges are denied before it is allowed. */
export const INTERNET_ENTRIES = [
  ...NOT_INTERNET.map(formatCidr).map((range, index) =>
    deny(range, `not_internet_${range.replaceAll(/[./]/g, "_")}`, BANDS.notInternet + index),
  ),
  allow(ALL_IPV4, "internet_icmp_errors", BANDS.icmpErrorsOfInternet, ICMP_ERRORS),
];

const portsName = (traffic: Traffic): string => formatTraffic(traffic).replace("-", "__").replace("/", "_");

export const request = (peer: Peer, id: string, number: number, traffic: Traffic): Entry =>
  allow(peer, `${id}_${portsName(traffic)}`, number, traffic);

/** A stateless rule has to admit replies on every port that a client may use. */
const repliesTo = (traffic: Traffic): Traffic =>
  "from" in traffic ? { ...traffic, from: 1024, to: 65535 } : traffic;

/**
 * One entry for all replies of one transport; icmp and any have no ports to tell replies from requests and
 * keep the request's number.
 */
export function reply(peer: BlockPeer, traffic: Traffic, number: number): Entry {
  const { protocol } = traffic;
  const transports = { tcp: BANDS.replyTcp + peer.ordinal, udp: BANDS.replyUdp + peer.ordinal };
  const numbers = { ...transports, icmp: number, any: number };
  return allow(peer, `${peer.id}__replies_${protocol}`, numbers[protocol], repliesTo(traffic));
}

export const internetRequest = (number: number, traffic: Traffic): Entry =>
  request(ALL_IPV4, "internet", number, traffic);

export function internetReply(traffic: Traffic): Entry {
  const { protocol } = traffic;
  const number = protocolNumber(BANDS.replyOfInternet, protocol);
  return allow(ALL_IPV4, `internet__replies_${protocol}`, number, repliesTo(traffic));
}

/** Of an entry that the internet has once for each protocol. */
export function protocolNumber(band: number, protocol: EntryTraffic["protocol"]): number {
  const index = ["tcp", "udp", "icmp"].indexOf(protocol);
  if (index < 0) throw new Error(`internal: no traffic of "${protocol}" is exchanged with the internet`);
  return band + index;
}

export const isTcp = (traffic: Traffic, port: number): boolean =>
  traffic.protocol === "tcp" && traffic.from === port && traffic.to === port;

/**
 * Nearly every exit uses one of two ports. These have numbers of their own, so that zones can share the
 * entry. `owner`: first part of all other names, where zones share an ACL.
 */
export function exitRequest(traffic: Traffic, ordinal: number, owner?: string): Entry {
  if (isTcp(traffic, 443)) return internetRequest(BANDS.https, traffic);
  if (isTcp(traffic, 80)) return internetRequest(BANDS.http, traffic);
  const entry = internetRequest(BANDS.internet + ordinal, traffic);
  return owner === undefined ? entry : { ...entry, id: `${owner}_${entry.id}` };
}

/**
 * Entries of network ACLs. Their numbers go from 1 to 32766, and the lower one wins. They lie in bands, and inside a band they come
 * from ordinals of the lock file (1 to 3999). So an entry keeps its number when others come or go beside it.
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

export interface Entry<Of extends Peer = Peer> {
  /** Last part of the Terraform name: `ingress_8080_tcp`. No zone's id holds `__`, so two zones' entries never share a name. */
  readonly id: string;
  readonly number: number;
  readonly traffic: Traffic;
  /** Only destination-unreachable: path MTU discovery and refused connections need it. */
  readonly icmpErrorsOnly?: true;
  readonly peer: Of;
  readonly action: "allow" | "deny";
}

export interface BlockPeer {
  readonly kind: "block";
  readonly block: Block;
  readonly id: string;
  readonly ordinal: number;
}

/** A block of the enclave, or addresses outside it. */
export type Peer = BlockPeer | { readonly kind: "literal"; readonly cidr: string };

const ALL_IPV4 = { kind: "literal", cidr: "0.0.0.0/0" } as const;
const ICMP: Traffic = { protocol: "icmp" };

export const blockPeer = (id: string, block: Block, ordinal = 0): BlockPeer => ({
  kind: "block",
  block,
  id,
  ordinal,
});

const ENCLAVE = blockPeer("enclave", { newbits: 0, index: 0 });

export const allow = <Of extends Peer>(
  peer: Of,
  id: string,
  number: number,
  traffic: Traffic,
): Entry<Of> => ({ id, number, peer, traffic, action: "allow" });

const portsName = (traffic: Traffic): string => formatTraffic(traffic).replace("-", "__").replace("/", "_");

export const request = (peer: Peer, id: string, number: number, traffic: Traffic): Entry =>
  allow(peer, `${id}_${portsName(traffic)}`, number, traffic);

/** Client ports: a stateless rule has to admit replies on all of them. */
export const clientPorts = (protocol: "tcp" | "udp"): Traffic => ({ protocol, from: 1024, to: 65535 });

/** One entry for all replies of one transport; icmp and any have no ports to tell replies from requests and keep the request's number. */
export function reply(peer: BlockPeer, traffic: Traffic, number: number): Entry {
  const { protocol } = traffic;
  const id = `${peer.id}__replies_${protocol}`;
  if (protocol === "tcp") return allow(peer, id, BANDS.replyTcp + peer.ordinal, clientPorts(protocol));
  if (protocol === "udp") return allow(peer, id, BANDS.replyUdp + peer.ordinal, clientPorts(protocol));
  return allow(peer, id, number, traffic);
}

/** Comes with every entry of a peer inside the enclave. */
export const ICMP_ERRORS: Entry = {
  ...allow(ENCLAVE, "enclave_icmp_errors", BANDS.icmpErrors, ICMP),
  icmpErrorsOnly: true,
};

const deny = (cidr: string, id: string, number: number): Entry => ({
  ...allow({ kind: "literal", cidr }, id, number, { protocol: "any" }),
  action: "deny",
});

/** In force while the zone is cut off. */
export const QUARANTINE = deny(ALL_IPV4.cidr, "quarantine", BANDS.quarantine);

/** Come with every entry of the internet: the private ranges are denied before it is allowed. */
export const INTERNET_ENTRIES: readonly Entry[] = [
  ...NOT_INTERNET.map(formatCidr).map((cidr, index) =>
    deny(cidr, `not_internet_${cidr.replaceAll(/[./]/g, "_")}`, BANDS.notInternet + index),
  ),
  { ...allow(ALL_IPV4, "internet_icmp_errors", BANDS.icmpErrorsOfInternet, ICMP), icmpErrorsOnly: true },
];

export const internetRequest = (number: number, traffic: Traffic): Entry =>
  request(ALL_IPV4, "internet", number, traffic);

const REPLY_NUMBERS = { tcp: 0, udp: 1, icmp: 2 } as const;

export function internetReplies(protocol: Traffic["protocol"]): Entry {
  if (protocol === "any") throw new Error("internal: the internet takes no part in a flow of every protocol");
  const number = BANDS.replyOfInternet + REPLY_NUMBERS[protocol];
  const traffic = protocol === "icmp" ? ICMP : clientPorts(protocol);
  return allow(ALL_IPV4, `internet__replies_${protocol}`, number, traffic);
}

export const isTcp = (traffic: Traffic, port: number): boolean =>
  traffic.protocol === "tcp" && traffic.from === port && traffic.to === port;

/**
 * Nearly every exit uses one of two ports. These have numbers of their own, so that zones can share the entry. `owner`: first part
 * of all other names, where zones share an ACL.
 */
export function exitRequest(traffic: Traffic, ordinal: number, owner?: string): Entry {
  if (isTcp(traffic, 443)) return internetRequest(BANDS.https, traffic);
  if (isTcp(traffic, 80)) return internetRequest(BANDS.http, traffic);
  const entry = internetRequest(BANDS.internet + ordinal, traffic);
  return owner === undefined ? entry : { ...entry, id: `${owner}_${entry.id}` };
}

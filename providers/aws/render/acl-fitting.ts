/** Too many entries for a network ACL are coarsened, always to a superset of what the groups hold exactly. */
import { isDeepStrictEqual } from "node:util";
import { type Block, enclosingBlock } from "../../../src/addresses/address";
import {
  allow,
  BANDS,
  type Entry,
  type EntryTraffic,
  INSIDE_ENTRIES,
  INTERNET,
  INTERNET_ENTRIES,
  type Peer,
  protocolNumber,
} from "./acl-entries";

/**
 * For each direction; the last one, which denies all, counts, and so does the one that quarantine adds.
 * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls
 */
export const ENTRIES_DEFAULT = 20;
export const ENTRIES_MOST = 40;
export const ENTRIES_RESERVED = 2;

export type Coarseness = "exact" | "ports" | "peers" | "internet-ports";

export interface Fitted {
  readonly entries: readonly Entry[];
  readonly coarseness: Coarseness;
}

type Inside = Entry & { readonly peer: Peer & { readonly block: Block } };

/** Of one direction: the least coarse step that fits the default quota, or the coarsest there is. */
export function fit(wanted: readonly Entry[]): Fitted {
  const inside = wanted.filter((entry): entry is Inside => typeof entry.peer.block !== "string");
  const internet = wanted.filter(({ peer }) => typeof peer.block === "string");
  const fixed = [
    ...(inside.length === 0 ? [] : INSIDE_ENTRIES),
    ...(internet.length === 0 ? [] : INTERNET_ENTRIES),
  ];
  for (const [coarseness, merged] of steps(inside)) {
    const entries = distinct([...fixed, ...merged, ...internet]);
    if (entries.length + ENTRIES_RESERVED <= ENTRIES_DEFAULT) return { entries, coarseness };
  }
  const entries = distinct([...fixed, ...mergePeers(inside, 0), ...mergeInternetPorts(internet)]);
  return { entries, coarseness: "internet-ports" };
}

const MOST_NEWBITS = 11;
/** From exact to coarsest, each computed only when the one before does not fit. */
function* steps(inside: readonly Inside[]): Iterable<[Coarseness, Entry[]]> {
  yield ["exact", [...inside]];
  yield ["ports", mergePeers(inside, Number.POSITIVE_INFINITY)];
  for (let newbits = MOST_NEWBITS; newbits >= 0; newbits--) yield ["peers", mergePeers(inside, newbits)];
}

/** Two flows with one peer need its replies once, from the lower port on. */
function distinct(entries: readonly Entry[]): Entry[] {
  const byNumber = new Map<number, Entry>();
  for (const entry of entries) byNumber.set(entry.number, lower(entry, byNumber.get(entry.number)));
  const other = entries.find(
    (entry) =>
      !isDeepStrictEqual(said(lower(entry, byNumber.get(entry.number))), said(byNumber.get(entry.number))),
  );
  if (other !== undefined) throw new Error(`internal: two network ACL entries are number ${other.number}`);
  return [...byNumber.values()];
}

/** Of two entries for replies, which differ in their first port alone, the one that admits more. */
function lower(entry: Entry, other: Entry | undefined): Entry {
  const [one, two] = [entry.traffic, other?.traffic];
  if (other === undefined || two === undefined || !("from" in one) || !("from" in two)) return entry;
  const isReply = one.to === 65535 && two.to === 65535 && [1, 1024].includes(two.from);
  return isReply && two.from < one.from ? other : entry;
}

/** A peer is a zone of the plan in one way, and a block in another. */
const said = (entry: Entry | undefined) => [entry?.action, entry?.traffic, entry?.peer.block];

/** All ports of the protocol that the entries have in common, or every protocol. */
function wholeTraffic(entries: readonly Entry[]): EntryTraffic {
  const [protocol, ...others] = new Set(entries.map(({ traffic }) => traffic.protocol));
  if (protocol === undefined || others.length > 0) return { protocol: "any" };
  return protocol === "tcp" || protocol === "udp" ? { protocol, from: 0, to: 65535 } : { protocol };
}

/** One entry for each peer, or for all peers in a block of `newbits`. */
const mergePeers = (entries: readonly Inside[], newbits: number): Entry[] =>
  groupBy(entries, ({ peer }) => keyOf(enclosingBlock(peer.block, newbits))).map((members) => {
    const [{ peer }] = members;
    const traffic = wholeTraffic(members);
    if (members.every((member) => isDeepStrictEqual(member.peer.block, peer.block)))
      return allow(peer, BANDS.wholePeer + peer.ordinal, traffic);
    const block = enclosingBlock(peer.block, newbits);
    // Blocks are a binary tree, numbered as a heap: the number depends on nothing but the block itself.
    const ordinal = 2 ** block.newbits + block.index;
    return allow({ block, ordinal }, BANDS.enclosing + ordinal, traffic);
  });

const keyOf = ({ newbits, index }: Block): string => `${newbits} ${index}`;

/** One entry for each protocol: every protocol at once is more than a flow from the internet can say. */
const mergeInternetPorts = (entries: readonly Entry[]): Entry[] =>
  groupBy(entries, ({ traffic }) => traffic.protocol).map((members) => {
    const { protocol } = members[0].traffic;
    const number = protocolNumber(BANDS.wholeInternet, protocol);
    return allow(INTERNET, number, wholeTraffic(members));
  });

function groupBy<E extends Entry>(entries: readonly E[], keyFor: (entry: E) => string): [E, ...E[]][] {
  const groups = new Map<string, [E, ...E[]]>();
  for (const entry of entries) {
    const members = groups.get(keyFor(entry));
    groups.set(keyFor(entry), members === undefined ? [entry] : [...members, entry]);
  }
  return [...groups.values()];
}

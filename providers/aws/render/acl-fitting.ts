/**
 * A network ACL takes few entries. Exact entries that are too many are coarsened in fixed steps, always to a
 * superset of what the security groups hold exactly: entries of the enclave by port and by peer, entries of
 * the internet by port.
 */
import { isDeepStrictEqual } from "node:util";
import { type Block, enclosingBlock } from "../../../src/addresses/address";
import {
  allow,
  BANDS,
  type BlockPeer,
  type Entry,
  type EntryTraffic,
  INSIDE_ENTRIES,
  INTERNET_ENTRIES,
  protocolNumber,
} from "./acl-entries";

/** Entries for each direction; the last one, which denies all, counts, and so does the one that quarantine adds.
 *  https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls */
export const ENTRIES_DEFAULT = 20;
export const ENTRIES_MOST = 40;
const ENTRIES_RESERVED = 2;

export type Coarseness = "exact" | "ports" | "peers" | "internet-ports";

export interface Fitted {
  readonly entries: readonly Entry[];
  readonly coarseness: Coarseness;
  /** Entries that the ACL holds in all, the reserved ones included. */
  readonly count: number;
}

type InsideEntry = Entry<BlockPeer>;

/** Of one direction: the least coarse step that fits the default quota, or the coarsest there is. */
export function fit(wanted: readonly Entry[]): Fitted {
  const inside = wanted.filter((entry): entry is InsideEntry => typeof entry.peer !== "string");
  const internet = wanted.filter((entry) => typeof entry.peer === "string");
  const fixed = [
    ...(inside.length === 0 ? [] : INSIDE_ENTRIES),
    ...(internet.length === 0 ? [] : INTERNET_ENTRIES),
  ];
  let fitted: Fitted | undefined;
  for (const [coarseness, entries] of steps(inside, internet)) {
    const all = distinct([...fixed, ...entries]);
    fitted = { entries: all, coarseness, count: all.length + ENTRIES_RESERVED };
    if (fitted.count <= ENTRIES_DEFAULT) return fitted;
  }
  if (fitted === undefined) throw new Error("internal: no step to fit network ACL entries");
  return fitted;
}

/** From exact to coarsest, each computed only when the one before does not fit. */
function* steps(inside: readonly InsideEntry[], internet: readonly Entry[]): Iterable<[Coarseness, Entry[]]> {
  yield ["exact", [...inside, ...internet]];
  const byPeer = mergePorts(inside);
  yield ["ports", [...byPeer, ...internet]];
  for (let newbits = MOST_NEWBITS; newbits >= 0; newbits--)
    yield ["peers", [...mergePeers(byPeer, newbits), ...internet]];
  yield ["internet-ports", [...mergePeers(byPeer, 0), ...mergeInternetPorts(internet)]];
}

/** Two flows with one peer need its replies once. */
function distinct(entries: readonly Entry[]): Entry[] {
  const byId = new Map<string, Entry>();
  for (const entry of entries) {
    const known = byId.get(entry.id) ?? entry;
    if (!isDeepStrictEqual(known, entry))
      throw new Error(`internal: two network ACL entries are called ${entry.id}`);
    byId.set(entry.id, entry);
  }
  return [...byId.values()];
}

/** All ports of the protocol that the entries have in common, or every protocol. */
function wholeTraffic(entries: readonly Entry[]): EntryTraffic {
  const [protocol, ...others] = new Set(entries.map(({ traffic }) => traffic.protocol));
  if (protocol === undefined || others.length > 0) return { protocol: "any" };
  return protocol === "tcp" || protocol === "udp" ? { protocol, from: 0, to: 65535 } : { protocol };
}

function mergePorts(entries: readonly InsideEntry[]): InsideEntry[] {
  return groupBy(entries, ({ peer }) => peer.id).map((members) => {
    const [{ peer }] = members;
    return allow(peer, `${peer.id}__all`, BANDS.wholePeer + peer.ordinal, wholeTraffic(members));
  });
}

const MOST_NEWBITS = 11;

function mergePeers(entries: readonly InsideEntry[], newbits: number): InsideEntry[] {
  return groupBy(entries, ({ peer }) => blockId(enclosingBlock(peer.block, newbits))).map((members) => {
    const [first] = members;
    if (members.length === 1) return first;
    const block = enclosingBlock(first.peer.block, newbits);
    // Blocks are a binary tree, numbered as a heap, 1 for the whole range: the number depends on nothing but
    // the block itself.
    const heap = 2 ** block.newbits + block.index;
    const id = blockId(block);
    return allow({ id, block, ordinal: heap }, id, BANDS.enclosing + heap, wholeTraffic(members));
  });
}

const blockId = ({ newbits, index }: Block): string =>
  newbits === 0 ? "enclave" : `enclave_block_${newbits}_${index}`;

/**
 * One entry for each protocol: every protocol at once would be more than any flow from the internet can say.
 */
function mergeInternetPorts(entries: readonly Entry[]): Entry[] {
  return groupBy(entries, ({ traffic }) => traffic.protocol).map((members) => {
    const [{ peer, traffic }] = members;
    const number = protocolNumber(BANDS.wholeInternet, traffic.protocol);
    return allow(peer, `internet_${traffic.protocol}`, number, wholeTraffic(members));
  });
}

/** In order of first appearance. */
function groupBy<E extends Entry>(entries: readonly E[], keyOf: (entry: E) => string): [E, ...E[]][] {
  const groups = new Map<string, [E, ...E[]]>();
  for (const entry of entries) {
    const members = groups.get(keyOf(entry));
    if (members === undefined) groups.set(keyOf(entry), [entry]);
    else members.push(entry);
  }
  return [...groups.values()];
}

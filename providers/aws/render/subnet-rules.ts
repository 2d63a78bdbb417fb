/**
 * Network ACLs: the second line, on the subnet, stateless, by address. They hold what a security group cannot say (a private
 * source is not the internet) and cut a quarantined zone off at once, tracked connections included. This file decides the
 * entries; network-acls.ts renders them. An ACL takes few entries, so where the exact ones are too many they are coarsened in
 * fixed steps, always to a superset of what the groups hold exactly.
 */
import { isDeepStrictEqual } from "node:util";
import { type Block, enclosingBlock } from "../../../src/addresses/address";
import type { Traffic } from "../../../src/model/enclave";

/** Entries for each direction; the last one, which denies all, counts, and so does the one that quarantine adds.
 *  https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html#vpc-limits-nacls */
export const ENTRIES_DEFAULT = 20;
export const ENTRIES_MOST = 40;
const ENTRIES_RESERVED = 2;

/**
 * Rule numbers, from 1 to 32766, in bands: lower wins. Numbers inside a band come from ordinals of the lock file (1 to 3999), so
 * that an entry keeps its number whatever comes or goes beside it.
 */
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

export type Protocol = "tcp" | "udp" | "icmp" | "-1";

export interface Entry {
  /** Last part of the Terraform name: `ingress_8080_tcp`. What follows `__`, which no zone's id has, is not of a zone's name. */
  readonly id: string;
  readonly number: number;
  readonly protocol: Protocol;
  /** Ports of tcp and udp; absent for all other protocols. */
  readonly ports?: { readonly from: number; readonly to: number };
  /** Only destination-unreachable: what path MTU discovery and refused connections need. */
  readonly icmpErrorsOnly?: true;
  readonly peer: Peer;
  readonly action: "allow" | "deny";
}

export interface BlockPeer {
  readonly kind: "block";
  readonly block: Block;
  readonly id: string;
  readonly ordinal: number;
}

export type Peer = BlockPeer | { readonly kind: "literal"; readonly cidr: string };

/** Entries of one direction, wanted exactly; `inside` may be coarsened by peer, `internet` by port. */
export interface Wanted {
  readonly inside: readonly Entry[];
  /** Fixed entries that come with any traffic of the internet. */
  readonly fixed: readonly Entry[];
  readonly internet: readonly Entry[];
}

export type Coarseness = "exact" | "ports" | "peers" | "internet-ports";

export interface Fitted {
  readonly entries: readonly Entry[];
  readonly coarseness: Coarseness;
  /** Entries that the ACL holds in all, the reserved ones included. */
  readonly count: number;
}

/** The least coarse step that fits the default quota, or the coarsest there is. */
export function fit(wanted: Wanted): Fitted {
  let fitted: Fitted | undefined;
  for (const { coarseness, inside, internet } of steps(wanted)) {
    const entries = distinct([...inside, ...wanted.fixed, ...internet]);
    fitted = { entries, coarseness, count: entries.length + ENTRIES_RESERVED };
    if (fitted.count <= ENTRIES_DEFAULT) return fitted;
  }
  if (fitted === undefined) throw new Error("internal: no step to fit network ACL entries");
  return fitted;
}

interface Step {
  readonly coarseness: Coarseness;
  readonly inside: readonly Entry[];
  readonly internet: readonly Entry[];
}

/** From exact to coarsest, each computed only when the one before does not fit. */
function* steps({ inside, internet }: Wanted): Generator<Step> {
  yield { coarseness: "exact", inside, internet };
  const byPeer = coarsenPorts(inside);
  yield { coarseness: "ports", inside: byPeer, internet };
  for (let newbits = MOST_NEWBITS; newbits >= 0; newbits--)
    yield { coarseness: "peers", inside: encloseAll(byPeer, newbits), internet };
  yield { coarseness: "internet-ports", inside: encloseAll(byPeer, 0), internet: wholeInternet(internet) };
}

export function entryTraffic(traffic: Traffic): Pick<Entry, "protocol" | "ports"> {
  if (traffic.protocol === "any") return { protocol: "-1" };
  if (traffic.protocol === "icmp") return { protocol: "icmp" };
  return { protocol: traffic.protocol, ports: { from: traffic.from, to: traffic.to } };
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

const commonProtocol = (entries: readonly Entry[]): Protocol => {
  const protocols = new Set(entries.map((entry) => entry.protocol));
  const [first] = protocols;
  return protocols.size === 1 && first !== undefined ? first : "-1";
};

const ALL_PORTS = { from: 0, to: 65535 };
const wholeTraffic = (protocol: Protocol): Pick<Entry, "protocol" | "ports"> =>
  protocol === "tcp" || protocol === "udp" ? { protocol, ports: ALL_PORTS } : { protocol };

function coarsenPorts(entries: readonly Entry[]): Entry[] {
  return groupBy(entries, (entry) => (entry.peer.kind === "block" ? entry.peer.id : entry.peer.cidr)).map(
    (members) => {
      const [first] = members;
      if (first === undefined || first.peer.kind !== "block" || first.icmpErrorsOnly) return first as Entry;
      return {
        id: `${first.peer.id}__all`,
        number: BANDS.wholePeer + first.peer.ordinal,
        peer: first.peer,
        action: "allow",
        ...wholeTraffic(commonProtocol(members)),
      };
    },
  );
}

/** Blocks of a binary tree numbered as a heap, 1 for the whole range: a number that depends on nothing but the block itself. */
const MOST_NEWBITS = 11;

function encloseAll(entries: readonly Entry[], newbits: number): Entry[] {
  const kept = entries.filter((entry) => entry.icmpErrorsOnly);
  const grouped = groupBy(
    entries.filter((entry) => !entry.icmpErrorsOnly),
    ({ peer }) => (peer.kind === "block" ? blockKey(enclosingBlock(peer.block, newbits)) : peer.cidr),
  );
  return [...kept, ...grouped.map((members) => enclose(members, newbits))];
}

const blockKey = ({ newbits, index }: Block): string => `${newbits}/${index}`;

function enclose(members: readonly Entry[], newbits: number): Entry {
  const [first] = members;
  if (first === undefined || first.peer.kind !== "block") return first as Entry;
  const block = enclosingBlock(first.peer.block, newbits);
  if (members.length === 1) return first;
  const heap = 2 ** block.newbits + block.index;
  const id = block.newbits === 0 ? "enclave" : `enclave_block_${block.newbits}_${block.index}`;
  return {
    id,
    number: BANDS.enclosing + heap,
    peer: { kind: "block", block, id, ordinal: heap },
    action: "allow",
    ...wholeTraffic(commonProtocol(members)),
  };
}

const WHOLE_NUMBERS: readonly Protocol[] = ["tcp", "udp", "icmp"];

/** One entry for each protocol: every protocol at once would be more than any flow from the internet can say. */
function wholeInternet(entries: readonly Entry[]): Entry[] {
  return groupBy(entries, (entry) => entry.protocol).flatMap((members) =>
    members
      .slice(0, 1)
      .map(({ protocol, peer }) => ({
        id: `internet_${protocol}`,
        number: BANDS.wholeInternet + WHOLE_NUMBERS.indexOf(protocol),
        peer,
        action: "allow",
        ...wholeTraffic(protocol),
      })),
  );
}

function groupBy(entries: readonly Entry[], keyOf: (entry: Entry) => string): Entry[][] {
  const groups = new Map<string, Entry[]>();
  for (const entry of entries) {
    const members = groups.get(keyOf(entry));
    if (members === undefined) groups.set(keyOf(entry), [entry]);
    else members.push(entry);
  }
  return [...groups.values()];
}

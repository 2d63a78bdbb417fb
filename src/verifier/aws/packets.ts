/**
 * Carries single packets through the network of a document: groups at both ends (stateful), ACLs and routes
 * between them.
 */
import { NOT_INTERNET } from "../../net/cidr";
import { type Block, holds, withLast } from "../replay/blocks";
import type { Judgement, Passage, Path, Verdict } from "../replay/paths";
import type { Dependent } from "../replay/quarantine";
import { carries, type Packet } from "../replay/traffic";
import { EGRESS, type End, type GroupRule, INGRESS } from "./groups";
import type { Network } from "./network";
import {
  type Direction,
  direction,
  type Filter,
  ledTo,
  lostReply,
  lowCallsIn,
  type Now,
  passing,
  refusal,
} from "./routes";

/** Two hosts, with the rules of both that could name the other under some quarantine. */
interface Ends {
  readonly from: End;
  readonly to: End;
  readonly out: readonly Dependent<GroupRule>[];
  readonly into: readonly Dependent<GroupRule>[];
}

const endsOf = ({ egress, ingress }: Network, from: End, to: End): Ends => ({
  from,
  to,
  out: egress.candidates(from, to),
  into: ingress.candidates(to, from),
});

export function pathBetween(network: Network, from: End, to: End): Path {
  const ends = endsOf(network, from, to);
  const touching = [...ends.out, ...ends.into];
  const subnets =
    touching.length === 0 ? [] : [from, to].flatMap(({ subnet }) => network.subnets.get(subnet ?? "") ?? []);
  const others = subnets.flatMap(({ acl, gateways }) => [...acl.zones, ...gateways.zones]);
  return {
    dependsOn: new Set([...touching.flatMap(({ zones }) => zones), ...others]),
    under: (cut) => passageOf({ network, cut }, ends),
  };
}

function passageOf(now: Now, ends: Ends): Passage {
  const way = wayOf(now, ends);
  const { out, into } = way;
  return {
    shut: out.rules.length + into.rules.length === 0,
    get ranges() {
      const met = [out, into].every(({ held, rules }) => !held || rules.length > 0);
      const filters = met ? [way.there(), way.back()].flatMap((each) => each.filters) : [];
      const rules = [...out.rules, ...into.rules];
      return [...rules, ...lowCallsIn(rules), ...filters.flatMap(({ entries }) => entries)];
    },
    get led() {
      return ledTo(now, ends.from, ends.to);
    },
    judge: (packet) => judge(way, ends, packet),
  };
}

/** Groups at one end: one rule that matches is enough. */
interface Side {
  /** Nobody outside has groups. */
  readonly held: boolean;
  readonly rules: readonly GroupRule[];
  /** The group that lacks a rule, where no rule matches. */
  readonly by: string;
}

interface Way {
  readonly out: Side;
  readonly into: Side;
  /** Found when they are needed: most packets meet no rule of a group. */
  readonly there: () => Direction;
  readonly back: () => Direction;
}

function wayOf(now: Now, { from, to, out, into }: Ends): Way {
  const { egress, ingress } = now.network;
  return {
    out: sideOf(EGRESS, from, egress.matching(out, to, now.cut)),
    into: sideOf(INGRESS, to, ingress.matching(into, from, now.cut)),
    there: once(() => direction(now, from, to)),
    back: once(() => direction(now, to, from)),
  };
}

function once<T>(find: () => T): () => T {
  let found: { readonly value: T } | undefined;
  return () => {
    found ??= { value: find() };
    return found.value;
  };
}

function sideOf(type: string, { subnet, groups }: End, rules: readonly GroupRule[]): Side {
  const [group] = groups ?? [];
  return {
    held: subnet !== undefined,
    rules,
    by: group === undefined ? type : `aws_security_group.${group}`,
  };
}

function admits({ held, rules, by }: Side, packet: Packet): Verdict {
  if (!held) return { passes: true, by };
  const rule = rules.find((each) => carries(each, packet));
  return { passes: rule !== undefined, by: rule?.resource ?? by };
}

function judge(way: Way, { from, to }: Ends, packet: Packet): Judgement {
  const [out, into] = [admits(way.out, packet), admits(way.into, packet)];
  return {
    ...(from.subnet === undefined ? {} : { sends: atOneEnd(way, out, to, packet, 0) }),
    ...(to.subnet === undefined ? {} : { receives: atOneEnd(way, into, from, packet, -1) }),
    whole: wholly(way, out, into, packet),
  };
}

const PRIVATE: readonly Block[] = NOT_INTERNET.map(withLast);
const isPrivate = (at: number): boolean => PRIVATE.some((range) => holds(range, at));

/**
 * Groups hold everything but that private addresses are no part of the internet: the ACL in front denies
 * these.
 */
function atOneEnd(way: Way, verdict: Verdict, peer: End, packet: Packet, place: 0 | -1): Verdict {
  if (!verdict.passes || peer.subnet !== undefined || !isPrivate(peer.address)) return verdict;
  const acl: Filter | undefined = way.there().filters.at(place);
  return acl === undefined ? verdict : passing(acl, packet, verdict);
}

function wholly(way: Way, out: Verdict, into: Verdict, packet: Packet): Verdict {
  if (!out.passes) return out;
  if (!into.passes) return into;
  const refused = refusal(way.there(), packet) ?? lostReply(way.back(), packet);
  return refused === undefined ? into : { passes: false, by: refused };
}

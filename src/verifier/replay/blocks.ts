/** Blocks and addresses as they stand in a document, which has to be readable. */
import { type Cidr, lastOf, parseCidr, parseIp } from "../../net/cidr";

export interface Block extends Cidr {
  readonly last: number;
}

export function block(text: string): Block {
  const parsed = parseCidr(text);
  if (!parsed.ok) throw new Error(`no block: ${text}`);
  return withLast(parsed.cidr);
}

export const withLast = (cidr: Cidr): Block => ({ ...cidr, last: lastOf(cidr) });

export const contains = (outer: Block, inner: Block): boolean =>
  outer.base <= inner.base && inner.last <= outer.last;

export function address(text: string): number {
  const parsed = parseIp(text);
  if (parsed === undefined) throw new Error(`no address: ${text}`);
  return parsed;
}

export const holds = (range: Block, at: number): boolean => range.base <= at && at <= range.last;

/** Loopback, documentation, multicast and reserved addresses never come over a network. */
const NEVER_SEEN = ["0.0.0.0/8", "127.0.0.0/8", "192.0.2.0/24", "224.0.0.0/3"].map(block);

interface Span {
  readonly base: number;
  readonly last: number;
}

/**
 * One address of each piece of the range that rules tell apart. `told` are the sets of blocks that rules
 * name: two addresses that lie in the same of these sets are one piece. The fifth address, where there is
 * one: clouds keep the first four of a subnet for themselves.
 */
export function pieces(range: Span, told: readonly (readonly Block[])[]): number[] {
  const cutting = told.filter((set) => set.some((each) => cuts(each, range)));
  if (cutting.length === 0) return [Math.min(range.base + 5, range.last)];
  const begins = new Set([range.base]);
  for (const { base, last } of cutting.flat()) {
    if (range.base < base && base <= range.last) begins.add(base);
    if (range.base <= last && last < range.last) begins.add(last + 1);
  }
  const sorted = [...begins].sort((a, b) => a - b);
  const byMembership = new Map<string, number>();
  sorted.forEach((begin, index) => {
    const end = (sorted[index + 1] ?? range.last + 1) - 1;
    const membership = cutting.map((set) => (set.some((each) => holds(each, begin)) ? 1 : 0)).join("");
    if (!byMembership.has(membership)) byMembership.set(membership, Math.min(begin + 5, end));
  });
  return [...byMembership.values()];
}

/** Whether some of the range lies in the block, and some does not. */
const cuts = (each: Block, { base, last }: Span): boolean =>
  each.base <= last && base <= each.last && !(each.base <= base && last <= each.last);

/** The same of everything outside the given range. */
export function piecesOutside(own: Block, told: readonly (readonly Block[])[]): number[] {
  const whole = { base: 0, last: 2 ** 32 - 1 };
  const isOutside = ({ base, last }: Block): boolean => base < own.base || own.last < last;
  const beyond = told.filter((set) => set.some(isOutside));
  return pieces(whole, [[own], NEVER_SEEN, ...beyond]).filter(
    (at) => !holds(own, at) && !NEVER_SEEN.some((range) => holds(range, at)),
  );
}

/** Which of the sets hold the address: equal for two that rules made of these sets cannot tell apart. */
export function membership(at: number, told: readonly (readonly Block[])[]): string {
  let holding = "";
  told.forEach((set, index) => {
    if (set.some((range) => holds(range, at))) holding += ` ${index}`;
  });
  return holding;
}

/** Each set once. */
export const distinctSets = (sets: Iterable<readonly Block[]>): (readonly Block[])[] => [
  ...new Map(
    [...sets].map((set) => [set.map(({ base, prefix }) => `${base}/${prefix}`).join(), set]),
  ).values(),
];

/** What an enclave's range can be: private, and of a size that every cloud can hold. */
import { type Cidr, contains, enclosing, NOT_INTERNET } from "./cidr";

export const WIDEST_RANGE = 12;
export const NARROWEST_RANGE = 22;

/** RFC 1918 and RFC 6598: what an enclave and the networks it is linked with are made of. */
export const PRIVATE: readonly Cidr[] = NOT_INTERNET.slice(0, 4);

export const isPrivate = (block: Cidr): boolean => PRIVATE.some((outer) => contains(outer, block));

export const isRangeSize = ({ prefix }: Cidr): boolean => prefix >= WIDEST_RANGE && prefix <= NARROWEST_RANGE;

/** A range that is allowed, as near to the given one as there is. */
export function nearestRange(range: Cidr): Cidr {
  const prefix = Math.min(Math.max(range.prefix, WIDEST_RANGE), NARROWEST_RANGE);
  const near = enclosing(range.base, prefix);
  if (isPrivate(near)) return near;
  const home = PRIVATE.find((outer) => contains(range, outer) && outer.prefix <= prefix) ?? PRIVATE[0];
  return { base: home?.base ?? 0, prefix };
}

/** The ranges that an enclave can have: private, and of a size that every cloud can hold. */
import { type Cidr, contains, enclosing, RFC1918, RFC6598, TEN } from "./cidr";

export const WIDEST_RANGE = 12;
export const NARROWEST_RANGE = 22;

/** The ranges of an enclave, and of networks that are linked with it. */
export const PRIVATE: readonly Cidr[] = [...RFC1918, RFC6598];

export const isPrivate = (block: Cidr): boolean => PRIVATE.some((outer) => contains(outer, block));

export const isRangeSize = ({ prefix }: Cidr): boolean => prefix >= WIDEST_RANGE && prefix <= NARROWEST_RANGE;

/** The allowed range that is nearest to the given one. */
export function nearestRange(range: Cidr): Cidr {
  const prefix = Math.min(Math.max(range.prefix, WIDEST_RANGE), NARROWEST_RANGE);
  const near = enclosing(range.base, prefix);
  if (isPrivate(near)) return near;
  const outer = PRIVATE.find((each) => contains(range, each) && each.prefix <= prefix) ?? TEN;
  return { base: outer.base, prefix };
}

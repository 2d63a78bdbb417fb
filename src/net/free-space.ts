/** Exact search for free aligned blocks in the gaps between the taken blocks. */
import { type Cidr, enclosing, lastOf, sizeOf } from "./cidr";

/** The free aligned block of that prefix with the lowest address, or undefined. */
export function lowestFree(range: Cidr, taken: readonly Cidr[], prefix: number): Cidr | undefined {
  if (prefix < range.prefix) return undefined;
  let candidate = enclosing(range.base, prefix);
  const size = sizeOf(candidate);
  for (const block of [...taken].sort((a, b) => a.base - b.base)) {
    if (lastOf(candidate) < block.base) break;
    if (lastOf(block) >= candidate.base) candidate = enclosing(lastOf(block) + size, prefix);
  }
  return lastOf(candidate) <= lastOf(range) ? candidate : undefined;
}

/** The free aligned block of that prefix with the highest address, or undefined. */
export function highestFree(range: Cidr, taken: readonly Cidr[], prefix: number): Cidr | undefined {
  if (prefix < range.prefix) return undefined;
  let candidate = enclosing(lastOf(range), prefix);
  const size = sizeOf(candidate);
  for (const block of [...taken].sort((a, b) => b.base - a.base)) {
    if (candidate.base > lastOf(block)) break;
    if (block.base <= lastOf(candidate)) candidate = enclosing(block.base - size, prefix);
  }
  return candidate.base >= range.base ? candidate : undefined;
}

/** The largest free aligned block, the lowest of them; undefined when every address is taken. */
export function largestFree(range: Cidr, taken: readonly Cidr[]): Cidr | undefined {
  for (let prefix = range.prefix; prefix <= 32; prefix += 1) {
    const found = lowestFree(range, taken, prefix);
    if (found !== undefined) return found;
  }
  return undefined;
}

/** How many addresses of the range no block takes. The blocks must lie inside the range and not overlap. */
export const freeAddresses = (range: Cidr, taken: readonly Cidr[]): number =>
  taken.reduce((free, block) => free - sizeOf(block), sizeOf(range));

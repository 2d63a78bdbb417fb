import fc from "fast-check";
import { type Cidr, cidr, enclosing, formatCidr, overlaps, sizeOf } from "../../src/net/cidr";
import { freeAddresses, highestFree, largestFree, lowestFree } from "../../src/net/free-space";

/** A range of 256 addresses with aligned blocks in it. */
const RANGE = cidr("10.20.30.0/24");
const block = fc
  .tuple(fc.nat(255), fc.integer({ min: 25, max: 32 }))
  .map(([offset, prefix]) => enclosing(RANGE.base + offset, prefix));
/** Zones of a spec that is not checked yet may overlap, those of a lock file may not. */
const blocks = fc.array(block, { maxLength: 24 });
const taken = blocks.map((all) =>
  all.filter((next, index) => !all.slice(0, index).some((other) => overlaps(other, next))),
);

/** One cell per address, true where it is taken. */
const cellsOf = (blocks: readonly Cidr[]): boolean[] =>
  Array.from({ length: sizeOf(RANGE) }, (_, offset) =>
    blocks.some((it) => overlaps(it, { base: RANGE.base + offset, prefix: 32 })),
  );

/** Every position tried one after the other, from below or from above. */
function bruteForce(blocks: readonly Cidr[], prefix: number, from: "below" | "above"): Cidr | undefined {
  const size = 2 ** (32 - prefix);
  const cells = cellsOf(blocks);
  const starts = cells.map((_, offset) => offset).filter((offset) => offset % size === 0);
  const free = starts.filter(
    (start) => cells.slice(start, start + size).every((cell) => !cell) && start + size <= cells.length,
  );
  const start = from === "below" ? free[0] : free[free.length - 1];
  return start === undefined ? undefined : { base: RANGE.base + start, prefix };
}

const prefixes = fc.integer({ min: 22, max: 32 });

test("the lowest free block is the first that trying every position finds", () => {
  fc.assert(
    fc.property(blocks, prefixes, (all, prefix) =>
      expect(lowestFree(RANGE, all, prefix)).toEqual(bruteForce(all, prefix, "below")),
    ),
    { numRuns: 1000 },
  );
});

test("the highest free block is the last that trying every position finds", () => {
  fc.assert(
    fc.property(taken, prefixes, (blocks, prefix) =>
      expect(highestFree(RANGE, blocks, prefix)).toEqual(bruteForce(blocks, prefix, "above")),
    ),
    { numRuns: 1000 },
  );
});

test("the largest free block and the number of free addresses are what counting cells gives", () => {
  fc.assert(
    fc.property(taken, (blocks) => {
      expect(freeAddresses(RANGE, blocks)).toBe(cellsOf(blocks).filter((cell) => !cell).length);
      const sizes = [24, 25, 26, 27, 28, 29, 30, 31, 32].map((prefix) => bruteForce(blocks, prefix, "below"));
      expect(largestFree(RANGE, blocks)).toEqual(sizes.find((found) => found !== undefined));
    }),
  );
});

test("a block as large as the range is found in an empty range only", () => {
  expect(lowestFree(RANGE, [], 24)).toEqual(RANGE);
  expect(highestFree(RANGE, [], 24)).toEqual(RANGE);
  expect(lowestFree(RANGE, [cidr("10.20.30.255/32")], 24)).toBeUndefined();
  expect(largestFree(RANGE, [RANGE])).toBeUndefined();
});

test("the edges of the address space are no obstacle", () => {
  expect(formatCidr(lowestFree(cidr("0.0.0.0/0"), [cidr("0.0.0.0/1")], 1) as Cidr)).toBe("128.0.0.0/1");
  expect(formatCidr(highestFree(cidr("0.0.0.0/0"), [cidr("128.0.0.0/1")], 2) as Cidr)).toBe("64.0.0.0/2");
});

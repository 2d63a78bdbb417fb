import fc from "fast-check";
import { freeAddresses, highestFree, hostsPerSlot, largestFree, lowestFree, zonePrefix } from "../../src/addresses/place";
import type { ZoneSize } from "../../src/model/enclave";
import { type Cidr, cidr, enclosing, formatCidr, overlaps, sizeOf } from "../../src/net/cidr";

/** A range of 256 addresses with aligned blocks in it that do not overlap. */
const RANGE = cidr("10.20.30.0/24");
const block = fc.tuple(fc.nat(255), fc.integer({ min: 25, max: 32 })).map(([offset, prefix]) => enclosing(RANGE.base + offset, prefix));
const taken = fc
  .array(block, { maxLength: 24 })
  .map((blocks) => blocks.filter((next, index) => !blocks.slice(0, index).some((other) => overlaps(other, next))));

/** One cell per address, true where it is taken. */
const cellsOf = (blocks: readonly Cidr[]): boolean[] =>
  Array.from({ length: sizeOf(RANGE) }, (_, offset) => blocks.some((it) => overlaps(it, { base: RANGE.base + offset, prefix: 32 })));

/** Every position tried one after the other, from below or from above. */
function bruteForce(blocks: readonly Cidr[], prefix: number, from: "below" | "above"): Cidr | undefined {
  const size = 2 ** (32 - prefix);
  const cells = cellsOf(blocks);
  const starts = cells.map((_, offset) => offset).filter((offset) => offset % size === 0);
  const free = starts.filter((start) => cells.slice(start, start + size).every((cell) => !cell) && start + size <= cells.length);
  const start = from === "below" ? free[0] : free[free.length - 1];
  return start === undefined ? undefined : { base: RANGE.base + start, prefix };
}

const prefixes = fc.integer({ min: 22, max: 32 });

test("the lowest free block is the first that trying every position finds", () => {
  fc.assert(
    fc.property(taken, prefixes, (blocks, prefix) =>
      expect(lowestFree(RANGE, blocks, prefix)).toEqual(bruteForce(blocks, prefix, "below")),
    ),
    {
      numRuns: 1000,
    },
  );
});

test("the highest free block is the last that trying every position finds", () => {
  fc.assert(
    fc.property(taken, prefixes, (blocks, prefix) =>
      expect(highestFree(RANGE, blocks, prefix)).toEqual(bruteForce(blocks, prefix, "above")),
    ),
    {
      numRuns: 1000,
    },
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

const hosts = (count: number): ZoneSize => ({ kind: "hosts", hosts: count });

test.each([
  [1, 28],
  [11, 28],
  [12, 27],
  [27, 27],
  [28, 26],
  [200, 24],
  [251, 24],
  [252, 23],
  [1000, 22],
  [1019, 22],
  [1020, 21],
])("%d hosts take slots of /%d, five addresses of which are reserved", (count, slot) => {
  expect(zonePrefix(hosts(count))).toBe(slot - 2);
});

test("a zone's block has room for the hosts asked, and half of it would not", () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 2 ** 20 }), (count) => {
      const prefix = zonePrefix(hosts(count));
      expect(hostsPerSlot({ base: 0, prefix })).toBeGreaterThanOrEqual(count);
      if (prefix < 26) expect(hostsPerSlot({ base: 0, prefix: prefix + 1 })).toBeLessThan(count);
    }),
  );
});

test("more hosts than IPv4 has never find a block", () => {
  expect(lowestFree(cidr("10.0.0.0/8"), [], zonePrefix(hosts(2 ** 33)))).toBeUndefined();
});

test.each([
  [{ kind: "prefix", prefix: 25 } as const, 23],
  [{ kind: "cidr", cidr: cidr("10.20.64.0/22") } as const, 22],
])("%j gives a block of /%d", (size, prefix) => expect(zonePrefix(size)).toBe(prefix));

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

import fc from "fast-check";
import { enclosingBlock, literalPrinter, slotOf, toBlock, toCidr } from "../../src/addresses/address";
import { type Cidr, cidr, contains, enclosing, formatCidr, sizeOf } from "../../src/net/cidr";

/** A range and a block inside it. */
const inside: fc.Arbitrary<{ range: Cidr; block: Cidr }> = fc
  .tuple(fc.integer({ min: 12, max: 22 }), fc.nat(2 ** 20 - 1), fc.nat(10))
  .map(([prefix, offset, newbits]) => ({
    range: { base: cidr("172.16.0.0/12").base, prefix },
    block: enclosing(cidr("172.16.0.0/12").base + (offset % 2 ** (32 - prefix)), prefix + newbits),
  }));

test.each([
  ["10.20.0.0/16", "10.20.16.0/20", { newbits: 4, index: 1 }],
  ["10.20.0.0/16", "10.20.255.0/24", { newbits: 8, index: 255 }],
  ["10.20.0.0/16", "10.20.0.0/16", { newbits: 0, index: 0 }],
  ["10.0.0.0/8", "10.255.255.240/28", { newbits: 20, index: 2 ** 20 - 1 }],
])("in %s, %s is %j, as cidrsubnet counts", (range, block, expected) => {
  expect(toBlock(cidr(range), cidr(block))).toEqual(expected);
  expect(literalPrinter(cidr(range)).cidr(expected)).toBe(block);
});

test.each([
  ["10.20.0.0/16", "10.21.0.0/24"],
  ["10.20.0.0/16", "10.19.255.0/24"],
  ["10.20.0.0/16", "10.0.0.0/8"],
])("outside %s, %s is our bug", (range, block) => {
  expect(() => toBlock(cidr(range), cidr(block))).toThrow(/^internal: /);
});

test("a relative block stands for the block that it was made of", () => {
  fc.assert(
    fc.property(inside, ({ range, block }) => expect(toCidr(range, toBlock(range, block))).toEqual(block)),
  );
});

test("the four slots fill a block in order", () => {
  fc.assert(
    fc.property(inside, ({ range, block }) => {
      const slots = [0, 1, 2, 3].map((slot) => toCidr(range, slotOf(toBlock(range, block), slot)));
      expect(slots.map(({ base }) => base)).toEqual(
        [0, 1, 2, 3].map((slot) => block.base + (slot * sizeOf(block)) / 4),
      );
      expect(slots.every(({ prefix }) => prefix === block.prefix + 2)).toBe(true);
    }),
  );
});

test("the enclosing block holds the block and is never smaller", () => {
  fc.assert(
    fc.property(inside, fc.nat(10), ({ range, block }, newbits) => {
      const outer = enclosingBlock(toBlock(range, block), newbits);
      expect(contains(toCidr(range, outer), block)).toBe(true);
      expect(outer.newbits).toBe(Math.min(newbits, toBlock(range, block).newbits));
    }),
  );
});

test("hosts count from the block's network address", () => {
  const range = cidr("10.20.0.0/16");
  expect(literalPrinter(range).host(toBlock(range, cidr("10.20.64.0/24")), 10)).toBe("10.20.64.10");
  expect(formatCidr(toCidr(range, { newbits: 8, index: 64 }))).toBe("10.20.64.0/24");
});

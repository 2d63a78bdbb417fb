import fc from "fast-check";
import {
  cidr,
  contains,
  enclosing,
  formatCidr,
  INTERNET_BLOCKS,
  NOT_INTERNET,
  overlaps,
  sizeOf,
  without,
} from "../../src/net/cidr";

test.each([
  ["nothing", "10.0.0.0/8", [], ["10.0.0.0/8"]],
  ["something elsewhere", "10.0.0.0/8", ["192.168.0.0/16"], ["10.0.0.0/8"]],
  ["itself", "10.0.0.0/8", ["10.0.0.0/8"], []],
  ["more than itself", "10.1.0.0/16", ["10.0.0.0/8"], []],
  ["its lower half", "10.0.0.0/8", ["10.0.0.0/9"], ["10.128.0.0/9"]],
  ["a quarter in the middle", "10.0.0.0/8", ["10.64.0.0/10"], ["10.0.0.0/10", "10.128.0.0/9"]],
  ["two that touch", "10.0.0.0/30", ["10.0.0.1/32", "10.0.0.2/32"], ["10.0.0.0/32", "10.0.0.3/32"]],
])("a block without %s", (_what, outer, holes, expected) => {
  expect(without(cidr(outer), holes.map(cidr)).map(formatCidr)).toEqual(expected);
});

const block = fc
  .tuple(fc.nat({ max: 2 ** 32 - 1 }), fc.integer({ min: 0, max: 32 }))
  .map(([at, prefix]) => enclosing(at, prefix));

test("what is left and what was taken out are all of it, and share nothing", () => {
  fc.assert(
    fc.property(
      block,
      fc.array(block, { maxLength: 5 }),
      fc.nat({ max: 2 ** 32 - 1 }),
      (outer, holes, at) => {
        const left = without(outer, holes);
        const one = enclosing(at, 32);
        expect(left.some((each) => contains(each, one))).toBe(
          contains(outer, one) && !holes.some((hole) => contains(hole, one)),
        );
        expect(
          left.some((each, index) => left.some((other, place) => place !== index && overlaps(each, other))),
        ).toBe(false);
      },
    ),
  );
});

test("the internet is every address but the private ones", () => {
  const all = [...INTERNET_BLOCKS, ...NOT_INTERNET];
  expect(all.reduce((sum, each) => sum + sizeOf(each), 0)).toBe(2 ** 32);
  expect(INTERNET_BLOCKS.some((each) => NOT_INTERNET.some((other) => overlaps(each, other)))).toBe(false);
});

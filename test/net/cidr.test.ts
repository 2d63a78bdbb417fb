import fc from "fast-check";
import {
  type Cidr,
  cidr,
  contains,
  enclosing,
  formatCidr,
  formatIp,
  LINK_LOCAL,
  lastOf,
  NOT_INTERNET,
  outermost,
  overlaps,
  parseCidr,
  parseIp,
  sizeOf,
} from "../../src/net/cidr";

const anyAddress = fc.nat(2 ** 32 - 1);
const anyBlock = fc.tuple(anyAddress, fc.nat(32)).map(([address, prefix]) => enclosing(address, prefix));

/** Blocks in a space of 64 addresses, so that sets of addresses can be compared one by one. */
const tinyBlock = fc
  .tuple(fc.nat(63), fc.integer({ min: 26, max: 32 }))
  .map(([address, prefix]) => enclosing(2 ** 31 + address, prefix));

const addressesOf = (block: Cidr): Set<number> =>
  new Set(Array.from({ length: sizeOf(block) }, (_, offset) => block.base + offset));

describe("addresses", () => {
  test.each([
    ["0.0.0.0", 0],
    ["0.0.1.0", 256],
    ["10.20.0.0", 169_082_880],
    ["128.0.0.0", 2_147_483_648],
    ["255.255.255.255", 4_294_967_295],
  ])("%s is the number %d", (text, number) => {
    expect(parseIp(text)).toBe(number);
    expect(formatIp(number)).toBe(text);
  });

  test.each([
    "",
    "10.0.0",
    "10.0.0.0.0",
    "10.0.0.256",
    "010.0.0.1",
    "10.0.0.-1",
    " 10.0.0.1",
    "10.0.0.1\n",
    "1e1.0.0.0",
    "::1",
    "10.0.0.0/8",
    "١.0.0.0",
  ])("%j is no address", (text) => expect(parseIp(text)).toBeUndefined());

  test("every address survives being printed and read", () => {
    fc.assert(fc.property(anyAddress, (address) => parseIp(formatIp(address)) === address));
  });

  test("a dotted quad is read exactly when it is what would be printed", () => {
    const octet = fc.oneof(fc.nat(300).map(String), fc.constantFrom("00", "01", "", "a"));
    fc.assert(
      fc.property(fc.array(octet, { minLength: 3, maxLength: 5 }), (octets) => {
        const text = octets.join(".");
        const address = parseIp(text);
        const wellFormed =
          octets.length === 4 &&
          octets.every((part) => /^\d+$/.test(part) && String(Number(part)) === part && Number(part) < 256);
        expect(address === undefined ? undefined : formatIp(address)).toBe(wellFormed ? text : undefined);
      }),
    );
  });
});

describe("blocks", () => {
  test.each([
    ["10.20.0.0/16", { base: 169_082_880, prefix: 16 }],
    ["0.0.0.0/0", { base: 0, prefix: 0 }],
    ["255.255.255.255/32", { base: 4_294_967_295, prefix: 32 }],
    ["128.0.0.0/1", { base: 2_147_483_648, prefix: 1 }],
  ])("%s is read exactly", (text, block) => expect(parseCidr(text)).toEqual({ ok: true, cidr: block }));

  test.each([
    "10.20.0.0",
    "10.20.0.0/",
    "10.20.0.0/33",
    "10.20.0.0/016",
    "10.20.0.0/1 ",
    "10.20.0.0/-1",
    "10.20.0/16",
    "fd00::/8",
    "10.20.0.0/16/16",
    "10.20.0.0/16\n",
  ])("%j is a mistake of syntax", (text) => expect(parseCidr(text)).toEqual({ ok: false, reason: "syntax" }));

  test.each([
    ["10.20.1.0/16", "10.20.0.0/16"],
    ["10.20.0.1/31", "10.20.0.0/31"],
    ["192.168.1.255/0", "0.0.0.0/0"],
  ])("%s is misaligned, and %s is offered", (text, aligned) =>
    expect(parseCidr(text)).toEqual({ ok: false, reason: "misaligned", aligned: cidr(aligned) }),
  );

  test("every aligned block survives being printed and read", () => {
    fc.assert(
      fc.property(anyBlock, (block) =>
        expect(parseCidr(formatCidr(block))).toEqual({ ok: true, cidr: block }),
      ),
    );
  });

  test("an address with host bits is never rounded in silence", () => {
    fc.assert(
      fc.property(anyAddress, fc.nat(32), (address, prefix) => {
        expect(parseCidr(`${formatIp(address)}/${prefix}`).ok).toBe(address % 2 ** (32 - prefix) === 0);
      }),
    );
  });

  test("the enclosing block is aligned and holds the address", () => {
    fc.assert(
      fc.property(anyAddress, fc.nat(32), (address, prefix) => {
        const block = enclosing(address, prefix);
        expect(block.base % sizeOf(block)).toBe(0);
        expect(block.base <= address && address <= lastOf(block)).toBe(true);
      }),
    );
  });

  test("containing and overlapping are what they are for sets of addresses", () => {
    fc.assert(
      fc.property(tinyBlock, tinyBlock, (a, b) => {
        const [inA, inB] = [addressesOf(a), addressesOf(b)];
        expect(contains(a, b)).toBe([...inB].every((address) => inA.has(address)));
        expect(overlaps(a, b)).toBe([...inB].some((address) => inA.has(address)));
        expect(lastOf(a)).toBe(Math.max(...inA));
      }),
    );
  });

  test("the outermost of some blocks hold the same addresses, and each address once", () => {
    fc.assert(
      fc.property(fc.array(tinyBlock), (blocks) => {
        const outer = outermost(blocks);
        const addresses = (of: readonly Cidr[]): number[] => of.flatMap((block) => [...addressesOf(block)]);
        expect(addresses(outer).length).toBe(new Set(addresses(outer)).size);
        expect(new Set(addresses(outer))).toEqual(new Set(addresses(blocks)));
        expect(blocks).toEqual(expect.arrayContaining(outer));
      }),
    );
  });

  test.each(["10.0.0.1/8", "nonsense", "10.0.0.0/33"])(
    "a literal in our own source that is %s is our bug",
    (text) => {
      expect(() => cidr(text)).toThrow(/^internal: /);
    },
  );
});

describe("addresses that are never internet", () => {
  const isPrivate = (text: string): boolean =>
    NOT_INTERNET.some((block) => contains(block, cidr(`${text}/32`)));

  test.each([
    ["9.255.255.255", false],
    ["10.0.0.0", true],
    ["10.255.255.255", true],
    ["11.0.0.0", false],
    ["100.63.255.255", false],
    ["100.64.0.0", true],
    ["100.127.255.255", true],
    ["100.128.0.0", false],
    ["169.254.169.254", true],
    ["172.15.255.255", false],
    ["172.16.0.0", true],
    ["172.31.255.255", true],
    ["172.32.0.0", false],
    ["192.167.255.255", false],
    ["192.168.0.0", true],
    ["192.169.0.0", false],
  ])("%s: %s", (text, expected) => expect(isPrivate(text)).toBe(expected));

  test("link-local is 169.254.0.0/16", () => expect(formatCidr(LINK_LOCAL)).toBe("169.254.0.0/16"));
});

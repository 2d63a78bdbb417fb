import fc from "fast-check";
import type { ZoneSize } from "../../src/model/enclave";
import { hostsPerSlot, zonePrefix } from "../../src/model/slots";
import { cidr } from "../../src/net/cidr";
import { lowestFree } from "../../src/net/free-space";

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

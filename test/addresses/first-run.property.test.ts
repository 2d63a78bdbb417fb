/** What must hold for every spec that has no lock file yet. */
import fc from "fast-check";
import { toCidr } from "../../src/addresses/address";
import { SITES, type Site } from "../../src/addresses/addresses";
import { printLock } from "../../src/addresses/lock";
import { resolveAddresses } from "../../src/addresses/resolve";
import { setting } from "../../src/diagnostics/edit";
import { connectionsOf, departuresOf, endpointUsesOf } from "../../src/model/connections";
import type { Enclave } from "../../src/model/enclave";
import { zonePrefix } from "../../src/model/slots";
import { cidr, contains, formatCidr, overlaps, sizeOf } from "../../src/net/cidr";
import { anyLines, enclave } from "./enclaves";
import { blocksOf, OPEN, resolve } from "./runs";

describe("a first run", () => {
  test("places every zone and site inside the range, aligned, large enough and apart from all others", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const spec = enclave(lines);
        const { addresses } = resolve(spec);
        const blocks = blocksOf(addresses);
        expect(blocks).toHaveLength(spec.zones.length + 5);
        expect(
          blocks.filter(([, block]) => !contains(spec.range, block) || block.base % sizeOf(block) !== 0),
        ).toEqual([]);
        expect(
          blocks.filter(([, block], index) =>
            blocks.slice(index + 1).some(([, other]) => overlaps(block, other)),
          ),
        ).toEqual([]);
        for (const zone of spec.zones)
          expect(toCidr(spec.range, addresses.zones[zone.name] as never).prefix).toBe(zonePrefix(zone.size));
        for (const [site, prefix] of Object.entries(SITES))
          expect(toCidr(spec.range, addresses.sites[site as Site]).prefix).toBe(prefix);
      }),
      { numRuns: 600 },
    );
  });

  test("gives what filling an array of /28 cells gives: fixed zones, sites from the top, sized zones from the bottom", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const spec = enclave(lines);
        expect(
          Object.fromEntries(
            blocksOf(resolve(spec).addresses).map(([name, block]) => [name, formatCidr(block)]),
          ),
        ).toEqual(fillCells(spec));
      }),
      { numRuns: 300 },
    );
  });

  test("numbers from 1 in spec order, without gaps, all and only what the spec has", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const spec = enclave(lines);
        const { ordinals } = resolve(spec).addresses;
        expect(Object.entries(ordinals.connections)).toEqual(
          connectionsOf(spec).map(({ key }, index) => [key, index + 1]),
        );
        expect(Object.entries(ordinals.departures)).toEqual(
          departuresOf(spec).map(({ key }, index) => [key, index + 1]),
        );
        expect(Object.entries(ordinals.endpoints)).toEqual(
          spec.privateEndpoints.map(({ name }, index) => [name, index + 1]),
        );
        expect(Object.entries(ordinals.endpointUses)).toEqual(
          endpointUsesOf(spec).map(({ key }, index) => [key, index + 1]),
        );
        const parties = [...spec.zones, ...spec.externalNetworks].map(({ name }) => name);
        expect(Object.entries(ordinals.parties)).toEqual(parties.map((name, index) => [name, index + 1]));
        const exits = [...new Set(departuresOf(spec).map(({ zone, port }) => `${zone} ${port}`))];
        expect(Object.entries(ordinals.exits)).toEqual(exits.map((key, index) => [key, index + 1]));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a range that is too small", () => {
  const crowded = fc
    .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 })
    .chain((names) =>
      fc
        .array(fc.integer({ min: 1, max: 3000 }), { minLength: names.length, maxLength: names.length })
        .map((sizes) => ({ names, sizes })),
    )
    .map(({ names, sizes }) => names.map((name, index) => ({ name, size: sizes[index] ?? 1 })));

  test("is reported once, with a wider range in which everything fits and half of which is too small", () => {
    fc.assert(
      fc.property(crowded, (zones) => {
        const { diagnostics } = resolveAddresses(enclave({ range: "10.20.0.0/21", zones }), undefined, OPEN);
        fc.pre(diagnostics.length > 0);
        expect(diagnostics).toHaveLength(1);
        expect(diagnostics[0]?.code).toMatch(/^(?:range-too-small|zone-too-large)$/);
        expect(diagnostics[0]?.edits).toEqual([setting("cidr", expect.any(String))]);
        const range = String(diagnostics[0]?.edits[0]?.value);
        expect(contains(cidr(range), cidr("10.20.0.0/21"))).toBe(true);
        resolve(enclave({ range, zones }));
        const half = `10.20.0.0/${cidr(range).prefix + 1}`;
        expect(resolveAddresses(enclave({ range: half, zones }), undefined, OPEN).addresses).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });
});

test("equal specs give equal addresses and equal lock files, byte by byte", () => {
  fc.assert(
    fc.property(anyLines, (lines) => {
      const [one, two] = [resolve(enclave(lines)), resolve(enclave(structuredClone(lines)))];
      expect(one.addresses).toEqual(two.addresses);
      expect(printLock(one.lock)).toBe(printLock(two.lock));
    }),
    { numRuns: 200 },
  );
});

/** The order of placement once more, written as slowly as possible: one boolean for each /28 of the range. */
function fillCells(spec: Enclave): Record<string, string> {
  const cells = new Array<boolean>(sizeOf(spec.range) / 16).fill(false);
  const placed: Record<string, string> = {};
  const take = (name: string, start: number, prefix: number): void => {
    cells.fill(true, start, start + 2 ** (28 - prefix));
    placed[name] = formatCidr({ base: spec.range.base + start * 16, prefix });
  };
  const search = (name: string, prefix: number, starts: readonly number[]): void => {
    const length = 2 ** (28 - prefix);
    const start = starts.find(
      (at) =>
        at % length === 0 && at + length <= cells.length && !cells.slice(at, at + length).includes(true),
    );
    take(name, start as number, prefix);
  };
  const upwards = cells.map((_, index) => index);
  for (const zone of spec.zones)
    if (zone.size.kind === "cidr")
      take(zone.name, (zone.size.cidr.base - spec.range.base) / 16, zone.size.cidr.prefix);
  const sites = [
    ["endpoints", 24],
    ["firewall", 26],
    ["nat", 26],
    ["proxy", 26],
    ["links", 26],
  ] as const;
  for (const [site, prefix] of sites) search(`site ${site}`, prefix, [...upwards].reverse());
  for (const zone of spec.zones)
    if (zone.size.kind !== "cidr") search(zone.name, zonePrefix(zone.size), upwards);
  return placed;
}

/** What must hold for every spec, with the lock file fed back as it would be read from disk. */
import fc from "fast-check";
import { toCidr } from "../../src/addresses/address";
import { type Addresses, SITES, type Site } from "../../src/addresses/addresses";
import { type Lock, parseLock, printLock } from "../../src/addresses/lock-file";
import { zonePrefix } from "../../src/addresses/place";
import { type Resolution, resolveAddresses } from "../../src/addresses/resolve";
import { connectionsOf, departuresOf, endpointUsesOf } from "../../src/model/connections";
import type { Enclave } from "../../src/model/enclave";
import { type Cidr, cidr, contains, formatCidr, overlaps, sizeOf } from "../../src/net/cidr";
import { anyLines, type EnclaveLines, enclave } from "./enclaves";

const OPEN = { frozen: false, reclaim: false };

/** Through the file's text, as between two runs. */
function reread(lock: Lock): Lock {
  const parsed = parseLock(printLock(lock));
  if ("problem" in parsed) throw new Error(parsed.problem);
  return parsed.lock;
}

interface Good {
  readonly addresses: Addresses;
  readonly lock: Lock;
}

function good(resolution: Resolution): Good {
  const { addresses, lock, diagnostics } = resolution;
  if (addresses === undefined || lock === undefined) throw new Error(JSON.stringify(diagnostics));
  return { addresses, lock: reread(lock) };
}

const resolve = (spec: Enclave, lock?: Lock): Good => good(resolveAddresses(spec, lock, OPEN));

/** Sites are marked: a zone may be called `proxy`. */
const blocksOf = ({ range, zones, sites }: Addresses): [string, Cidr][] => [
  ...Object.entries(zones).map(([name, block]): [string, Cidr] => [name, toCidr(range, block)]),
  ...Object.entries(sites).map(([name, block]): [string, Cidr] => [`site ${name}`, toCidr(range, block)]),
];

const ordinalEntries = ({ ordinals }: Addresses): [string, number][] =>
  Object.entries(ordinals).flatMap(([kind, byKey]: [string, Record<string, number>]) =>
    Object.entries(byKey).map(([key, number]): [string, number] => [`${kind} ${key}`, number]),
  );

/** Every entry of `before` that still exists says the same in `after`. */
function expectUnmoved(before: Addresses, after: Addresses): void {
  const now = new Map<string, unknown>([
    ...blocksOf(after).map(([name, block]) => [name, formatCidr(block)] as const),
    ...ordinalEntries(after),
  ]);
  const kept = [...blocksOf(before).map(([name, block]) => [name, formatCidr(block)] as const), ...ordinalEntries(before)].filter(([key]) =>
    now.has(key),
  );
  expect(kept.map(([key]) => [key, now.get(key)])).toEqual(kept);
}

const reversed = <T>(items: readonly T[]): T[] => [...items].reverse();

const mentions = (line: string, name: string): boolean => line.split(/[> ]/).includes(name);

const without = (lines: Required<EnclaveLines>, name: string): Required<EnclaveLines> => ({
  ...lines,
  zones: lines.zones.filter((zone) => zone.name !== name),
  flows: lines.flows.filter((line) => !mentions(line, name)),
  endpoints: lines.endpoints.filter((line) => !mentions(line, name)),
  egress: lines.egress.filter((line) => !mentions(line, name)),
});

function renamed(lines: Required<EnclaveLines>, old: string, now: string): Required<EnclaveLines> {
  const swap = (line: string): string =>
    line.replace(/^[^> ]+/, (it) => (it === old ? now : it)).replace(/>[^> ]+/, (it) => (it === `>${old}` ? `>${now}` : it));
  return {
    ...lines,
    zones: lines.zones.map((zone) => (zone.name === old ? { ...zone, name: now, was: old } : zone)),
    flows: lines.flows.map(swap),
    endpoints: lines.endpoints.map(swap),
    egress: lines.egress.map(swap),
  };
}

const pair = fc.tuple(anyLines, anyLines);

describe("a first run", () => {
  test("places every zone and site inside the range, aligned, large enough and apart from all others", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const spec = enclave(lines);
        const { addresses } = resolve(spec);
        const blocks = blocksOf(addresses);
        expect(blocks).toHaveLength(spec.zones.length + 5);
        expect(blocks.filter(([, block]) => !contains(spec.range, block) || block.base % sizeOf(block) !== 0)).toEqual([]);
        expect(blocks.filter(([, block], index) => blocks.slice(index + 1).some(([, other]) => overlaps(block, other)))).toEqual([]);
        for (const zone of spec.zones) expect(toCidr(spec.range, addresses.zones[zone.name] as never).prefix).toBe(zonePrefix(zone.size));
        for (const [site, prefix] of Object.entries(SITES)) expect(toCidr(spec.range, addresses.sites[site as Site]).prefix).toBe(prefix);
      }),
      { numRuns: 600 },
    );
  });

  test("gives what filling an array of /28 cells gives: fixed zones, sites from the top, sized zones from the bottom", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const spec = enclave(lines);
        expect(Object.fromEntries(blocksOf(resolve(spec).addresses).map(([name, block]) => [name, formatCidr(block)]))).toEqual(
          fillCells(spec),
        );
      }),
      { numRuns: 300 },
    );
  });

  test("numbers from 1 in spec order, without gaps, all and only what the spec has", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const spec = enclave(lines);
        const { ordinals } = resolve(spec).addresses;
        expect(Object.entries(ordinals.connections)).toEqual(connectionsOf(spec).map(({ key }, index) => [key, index + 1]));
        expect(Object.entries(ordinals.departures)).toEqual(departuresOf(spec).map(({ key }, index) => [key, index + 1]));
        expect(Object.entries(ordinals.endpointUses)).toEqual(endpointUsesOf(spec).map(({ key }, index) => [key, index + 1]));
        const parties = [...spec.zones, ...spec.externalNetworks].map(({ name }) => name);
        expect(Object.entries(ordinals.parties)).toEqual(parties.map((name, index) => [name, index + 1]));
        const exits = [...new Set(departuresOf(spec).map(({ zone, port }) => `${zone} ${port}`))];
        expect(Object.entries(ordinals.exits)).toEqual(exits.map((key, index) => [key, index + 1]));
      }),
      { numRuns: 300 },
    );
  });
});

describe("a run with its own lock", () => {
  test("changes nothing and passes --frozen-lock, whatever the number of availability zones", () => {
    fc.assert(
      fc.property(anyLines, fc.constantFrom(1 as const, 2 as const, 3 as const), (lines, availabilityZones) => {
        const first = resolve(enclave(lines));
        const again = resolveAddresses(enclave({ ...lines, availabilityZones }), first.lock, { frozen: true, reclaim: false });
        expect(again.diagnostics).toEqual([]);
        expect(again.changed).toBe(false);
        expect(again.addresses).toEqual(first.addresses);
        expect(printLock(again.lock as Lock)).toBe(printLock(first.lock));
      }),
      { numRuns: 300 },
    );
  });

  test("moves nothing when zones, flows and networks are listed in another order", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const first = resolve(enclave(lines));
        const turned = { ...lines, zones: reversed(lines.zones), flows: reversed(lines.flows), egress: reversed(lines.egress) };
        const again = resolveAddresses(enclave(turned), first.lock, { frozen: true, reclaim: false });
        expect(again.addresses).toEqual(first.addresses);
      }),
      { numRuns: 300 },
    );
  });

  test("moves nothing when zones and flows come and go in any number of steps, and never gives a number or block out twice", () => {
    fc.assert(
      fc.property(anyLines, fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 6 }), (all, steps) => {
        const sized = { ...all, zones: all.zones.map((zone) => ({ ...zone, size: zone.size.toString().includes(".") ? 50 : zone.size })) };
        const owners = new Map<string, string>();
        let last: Good | undefined;
        let before = new Set<string>();
        for (const [drop, flow] of steps) {
          const dropped = sized.zones.length > 1 ? without(sized, sized.zones[drop % sized.zones.length]?.name ?? "") : sized;
          const lines = { ...dropped, flows: dropped.flows.filter((_, index) => index !== flow) };
          const now = resolve(enclave(lines), last?.lock);
          if (last !== undefined) expectUnmoved(last.addresses, now.addresses);
          before = expectFresh(owners, before, now.addresses);
          last = now;
        }
      }),
      { numRuns: 300 },
    );
  });

  test("moves nothing of what two specs have in common when one replaces the other", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const common = one.zones.map((zone) => zone.name);
        const added = other.zones.filter((zone) => !common.includes(zone.name)).map((zone) => ({ ...zone, size: 50 }));
        const first = resolve(enclave(one));
        const flows = [...reversed(one.flows.slice(1)), ...one.flows.slice(0, 1)];
        const second = resolve(enclave({ ...one, zones: [...added, ...one.zones], flows }), first.lock);
        expectUnmoved(first.addresses, second.addresses);
        expect(new Set(blocksOf(second.addresses).map(([, block]) => block.base)).size).toBe(blocksOf(second.addresses).length);
      }),
      { numRuns: 300 },
    );
  });

  test("keeps block and numbers of a zone that is renamed, and of all others; the line may stay afterwards", () => {
    fc.assert(
      fc.property(anyLines, fc.nat(11), (lines, pick) => {
        const old = lines.zones[pick % lines.zones.length]?.name ?? "";
        const first = resolve(enclave(lines));
        const spec = enclave(renamed(lines, old, "newcomer"));
        const second = resolve(spec, first.lock);
        const rename = (key: string): string => key.replaceAll(new RegExp(`(^|[> ])${old}(?=$|[> ])`, "g"), "$1newcomer");
        const expected = new Map<string, unknown>(
          [...ordinalEntries(first.addresses)].map(([key, number]) => [renameEntry(key, rename), number]),
        );
        expect(new Map<string, unknown>(ordinalEntries(second.addresses))).toEqual(expected);
        expect(second.addresses.zones["newcomer"]).toEqual(first.addresses.zones[old]);
        expectUnmoved(first.addresses, second.addresses);
        expect(second.lock.freed).toEqual([]);
        expect(resolveAddresses(spec, second.lock, { frozen: true, reclaim: false }).changed).toBe(false);
      }),
      { numRuns: 300 },
    );
  });

  test("moves nothing that exists under --reclaim, and forgets all that does not", () => {
    fc.assert(
      fc.property(anyLines, fc.nat(11), (lines, pick) => {
        const first = resolve(enclave(lines));
        const fewer = without(lines, lines.zones.length > 1 ? (lines.zones[pick % lines.zones.length]?.name ?? "") : "");
        const second = good(resolveAddresses(enclave(fewer), first.lock, { frozen: false, reclaim: true }));
        expectUnmoved(first.addresses, second.addresses);
        expect(second.lock.freed).toEqual([]);
        expect(resolveAddresses(enclave(fewer), second.lock, { frozen: true, reclaim: true }).changed).toBe(false);
        const back = good(resolveAddresses(enclave(lines), second.lock, { frozen: false, reclaim: true }));
        expectUnmoved(second.addresses, back.addresses);
      }),
      { numRuns: 300 },
    );
  });
});

describe("a range that is too small", () => {
  const crowded = fc
    .uniqueArray(fc.constantFrom("a", "b", "c", "d", "e"), { minLength: 1 })
    .chain((names) =>
      fc.array(fc.integer({ min: 1, max: 3000 }), { minLength: names.length, maxLength: names.length }).map((sizes) => ({ names, sizes })),
    )
    .map(({ names, sizes }) => names.map((name, index) => ({ name, size: sizes[index] ?? 1 })));

  test("is reported once, with a wider range in which everything fits and half of which is too small", () => {
    fc.assert(
      fc.property(crowded, (zones) => {
        const { diagnostics } = resolveAddresses(enclave({ range: "10.20.0.0/21", zones }), undefined, OPEN);
        fc.pre(diagnostics.length > 0);
        expect(diagnostics.map(({ code }) => code)).toEqual(["range-too-small"]);
        const [, range = "", prefix = ""] = /cidr: ([\d.]+)\/(\d+)$/.exec(diagnostics[0]?.fix ?? "") ?? [];
        expect(contains(cidr(`${range}/${prefix}`), cidr("10.20.0.0/21"))).toBe(true);
        resolve(enclave({ range: `${range}/${prefix}`, zones }));
        const half = `10.20.0.0/${Number(prefix) + 1}`;
        expect(resolveAddresses(enclave({ range: half, zones }), undefined, OPEN).addresses).toBeUndefined();
      }),
      { numRuns: 200 },
    );
  });

  test("is cured by the number of hosts that is proposed, at that zone", () => {
    fc.assert(
      fc.property(crowded, (zones) => {
        const first = resolveAddresses(enclave({ range: "10.20.0.0/21", zones }), undefined, OPEN).diagnostics[0];
        const hosts = /hosts: (\d+)/.exec(first?.fix ?? "")?.[1];
        fc.pre(hosts !== undefined);
        const cured = zones.map((zone) => (`zones.${zone.name}` === first?.path ? { ...zone, size: Number(hosts) } : zone));
        expect(resolveAddresses(enclave({ range: "10.20.0.0/21", zones: cured }), undefined, OPEN).diagnostics[0]?.path).not.toBe(
          first?.path,
        );
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

const CLASS = /^(\w+) (.*)$/;

function renameEntry(entry: string, rename: (key: string) => string): string {
  const [, kind = "", key = ""] = CLASS.exec(entry) ?? [];
  return `${kind} ${rename(key)}`;
}

/** Blocks and numbers that appear must never have belonged to anything before; returns what exists now. */
function expectFresh(owners: Map<string, string>, before: ReadonlySet<string>, addresses: Addresses): Set<string> {
  const numbers = ordinalEntries(addresses).map(([entry, number]) => [`${CLASS.exec(entry)?.[1]} ${number}`, entry] as const);
  const zones = Object.entries(addresses.zones).map(
    ([name, block]) => [`block ${formatCidr(toCidr(addresses.range, block))}`, name] as const,
  );
  const now = [...numbers, ...zones];
  const fresh = now.filter(([thing, owner]) => !before.has(`${thing} = ${owner}`));
  expect(fresh.filter(([thing]) => owners.has(thing))).toEqual([]);
  for (const [thing, owner] of fresh) owners.set(thing, owner);
  return new Set(now.map(([thing, owner]) => `${thing} = ${owner}`));
}

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
    const start = starts.find((at) => at % length === 0 && at + length <= cells.length && !cells.slice(at, at + length).includes(true));
    take(name, start as number, prefix);
  };
  const upwards = cells.map((_, index) => index);
  for (const zone of spec.zones)
    if (zone.size.kind === "cidr") take(zone.name, (zone.size.cidr.base - spec.range.base) / 16, zone.size.cidr.prefix);
  const sites = [
    ["endpoints", 24],
    ["firewall", 26],
    ["nat", 26],
    ["proxy", 26],
    ["links", 26],
  ] as const;
  for (const [site, prefix] of sites) search(`site ${site}`, prefix, reversed(upwards));
  for (const zone of spec.zones) if (zone.size.kind !== "cidr") search(zone.name, zonePrefix(zone.size), upwards);
  return placed;
}

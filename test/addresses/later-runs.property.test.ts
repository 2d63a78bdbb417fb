/** What must hold for every spec that was resolved before: nothing that exists moves, nothing is given out twice. */
import fc from "fast-check";
import { toCidr } from "../../src/addresses/address";
import type { Addresses } from "../../src/addresses/addresses";
import { type Lock, printLock } from "../../src/addresses/lock";
import { resolveAddresses } from "../../src/addresses/resolve";
import type { Enclave } from "../../src/model/enclave";
import { formatCidr } from "../../src/net/cidr";
import { anyLines, type EnclaveLines, enclave } from "./enclaves";
import { blocksOf, expectUnmoved, type Good, good, OPEN, ordinalEntries, resolve } from "./runs";

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
    line
      .replace(/^[^> ]+/, (it) => (it === old ? now : it))
      .replace(/>[^> ]+/, (it) => (it === `>${old}` ? `>${now}` : it));
  return {
    ...lines,
    zones: lines.zones.map((zone) => (zone.name === old ? { ...zone, name: now, was: old } : zone)),
    flows: lines.flows.map(swap),
    endpoints: lines.endpoints.map(swap),
    egress: lines.egress.map(swap),
  };
}

/** Zones and endpoints of an earlier run that a spec has no longer. */
function goneIn({ zones, privateEndpoints }: Enclave, before: Addresses | undefined): string[] {
  const there = new Set([...zones, ...privateEndpoints].map(({ name }) => name));
  const names = [...Object.keys(before?.zones ?? {}), ...Object.keys(before?.ordinals.endpoints ?? {})];
  return names.filter((name) => !there.has(name));
}

const pair = fc.tuple(anyLines, anyLines);

describe("a run with its own lock", () => {
  test("changes nothing and passes --frozen-lock, whatever the number of availability zones", () => {
    fc.assert(
      fc.property(
        anyLines,
        fc.constantFrom(1 as const, 2 as const, 3 as const),
        (lines, availabilityZones) => {
          const first = resolve(enclave(lines));
          const again = resolveAddresses(enclave({ ...lines, availabilityZones }), first.lock, {
            frozen: true,
            reclaim: false,
          });
          expect(again.diagnostics).toEqual([]);
          expect(again.changed).toBe(false);
          expect(again.addresses).toEqual(first.addresses);
          expect(printLock(again.lock as Lock)).toBe(printLock(first.lock));
        },
      ),
      { numRuns: 300 },
    );
  });

  test("moves nothing when zones, flows and networks are listed in another order", () => {
    fc.assert(
      fc.property(anyLines, (lines) => {
        const first = resolve(enclave(lines));
        const turned = {
          ...lines,
          zones: reversed(lines.zones),
          flows: reversed(lines.flows),
          egress: reversed(lines.egress),
        };
        const again = resolveAddresses(enclave(turned), first.lock, { frozen: true, reclaim: false });
        expect(again.addresses).toEqual(first.addresses);
      }),
      { numRuns: 300 },
    );
  });

  test("moves nothing when zones and flows come and go in any number of steps, and never gives a number or block out twice", () => {
    fc.assert(
      fc.property(
        anyLines,
        fc.array(fc.tuple(fc.nat(11), fc.nat(11)), { minLength: 1, maxLength: 6 }),
        (all, steps) => {
          const sized = {
            ...all,
            zones: all.zones.map((zone) => ({
              ...zone,
              size: zone.size.toString().includes(".") ? 50 : zone.size,
            })),
          };
          const owners = new Map<string, string>();
          let last: Good | undefined;
          let before = new Set<string>();
          for (const [drop, flow] of steps) {
            const dropped =
              sized.zones.length > 1
                ? without(sized, sized.zones[drop % sized.zones.length]?.name ?? "")
                : sized;
            const lines = { ...dropped, flows: dropped.flows.filter((_, index) => index !== flow) };
            const removed = goneIn(enclave(lines), last?.addresses);
            const now = good(resolveAddresses(enclave(lines), last?.lock, { ...OPEN, removed }));
            if (last !== undefined) expectUnmoved(last.addresses, now.addresses);
            before = expectFresh(owners, before, now.addresses);
            last = now;
          }
        },
      ),
      { numRuns: 300 },
    );
  });

  test("moves nothing of what two specs have in common when one replaces the other", () => {
    fc.assert(
      fc.property(pair, ([one, other]) => {
        const common = one.zones.map((zone) => zone.name);
        const added = other.zones
          .filter((zone) => !common.includes(zone.name))
          .map((zone) => ({ ...zone, size: 50 }));
        const first = resolve(enclave(one));
        const flows = [...reversed(one.flows.slice(1)), ...one.flows.slice(0, 1)];
        const second = resolve(enclave({ ...one, zones: [...added, ...one.zones], flows }), first.lock);
        expectUnmoved(first.addresses, second.addresses);
        expect(new Set(blocksOf(second.addresses).map(([, block]) => block.base)).size).toBe(
          blocksOf(second.addresses).length,
        );
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
        const rename = (key: string): string =>
          key.replaceAll(new RegExp(`(^|[> ])${old}(?=$|[> ])`, "g"), "$1newcomer");
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
        const fewer = without(
          lines,
          lines.zones.length > 1 ? (lines.zones[pick % lines.zones.length]?.name ?? "") : "",
        );
        const second = good(resolveAddresses(enclave(fewer), first.lock, { frozen: false, reclaim: true }));
        expectUnmoved(first.addresses, second.addresses);
        expect(second.lock.freed).toEqual([]);
        expect(resolveAddresses(enclave(fewer), second.lock, { frozen: true, reclaim: true }).changed).toBe(
          false,
        );
        const back = good(resolveAddresses(enclave(lines), second.lock, { frozen: false, reclaim: true }));
        expectUnmoved(second.addresses, back.addresses);
      }),
      { numRuns: 300 },
    );
  });
});

const CLASS = /^(\w+) (.*)$/;

function renameEntry(entry: string, rename: (key: string) => string): string {
  const [, kind = "", key = ""] = CLASS.exec(entry) ?? [];
  return `${kind} ${rename(key)}`;
}

/** Blocks and numbers that appear must never have belonged to anything before; returns what exists now. */
function expectFresh(
  owners: Map<string, string>,
  before: ReadonlySet<string>,
  addresses: Addresses,
): Set<string> {
  const numbers = ordinalEntries(addresses).map(
    ([entry, number]) => [`${CLASS.exec(entry)?.[1]} ${number}`, entry] as const,
  );
  const zones = Object.entries(addresses.zones).map(
    ([name, block]) => [`block ${formatCidr(toCidr(addresses.range, block))}`, name] as const,
  );
  const now = [...numbers, ...zones];
  const fresh = now.filter(([thing, owner]) => !before.has(`${thing} = ${owner}`));
  expect(fresh.filter(([thing]) => owners.has(thing))).toEqual([]);
  for (const [thing, owner] of fresh) owners.set(thing, owner);
  return new Set(now.map(([thing, owner]) => `${thing} = ${owner}`));
}

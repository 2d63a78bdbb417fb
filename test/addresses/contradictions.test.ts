/** Every way in which a spec is too large, or contradicts its lock file. */
import { ADDRESS_CODES } from "../../src/addresses/codes";
import type { ResolveOptions } from "../../src/addresses/resolve";
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { type EnclaveLines, zone, zones } from "./enclaves";
import { OPEN, run } from "./runs";

const FROZEN: ResolveOptions = { frozen: true, reclaim: false, lockFile: "test.enclave.lock.json" };

const AB = zones(zone("a", 200), zone("b", "/24"));
const manyFlows = (count: number, first = 1): EnclaveLines => ({
  ...AB,
  flows: Array.from({ length: count }, (_, index) => `a>b ${index + first}`),
});

interface Case {
  readonly says: string;
  readonly history?: readonly EnclaveLines[];
  readonly last: EnclaveLines;
  readonly options?: ResolveOptions;
  readonly expected: readonly Partial<Diagnostic>[];
}

const gone = (path: string): Partial<Diagnostic> => ({ severity: "info", code: "zone-removed", path });

const CASES: readonly Case[] = [
  {
    says: "a zone that is gone frees its block, which waits",
    history: [AB],
    last: zones(zone("a", 200)),
    expected: [
      {
        ...gone("zones"),
        summary: 'zone "b" is gone and frees 10.20.4.0/22',
        detail: "It stays reserved, and only --reclaim gives it out again.",
        facts: { zone: "b", freed: "10.20.4.0/22" },
      },
    ],
  },
  {
    says: "a zone that is gone under --reclaim frees its block at once",
    history: [AB],
    last: zones(zone("a", 200)),
    options: { frozen: false, reclaim: true },
    expected: [{ ...gone("zones"), detail: "--reclaim lets it be given out again." }],
  },
  {
    says: "a zone that is gone where a new one would fit may be a rename",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/24")),
    expected: [
      {
        ...gone("zones.c"),
        detail: expect.stringContaining('If this is a rename, say "was: b" on "c"'),
        fix: "zones:\n  c:\n    was: b",
      },
    ],
  },
  {
    says: "a zone that is gone where several new ones would fit may be any of them",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/24"), zone("d", 50)),
    expected: [{ ...gone("zones"), detail: expect.stringContaining('on "c" or "d"') }],
  },
  {
    says: "a new zone that the freed block would not serve is no rename",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/25"), zone("d", 300)),
    expected: [{ ...gone("zones"), detail: "It stays reserved, and only --reclaim gives it out again." }],
  },
  {
    says: "a range is too small at the first zone that does not fit, and the proposals are computed",
    last: { range: "172.16.0.0/22", zones: [zone("a", 20), zone("b", 1000), zone("c", 2000), zone("d", 10)] },
    expected: [
      {
        code: "range-too-small",
        path: "zones.b",
        summary: 'zone "b" does not fit into 172.16.0.0/22',
        facts: { slotSize: 1024, blockSize: 4096, range: "172.16.0.0/22", freeAddresses: 384, largestFree: "172.16.1.0/24" },
        fix: "hosts: 59\n# or for the enclave cidr: 172.16.0.0/17",
      },
    ],
  },
  {
    says: "a prefix that does not fit gets a prefix proposed, and no range that would meet an external network",
    last: { range: "192.168.4.0/22", externals: ["corp"], zones: [zone("a", "/22")] },
    expected: [{ code: "range-too-small", path: "zones.a", fix: "prefix: 25" }],
  },
  {
    says: "no range is proposed that is not private as a whole",
    last: { range: "192.168.0.0/16", zones: [zone("a", 40_000)] },
    expected: [{ code: "range-too-small", fix: "hosts: 8187" }],
  },
  {
    says: "a range without any room asks to remove zones or to widen",
    last: { range: "10.20.0.0/22", zones: [zone("a", "10.20.0.0/23"), zone("b", 1)] },
    expected: [
      {
        code: "range-too-small",
        path: "zones.b",
        facts: { slotSize: 16, blockSize: 64, range: "10.20.0.0/22", freeAddresses: 0 },
        fix: "# for the enclave cidr: 10.20.0.0/21",
      },
    ],
  },
  {
    says: "with a lock file a full range offers --reclaim when that is enough, and says what a wider range costs",
    history: [{ range: "10.20.0.0/22", zones: [zone("a", "/25")] }],
    last: { range: "10.20.0.0/22", zones: [zone("b", "/25")] },
    expected: [
      {
        code: "range-too-small",
        fix: "# run with --reclaim, which gives freed blocks out again\n# or for the enclave cidr: 10.20.0.0/21 without the present lock file, which moves every address",
      },
      gone("zones.b"),
    ],
  },
  {
    says: "zones with a cidr leave no room for infrastructure",
    last: { range: "10.20.0.0/22", zones: [zone("a", "10.20.0.0/24"), zone("b", "10.20.1.0/24"), zone("c", "10.20.2.0/24")] },
    expected: [
      {
        code: "infrastructure-too-large",
        path: "cidr",
        summary: 'the infrastructure "firewall" does not fit into 10.20.0.0/22',
        facts: { site: "firewall", blockSize: 64, range: "10.20.0.0/22", freeAddresses: 0 },
        fix: 'cidr: 10.20.0.0/21\n# or give zones "hosts" or "prefix" instead of "cidr"',
      },
    ],
  },
  {
    says: "freed blocks that would not be enough are no way out",
    history: [{ range: "10.20.0.0/22", zones: [zone("a", "/25")] }],
    last: { range: "10.20.0.0/22", zones: [zone("b", 1000)] },
    expected: [
      { code: "range-too-small", fix: "# for the enclave cidr: 10.20.0.0/19 without the present lock file, which moves every address" },
      gone("zones"),
    ],
  },
  {
    says: "infrastructure without room is reported before a zone without room",
    last: { range: "10.20.0.0/22", zones: [zone("a", "10.20.0.0/23"), zone("b", "10.20.2.0/24"), zone("c", 200)] },
    expected: [{ code: "infrastructure-too-large" }],
  },
  {
    says: "a new cidr lies on another zone's block, and the lowest free one is offered",
    history: [AB],
    last: zones(zone("a", 200), zone("b", "/24"), zone("c", "10.20.4.0/23")),
    expected: [
      {
        code: "cidr-taken",
        path: "zones.c.cidr",
        facts: { wanted: "10.20.4.0/23", inTheWay: ['zone "b" at 10.20.4.0/22'], free: "10.20.8.0/23" },
        fix: "cidr: 10.20.8.0/23",
      },
    ],
  },
  {
    says: "a new cidr lies on infrastructure and on a freed block: it is taken",
    history: [AB, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("c", "10.20.254.0/23"), zone("d", "10.20.0.0/21")),
    expected: [
      { code: "cidr-taken", path: "zones.c.cidr", fix: "cidr: 10.20.8.0/23" },
      {
        code: "cidr-taken",
        path: "zones.d.cidr",
        detail: expect.stringContaining('zone "a" at 10.20.0.0/22, the freed block 10.20.4.0/22 of "b"'),
      },
    ],
  },
  {
    says: "two zones with the same cidr: the later one is wrong",
    last: zones(zone("a", "10.20.0.0/22"), zone("b", "10.20.0.0/22")),
    expected: [{ code: "cidr-taken", path: "zones.b.cidr" }],
  },
  {
    says: "a cidr that nothing can replace asks for less",
    history: [{ range: "10.20.0.0/22", zones: [zone("a", 20), zone("b", 59)] }],
    last: { range: "10.20.0.0/22", zones: [zone("a", 20), zone("b", 59), zone("c", "10.20.0.0/24")] },
    expected: [{ code: "cidr-taken", fix: '# use "hosts" or "prefix" with a smaller size: no block of 256 addresses is free' }],
  },
  {
    says: "a cidr on a freed block, freed in this very run, waits for --reclaim",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "10.20.4.0/22")),
    expected: [{ code: "cidr-freed", path: "zones.c.cidr", fix: "# run with --reclaim, or\ncidr: 10.20.8.0/22" }, gone("zones.c")],
  },
  {
    says: "a recorded zone gets another cidr",
    history: [AB],
    last: zones(zone("a", "10.20.64.0/22"), zone("b", "/24")),
    expected: [
      { code: "zone-moved", path: "zones.a.cidr", facts: { wanted: "10.20.64.0/22", recorded: "10.20.0.0/22" }, fix: "cidr: 10.20.0.0/22" },
    ],
  },
  {
    says: "a recorded zone's cidr of another size is another block, even at the same address",
    history: [AB],
    last: zones(zone("a", "10.20.0.0/23"), zone("b", "/24")),
    expected: [{ code: "zone-moved" }],
  },
  {
    says: "a recorded zone gets a longer prefix",
    history: [AB],
    last: zones(zone("a", 200), zone("b", "/25")),
    expected: [
      {
        code: "zone-resized",
        path: "zones.b.prefix",
        facts: { recorded: "10.20.4.0/22", recordedPrefix: 24, askedPrefix: 25 },
        fix: "prefix: 24",
      },
    ],
  },
  {
    says: "a recorded zone gets more hosts than its slots have",
    history: [AB],
    last: zones(zone("a", 252), zone("b", "/24")),
    expected: [
      {
        code: "zone-outgrown",
        path: "zones.a.hosts",
        summary: 'zone "a" asks for 252 hosts, its recorded block has 251',
        detail: expect.stringContaining("10.20.0.0/22 is four slots of 251 hosts, 252 asked"),
        facts: { recorded: "10.20.0.0/22", slotHosts: 251, asked: 252 },
        fix: "hosts: 251",
      },
    ],
  },
  {
    says: "a removed zone that is back is told that it moved",
    history: [AB, zones(zone("a", 200))],
    last: AB,
    expected: [{ severity: "info", code: "zone-returned", path: "zones.b", facts: { block: "10.20.8.0/22", freed: "10.20.4.0/22" } }],
  },
  {
    says: "the range changes, and nothing else is reported because everything would be",
    history: [AB],
    last: { range: "10.0.0.0/8", zones: [zone("a", 100_000), zone("c", "10.20.0.0/22")] },
    options: { ...OPEN, lockFile: "x.enclave.lock.json" },
    expected: [
      {
        code: "range-changed",
        path: "cidr",
        facts: { lock: "x.enclave.lock.json", range: "10.0.0.0/8", recorded: "10.20.0.0/16" },
        fix: "cidr: 10.20.0.0/16",
      },
    ],
  },
  {
    says: "a rename of a zone that is still there",
    history: [AB],
    last: zones(zone("a", 200), zone("b", "/24"), zone("c", 200, "a")),
    expected: [{ code: "rename-of-existing", path: "zones.c.was", facts: { was: "a" } }],
  },
  {
    says: "a rename of a zone that the lock file does not know",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/24", "bb")),
    expected: [{ code: "rename-unknown", path: "zones.c.was", facts: { was: "bb", recorded: ["a", "b"] } }, gone("zones")],
  },
  {
    says: "a rename of a zone whose block is freed already",
    history: [AB, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("c", "/24", "b")),
    expected: [{ code: "rename-unknown" }],
  },
  {
    says: "two zones that were the same one",
    history: [AB],
    last: zones(zone("c", 200, "a"), zone("d", 200, "a"), zone("b", "/24")),
    expected: [{ code: "rename-ambiguous", path: "zones.d.was" }],
  },
  {
    says: "a rename onto a name that has a block of its own",
    history: [AB],
    last: zones(zone("a", 200, "b")),
    expected: [{ code: "rename-ambiguous", path: "zones.a.was", fix: "# remove zones.a.was" }],
  },
  {
    says: "a swap of names, also on a first run",
    last: zones(zone("a", 200, "b"), zone("b", 200, "a"), zone("c", 200, "c"), zone("d", 200, "a")),
    expected: [
      { code: "rename-ambiguous", path: "zones.a.was" },
      { code: "rename-ambiguous", path: "zones.b.was" },
      { code: "rename-ambiguous", path: "zones.c.was" },
    ],
  },
  {
    says: "a swap of names is reported once for each zone, although the lock file knows one of them only",
    history: [zones(zone("a", 200))],
    last: zones(zone("a", 200, "b"), zone("b", "/24", "a")),
    expected: [
      { code: "rename-ambiguous", path: "zones.a.was" },
      { code: "rename-ambiguous", path: "zones.b.was" },
    ],
  },
  {
    says: "a renamed zone that was removed and is back is new, and its leftover line does no harm",
    history: [AB, zones(zone("a", 200), zone("z", "/24", "b")), zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("z", "/24", "b")),
    expected: [{ severity: "info", code: "zone-returned", path: "zones.z" }],
  },
  {
    says: "a former name that nothing records, on a zone that has its block, is told, and does no harm",
    history: [AB],
    last: zones(zone("a", 200, "nothere"), zone("b", "/24")),
    expected: [
      {
        severity: "info",
        code: "rename-without-effect",
        path: "zones.a.was",
        facts: { was: "nothere", block: "10.20.0.0/22" },
        fix: "# remove zones.a.was",
      },
    ],
  },
  {
    says: "a rename that is recorded is told too, because a lock file remembers no names",
    history: [AB, zones(zone("a", 200), zone("z", "/24", "b"))],
    last: zones(zone("a", 200), zone("z", "/24", "b")),
    expected: [{ severity: "info", code: "rename-without-effect", path: "zones.z.was" }],
  },
  {
    says: "a chain of renames is refused rather than guessed",
    history: [AB],
    last: zones(zone("b", 200, "a"), zone("c", "/24", "b")),
    expected: [
      { code: "rename-ambiguous", path: "zones.b.was" },
      { code: "rename-of-existing", path: "zones.c.was" },
    ],
  },
  {
    says: "more flows than numbers exist",
    last: manyFlows(4000),
    expected: [
      {
        code: "ordinals-exhausted",
        path: "flows[3999]",
        facts: { class: "connections", asked: 4000, limit: 3999, first: "a>b 4000/tcp" },
        fix: expect.stringContaining("# split"),
      },
    ],
  },
  {
    says: "numbers used up by flows that are gone",
    history: [manyFlows(3999)],
    last: manyFlows(2, 5000),
    expected: [{ code: "ordinals-exhausted", path: "flows[0]", fix: "# run with --reclaim" }],
  },
  {
    says: "a frozen lock lists what would change",
    history: [AB],
    last: { ...zones(zone("a", 200), zone("c", 10)), flows: ["a>c 443"] },
    options: FROZEN,
    expected: [
      gone("zones.c"),
      {
        code: "lock-frozen",
        path: "",
        facts: {
          lock: "test.enclave.lock.json",
          changes: 8,
          list: [
            "- zones.b 10.20.4.0/22",
            "- ordinals.parties.numbers.b 2",
            "+ zones.c 10.20.8.0/26",
            "+ freed.10.20.4.0/22 b",
            "+ ordinals.parties.numbers.c 3",
            "+ ordinals.connections.numbers.a>c 443/tcp 1",
            "~ ordinals.parties.next 3 to 4",
            "~ ordinals.connections.next 1 to 2",
          ],
        },
      },
    ],
  },
  {
    says: "a frozen lock that is not there",
    last: AB,
    options: FROZEN,
    expected: [{ code: "lock-frozen", facts: { lock: "test.enclave.lock.json" } }],
  },
  {
    says: "all contradictions are reported in one run",
    history: [AB],
    last: zones(zone("a", 300), zone("b", "/26"), zone("c", "10.20.0.0/22"), zone("d", 100_000), zone("e", 1, "nobody")),
    expected: [
      { code: "rename-unknown", path: "zones.e.was" },
      { code: "zone-outgrown", path: "zones.a.hosts" },
      { code: "zone-resized", path: "zones.b.prefix" },
      { code: "cidr-taken", path: "zones.c.cidr" },
      { code: "range-too-small", path: "zones.d" },
    ],
  },
];

test.each(CASES)("$says", ({ history = [], last, options = OPEN, expected }) => {
  const result = run(history, last, options);
  expect(result.diagnostics).toEqual(expected.map((it) => expect.objectContaining({ severity: "error", ...it })));
  const fails = result.diagnostics.some(({ severity }) => severity === "error");
  expect([result.addresses === undefined, result.lock === undefined]).toEqual([fails, fails]);
  for (const { summary, detail } of result.diagnostics) {
    expect(summary.length).toBeLessThanOrEqual(100);
    expect(summary).not.toMatch(/\.$/);
    expect(detail).toMatch(/\.$/);
  }
});

test.each([
  ["a wider range", { range: "172.16.0.0/17", zones: [zone("a", 20), zone("b", 1000), zone("c", 2000), zone("d", 10)] }],
  ["fewer hosts", { range: "172.16.0.0/22", zones: [zone("a", 20), zone("b", 59)] }],
  [
    "a wider range around the infrastructure",
    { range: "10.20.0.0/21", zones: [zone("a", "10.20.0.0/24"), zone("b", "10.20.1.0/24"), zone("c", "10.20.2.0/24")] },
  ],
])("the fix that was proposed fits: %s", (_, lines) => expect(run([], lines).diagnostics).toEqual([]));

test("every code of the catalogue is covered by a case; a damaged lock is found where the file is read", () => {
  const covered = new Set([...CASES.flatMap(({ expected }) => expected.map(({ code }) => code)), "lock-damaged"]);
  expect([...covered].sort()).toEqual(Object.keys(ADDRESS_CODES).sort());
});

test.each([
  ["that was renamed", [AB], zones(zone("a", 200), zone("c", "/24", "b"))],
  ["that went in an earlier run", [AB, zones(zone("a", 200))], zones(zone("a", 200), zone("c", "/24"))],
])("a zone %s is not told of as gone", (_, history, last) => expect(run(history, last).diagnostics).toEqual([]));

test("the rename that was proposed keeps the block", () => {
  const { addresses } = run([AB], zones(zone("a", 200), zone("c", "/24", "b")));
  expect(addresses?.zones["c"]).toEqual(run([], AB).addresses?.zones["b"]);
});

test("a frozen lock that holds everything changes nothing", () => {
  expect(run([AB], AB, FROZEN)).toMatchObject({ changed: false, diagnostics: [] });
});

test("a zone with a cidr outside the range is the model's to refuse, so here it is our bug", () => {
  expect(() => run([], zones(zone("a", "10.99.0.0/22")))).toThrow(/^internal: /);
});

/** Zones that are gone, and items that find no free block or number. */
import { AB, type Case, gone } from "./cases";
import { type EnclaveLines, zone, zones } from "./enclaves";

const manyFlows = (count: number, first = 1): EnclaveLines => ({
  ...AB,
  flows: Array.from({ length: count }, (_, index) => `a>b ${index + first}`),
});

export const CASES: readonly Case[] = [
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
        facts: {
          slotSize: 1024,
          blockSize: 4096,
          range: "172.16.0.0/22",
          freeAddresses: 384,
          largestFree: "172.16.1.0/24",
        },
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
    last: {
      range: "10.20.0.0/22",
      zones: [zone("a", "10.20.0.0/24"), zone("b", "10.20.1.0/24"), zone("c", "10.20.2.0/24")],
    },
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
      {
        code: "range-too-small",
        fix: "# for the enclave cidr: 10.20.0.0/19 without the present lock file, which moves every address",
      },
      gone("zones"),
    ],
  },
  {
    says: "infrastructure without room is reported before a zone without room",
    last: {
      range: "10.20.0.0/22",
      zones: [zone("a", "10.20.0.0/23"), zone("b", "10.20.2.0/24"), zone("c", 200)],
    },
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
    expected: [
      {
        code: "cidr-taken",
        fix: '# use "hosts" or "prefix" with a smaller size: no block of 256 addresses is free',
      },
    ],
  },
  {
    says: "a cidr on a freed block, freed in this very run, waits for --reclaim",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "10.20.4.0/22")),
    expected: [
      { code: "cidr-freed", path: "zones.c.cidr", fix: "# run with --reclaim, or\ncidr: 10.20.8.0/22" },
      gone("zones.c"),
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
];

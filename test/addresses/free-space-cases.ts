/** Zones that are gone, and items that find no free block or number. */
import { setting } from "../../src/diagnostics/edit";
import { AB, type Case, gone } from "./cases";
import { type EnclaveLines, zone, zones } from "./enclaves";
import { OPEN } from "./runs";

const manyFlows = (count: number, first = 1): EnclaveLines => ({
  ...AB,
  flows: Array.from({ length: count }, (_, index) => `a>b ${index + first}`),
});

const HOPELESS: string = expect.stringMatching(/ Remove zones, or split the enclave\.$/);

export const CASES: readonly Case[] = [
  {
    says: "a zone that is gone frees its block, which waits",
    history: [AB],
    last: zones(zone("a", 200)),
    expected: [
      {
        ...gone("zones"),
        summary: 'zone "b" is gone and frees 10.20.4.0/22',
        detail:
          'It stays reserved: "was: b" on a new zone takes it back, and only --reclaim gives it to others.',
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
    says: "a range is too small at the first zone that does not fit, and the one for all zones is computed",
    last: { range: "172.16.0.0/22", zones: [zone("a", 20), zone("b", 1000), zone("c", 2000), zone("d", 10)] },
    expected: [
      {
        code: "zone-too-large",
        path: "zones.b",
        summary: 'zone "b" does not fit into 172.16.0.0/22',
        facts: {
          slotSize: 1024,
          blockSize: 4096,
          range: "172.16.0.0/22",
          freeAddresses: 384,
          largestFree: "172.16.1.0/24",
        },
        detail: expect.stringContaining(
          "(172.16.1.0/24 is four slots of 59 hosts). The smallest range for all zones is 172.16.0.0/17.",
        ),
        edits: [setting("cidr", "172.16.0.0/17")],
      },
    ],
  },
  {
    says: "a prefix that does not fit gets no range that would meet an external network",
    last: { range: "192.168.4.0/22", externals: ["corp"], zones: [zone("a", "/22")] },
    expected: [{ code: "zone-too-large", path: "zones.a", detail: HOPELESS, edits: [] }],
  },
  {
    says: "no range is proposed that is not private as a whole",
    last: { range: "192.168.0.0/16", zones: [zone("a", 40_000)] },
    expected: [{ code: "zone-too-large", detail: HOPELESS, edits: [] }],
  },
  {
    says: "a range without any room asks for a wider one",
    last: { range: "10.20.0.0/22", zones: [zone("a", "10.20.0.0/23"), zone("b", 1)] },
    expected: [
      {
        code: "range-too-small",
        path: "zones.b",
        facts: { slotSize: 16, blockSize: 64, range: "10.20.0.0/22", freeAddresses: 0 },
        edits: [setting("cidr", "10.20.0.0/21")],
      },
    ],
  },
  {
    says: "with a lock file a full range offers --reclaim when that is enough, and a wider range to a new enclave only",
    history: [{ range: "10.20.0.0/22", zones: [zone("a", "/25")] }],
    last: { range: "10.20.0.0/22", zones: [zone("b", "/25")] },
    options: { ...OPEN, removed: ["a"] },
    expected: [
      gone("zones"),
      {
        code: "range-too-small",
        detail: expect.stringMatching(
          / With --reclaim, .* again\. A new enclave with the range 10\.20\.0\.0\/21 holds all zones\.$/,
        ),
        edits: [],
      },
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
        detail: expect.stringMatching(
          / Zones with "hosts" or "prefix" instead of "cidr" leave it more room\.$/,
        ),
        edits: [setting("cidr", "10.20.0.0/21")],
      },
    ],
  },
  {
    says: "freed blocks that would not be enough are no way out",
    history: [{ range: "10.20.0.0/22", zones: [zone("a", "/25")] }],
    last: { range: "10.20.0.0/22", zones: [zone("b", 1000)] },
    options: { ...OPEN, removed: ["a"] },
    expected: [
      gone("zones"),
      { code: "zone-too-large", detail: expect.not.stringContaining("--reclaim"), edits: [] },
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
    says: "a new cidr lies on another zone's block, and the lowest free one is named",
    history: [AB],
    last: zones(zone("a", 200), zone("b", "/24"), zone("c", "10.20.4.0/23")),
    expected: [
      {
        code: "cidr-taken",
        path: "zones.c.cidr",
        facts: { wanted: "10.20.4.0/23", inTheWay: ['zone "b" at 10.20.4.0/22'], free: "10.20.8.0/23" },
        detail: expect.stringMatching(/ 10\.20\.8\.0\/23 is free\.$/),
        edits: [],
      },
    ],
  },
  {
    says: "a new cidr lies on infrastructure and on a freed block: it is taken",
    history: [AB, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("c", "10.20.254.0/23"), zone("d", "10.20.0.0/21")),
    expected: [
      { code: "cidr-taken", path: "zones.c.cidr", edits: [] },
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
    says: "a cidr that no free block can replace is told so",
    history: [{ range: "10.20.0.0/22", zones: [zone("a", 20), zone("b", 59)] }],
    last: { range: "10.20.0.0/22", zones: [zone("a", 20), zone("b", 59), zone("c", "10.20.0.0/24")] },
    expected: [
      { code: "cidr-taken", detail: expect.stringMatching(/ No block of that size is free\.$/), edits: [] },
    ],
  },
  {
    says: "a cidr on a freed block, freed in this very run, waits for --reclaim",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "10.20.4.0/22")),
    options: { ...OPEN, removed: ["b"] },
    expected: [
      gone("zones"),
      {
        code: "cidr-freed",
        path: "zones.c.cidr",
        detail: expect.stringMatching(/ reused only with --reclaim\. 10\.20\.8\.0\/22 is free\.$/),
        edits: [],
      },
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
        detail: expect.stringContaining("1 more than rule numbers exist"),
        edits: [],
      },
    ],
  },
  {
    says: "numbers used up by flows that are gone",
    history: [manyFlows(3999)],
    last: manyFlows(2, 5000),
    expected: [
      {
        code: "ordinals-exhausted",
        path: "flows[0]",
        detail: expect.stringMatching(/ only with --reclaim\.$/),
        edits: [],
      },
    ],
  },
];

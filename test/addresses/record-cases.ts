/** A spec that says otherwise than its lock file. */
import { removing, setting } from "../../src/diagnostics/edit";
import { AB, type Case, FROZEN, gone } from "./cases";
import { zone, zones } from "./enclaves";
import { OPEN } from "./runs";

export const CASES: readonly Case[] = [
  {
    says: "a recorded zone gets another cidr",
    history: [AB],
    last: zones(zone("a", "10.20.64.0/22"), zone("b", "/24")),
    expected: [
      {
        code: "zone-moved",
        path: "zones.a.cidr",
        facts: { wanted: "10.20.64.0/22", recorded: "10.20.0.0/22" },
        edits: [setting("zones.a.cidr", "10.20.0.0/22")],
      },
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
        edits: [setting("zones.b.prefix", 24)],
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
        edits: [setting("zones.a.hosts", 251)],
      },
    ],
  },
  {
    says: "a removed zone that is back is told that it moved",
    history: [AB, zones(zone("a", 200))],
    last: AB,
    expected: [
      {
        severity: "info",
        code: "zone-returned",
        path: "zones.b",
        facts: { block: "10.20.8.0/22", freed: "10.20.4.0/22" },
      },
    ],
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
        edits: [setting("cidr", "10.20.0.0/16")],
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
    expected: [
      {
        code: "rename-unknown",
        path: "zones.c.was",
        facts: { was: "bb", recorded: ["a", "b"] },
        edits: [setting("zones.c.was", "b")],
      },
      gone("zones"),
    ],
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
    expected: [
      { severity: "info", code: "zone-renamed", path: "zones.c.was" },
      { code: "rename-ambiguous", path: "zones.d.was" },
    ],
  },
  {
    says: "a zone under a new name keeps its block, is not told of as gone, and Terraform has to be told",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/24", "b")),
    expected: [
      {
        severity: "info",
        code: "zone-renamed",
        path: "zones.c.was",
        facts: { was: "b", block: "10.20.4.0/22" },
      },
    ],
  },
  {
    says: "a rename onto a name that has a block of its own",
    history: [AB],
    last: zones(zone("a", 200, "b")),
    expected: [{ code: "rename-ambiguous", path: "zones.a.was", edits: [] }],
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
        edits: [removing("zones.a.was")],
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
    last: zones(
      zone("a", 300),
      zone("b", "/26"),
      zone("c", "10.20.0.0/22"),
      zone("d", 100_000),
      zone("e", 1, "nobody"),
    ),
    expected: [
      { code: "rename-unknown", path: "zones.e.was" },
      { code: "zone-outgrown", path: "zones.a.hosts" },
      { code: "zone-resized", path: "zones.b.prefix" },
      { code: "cidr-taken", path: "zones.c.cidr" },
      { code: "zone-too-large", path: "zones.d" },
    ],
  },
];

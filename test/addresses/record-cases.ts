/** A spec that says otherwise than its lock file. */
import { inserting, setting } from "../../src/diagnostics/edit";
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
        severity: "warning",
        code: "zone-returned",
        path: "zones.b",
        facts: { block: "10.20.8.0/22", freed: "10.20.4.0/22" },
        edits: [inserting("zones.b.was", "b")],
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
    says: "a frozen lock lists what would change",
    history: [AB],
    last: { ...zones(zone("a", 200), zone("c", 10)), flows: ["a>c 443"] },
    options: { ...FROZEN, removed: ["b"] },
    expected: [
      gone("zones"),
      {
        code: "lock-frozen",
        path: "",
        facts: {
          lock: "test.enclave.lock.json",
          changes: 9,
          list: [
            "- zones.b 10.20.4.0/22",
            "- ordinals.parties.numbers.b 2",
            "+ zones.c 10.20.8.0/26",
            "+ freed.10.20.4.0/22 b",
            "+ ordinals.parties.numbers.c 3",
            "+ ordinals.parties.freed.b 2",
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

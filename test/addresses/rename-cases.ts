/** The line `was`, and names that are in use. */
import { removing, setting } from "../../src/diagnostics/edit";
import { AB, type Case, gone } from "./cases";
import { zone, zones } from "./enclaves";

/** AB, whose b is z now. */
const RENAMED = zones(zone("a", 200), zone("z", "/24", "b"));

const USING = (...endpoints: string[]) => ({ ...zones(zone("a", 200)), endpoints });

const isRenamed = { severity: "info", code: "zone-renamed" } as const;

export const CASES: readonly Case[] = [
  {
    says: "an endpoint under a new name keeps its numbers",
    history: [USING("a>model")],
    last: USING("a>llm was model"),
    expected: [{ severity: "info", code: "endpoint-renamed", path: "privateEndpoints.llm.was" }],
  },
  {
    says: "a rename of a zone that was removed before takes back its block",
    history: [AB, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("c", "/24", "b")),
    expected: [{ ...isRenamed, path: "zones.c.was", facts: { was: "b", block: "10.20.4.0/22" } }],
  },
  {
    says: "a zone that was removed before takes back its own block",
    history: [AB, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("b", "/24", "b")),
    expected: [{ ...isRenamed, path: "zones.b.was", facts: { was: "b", block: "10.20.4.0/22" } }],
  },
  {
    says: "a zone with a block of its own does not take that of a removed one",
    history: [AB, zones(zone("a", 200)), zones(zone("a", 200), zone("c", "/24"))],
    last: zones(zone("a", 200), zone("c", "/24", "b")),
    expected: [
      { code: "rename-ambiguous", path: "zones.c.was", detail: expect.stringContaining("add it again") },
    ],
  },
  {
    says: "a name under which two zones were removed gives back neither",
    history: [AB, zones(zone("a", 200)), AB, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("c", "/24", "b")),
    expected: [
      { code: "rename-ambiguous", path: "zones.c.was", detail: expect.stringContaining("Two zones") },
    ],
  },
  {
    says: "a new zone has the former name of another one",
    history: [AB, RENAMED],
    last: zones(zone("a", 200), zone("z", "/24", "b"), zone("b", 200)),
    expected: [{ code: "name-in-use", path: "zones.b", facts: { owner: "z" } }],
  },
  {
    says: "a new zone has a name between the first and the present one of another",
    history: [AB, zones(zone("a", 200), zone("m", "/24", "b")), zones(zone("a", 200), zone("z", "/24", "m"))],
    last: zones(zone("a", 200), zone("z", "/24", "m"), zone("m", 200)),
    expected: [{ code: "name-in-use", path: "zones.m", facts: { owner: "z" } }],
  },
  {
    says: "a zone that comes back has a name that another one has by now",
    history: [AB, RENAMED, zones(zone("a", 200)), zones(zone("a", 200), zone("b", "/24"))],
    last: zones(zone("a", 200), zone("b", "/24"), zone("y", "/24", "z")),
    expected: [
      { ...isRenamed, path: "zones.y.was" },
      { code: "name-in-use", path: "zones.y", facts: { owner: "b" } },
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
    says: "two zones that were the same one",
    history: [AB],
    last: zones(zone("c", 200, "a"), zone("d", 200, "a"), zone("b", "/24")),
    expected: [
      { severity: "info", code: "zone-renamed", path: "zones.c.was" },
      { code: "rename-ambiguous", path: "zones.d.was" },
    ],
  },
  {
    says: "a zone under a new name keeps its block and is not told of as gone",
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
    last: zones(zone("a", 200, "b"), zone("b", 200, "a"), zone("d", 200, "a")),
    expected: [
      { code: "rename-ambiguous", path: "zones.a.was" },
      { code: "rename-ambiguous", path: "zones.b.was" },
      { code: "rename-unknown", path: "zones.d.was" },
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
    says: "a renamed zone that was removed takes back its block by its own name",
    history: [AB, RENAMED, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("z", "/24", "z")),
    expected: [{ ...isRenamed, path: "zones.z.was", facts: { was: "z", block: "10.20.4.0/22" } }],
  },
  {
    says: "a renamed zone that was removed takes back its block by the name before that",
    history: [AB, RENAMED, zones(zone("a", 200))],
    last: RENAMED,
    expected: [{ ...isRenamed, path: "zones.z.was", facts: { was: "z", block: "10.20.4.0/22" } }],
  },
  {
    says: "a zone under a third name takes over the block by the first name",
    history: [AB, RENAMED],
    last: zones(zone("a", 200), zone("y", "/24", "b")),
    expected: [{ ...isRenamed, path: "zones.y.was", facts: { was: "z", block: "10.20.4.0/22" } }],
  },
  {
    says: "a zone cannot have been one that is in the spec under another name by now",
    history: [AB, RENAMED],
    last: zones(zone("a", 200), zone("z", "/24", "b"), zone("y", "/24", "b")),
    expected: [
      {
        code: "rename-of-existing",
        path: "zones.y.was",
        summary: 'zone "y" was "b", which is still in the spec as "z"',
      },
    ],
  },
  {
    says: "a zone that came back with a new block cannot take back the old one",
    history: [AB, zones(zone("a", 200)), AB],
    last: zones(zone("a", 200), zone("b", "/24", "b")),
    expected: [
      { code: "rename-ambiguous", path: "zones.b.was", detail: expect.stringContaining("restore the lock") },
    ],
  },
  {
    says: "without a lock, no zone was another one",
    last: zones(zone("a", 200), zone("z", "/24", "b")),
    expected: [
      {
        code: "rename-unknown",
        path: "zones.z.was",
        summary: 'zone "z" was "b", and there is no lock file',
        edits: [removing("zones.z.was")],
      },
    ],
  },
  {
    says: "a swap of names is told without the sizes that it changes",
    history: [AB],
    last: zones(zone("a", "/26", "b"), zone("b", 2000, "a")),
    expected: [
      { code: "rename-ambiguous", path: "zones.a.was" },
      { code: "rename-ambiguous", path: "zones.b.was" },
    ],
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
        facts: { was: "nothere" },
        edits: [removing("zones.a.was")],
      },
    ],
  },
  {
    says: "a rename that is recorded is done, and the line may stay",
    history: [AB, RENAMED],
    last: RENAMED,
    expected: [],
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
];

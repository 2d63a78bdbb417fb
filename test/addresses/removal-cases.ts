/** A name that is gone where another is new, and the flag that says which it is. */
import { inserting } from "../../src/diagnostics/edit";
import { AB, type Case, gone } from "./cases";
import { zone, zones } from "./enclaves";
import { OPEN } from "./runs";

const USING = (...endpoints: string[]) => ({ ...zones(zone("a", 200)), endpoints });

export const CASES: readonly Case[] = [
  {
    says: "a zone that is gone where a new one would fit may be a rename, and only the user knows",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/24")),
    expected: [
      {
        code: "rename-or-removal",
        path: "zones.c",
        summary: 'zone "b" is gone, and "c" is new',
        detail: expect.stringMatching(/"was: b".*--removed b/),
        edits: [inserting("zones.c.was", "b")],
      },
    ],
  },
  {
    says: "a zone that is gone where several are new may be any of them",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/24"), zone("d", 50)),
    expected: [
      {
        code: "rename-or-removal",
        path: "zones",
        summary: 'zone "b" is gone, and "c", "d" are new',
        edits: [],
      },
    ],
  },
  {
    says: "a new zone that the block would not serve is asked about too, without an edit",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/25")),
    expected: [{ code: "rename-or-removal", path: "zones.c", edits: [] }],
  },
  {
    says: "each zone that is gone is asked about, and those told of as removed are not",
    history: [zones(zone("a", 200), zone("b", 200), zone("c", 200))],
    last: zones(zone("d", 200)),
    options: { ...OPEN, removed: ["b"] },
    expected: [
      { code: "rename-or-removal", path: "zones.d", facts: { gone: "a", new: ["d"] }, edits: [] },
      gone("zones"),
      { code: "rename-or-removal", path: "zones.d", facts: { gone: "c", new: ["d"] }, edits: [] },
    ],
  },
  {
    says: "a zone that is told of as removed is gone, and the new one is new",
    history: [AB],
    last: zones(zone("a", 200), zone("c", "/24")),
    options: { ...OPEN, removed: ["b"] },
    expected: [gone("zones")],
  },
  {
    says: "the same command again finds it removed",
    history: [AB, zones(zone("a", 200))],
    last: zones(zone("a", 200), zone("c", "/24")),
    options: { ...OPEN, removed: ["b"] },
    expected: [],
  },
  {
    says: "a name is told of as removed that is still there, and one that was never there",
    history: [AB],
    last: zones(zone("a", 200)),
    options: { ...OPEN, removed: ["a", "bb"] },
    expected: [
      gone("zones"),
      { code: "not-removed", path: "", facts: { name: "a", gone: ["b"] } },
      { code: "not-removed", path: "", detail: 'Did you mean "b"? Gone in this run: "b".' },
    ],
  },
  {
    says: "an endpoint that is gone where another is new may be a rename too",
    history: [USING("a>model")],
    last: USING("a>llm"),
    expected: [
      {
        code: "rename-or-removal",
        path: "privateEndpoints.llm",
        summary: 'private endpoint "model" is gone, and "llm" is new',
        edits: [inserting("privateEndpoints.llm.was", "model")],
      },
    ],
  },
  {
    says: "without a lock nothing can be gone",
    last: AB,
    options: { ...OPEN, removed: ["c"] },
    expected: [{ code: "not-removed", detail: "No zone and no endpoint is gone in this run." }],
  },
];

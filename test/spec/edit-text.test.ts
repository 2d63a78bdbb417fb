/** An edit changes the lines that it is about, and no other. */
import { type Edit, inserting, removing, renaming, setting } from "../../src/diagnostics/edit";
import { editText } from "../../src/spec/yaml/edit-text";

const SPEC = `# a spec
name: case # its name

zones: # all of them
  app: # the first
    exposure: private # safe
    hosts: 50
  # before db
  db: { exposure: isolated, hosts: 20 }
flows:
  - from: app # who
    # where
    to: db
    ports: [443/tcp, *.x] # which
  # the second
  - { from: db, to: app, ports: [1/udp] } # back
tags:
  "cost centre": ml
  empty: # nothing yet
quarantine:
-   app
-   # the last
    db
`;

/** The lines that go and those that come; all others stay in their order. */
function changed(...edits: readonly Edit[]): string[] {
  const [old = [], now = []] = [SPEC, editText(SPEC, edits) ?? "no place"].map((text) => text.split("\n"));
  const stays = (lines: readonly string[]) =>
    lines.filter((line) => old.includes(line) && now.includes(line));
  expect(stays(now)).toEqual(stays(old));
  const gone = old.filter((line) => !now.includes(line)).map((line) => `-${line}`);
  return [...gone, ...now.filter((line) => !old.includes(line)).map((line) => `+${line}`)];
}

test.each<[string, Edit, string[]]>([
  ["before a comment", setting("name", "other"), ["-name: case # its name", "+name: other # its name"]],
  ["in block style", setting("zones.app.hosts", 9), ["-    hosts: 50", "+    hosts: 9"]],
  [
    "in flow style",
    setting("zones.db.hosts", 9),
    ["-  db: { exposure: isolated, hosts: 20 }", "+  db: { exposure: isolated, hosts: 9 }"],
  ],
  ["of nothing", setting("tags.empty", "x"), ["-  empty: # nothing yet", "+  empty: x # nothing yet"]],
  [
    "that needs quotes",
    setting('tags["cost centre"]', "5"),
    ['-  "cost centre": ml', '+  "cost centre": "5"'],
  ],
  ["after a dash", setting("flows[0].from", "db"), ["-  - from: app # who", "+  - from: db # who"]],
  ["of an entry", setting("quarantine[0]", "x"), ["--   app", "+-   x"]],
  ["of an entry below its dash", setting("quarantine[1]", "x"), ["-    db", "+    x"]],
  [
    "of an alias that was meant as text",
    setting("flows[0].ports[1]", "*.x"),
    ["-    ports: [443/tcp, *.x] # which", '+    ports: [443/tcp, "*.x"] # which'],
  ],
  [
    "of a block, whose key keeps its comment",
    setting("zones.app", "x"),
    ["-  app: # the first", "-    exposure: private # safe", "-    hosts: 50", "+  app: x # the first"],
  ],
  [
    "of a whole part, an item on each line",
    setting("flows", [
      { from: "app", to: "db" },
      { from: "db", to: "app" },
    ]),
    [
      "-  - from: app # who",
      "-    # where",
      "-    to: db",
      "-    ports: [443/tcp, *.x] # which",
      "-  # the second",
      "-  - { from: db, to: app, ports: [1/udp] } # back",
      "+  - { from: app, to: db }",
      "+  - { from: db, to: app }",
    ],
  ],
])("a value is set %s", (_where, edit, lines) => expect(changed(edit).sort()).toEqual([...lines].sort()));

test.each<[string, Edit, string[]]>([
  ["first of a block", removing("zones.app.exposure"), ["-    exposure: private # safe"]],
  ["last of a block", removing("zones.app.hosts"), ["-    hosts: 50"]],
  [
    "with its block, and the comment before the next stays",
    removing("zones.app"),
    ["-  app: # the first", "-    exposure: private # safe", "-    hosts: 50"],
  ],
  [
    "first after a dash, which stays",
    removing("flows[0].from"),
    ["-  - from: app # who", "-    # where", "+  - # where"],
  ],
  ["as an entry", removing("flows[1]"), ["-  - { from: db, to: app, ports: [1/udp] } # back"]],
  ["as an entry below its dash", removing("quarantine[1]"), ["--   # the last", "-    db"]],
  [
    "first between brackets",
    removing("flows[0].ports[0]"),
    ["-    ports: [443/tcp, *.x] # which", "+    ports: [*.x] # which"],
  ],
  [
    "last between brackets",
    removing("flows[0].ports[1]"),
    ["-    ports: [443/tcp, *.x] # which", "+    ports: [443/tcp] # which"],
  ],
  [
    "alone between brackets",
    removing("flows[1].ports[0]"),
    ["-  - { from: db, to: app, ports: [1/udp] } # back", "+  - { from: db, to: app, ports: [] } # back"],
  ],
  ["without a value", removing("tags.empty"), ["-  empty: # nothing yet"]],
])("an item is removed %s", (_where, edit, lines) => expect(changed(edit)).toEqual(lines));

test("the part goes with its last item, because an empty block would be nothing", () => {
  const edits = [removing("quarantine[1]"), removing("quarantine[0]"), removing("tags.empty")];
  expect(changed(...edits, removing('tags["cost centre"]'))).toEqual([
    "-tags:",
    '-  "cost centre": ml',
    "-  empty: # nothing yet",
    "-quarantine:",
    "--   app",
    "--   # the last",
    "-    db",
  ]);
});

test.each<[string, Edit, string[]]>([
  ["as a key", inserting("zones.app.role", "app"), ["+    role: app"]],
  ["as an item", inserting("zones.c", { hosts: 1 }), ["+  c: { hosts: 1 }"]],
  ["as a key after a dash", inserting("flows[0].why", "x"), ["+    why: x"]],
  ["as an entry", inserting("flows[2]", { from: "x" }), ["+  - { from: x }"]],
  ["as an entry after a wide dash", inserting("quarantine[2]", "x"), ["+- x"]],
  ["at the end of the file", inserting("waive", []), ["+waive: []"]],
  [
    "between braces",
    inserting("zones.db.role", "data"),
    ["-  db: { exposure: isolated, hosts: 20 }", "+  db: { exposure: isolated, hosts: 20, role: data }"],
  ],
  [
    "between brackets",
    inserting("flows[0].ports[2]", "icmp"),
    ["-    ports: [443/tcp, *.x] # which", "+    ports: [443/tcp, *.x, icmp] # which"],
  ],
])("something is inserted %s", (_where, edit, lines) => expect(changed(edit)).toEqual(lines));

test.each<[string, Edit, string[]]>([
  ["before a block", renaming("zones.app", "api"), ["-  app: # the first", "+  api: # the first"]],
  ["in quotes", renaming('tags["cost centre"]', "no"), ['-  "cost centre": ml', '+  "no": ml']],
  ["after a dash", renaming("flows[0].from", "source"), ["-  - from: app # who", "+  - source: app # who"]],
  ["without a value", renaming("tags.empty", "full"), ["-  empty: # nothing yet", "+  full: # nothing yet"]],
])("a key is renamed %s", (_where, edit, lines) => expect(changed(edit)).toEqual(lines));

test.each<[string, string, Edit, string]>([
  ["into nothing between braces", "a: {}\n", inserting("a.b", 1), "a: { b: 1 }\n"],
  ["into nothing between brackets", "a: []\n", inserting("a[0]", 1), "a: [1]\n"],
  ["into a file without a last line end", "a: 1", inserting("b", 2), "a: 1\nb: 2\n"],
  [
    "behind a value over several lines",
    "a:\n  b: |\n    x\n    y\nc: 1\n",
    inserting("a.d", 2),
    "a:\n  b: |\n    x\n    y\n  d: 2\nc: 1\n",
  ],
  ["in a list of lists", "a:\n  - - 1\n    - 2\n", removing("a[0][0]"), "a:\n  - - 2\n"],
  ["to a key without a colon", "a: { b, c: 1 }\n", setting("a.b", 2), "a: { b: 2, c: 1 }\n"],
  [
    "to a value below its key and a comment, between braces",
    "a: { b: # x\n  1, c: 2 }\n",
    setting("a.b", 2),
    "a: { b: # x\n  2, c: 2 }\n",
  ],
  ["to the later of two equal keys", "a: 1\na: 2\n", removing("a"), "a: 1\n"],
  [
    "where a comma ends a list",
    "a: [\n  1, # one\n  2, # two\n]\n",
    removing("a[1]"),
    "a: [\n  1, # one\n   # two\n]\n",
  ],
  ["where a comma follows the only entry", "a: [1,]\n", removing("a[0]"), "a: []\n"],
  [
    "with the ends of lines of Windows",
    "a:\r\n  b: 1 # x\r\n",
    inserting("a.c", 2),
    "a:\r\n  b: 1 # x\r\n  c: 2\r\n",
  ],
  [
    "to a whole part that is nothing yet",
    "a: # x\nb: 1\n",
    setting("a", { c: { d: 1 } }),
    "a: # x\n  c: { d: 1 }\nb: 1\n",
  ],
  ["behind a byte order mark", "\ufeffa: 1\n", inserting("b", 2), "\ufeffa: 1\nb: 2\n"],
  [
    "in JSON, which stays JSON",
    '{"a": {"b": "c"}}',
    inserting("a.d", ["e"]),
    '{"a": {"b": "c", "d": ["e"]}}',
  ],
])("an edit is made %s", (_where, before, edit, after) => expect(editText(before, [edit])).toBe(after));

test.each([
  ["below a word", setting("name.x", 1)],
  ["below what is not there", removing("nothing.x")],
  ["of a key that is not there", renaming("nothing", "x")],
  ["of an entry that is not there", setting("flows[7]", 1)],
  ["of the whole", setting("", 1)],
])("there is no place %s", (_where, edit) =>
  expect(editText(SPEC, [setting("name", "x"), edit])).toBeUndefined(),
);

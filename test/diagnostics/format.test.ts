import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { inserting, removing, renaming, setting } from "../../src/diagnostics/edit";
import { diagnosticToJson, formatDiagnostic, formatDiagnostics } from "../../src/diagnostics/format";

const FOUND: LocatedDiagnostic = {
  severity: "error",
  code: "cidr-misaligned",
  summary: '"10.20.3.0/16" has host bits set',
  detail: "One line.\n  Another.",
  path: "cidr",
  facts: { aligned: "10.20.0.0/16", sizes: [1, 2] },
  edits: [setting("cidr", "10.20.0.0/16", "exact")],
  file: "spec.yaml",
  line: 3,
  column: 1,
};

describe("a diagnostic as text", () => {
  test("begins with its place and continues indented, without the facts", () => {
    expect(formatDiagnostic(FOUND)).toBe(
      'spec.yaml:3:1: error cidr-misaligned: "10.20.3.0/16" has host bits set\n  One line.\n    Another.\n  fix: cidr: 10.20.0.0/16\n',
    );
  });

  test("has one line when there is nothing but a summary", () => {
    expect(formatDiagnostic({ ...FOUND, detail: "", edits: [], severity: "info" })).toBe(
      'spec.yaml:3:1: info cidr-misaligned: "10.20.3.0/16" has host bits set\n',
    );
  });

  test.each([
    ["an exact value", setting("cidr", "10.0.0.0/8", "exact"), "fix: cidr: 10.0.0.0/8"],
    ["a likely value", setting("cidr", "10.0.0.0/8"), "perhaps: cidr: 10.0.0.0/8"],
    ["text that YAML reads as another kind", setting("name", "no"), 'perhaps: name: "no"'],
    ["an entry of a list", setting("flows[0].ports[1]", "443/tcp"), "perhaps: 443/tcp (flows[0].ports[1])"],
    ["a list", setting("flows[0].ports", ["443/tcp"]), "perhaps: ports: [443/tcp] (flows[0].ports)"],
    ["a new name for a key", renaming("ciddr", "cidr", "exact"), "fix: cidr:"],
    ["a new key", inserting("tags", { a: 1 }), "perhaps: tags: { a: 1 }"],
    ["a removal, which says its path", removing("zones.a.was"), "perhaps: remove zones.a.was"],
    ["another place", setting("zones.a.hosts", 9), "perhaps: hosts: 9 (zones.a.hosts)"],
  ])("shows %s as the line to write", (_what, edit, line) =>
    expect(formatDiagnostic({ ...FOUND, detail: "", edits: [edit] }).split("\n")[1]).toBe(`  ${line}`),
  );

  test("has colours only where they are asked for", () => {
    expect(formatDiagnostic(FOUND)).not.toContain("\u001b");
    expect(formatDiagnostic(FOUND, true)).toMatch(
      /^\u001b\[1mspec\.yaml:3:1:\u001b\[0m \u001b\[31merror\u001b\[0m cidr-misaligned: /,
    );
  });

  test("lets no spec speak to the terminal", () => {
    const edits = [setting("cidr", "\u0007\u202e")];
    const text = formatDiagnostic({ ...FOUND, summary: "a\u001b[2Jb\u202ec", file: "x\ny", edits });
    expect(text).toContain("a\\u001b[2Jb\\u202ec");
    expect(text).toContain("x\\u000ay:3:1:");
    expect(text).toContain('perhaps: cidr: "\\u0007\\u202e"');
  });

  test("several follow each other, and none is nothing", () => {
    expect(formatDiagnostics([FOUND, FOUND])).toBe(formatDiagnostic(FOUND).repeat(2));
    expect(formatDiagnostics([])).toBe("");
  });

  test("begin with the errors, then warnings, then notes, and keep their order otherwise", () => {
    const said = (["info", "error", "warning", "error", "info"] as const).map((severity, index) => ({
      ...FOUND,
      severity,
      code: `c${index}`,
    }));
    expect(formatDiagnostics(said).match(/(?<=: )\w+ c\d/gm)).toEqual([
      "error c1",
      "error c3",
      "warning c2",
      "info c0",
      "info c4",
    ]);
  });
});

describe("notes", () => {
  const note: LocatedDiagnostic = { ...FOUND, severity: "info", code: "zone-removed", summary: "gone" };
  const three = [
    note,
    { ...note, line: 4 },
    { ...note, severity: "error" as const, line: 5 },
    { ...note, line: 6 },
  ];

  test("are one line for each code, with the number of the others", () => {
    const text = formatDiagnostics(three);
    expect(text).toContain("spec.yaml:3:1: info zone-removed: gone (and 2 more)\n");
    expect(text.match(/info /g)).toHaveLength(1);
    expect(text.endsWith("more)\n")).toBe(true);
    expect(formatDiagnostics([note])).toBe("spec.yaml:3:1: info zone-removed: gone\n");
  });

  test("are all there in full, or none, where that is asked for, and errors stay", () => {
    const failure = formatDiagnostic(three[2] ?? note);
    expect(formatDiagnostics(three, { notes: "none" })).toBe(failure);
    expect(formatDiagnostics(three, { notes: "full" })).toContain(
      formatDiagnostic(note) + formatDiagnostic({ ...note, line: 4 }),
    );
  });
});

test("a diagnostic as JSON has the fields of the contract, in order, and no other", () => {
  const json = diagnosticToJson({ ...FOUND, finding: true });
  expect(Object.keys(json)).toEqual([
    "severity",
    "code",
    "summary",
    "detail",
    "file",
    "line",
    "column",
    "path",
    "facts",
    "edits",
  ]);
  expect(json.edits).toEqual([{ op: "set", path: "cidr", value: "10.20.0.0/16", applicability: "exact" }]);
});

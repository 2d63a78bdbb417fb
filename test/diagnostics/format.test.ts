import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { diagnosticToJson, formatDiagnostic, formatDiagnostics } from "../../src/diagnostics/format";

const FOUND: LocatedDiagnostic = {
  severity: "error",
  code: "cidr-misaligned",
  summary: '"10.20.3.0/16" has host bits set',
  detail: "One line.\n  Another.",
  path: "cidr",
  facts: { aligned: "10.20.0.0/16", sizes: [1, 2] },
  fix: "cidr: 10.20.0.0/16",
  file: "spec.yaml",
  line: 3,
  column: 1,
};

describe("a diagnostic as text", () => {
  test("begins with its place and continues indented", () => {
    expect(formatDiagnostic(FOUND)).toBe(
      'spec.yaml:3:1: error cidr-misaligned: "10.20.3.0/16" has host bits set\n  One line.\n    Another.\n  (aligned 10.20.0.0/16; sizes 1, 2)\n  fix: cidr: 10.20.0.0/16\n',
    );
  });

  test("has one line when there is nothing but a summary", () => {
    const { fix: _, ...rest } = FOUND;
    expect(formatDiagnostic({ ...rest, detail: "", facts: {}, severity: "info" })).toBe(
      'spec.yaml:3:1: info cidr-misaligned: "10.20.3.0/16" has host bits set\n',
    );
  });

  test("shows a fix of several lines below its heading, as it is to be pasted", () => {
    expect(formatDiagnostic({ ...FOUND, fix: "waive:\n  - { rule: x }" })).toContain(
      "\n  fix:\n    waive:\n      - { rule: x }\n",
    );
  });

  test("has colours only where they are asked for", () => {
    expect(formatDiagnostic(FOUND)).not.toContain("\u001b");
    expect(formatDiagnostic(FOUND, true)).toMatch(
      /^\u001b\[1mspec\.yaml:3:1:\u001b\[0m \u001b\[31merror\u001b\[0m cidr-misaligned: /,
    );
  });

  test("lets no spec speak to the terminal", () => {
    const text = formatDiagnostic({ ...FOUND, summary: "a\u001b[2Jb\u202ec", file: "x\ny", fix: "\u0007" });
    expect(text).toContain("a\\u001b[2Jb\\u202ec");
    expect(text).toContain("x\\u000ay:3:1:");
    expect(text).toContain("fix: \\u0007");
  });

  test("several follow each other, and none is nothing", () => {
    expect(formatDiagnostics([FOUND, FOUND])).toBe(formatDiagnostic(FOUND).repeat(2));
    expect(formatDiagnostics([])).toBe("");
  });

  test("end with the errors, which are what has to be mended, and keep their order otherwise", () => {
    const said = (["error", "info", "warning", "error", "info"] as const).map((severity, index) => ({
      ...FOUND,
      severity,
      code: `c${index}`,
    }));
    expect(formatDiagnostics(said).match(/(?<=: )\w+ c\d/gm)).toEqual([
      "info c1",
      "info c4",
      "warning c2",
      "error c0",
      "error c3",
    ]);
  });
});

describe("a diagnostic as JSON", () => {
  test("has the fields of the contract, in order, and no other", () => {
    expect(Object.keys(diagnosticToJson({ ...FOUND, finding: true }))).toEqual([
      "severity",
      "code",
      "summary",
      "detail",
      "file",
      "line",
      "column",
      "path",
      "facts",
      "fix",
    ]);
  });

  test("has no fix where there is none", () => {
    const { fix: _, ...rest } = FOUND;
    expect(diagnosticToJson(rest)).not.toHaveProperty("fix");
  });
});

import { loadSpec } from "../../src/app/load";
import { LONGEST_SPEC } from "../../src/spec/yaml/decode";

const SPEC =
  "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\nzones:\n  app: { exposure: private, hosts: 50 }\n";

const codesOf = (input: string | Uint8Array): string[] =>
  loadSpec(input, "x").diagnostics.map(({ line, column, code }) => `${line}:${column} ${code}`);

describe("bytes that are no spec", () => {
  test.each([
    ["a NUL byte", Buffer.from(`name: a\nregion: \0\n`), ["2:9 file-control-character"]],
    ["an escape character", Buffer.from(`name: a # \u001b[2J\n`), ["1:11 file-control-character"]],
    [
      "a carriage return alone, which ends a line for some programs",
      Buffer.from("name: a # x\rcidr: b\n"),
      ["1:12 file-control-character"],
    ],
    [
      "a character that turns text around",
      Buffer.from("name: a # \u202e\n"),
      ["1:11 file-control-character"],
    ],
    ["a second byte order mark", Buffer.from(`\ufeff\ufeff${SPEC}`), ["1:2 file-control-character"]],
    ["UTF-16 with a mark", Buffer.from(`\ufeff${SPEC}`, "utf16le"), ["1:1 file-encoding"]],
    ["UTF-16 without a mark", Buffer.from(SPEC, "utf16le"), ["1:2 file-control-character"]],
    ["Latin-1", Buffer.from("name: a\nwhy: caf\xe9\n", "latin1"), ["2:9 file-encoding"]],
    ["one byte too many", Buffer.alloc(LONGEST_SPEC + 1, "#"), ["1:1 file-too-large"]],
    ["nothing at all", Buffer.alloc(0), ["1:1 file-empty"]],
    ["an empty text", "", ["1:1 file-empty"]],
    ["nothing but null", "null\n", ["1:1 file-empty"]],
    ["lists in lists", "[".repeat(40), ["1:33 yaml-depth"]],
  ])("%s is reported as such", (_what, input, expected) => expect(codesOf(input)).toEqual(expected));

  test("aliases that would unfold to billions of values are refused one by one, at once", () => {
    const levels = Array.from(
      { length: 9 },
      (_, level) =>
        `l${level}: &l${level} [${Array(9)
          .fill(level === 0 ? "x" : `*l${level - 1}`)
          .join(", ")}]`,
    );
    const started = process.cpuUsage();
    expect(
      new Set(loadSpec(`${SPEC}${levels.join("\n")}\n`, "x").diagnostics.map(({ code }) => code)),
    ).toEqual(new Set(["key-unknown", "yaml-alias", "yaml-anchor"]));
    expect(process.cpuUsage(started).user).toBeLessThan(2e6);
  });
});

describe("text that is no YAML", () => {
  const foundIn = (body: string) =>
    loadSpec(SPEC + body, "x").diagnostics.map(({ line, column, detail, edits }) => [
      `${line}:${column}`,
      detail,
      edits,
    ]);

  test.each([
    [
      "a brace open on a whole line",
      "egress: []\ntags: { a: b\ncloud: aws\n",
      "7:7",
      "Write: tags: { a: b }",
    ],
    ["a brace open before a comment", "tags: { a: b # c\ncloud: aws\n", "6:7", "Write: tags: { a: b }"],
    [
      "a brace that opens a block",
      "tags: {\n  a: b,\ncloud: aws\n",
      "6:7",
      "The } that belongs to it is missing.",
    ],
    ["an open quote in a mapping", 'tags: { a: "b, c: d }\n', "6:12", 'Write: a: "b"'],
    ["an open quote on a line", "cloud: 'aws\n", "6:8", "Write: cloud: 'aws'"],
    ["an entry of a list among keys", "tags:\n  a: b\n  - c\n", "8:3", "column 3 are keys"],
    ["an entry of a list below a whole part", "- c\n", "6:1", "column 1 are keys"],
    ["a key among entries", "waive:\n  - { rule: x, why: y }\n  rule: z\n", "8:3", "are entries of a list"],
    ["a line one space short", "waive:\n  - rule: x\n   why: y\n", "8:4", "begin in column 1 or 3 or 5"],
    ["a bracket too many", "egress: []\ntags: { a: [b]], c: d }\n", "7:15", "No [ before it is open"],
    ["a brace too many", "tags: { a: b }}\n", "6:15", "No { before it is open"],
    ["text with a colon and an apostrophe", "tags: { a: it's: b }\n", "6:12", 'Write: a: "it\'s: b"'],
    ["no space after a key", "cloud:aws\ndns: {}\n", "6:1", "Write: cloud: aws"],
    ["no space after a dash", "waive:\n  -{ rule: x, why: y }\n", "7:3", "Write: - { rule: x, why: y }"],
    ["text with a colon", "tags:\n  a: b: c\n", "7:6", 'Write: a: "b: c"'],
    ["text that begins with a reserved character", "tags: { a: @b }\n", "6:12", 'Write: a: "@b"'],
    ["a comma that is missing", "waive: [{ rule: x why: y }]\n", "6:11", "Write: rule: x,"],
    [
      "a merge conflict",
      "<<<<<<< HEAD\ncloud: aws\n=======\ncloud: azure\n>>>>>>> other\n",
      "6:1",
      "Keep one of them, and remove the marks.",
    ],
    [
      "a line too deep",
      "cloud: aws\n  dns: {}\n",
      "7:3",
      "Entries of one mapping begin in one column, here 1.",
    ],
    ["a line between two columns", "tags:\n    a: b\n  c: d\n", "8:3", "Lines above begin in column 1 or 5."],
    ["a tab", "tags:\n\ta: b\n", "7:1", "Indent with spaces only."],
    [
      "an address with a colon is no missing space",
      "tags: { a: http://x, b: c\n",
      "6:7",
      "Write: tags: { a: http://x, b: c }",
    ],
  ])("%s is reported once, where it is mended, and no edit changes broken text", (_what, body, place, way) =>
    expect(foundIn(body)).toEqual([[place, expect.stringContaining(way), []]]),
  );
});

describe("bytes that are a spec", () => {
  test.each([
    ["as text", SPEC],
    ["as bytes", Buffer.from(SPEC)],
    ["with a byte order mark", `\ufeff${SPEC}`],
    ["with Windows line ends", SPEC.replaceAll("\n", "\r\n")],
    ["with a document start and end", `---\n${SPEC}...\n`],
    ["with the version of YAML that it is", `%YAML 1.2\n---\n${SPEC}`],
    [
      "as JSON",
      JSON.stringify({
        name: "case",
        region: "us-east-1",
        cidr: "10.20.0.0/16",
        zones: { app: { exposure: "private", hosts: 50 } },
      }),
    ],
  ])("it is read %s", (_how, input) => {
    const { enclave, diagnostics } = loadSpec(input, "x");
    expect(diagnostics).toEqual([]);
    expect(enclave?.zones.map(({ name }) => name)).toEqual(["app"]);
  });

  test("a view into a larger buffer is read, not the buffer", () => {
    const bytes = Buffer.from(`xx${SPEC}yy`);
    expect(
      loadSpec(new Uint8Array(bytes.buffer, bytes.byteOffset + 2, Buffer.byteLength(SPEC)), "x").diagnostics,
    ).toEqual([]);
  });
});

describe("places", () => {
  const { locate } = loadSpec(`${SPEC}tags: { "cost centre": x }\n`, "spec.yaml");
  const placeOf = (path: string) =>
    locate([{ severity: "error", code: "c", summary: "s", detail: "", path, facts: {}, edits: [] }]).map(
      ({ file, line, column }) => `${file}:${line}:${column}`,
    );

  test.each([
    ["zones.app.hosts", "spec.yaml:5:29"],
    ["zones.app", "spec.yaml:5:3"],
    ["zones.app.interfaces[3].name", "spec.yaml:5:3"],
    ['tags["cost centre"]', "spec.yaml:6:9"],
    ["flows[2].ports", "spec.yaml:1:1"],
    ["", "spec.yaml:1:1"],
    ["not a path at all", "spec.yaml:1:1"],
  ])("%s is found at the nearest thing that the file has", (path, expected) =>
    expect(placeOf(path)).toEqual([expected]),
  );

  test("diagnostics come in the order of the file", () => {
    const lines = locate(
      ["zones.app", "cidr", "name"].map(
        (path) =>
          ({ severity: "error", code: "c", summary: "s", detail: "", path, facts: {}, edits: [] }) as const,
      ),
    ).map(({ line }) => line);
    expect(lines).toEqual([1, 3, 5]);
  });
});

import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { parse, stringify } from "yaml";
import { loadSpec } from "../../src/app/load";
import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { SPEC_CODES } from "../../src/diagnostics/spec-codes";

const EXAMPLE: unknown = parse(
  readFileSync(join(__dirname, "../../examples/private-rag/private-rag.enclave.yaml"), "utf8"),
);

/** An enclave, or errors that stand in the file and have a known code. */
function holds(text: string): void {
  const { enclave, diagnostics } = loadSpec(text, "spec.yaml");
  const lines = text.split("\n").length;
  for (const each of diagnostics) expect(problemsOf(each, lines)).toEqual([]);
  const invalid = diagnostics.some(({ severity, finding }) => severity === "error" && !finding);
  expect(enclave === undefined).toBe(invalid);
  if (enclave !== undefined)
    expect(Object.isFrozen(enclave) && Object.isFrozen(enclave.flows) && Object.isFrozen(enclave.range)).toBe(
      true,
    );
}

const problemsOf = ({ code, line, column, summary, file }: LocatedDiagnostic, lines: number): string[] =>
  [
    !(code in SPEC_CODES) && `code ${code}`,
    !(line >= 1 && line <= lines) && `line ${line}`,
    !(column >= 1) && `column ${column}`,
    summary.length > 100 && summary,
    file !== "spec.yaml" && file,
  ].filter((each) => each !== false);

const junkText = fc
  .array(
    fc.constantFrom(
      "name",
      "zones",
      ":",
      " ",
      "\n",
      "  ",
      "- ",
      "{",
      "}",
      "[",
      "]",
      ",",
      "&a",
      "*a",
      "<<",
      "!",
      "'",
      '"',
      "|",
      ">",
      "#",
      "?",
      "\t",
      "%YAML",
      "---",
      "...",
      "1",
      "null",
      "~",
      "é",
    ),
    { maxLength: 60 },
  )
  .map((parts) => parts.join(""));

const junkValue = fc.oneof(
  fc.constantFrom(
    null,
    true,
    0,
    -1,
    1.5,
    1e21,
    "",
    "internet",
    "10.0.0.0/8",
    "10.20.64.0/22",
    "::1",
    "*",
    "any",
    "443/tcp",
    "app",
    "constructor",
    "__proto__",
    "toString",
  ),
  fc.string(),
  fc.array(fc.string(), { maxLength: 3 }),
  fc.dictionary(fc.string(), fc.string(), { maxKeys: 3 }),
  fc.jsonValue({ maxDepth: 3 }),
);

/** The spec with the value at a random place replaced, removed or joined by another key. */
function mutate(spec: unknown, steps: readonly number[], kind: number, value: unknown): unknown {
  const [step, ...rest] = steps;
  if (step === undefined || typeof spec !== "object" || spec === null) return value;
  const keys = Object.keys(spec);
  const key = keys[step % Math.max(keys.length, 1)];
  if (key === undefined) return value;
  if (Array.isArray(spec))
    return spec.flatMap((each, index) =>
      String(index) !== key
        ? [each]
        : rest.length > 0
          ? [mutate(each, rest, kind, value)]
          : kind === 0
            ? []
            : [value],
    );
  const entries = Object.entries(spec).flatMap(([name, each]) => {
    if (name !== key) return [[name, each]];
    if (rest.length > 0) return [[name, mutate(each, rest, kind, value)]];
    return kind === 0
      ? []
      : kind === 1
        ? [[name, value]]
        : [
            [name, each],
            [JSON.stringify(value).slice(0, 30), each],
          ];
  });
  return Object.fromEntries(entries);
}

const mutation = fc.tuple(fc.array(fc.nat(20), { minLength: 1, maxLength: 5 }), fc.nat(2), junkValue);

describe("whatever the input, there is an enclave or there are located errors", () => {
  test("for random characters", () =>
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 200 }), holds), { numRuns: 300 }));
  test("for random pieces of YAML", () => fc.assert(fc.property(junkText, holds), { numRuns: 600 }));
  test("for random bytes", () =>
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 200 }), (bytes) =>
        expect(loadSpec(bytes, "x").diagnostics.length).toBeGreaterThan(0),
      ),
      { numRuns: 300 },
    ));
  test("for random values as JSON", () =>
    fc.assert(
      fc.property(fc.jsonValue(), (value) => holds(JSON.stringify(value))),
      { numRuns: 300 },
    ));

  test("for an example with one to three things wrong", () =>
    fc.assert(
      fc.property(fc.array(mutation, { minLength: 1, maxLength: 3 }), (mutations) => {
        const spec = mutations.reduce<unknown>(
          (each, [steps, kind, value]) => mutate(each, steps, kind, value),
          EXAMPLE,
        );
        holds(stringify(spec, { aliasDuplicateObjects: false }));
      }),
      { numRuns: 300 },
    ));
});

test("the order of zones does not change their errors", () => {
  const zones = fc.shuffledSubarray(
    [
      "  a: { exposure: public, hosts: 9 }",
      "  b: { exposure: privat, hosts: 9 }",
      "  c: { exposure: private }",
      "  d: { exposure: private, cidr: 10.21.0.0/24 }",
    ],
    { minLength: 4 },
  );
  fc.assert(
    fc.property(zones, (lines) => {
      const { diagnostics } = loadSpec(
        `name: x\nregion: r1\ncidr: 10.20.0.0/16\nzones:\n${lines.join("\n")}\n`,
        "x",
      );
      expect(diagnostics.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
        "value-unknown zones.b.exposure",
        "zone-outside-range zones.d.cidr",
        "zone-size-missing zones.c",
      ]);
    }),
    { numRuns: 30 },
  );
});

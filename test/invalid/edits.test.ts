/** An edit takes its error away, brings no other, and opens nothing: every edit of every case. */
import { join } from "node:path";
import { parseDocument } from "yaml";
import { CLOUDS } from "../../src/clouds/cloud";
import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { editText } from "../../src/spec/yaml/edit-text";
import { ofCloud, ofSpec } from "./asked";
import { type Case, type Pipeline, readCases } from "./cases";

const CASES: readonly (readonly [Case, Pipeline])[] = [
  ...readCases().map((spec) => [spec, ofSpec] as const),
  ...CLOUDS.flatMap((cloud) => readCases(join(__dirname, cloud))).map((spec) => [spec, ofCloud] as const),
];

/** Without the places and lines, which move. */
const keyOf = ({ code, summary }: LocatedDiagnostic): string => `${code}: ${summary}`;

/** The keys of errors, each as often as it is given. */
function errorsOf(diagnostics: readonly LocatedDiagnostic[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const each of diagnostics)
    if (each.severity === "error") counts.set(keyOf(each), (counts.get(keyOf(each)) ?? 0) + 1);
  return counts;
}

const sum = (counts: ReadonlyMap<string, number>): number => [...counts.values()].reduce((a, b) => a + b, 0);

/** How much a text opens, wherever it stands: flows and egress rules, their ends, endpoints, zones that are not isolated. */
function openedBy(text: string): Readonly<Record<"ways" | "ends" | "endpoints" | "zones", number>> {
  const counts = { ways: 0, ends: 0, endpoints: 0, zones: 0 };
  const walk = (value: unknown): void => {
    if (typeof value !== "object" || value === null) return;
    const item = value as Record<string, unknown>;
    if ("to" in item && "ports" in item) counts.ways++;
    if ("to" in item && "ports" in item) counts.ends += [item["from"], item["to"]].flat().length;
    if ("service" in item) counts.endpoints++;
    if ("exposure" in item && item["exposure"] !== "isolated") counts.zones++;
    Object.values(item).forEach(walk);
  };
  walk(parseDocument(text, { logLevel: "silent" }).toJS({}));
  return counts;
}

const edited = CASES.flatMap(([spec, pipeline]) => {
  const before = pipeline(spec);
  return before.flatMap((diagnostic) =>
    diagnostic.edits.length === 0 ? [] : [{ spec, pipeline, before, diagnostic }],
  );
});

const titleOf = ({ file }: Case, { line, edits }: LocatedDiagnostic): string =>
  `${file}:${line} ${JSON.stringify(edits)}`;

/** An edit that mends a wrong kind of value lets more of the spec be read, which may have mistakes of its own. */
const REVEALS = /^(?:type-wrong|value-unknown|key-unknown|yaml-)/;

test("every edit finds its place, and takes its error away without another in its place", () => {
  expect(edited.length).toBeGreaterThan(60);
  for (const { spec, pipeline, before, diagnostic } of edited) {
    const text = editText(spec.text, diagnostic.edits);
    const title = titleOf(spec, diagnostic);
    if (text === undefined) throw new Error(`no place: ${title}`);
    const after = pipeline({ ...spec, text });
    const [errors, left] = [errorsOf(before), errorsOf(after)];
    if (diagnostic.severity === "error")
      expect([title, left.get(keyOf(diagnostic)) ?? 0]).toEqual([
        title,
        (errors.get(keyOf(diagnostic)) ?? 0) - 1,
      ]);
    const added = [...left].filter(([key, count]) => count > (errors.get(key) ?? 0)).map(([key]) => key);
    if (!REVEALS.test(diagnostic.code)) expect([title, added]).toEqual([title, []]);
  }
});

test("the exact edits of a case, made together, leave fewer errors and none that is new", () => {
  for (const [spec, pipeline] of CASES) {
    const before = pipeline(spec);
    const exact = before
      .flatMap(({ edits }) => edits)
      .filter(({ applicability }) => applicability === "exact");
    if (exact.length === 0) continue;
    const text = editText(spec.text, exact);
    if (text === undefined) throw new Error(`no place: ${spec.file}`);
    const [errors, left] = [errorsOf(before), errorsOf(pipeline({ ...spec, text }))];
    if (before.some(({ severity, edits }) => severity === "error" && edits[0]?.applicability === "exact"))
      if (sum(left) >= sum(errors))
        throw new Error(`${spec.file}: ${sum(left)} errors of ${sum(errors)} are left`);
    expect([spec.file, [...left.keys()].filter((key) => !errors.has(key))]).toEqual([spec.file, []]);
  }
});

test("no edit adds a flow, an endpoint, a name of egress, or a zone that is not isolated", () => {
  for (const { spec, diagnostic } of edited) {
    // What stands under a mistyped key, or in broken text, is declared already.
    if (diagnostic.code === "key-unknown" || diagnostic.code.startsWith("yaml-")) continue;
    const [before, after] = [openedBy(spec.text), openedBy(editText(spec.text, diagnostic.edits) ?? "")];
    for (const key of ["ways", "ends", "endpoints", "zones"] as const)
      if (after[key] > before[key]) throw new Error(`${titleOf(spec, diagnostic)} adds ${key}`);
  }
});

test("the edits of one diagnostic are one decision", () => {
  for (const { spec, diagnostic } of edited) {
    const kinds = new Set(diagnostic.edits.map(({ applicability }) => applicability));
    expect([titleOf(spec, diagnostic), kinds.size]).toEqual([titleOf(spec, diagnostic), 1]);
  }
});

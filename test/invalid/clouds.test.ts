import { join } from "node:path";
import { parseDocument } from "yaml";
import { loadSpec } from "../../src/app/load";
import { prepare } from "../../src/app/prepare";
import { cloudTools } from "../../src/app/synthesize";
import { isEntry } from "../../src/diagnostics/edit";
import { splitPath } from "../../src/diagnostics/path";
import { compare, type Pipeline, readCases } from "./cases";
import { paste } from "./paste";
import { textFaults } from "./texts";

/** Answers by text: each case is asked about more than once. */
const answers = new Map<string, ReturnType<Pipeline>>();

const pipeline: Pipeline = (spec) => {
  const key = `${spec.clouds} ${spec.text}`;
  const known = answers.get(key) ?? ask(spec);
  answers.set(key, known);
  return known;
};

/** All passes for the case's cloud, up to rendering: a cloud can refuse a spec that has no mistake of its own. */
const ask: Pipeline = ({ text, file, clouds: [cloud] }) =>
  prepare(
    loadSpec(text, file),
    { file: "case.enclave.lock.json" },
    { ...(cloud === undefined ? {} : { cloud }), frozenLock: false, reclaim: false },
    cloudTools.providerFor,
  ).diagnostics;

describe.each(["aws", "azure", "google"] as const)("a spec that %s cannot hold", (cloud) => {
  const cases = readCases(join(__dirname, cloud)).map((spec) => [spec.file, spec] as const);

  test.each(cases)("%s reports exactly what it expects", (_file, spec) => {
    const { expected, found } = compare(spec, pipeline(spec));
    expect(spec.clouds).toEqual([cloud]);
    expect(spec.expected.length).toBeGreaterThan(0);
    expect(found).toEqual(expected);
  });

  const edits = cases.flatMap(([file, spec]) =>
    pipeline(spec).flatMap((error) => {
      const pasted =
        error.severity === "error" && error.code.startsWith(`${cloud}-`)
          ? paste(spec.text, error)
          : undefined;
      return pasted === undefined
        ? []
        : [[`${file}:${error.line} ${error.code}: ${error.fix}`, spec, error, pasted] as const];
    }),
  );

  test.each(edits)(
    "pasted, %s takes its error away and brings no other kind",
    (_title, spec, error, text) => {
      const errors = (each: typeof spec) => pipeline(each).filter(({ severity }) => severity === "error");
      const before = new Set(errors(spec).map(({ code }) => code));
      const after = errors({ ...spec, text });
      expect(
        after.filter(
          ({ code, path, summary }) =>
            code === error.code && path === error.path && summary === error.summary,
        ),
      ).toEqual([]);
      expect(after.filter(({ code }) => !before.has(code))).toEqual([]);
    },
  );

  const ofEntries = edits.filter(([, , { path }]) => isEntry(path));

  test.each(ofEntries)("pasted, %s leaves the other entries of its list", (_title, spec, { path }, text) => {
    const [index, ...list] = [...splitPath(path)].reverse();
    const entries = (of: string): unknown[] =>
      list.reduceRight((part, key) => part[key], parseDocument(of).toJS());
    const others = entries(spec.text).filter((_, at) => at !== index);
    expect(entries(text)).toEqual(expect.arrayContaining(others));
  });

  test("is reported in short texts without a broken value, and each fix can be pasted", () => {
    for (const [file, spec] of cases)
      for (const diagnostic of pipeline(spec)) expect(textFaults(file, diagnostic)).toEqual([]);
  });
});

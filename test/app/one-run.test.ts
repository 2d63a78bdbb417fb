/** All errors in one run: a mistake of one kind hides none of another kind, and makes none up. */

import { providerFor } from "../../providers/index";
import { loadSpec } from "../../src/app/load";
import { prepare } from "../../src/app/prepare";
import { synthesize } from "../../src/app/synthesize";
import { hasErrors } from "../../src/diagnostics/diagnostic";
import { readCases } from "../invalid/cases";
import { encode, FULL, SOUND } from "./whole-specs";

type Spec = typeof SOUND;
type Loose = Record<string, Record<string | number, Record<string, unknown>>>;

/** Each is the only mistake of its part. The passes that find them: form, meaning, role rules, capability, a cloud's review. */
const MISTAKES: readonly (readonly [string, (spec: Spec & Loose) => void])[] = [
  ["form: a key that nobody knows", (spec) => Object.assign(spec, { colour: { of: {} } })],
  ["form: a zone without a size", (spec) => Object.assign(spec.zones, { files: { exposure: "isolated" } })],
  [
    "form: a flow without a reason",
    (spec) => spec.flows.splice(1, 1, { from: "web", to: "app", ports: ["8080/tcp"] } as never),
  ],
  ["form: ports that are none", (spec) => Object.assign(spec.flows[0] as object, { ports: ["https"] })],
  ["form: a tag that is no text", (spec) => Object.assign(spec.tags, { owner: ["a"] })],
  [
    "meaning: a flow to a zone that is not there",
    (spec) => Object.assign(spec.flows[2] as object, { to: "dbs" }),
  ],
  [
    "meaning: an egress from an isolated zone",
    (spec) => Object.assign(spec.egress[1] as object, { from: "files" }),
  ],
  [
    "meaning: an interface outside its subnet",
    (spec) => Object.assign(spec.zones.db.interfaces[0] as object, { host: 2 }),
  ],
  [
    "meaning: rights where there are none",
    (spec) => Object.assign(spec.privateEndpoints.index, { access: "read" }),
  ],
  ["rules: a store with egress", (spec) => Object.assign(spec.zones.app, { role: "artifacts" })],
  [
    "capability: a service that is published",
    (spec) => Object.assign(spec, { publish: { api: { zone: "app", port: 1, consumers: {} } } }),
  ],
  ["cloud: a tag that AWS refuses", (spec) => Object.assign(spec.tags, { "aws:team": "x" })],
  [
    "cloud: a resource that is not one of S3",
    (spec) => Object.assign(spec.privateEndpoints.corpus.resources, { aws: ["corpus"] }),
  ],
  [
    "cloud: a setting that Azure refuses",
    (spec) => Object.assign(spec, { azure: { keyVaultKeyId: "https://nowhere" } }),
  ],
  ["cloud: a perimeter that is missing", (spec) => void spec.waive.splice(0)],
  ["cloud: a region that nobody knows", (spec) => Object.assign(spec.region, { azure: "middle-earth1" })],
  [
    "target: a target that is missing",
    (spec) => Reflect.deleteProperty(spec.privateEndpoints.index.target, "google"),
  ],
  [
    "meaning: a backend with a credential",
    (spec) => Object.assign(spec, { backend: { type: "s3", config: { secret_key: "x" } } }),
  ],
  ["addresses: a range too small", (spec) => Object.assign(spec.zones.app, { hosts: 60000 })],
];

function errorsOf(mistakes: readonly (typeof MISTAKES)[number][]): string[] {
  const spec = structuredClone(SOUND);
  for (const [, make] of mistakes) make(spec as Spec & Loose);
  const { diagnostics } = synthesize(
    { file: "spec.json", bytes: encode(spec) },
    { cloud: "all", frozenLock: false, reclaim: false },
  );
  return diagnostics
    .filter((each) => hasErrors([each]))
    .map(({ code, path, summary }) => `${code} at ${path}: ${summary}`);
}

test("the spec without mistakes has no error", () => expect(errorsOf([])).toEqual([]));

const ALONE = new Map(MISTAKES.map((mistake) => [mistake, errorsOf([mistake])]));

test.each(MISTAKES)("%s: is an error", (...mistake) => {
  expect(ALONE.get(MISTAKES.find(([name]) => name === mistake[0]) as (typeof MISTAKES)[number])).not.toEqual(
    [],
  );
});

test("any two mistakes are reported together, and nothing else with them", () => {
  const wrong = MISTAKES.flatMap((one, index) =>
    MISTAKES.slice(index + 1).flatMap((other) => {
      const expected = [...(ALONE.get(one) ?? []), ...(ALONE.get(other) ?? [])].sort();
      const found = errorsOf([one, other]).sort();
      return found.join("\n") === expected.join("\n")
        ? []
        : [{ one: one[0], other: other[0], expected, found }];
    }),
  );
  expect(wrong).toEqual([]);
});

test("all of them are reported together", () => {
  const expected = MISTAKES.flatMap((mistake) => ALONE.get(mistake) ?? []);
  expect(errorsOf(MISTAKES).sort()).toEqual(expected.sort());
});

describe("a lock file", () => {
  const lockText = synthesize(
    { file: "spec.json", bytes: encode(SOUND), lock: { file: "lock.json" } },
    { cloud: "all", frozenLock: false, reclaim: false },
  ).lockText as string;

  function codesWith(text: string, change: (spec: Spec & Loose) => void): string[] {
    const spec = structuredClone(SOUND);
    change(spec as Spec & Loose);
    const input = { file: "spec.json", bytes: encode(spec), lock: { file: "lock.json", text } };
    const { diagnostics } = synthesize(input, { cloud: "all", frozenLock: true, reclaim: false });
    return diagnostics.filter((each) => hasErrors([each])).map(({ code }) => code);
  }

  test("that contradicts the spec is reported beside a mistake of form and a cloud's", () => {
    const codes = codesWith(lockText, (spec) => {
      Object.assign(spec.zones.db, { cidr: "10.20.96.0/22" });
      Object.assign(spec.flows[1] as object, { why: "" });
      Object.assign(spec.tags, { "aws:team": "x" });
    });
    expect(codes.sort()).toEqual(["aws-tag", "azure-tag", "google-label", "why-empty", "zone-moved"]);
  });

  test("that is damaged is reported beside a cloud's refusal", () => {
    expect(codesWith("{}", (spec) => Object.assign(spec.tags, { "aws:team": "x" })).sort()).toEqual([
      "aws-tag",
      "azure-tag",
      "google-label",
      "lock-damaged",
    ]);
  });

  test("is not reported to change by a zone that cannot be read", () => {
    expect(codesWith(lockText, (spec) => Object.assign(spec.zones.files, { hosts: "many" }))).toEqual([
      "type-wrong",
    ]);
  });
});

describe("the passes after the spec's own", () => {
  /** True of a spec with or without its mistakes. */
  const ALWAYS_TRUE = ["capability-missing", "link-missing"];

  test.each(readCases().map((spec) => [spec.file, spec] as const))(
    "%s: they add nothing that follows from its mistakes",
    (file, { text }) => {
      const loaded = loadSpec(text, file);
      const isKnown = (code: string, path: string) =>
        loaded.diagnostics.some((each) => each.code === code && each.path === path);
      // The region of the cases is one of AWS, or of the cloud that they are about.
      const cloud = /region: *(\S+)/.exec(text)?.[1] === "eastus2" ? "azure" : "aws";
      const { diagnostics } = prepare(
        loaded,
        undefined,
        { cloud, frozenLock: false, reclaim: false },
        providerFor,
      );
      const added =
        loaded.enclave === undefined ? diagnostics.filter(({ code, path }) => !isKnown(code, path)) : [];
      expect(added.filter(({ code }) => !ALWAYS_TRUE.includes(code))).toEqual([]);
    },
  );

  test("review a plan without the parts that the cloud has not", () => {
    const spec = {
      ...SOUND,
      externalNetworks: FULL.externalNetworks,
      flows: [...SOUND.flows, { from: "corp", to: "app", ports: ["443/tcp"], why: "staff" }],
      tags: { "aws:team": "x" },
    };
    const { diagnostics } = synthesize(
      { file: "spec.json", bytes: encode(spec) },
      { cloud: "google", frozenLock: false, reclaim: false },
    );
    const errors = diagnostics.filter(({ severity }) => severity === "error");
    expect(errors.map(({ code, path }) => `${code} ${path}`).sort()).toEqual([
      "capability-missing externalNetworks.corp",
      'google-label tags["aws:team"]',
    ]);
  });
});

/** All errors in one run: a mistake of one kind hides none of another kind, and makes none up. */
import fc from "fast-check";
import { loadSpec } from "../../src/app/load";
import { prepare } from "../../src/app/prepare";
import { synthesize } from "../../src/app/synthesize";
import { cloudTools } from "../../src/app/tools";
import { hasErrors } from "../../src/diagnostics/diagnostic";
import { readCases } from "../invalid/cases";

/** Every part of a spec twice where it can be, so that a mistake in one leaves another. */
const SOUND = {
  name: "private-rag",
  region: { aws: "us-east-1", azure: "eastus2", google: "us-east1" },
  cidr: "10.20.0.0/16",
  tags: { owner: "ml", "cost-centre": "42" },
  zones: {
    web: { exposure: "public", hosts: 100 },
    app: { exposure: "private", hosts: 200 },
    work: { exposure: "private", prefix: 26 },
    db: { exposure: "isolated", cidr: "10.20.64.0/22", interfaces: [{ name: "pg", host: 10 }] },
    files: { exposure: "isolated", hosts: 30 },
  },
  flows: [
    { from: "internet", to: "web", ports: ["443/tcp"], why: "public" },
    { from: "web", to: "app", ports: ["8080/tcp"], why: "requests" },
    { from: ["app", "work"], to: "db", ports: ["5432/tcp"], why: "queries" },
  ],
  privateEndpoints: {
    corpus: { service: "object-storage", from: ["app"], resources: { aws: ["arn:aws:s3:::corpus"] } },
    images: { service: "container-registry", from: ["app", "work"] },
    token: { service: "secrets", from: ["work"] },
    index: {
      service: "custom",
      from: ["app"],
      ports: ["443/tcp"],
      dnsName: "x.example.com",
      target: {
        aws: { serviceName: "com.amazonaws.vpce.us-east-1.vpce-svc-0123456789abcdef0" },
        azure: {
          privateLinkServiceAlias: "v.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice",
        },
        google: { serviceAttachment: "projects/p/regions/us-east1/serviceAttachments/s" },
      },
    },
  },
  egress: [
    { from: "app", to: ["*.huggingface.co"], ports: ["443/tcp"], why: "models" },
    { from: "work", to: ["mirror.example.com"], ports: ["443/tcp"], why: "packages" },
  ],
  waive: [{ rule: "google-perimeter", why: "no organisation" }] as object[],
};

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

const encode = (spec: object) => new TextEncoder().encode(JSON.stringify(spec));

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

  test("that contradicts the spec is told of beside a mistake of form and a cloud's", () => {
    const codes = codesWith(lockText, (spec) => {
      Object.assign(spec.zones.db, { cidr: "10.20.96.0/22" });
      Object.assign(spec.flows[1] as object, { why: "" });
      Object.assign(spec.tags, { "aws:team": "x" });
    });
    expect(codes.sort()).toEqual(["aws-tag", "azure-tag", "google-label", "why-empty", "zone-moved"]);
  });

  test("that is damaged is told of beside a cloud's refusal", () => {
    expect(codesWith("{}", (spec) => Object.assign(spec.tags, { "aws:team": "x" })).sort()).toEqual([
      "aws-tag",
      "azure-tag",
      "google-label",
      "lock-damaged",
    ]);
  });

  test("is not said to change by a zone that cannot be read", () => {
    expect(codesWith(lockText, (spec) => Object.assign(spec.zones.files, { hosts: "many" }))).toEqual([
      "type-wrong",
    ]);
  });
});

describe("the passes after the spec's own", () => {
  /** What no mistake of the spec makes less true, whether it is looked for in the first run or the second. */
  const ALWAYS_TRUE = ["capability-missing", "link-missing"];

  test.each(readCases().map((spec) => [spec.file, spec] as const))(
    "%s: they add nothing that follows from its mistakes",
    (file, { text }) => {
      const loaded = loadSpec(text, file);
      const said = (code: string, path: string) =>
        loaded.diagnostics.some((each) => each.code === code && each.path === path);
      // The region of the cases is one of AWS, or of the cloud that they are about.
      const cloud = /region: *(\S+)/.exec(text)?.[1] === "eastus2" ? "azure" : "aws";
      const { diagnostics } = prepare(
        loaded,
        undefined,
        { cloud, frozenLock: false, reclaim: false },
        cloudTools,
      );
      const added =
        loaded.enclave === undefined ? diagnostics.filter(({ code, path }) => !said(code, path)) : [];
      expect(added.filter(({ code }) => !ALWAYS_TRUE.includes(code))).toEqual([]);
    },
  );

  const PLACES = placesIn(SOUND);
  const junk = fc.oneof(
    fc.constantFrom<unknown>(
      null,
      "",
      0,
      -1,
      1.5,
      true,
      [],
      {},
      [[]],
      { a: 1 },
      "internet",
      "app",
      "10.20.0.0/12",
      "10.20.64.0/20",
      28,
      "a".repeat(200),
    ),
    fc.jsonValue({ maxDepth: 2 }),
  );

  test("whatever stands in a spec, they find errors or nothing, and never fall over it", () => {
    fc.assert(
      fc.property(
        fc.array(fc.tuple(fc.constantFrom(...PLACES), junk), { minLength: 1, maxLength: 4 }),
        (changes) => {
          const spec = structuredClone(SOUND);
          for (const [place, value] of changes) put(spec, place, value);
          const loaded = loadSpec(encode(spec), "spec.json");
          const { diagnostics, ready } = prepare(
            loaded,
            undefined,
            { cloud: "all", frozenLock: false, reclaim: false },
            cloudTools,
          );
          expect(ready === undefined).toBe(hasErrors(diagnostics));
        },
      ),
    );
  });
});

type Place = readonly string[];

/** Every place in a value, outermost first. */
function placesIn(value: unknown, here: Place = []): Place[] {
  if (typeof value !== "object" || value === null) return [here];
  return [
    ...(here.length === 0 ? [] : [here]),
    ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...here, key])),
  ];
}

/** Does nothing where the place is gone. */
function put(target: object, place: Place, value: unknown): void {
  const owner = place
    .slice(0, -1)
    .reduce<unknown>(
      (at, key) => (typeof at === "object" && at !== null ? (at as Record<string, unknown>)[key] : undefined),
      target,
    );
  const key = place.at(-1);
  if (typeof owner === "object" && owner !== null && key !== undefined)
    Object.assign(owner, { [key]: structuredClone(value) });
}

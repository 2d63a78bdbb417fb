/** "constructor" is in every object of JavaScript without anybody's doing; in a spec it is a word like any other. */
import { loadSpec } from "../../src/app/load";
import { formatEdit } from "../../src/diagnostics/edit";

/** One of everything. */
const WHOLE = {
  name: "case",
  region: { aws: "us-east-1" },
  cidr: "10.20.0.0/16",
  zoneNames: { aws: ["us-east-1a", "us-east-1b"] },
  tags: { owner: "ml" },
  zones: { app: { exposure: "private", role: "app", hosts: 50, interfaces: [{ name: "eni", host: 4 }] } },
  externalNetworks: {
    corp: { cidrs: ["172.16.0.0/16"], aws: { transitGatewayId: "tgw-0123456789abcdef0" } },
  },
  flows: [{ from: ["app"], to: "app", ports: ["443/tcp"], why: "x" }],
  privateEndpoints: {
    corpus: {
      service: "object-storage",
      from: ["app"],
      holds: "data",
      resources: { aws: ["arn:aws:s3:::corpus"] },
    },
  },
  egress: [{ from: "app", to: ["a.example.com"], ports: ["443/tcp"], why: "x" }],
  publish: { api: { zone: "app", port: 8443, consumers: { google: ["partner-project"] } } },
  assertions: [{ never: { from: "app", to: "corpus", hops: 1 } }],
  waive: [{ rule: "stores-no-egress", zone: "app", why: "x" }],
  quarantine: ["app"],
  dns: { allow: ["b.example.com"] },
  logging: { retentionDays: 30 },
  terraform: { azurerm: 4 },
  backend: { type: "s3", config: { bucket: "b" } },
  mesh: {
    kind: "istio",
    workloads: { app: [{ name: "a", namespace: "b", serviceAccount: "c", labels: { app: "d" } }] },
  },
};

type Place = readonly (string | number)[];

const placesIn = (value: unknown, at: Place = []): Place[] =>
  typeof value !== "object" || value === null
    ? [at]
    : [
        at,
        ...Object.entries(value).flatMap(([key, each]) =>
          placesIn(each, [...at, Array.isArray(value) ? Number(key) : key]),
        ),
      ];

/** The whole spec with something else at one place. */
function changed(
  [key, ...rest]: Place,
  change: (before: unknown) => unknown,
  value: unknown = WHOLE,
): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value))
    return value.map((each, index) => (index === key ? changed(rest, change, each) : each));
  const before = value as Record<string, unknown>;
  return { ...before, [key]: changed(rest, change, before[key]) };
}

const CHANGES = (word: string): ((before: unknown) => unknown)[] => [
  () => word,
  () => [word],
  () => ({ [word]: 1 }),
  (before) =>
    typeof before === "object" && !Array.isArray(before) ? { ...before, [word]: 1 } : [before, word],
];

test.each(["constructor", "__defineGetter__"])("%s, wherever it stands, is reported in words", (word) => {
  const texts = placesIn(WHOLE)
    .flatMap((place) => CHANGES(word).map((change) => JSON.stringify(changed(place, change))))
    .flatMap((text) => loadSpec(text, "x").diagnostics)
    .map(({ summary, detail, edits }) => [summary, detail, ...edits.map(formatEdit)].join("\n"));
  expect(texts.length).toBeGreaterThan(300);
  expect(texts.filter((text) => /undefined|\[native code\]|\[object|function /.test(text))).toEqual([]);
});

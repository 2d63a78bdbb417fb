/** "constructor" is in every object of JavaScript without anybody's doing; in a spec it is a word like any other. */
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { parse } from "yaml";
import { loadSpec } from "../../src/model/load";

const EXAMPLE = parse(readFileSync(join(__dirname, "../../examples/private-rag/private-rag.enclave.yaml"), "utf8")) as object;
const WHOLE = {
  ...EXAMPLE,
  externalNetworks: { corp: { cidrs: ["172.16.0.0/16"], aws: { transitGatewayId: "tgw-0123456789abcdef0" } } },
  publish: { api: { zone: "inference", port: 8443, consumers: { google: ["partner-project"] } } },
  waive: [{ rule: "stores-no-egress", zone: "inference", why: "x" }],
  dns: { allow: ["a.example.com"] },
  terraform: { azurerm: 4 },
  backend: { type: "s3", config: { bucket: "b" } },
  mesh: { kind: "istio", workloads: { inference: [{ name: "a", namespace: "b", serviceAccount: "c", labels: { app: "d" } }] } },
};

type Place = readonly (string | number)[];

const placesIn = (value: unknown, at: Place = []): Place[] =>
  typeof value !== "object" || value === null
    ? [at]
    : [at, ...Object.entries(value).flatMap(([key, each]) => placesIn(each, [...at, Array.isArray(value) ? Number(key) : key]))];

/** The whole spec with something else at one place. */
function changed([key, ...rest]: Place, change: (before: unknown) => unknown, value: unknown = WHOLE): unknown {
  if (key === undefined) return change(value);
  if (Array.isArray(value)) return value.map((each, index) => (index === key ? changed(rest, change, each) : each));
  const before = value as Record<string, unknown>;
  return { ...before, [key]: changed(rest, change, before[key]) };
}

const CHANGES = (word: string): ((before: unknown) => unknown)[] => [
  () => word,
  () => [word],
  () => ({ [word]: 1 }),
  (before) => (typeof before === "object" && !Array.isArray(before) ? { ...before, [word]: 1 } : [before, word]),
];

test.each(["constructor", "toString", "__defineGetter__"])("%s, wherever it stands, is told of in words", (word) => {
  const told = placesIn(WHOLE)
    .flatMap((place) => CHANGES(word).map((change) => JSON.stringify(changed(place, change))))
    .flatMap((text) => loadSpec(text, "x").diagnostics)
    .map(({ summary, detail, fix = "" }) => [summary, detail, fix].join("\n"));
  expect(told.length).toBeGreaterThan(500);
  expect(told.filter((text) => /undefined|\[native code\]|\[object|function /.test(text))).toEqual([]);
});

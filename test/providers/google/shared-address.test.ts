/** One address answers for several Google APIs: what the spec separates is judged as the network does it. */
import { attempt, spec } from "./rendered";

const ENDPOINTS = `privateEndpoints:
  model: { service: model-api, from: [app] }
  corpus: { service: object-storage, from: [db], resources: { google: [rag-corpus] } }
  weights: { service: object-storage, from: [app], resources: { google: [rag-weights] } }
  logs: { service: logs, from: [web] }
`;
const CODE = "google-shared-address";

function judged(rest: string, regional?: string) {
  const yaml = spec(ENDPOINTS + rest);
  const head =
    regional === undefined ? yaml : yaml.replace("google: {", `google: { regionalEndpoints: ${regional},`);
  const { diagnostics, exitCode } = attempt(head);
  return { exitCode, found: diagnostics.filter(({ code }) => code === CODE), diagnostics };
}

const NEVER = "assertions: [{ never: { from: FROM, to: corpus, hops: 1 } }]\n";
const never = (from: string, regional?: string) => judged(NEVER.replace("FROM", from), regional);

test.each([
  ["a zone of another service reaches it by the address of all", "web", undefined, true],
  ["a zone of the same service reaches it by that address, too", "app", undefined, true],
  ["not a zone whose service has an address of its own", "web", "prefer", false],
  ["but a zone with any service at the address of all", "app", "prefer", true],
] as const)("%s", (_title, from, regional, isBroken) => {
  const { found, exitCode } = never(from, regional);
  expect([found.length, exitCode]).toEqual(isBroken ? [1, 1] : [0, 0]);
});

test("at an address of the region, buckets of one service are not told apart", () => {
  const yaml = ENDPOINTS.replace(/.*model-api.*\n/, "");
  const text = spec(yaml + NEVER.replace("FROM", "app")).replace(
    "google: {",
    "google: { regionalEndpoints: true,",
  );
  expect(attempt(text).diagnostics.filter(({ code }) => code === CODE)).toHaveLength(1);
});

test("addresses of the region are offered where they end the finding, and only there", () => {
  const edit = { op: "insert", path: "google.regionalEndpoints", value: "prefer", applicability: "likely" };
  expect(never("web").found[0]?.edits).toEqual([edit]);
  expect(never("app").found[0]?.edits).toEqual([]);
});

test("the chain is told, and the waiver that sets it aside", () => {
  const [found] = never("web").found;
  expect(found?.detail).toContain('web to corpus by the address of "logs" (line');
  expect(found?.detail).toContain("waive: [{ rule: google-shared-address, endpoint: corpus, why: … }]");
});

test("an assertion that is broken in the spec is told once, as itself", () => {
  const { diagnostics } = judged("assertions: [{ never: { from: db, to: corpus } }]\n");
  const codes = diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
  expect(codes).toEqual(["assertion-never"]);
});

test.each([
  ["the endpoint", "endpoint: corpus", 0],
  ["the zone", "zone: web", 0],
  ["both", "zone: web, endpoint: corpus", 0],
  ["all of it", "", 0],
  ["another endpoint", "endpoint: weights", 1],
  ["another zone", "zone: app", 1],
])("a waiver of %s", (_title, scope, count) => {
  const waiver = `waive: [{ rule: ${CODE}, ${scope}${scope && ", "}why: x }]\n`;
  const { found, diagnostics } = judged(NEVER.replace("FROM", "web") + waiver);
  expect(found).toHaveLength(count);
  expect(diagnostics.filter(({ code }) => code === "rule-waived")).toHaveLength(1 - count);
  expect(diagnostics.filter(({ code }) => code === "waiver-unused")).toHaveLength(count);
});

test("two waivers that are needed together are both in use", () => {
  const rest = `assertions: [{ only: { from: [db], to: corpus } }]
waive:
  - { rule: ${CODE}, zone: web, why: x }
  - { rule: ${CODE}, zone: app, why: x }
`;
  const { found, diagnostics } = judged(rest);
  expect(found).toEqual([]);
  expect(diagnostics.filter(({ code }) => code === "rule-waived")).toHaveLength(2);
});

test("a writer of logs reads a store for the rule on ways out, because the address knows no rights", () => {
  const zones = `zones:
  tools: { exposure: private, role: tools, hosts: 20 }
  filter: { exposure: isolated, role: redaction, hosts: 20 }
`;
  const rest = `privateEndpoints:
  logs: { service: logs, from: [tools], access: write }
  corpus: { service: object-storage, from: [filter], holds: data }
egress: [{ from: tools, to: [mirror.example.com], ports: [443/tcp], why: x }]
`;
  const found = attempt(spec(rest, zones)).diagnostics.filter(({ code }) => code === CODE);
  expect(found.map(({ facts }) => facts["breaks"])).toEqual(["no-exfiltration"]);
});

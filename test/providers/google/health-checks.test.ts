/** Where health checks may come in, so may the internet: what the spec separates is judged as the network does it. */
import { attempt, spec } from "./rendered";

const CODE = "google-health-checks";
const FLOWS = `flows:
  - { from: internet, to: web, ports: [443/tcp], why: x }
  - { from: web, to: app, ports: [8080/tcp], why: x }
  - { from: app, to: db, ports: [5432/tcp], why: x }
`;

/** `checked` are the zones with `healthChecks: true`. */
function judged(checked: readonly string[], rest: string, flows = FLOWS) {
  const zone = (name: string, exposure: string) =>
    `  ${name}: { exposure: ${exposure}, hosts: 20${checked.includes(name) ? ", healthChecks: true" : ""} }\n`;
  const zones = `zones:\n${zone("web", "public")}${zone("app", "private")}${zone("db", "isolated")}`;
  const { diagnostics, exitCode } = attempt(spec(flows + rest, zones));
  const found = diagnostics.filter(({ code, severity }) => code === CODE && severity === "error");
  return { exitCode, found, diagnostics };
}

const never = (to: string, hops: number) =>
  `assertions: [{ never: { from: internet, to: ${to}, hops: ${hops} } }]\n`;

const only = (from: string) => `assertions: [{ only: { from: [${from}], to: db } }]\n`;

test.each([
  ["a zone that admits them is one hop from the internet", ["app"], never("app", 1), 1, 1],
  ["and the zones behind it follow", ["app"], never("db", 2), 1, 1],
  ["a zone that admits none is not", [], never("app", 1), 0, 0],
  ["nor is one beside it", ["db"], never("app", 1), 0, 0],
  ["a public zone is no nearer than it was", ["web"], never("app", 1), 0, 0],
  [
    "a waypoint is passed by",
    ["db"],
    "assertions: [{ through: { from: internet, to: db, via: app } }]\n",
    1,
    1,
  ],
  ["where the internet may come by other ways, nothing is new", ["db"], only("app, web, internet"), 0, 0],
  ["what is broken in the spec is told once, as itself", ["db"], only("app, web"), 0, 1],
] as const)("%s", (_title, checked, assertion, count, exit) => {
  const { found, exitCode } = judged(checked, assertion);
  expect([found.length, exitCode]).toEqual([count, exit]);
});

test("the way is told, and the waiver that sets it aside", () => {
  const [found] = judged(["app"], never("db", 2)).found;
  expect(found?.detail).toContain("internet to app 8080/tcp (line");
  expect(found?.detail).toContain("waive: [{ rule: google-health-checks, zone: app, why: … }]");
});

test.each([
  ["the zone that opens", "zone: app, ", 0],
  ["all of it", "", 0],
  ["another zone", "zone: db, ", 1],
])("a waiver of %s", (_title, scope, count) => {
  const { found, diagnostics } = judged(
    ["app"],
    `${never("db", 2)}waive: [{ rule: ${CODE}, ${scope}why: x }]\n`,
  );
  expect(found).toHaveLength(count);
  expect(diagnostics.filter(({ code }) => code === "rule-waived")).toHaveLength(1 - count);
  expect(diagnostics.filter(({ code }) => code === "waiver-unused")).toHaveLength(count);
});

test("a way by health checks and then by an address that endpoints share is told by both", () => {
  const rest = `privateEndpoints:
  logs: { service: logs, from: [app] }
  corpus: { service: object-storage, from: [db] }
assertions: [{ never: { from: internet, to: corpus, hops: 2 } }]
`;
  expect(judged([], rest).found).toEqual([]);
  expect(judged(["app"], rest).found).toHaveLength(1);
  const waiver = (rule: string) => judged(["app"], `${rest}waive: [{ rule: ${rule}, why: x }]\n`).found;
  expect(waiver("google-shared-address")).toEqual([]);
  expect(waiver(CODE)).toEqual([]);
});

/** A value that is wrong is unknown, and nothing more is said about it or because of it. */
import { loadSpec } from "../../src/app/load";
import type { Diagnostic } from "../../src/diagnostics/diagnostic";
import { readDraft, withUnknown } from "../../src/spec/read/draft";
import { hasUnknown, UNKNOWN } from "../../src/spec/unknown";

const HEAD = "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\n";

const errorsOf = (body: string): string[] =>
  loadSpec(HEAD + body, "x")
    .diagnostics.filter(({ severity }) => severity === "error")
    .map(({ code, path }) => `${code} ${path}`)
    .sort();

describe("the draft of a spec", () => {
  const zones = { app: { exposure: "private", hosts: 50 }, db: { exposure: "secret", hosts: 50, colour: 1 } };
  const flows = [{ from: ["app", 5], to: "db", ports: ["443/tcp", "x"], why: "x" }, "no flow"];
  const found: Diagnostic[] = [];
  const draft = readDraft({ name: "case", region: "us-east-1", cidr: 7, zones, flows }, (each) =>
    found.push(each),
  );

  test("is unknown exactly where a value is reported", () => {
    expect(found.map(({ path }) => path).sort()).toEqual([
      "cidr",
      "flows[0].from[1]",
      "flows[0].ports[1]",
      "flows[1]",
      "zones.db.colour",
      "zones.db.exposure",
    ]);
    expect(draft.spec.cidr).toBe(UNKNOWN);
    expect(draft.zones[1]?.value).toMatchObject({ exposure: UNKNOWN, hosts: 50 });
    expect(draft.flows[0]?.value).toMatchObject({ from: ["app", UNKNOWN], to: "db", why: "x" });
    expect(hasUnknown(draft.zones[0])).toBe(false);
  });

  test("has only unknown fields in an item that cannot be read at all", () => {
    expect(new Set(Object.values(draft.flows[1]?.value ?? {}))).toEqual(new Set([UNKNOWN]));
  });

  test("is unknown where a later pass refuses a value, and as it was everywhere else", () => {
    const refused = withUnknown(draft, [{ path: "zones.app.hosts" }, { path: "flows[0]" }, { path: "" }]);
    expect(refused.zones[0]?.value).toEqual({ exposure: "private", hosts: UNKNOWN });
    expect(refused.flows[0]?.value.to).toBe(UNKNOWN);
    expect(refused.zones[1]).toEqual(draft.zones[1]);
    expect(draft.zones[0]?.value.hosts).toBe(50);
  });
});

const ZONES = "zones:\n  web: { exposure: public, hosts: 50 }\n  app: { exposure: private, hosts: 50 }\n";

test.each([
  [
    "names, while the zones are unknown",
    "zones: 5\nflows: [{ from: a, to: b, ports: [1/tcp], why: x }]\n",
    ["type-wrong zones"],
  ],
  [
    "a field that a mistyped key stands for",
    `${ZONES}mesh: { knd: istio, workloads: {} }\n`,
    ["key-unknown mesh.knd"],
  ],
  [
    "an empty mapping, where its only key is unknown",
    `${ZONES}dns: { alow: [a.example.com] }\n`,
    ["key-unknown dns.alow"],
  ],
  [
    "a target that may stand under an unknown key",
    `${ZONES}privateEndpoints:\n  x: { service: custom, from: app, ports: [443/tcp], dnsNames: [x.example.com], target: { oracle: {} } }\n`,
    ["key-unknown privateEndpoints.x.target.oracle"],
  ],
  [
    "a finding of a rule, while the waivers are unknown",
    "zones:\n  db: { exposure: public, role: data, hosts: 50 }\nwaive: [{ rule: stores-not-public, why: x }]\nwaive: []\n",
    ["yaml-duplicate-key waive"],
  ],
  [
    "a repetition of a flow that is not known as a whole",
    `${ZONES}flows:\n  - { from: web, to: app, ports: [1/tcp], why: x }\n  - { from: web, to: app, ports: [1/tcp, y], why: x }\n`,
    ["ports-syntax flows[1].ports[1]"],
  ],
])("nothing is said of %s", (_, body, errors) => expect(errorsOf(body)).toEqual(errors));

test("a wrong entry hides nothing of what is said of those beside it", () => {
  const interfaces =
    "[{ name: a, host: 2 }, { name: B, host: 10 }, { name: c, host: x }, { name: a, host: 11 }]";
  expect(errorsOf(`zones:\n  app: { exposure: private, hosts: 50, interfaces: ${interfaces} }\n`)).toEqual([
    "interface-host zones.app.interfaces[0].host",
    "interface-name-twice zones.app.interfaces[3].name",
    "name-invalid zones.app.interfaces[1].name",
    "type-wrong zones.app.interfaces[2].host",
  ]);
});

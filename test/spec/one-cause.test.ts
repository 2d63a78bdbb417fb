/** What a first user gets wrong is told once, with the cause, and no guess loses what was written. */
import { loadSpec } from "../../src/app/load";

const HEAD = "name: case\nregion: us-east-1\n";
const ZONES = `zones:
  web: { exposure: public, hosts: 50 }
  app: { exposure: private, hosts: 50 }
`;
const told = (text: string) =>
  loadSpec(text, "x")
    .diagnostics.filter(({ severity }) => severity !== "info")
    .map(({ code, line, detail, edits }) => [code, line, detail, edits.length] as const);
const with22 = (body: string) => told(`${HEAD}cidr: 10.20.0.0/16\n${ZONES}${body}`);
const text = (part: string) => expect.stringContaining(part);

test.each([
  [
    "names without a comma between them",
    "flows: [{ from: [web app], to: app, ports: [443/tcp], why: x }]\n",
    [["zone-unknown", 7, text("[web, app]"), 0]],
  ],
  [
    "an endpoint as the end of a flow",
    "privateEndpoints: { m: { service: model-api, from: app } }\nflows: [{ from: app, to: m, ports: [443/tcp], why: x }]\n",
    [["zone-expected", 8, text("privateEndpoints.m.from"), 0]],
  ],
  [
    "a host as the end of a flow",
    "flows: [{ from: app, to: a.example.com, ports: [443/tcp], why: x }]\n",
    [["zone-unknown", 7, text("through `egress`"), 0]],
  ],
  [
    "one name where zones stand, and where networks could",
    "flows: [{ from: chat, to: app, ports: [443/tcp], why: x }]\nquarantine: [chat]\n",
    [["zone-unknown", 7, text("also stands on line 8"), 0]],
  ],
  [
    "an entry without its dash",
    "flows:\n  - from: web\n    to: app\n    ports: [443/tcp]\n    why: x\n    from: app\n    to: app\n    ports: [80/tcp]\n    why: y\n",
    [["yaml-duplicate-key", 12, text("write: - from:"), 0]],
  ],
  ["a key without its colon", "logging:\n  retentionDays 90\n", [["type-wrong", 7, text(""), 0]]],
])("%s", (_, body, expected) => expect(with22(body)).toEqual(expected));

test("a field without its colon is found where it stands", () =>
  expect(told(`${HEAD}cidr: 10.20.0.0/16\nzones:\n  app:\n    exposure private\n    hosts: 5\n`)).toEqual([
    ["yaml-syntax", 6, text("Write: exposure: private"), 0],
  ]));

describe("a range of a wrong size", () => {
  const range = (cidr: string, zone: string) =>
    told(`${HEAD}cidr: ${cidr}\nzones:\n  app: { exposure: private, cidr: ${zone} }\n`);

  test("has an edit where it holds every zone", () =>
    expect(range("10.0.0.0/8", "10.1.0.0/24")).toEqual([["range-size", 3, text("10.0.0.0/12"), 1]]));

  test("has none where it does not, and no zone is held to it", () =>
    expect(range("10.0.0.0/8", "10.96.0.0/24")).toEqual([["range-size", 3, text("/12 to /22"), 0]]));
});

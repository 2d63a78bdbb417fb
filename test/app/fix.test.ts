/** `enclave fix` makes what is certain, one diagnostic at a time, and nothing that makes a spec worse. */
import { fixText } from "../../src/app/fix";
import { loadSpec } from "../../src/app/load";
import type { LocatedDiagnostic } from "../../src/diagnostics/diagnostic";
import { setting } from "../../src/diagnostics/edit";
import { error } from "../../src/diagnostics/make";

const diagnose = (text: string): readonly LocatedDiagnostic[] => loadSpec(text, "s.enclave.yaml").diagnostics;

const SPEC = `name: My_Case # the team's own
regoin: us-east-1
cidr: 10.20.0.0/16
zones:
  # in front
  Web_App: { exposure: public, hosts: "50" } # fifty
  db:
    exposure: Isolated
    hosts: 20
flows:
  - from: Web_App
    to: [db, db]
    ports: [tcp/443] # TLS
    why: x
`;

const FIXED = `name: my-case # the team's own
region: us-east-1
cidr: 10.20.0.0/16
zones:
  # in front
  web-app: { exposure: public, hosts: 50 } # fifty
  db:
    exposure: isolated
    hosts: 20
flows:
  - from: web-app
    to: [db]
    ports: [443/tcp] # TLS
    why: x
`;

test("everything certain is mended, and comments and form stay", () => {
  const { text, made, left } = fixText(SPEC, diagnose);
  expect(text).toBe(FIXED);
  expect(made.map(({ diagnostic }) => diagnostic.code)).toEqual([
    "name-invalid",
    "key-unknown",
    "name-invalid",
    "type-wrong",
    "value-unknown",
    "entry-repeated",
    "ports-syntax",
  ]);
  expect(left).toEqual([]);
});

test("a second run changes nothing", () => expect(fixText(FIXED, diagnose).made).toEqual([]));

test("a guess is left to the user", () => {
  const text = SPEC.replace("hosts: 20", "hosts: 90d");
  const { left, ...fixed } = fixText(text, diagnose);
  expect(fixed.text).toContain("hosts: 90d");
  expect(left.map(({ code, edits }) => [code, edits])).toEqual([
    ["type-wrong", [setting("zones.db.hosts", 90)]],
  ]);
});

test("text that is no YAML stays as it is", () => {
  const { text, made, left } = fixText("name: [\n", diagnose);
  expect([text, made.length, left.length]).toEqual(["name: [\n", 0, 1]);
});

/** Says that `from` should be `to`, and what it thinks of the text afterwards. */
const claiming =
  (after: readonly string[]) =>
  (text: string): readonly LocatedDiagnostic[] =>
    (text.includes("wrong") ? ["first"] : after).map((summary) => ({
      ...error("internal", "a", summary, "", { edits: [setting("a", "right", "exact")] }),
      file: "f",
      line: 1,
      column: 1,
    }));

test.each([
  ["takes its error away", [], "a: right\n"],
  ["leaves its error", ["first"], "a: wrong\n"],
  ["brings another error", ["second"], "a: wrong\n"],
])("an edit that %s is made only if the spec is better for it", (_, after, text) =>
  expect(fixText("a: wrong\n", claiming(after)).text).toBe(text),
);

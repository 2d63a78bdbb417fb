/** A name that nothing has is one mistake, mended where it is mistyped. */
import { body, errorsOf, HEAD, offered, ZONES, zone } from "./offered";

const flowsTo = (...zones: readonly string[]): string => {
  const lines = zones.map(
    (to, index) => `  - { from: app, to: ${to}, ports: [${443 + index}/tcp], why: x }\n`,
  );
  return `flows:\n${lines.join("")}`;
};

describe("a name", () => {
  const renamed = (from: string, to: string): string => HEAD + ZONES.replace(from, to);

  test.each([
    [
      "that no cloud takes is renamed with the places that use it",
      renamed("vector-db", "Vector_DB") + flowsTo("Vector_DB", "[web, Vector_DB]"),
      [
        "exact set flows[0].to vector-db",
        "exact set flows[1].to[1] vector-db",
        "exact rename zones.Vector_DB vector-db",
      ],
    ],
    [
      "that no cloud takes, where all others have the right one, is renamed alone",
      renamed("vector-db", "Vector_DB") + flowsTo("vector-db", "vector-db"),
      ["exact rename zones.Vector_DB vector-db"],
    ],
    [
      "that nobody uses, where two places have another, is itself the mistyped one",
      renamed("vector-db", "vectr-db") + flowsTo("vector-db", "vector-db"),
      ["likely rename zones.vectr-db vector-db"],
    ],
    [
      "that is mistyped in one flow is set there",
      HEAD + ZONES + flowsTo("vectr-db", "vector-db"),
      ["likely set flows[0].to vector-db"],
    ],
    [
      "that is mistyped in two flows is one decision",
      HEAD + ZONES + flowsTo("vectr-db", "vectr-db", "vector-db"),
      ["likely set flows[0].to vector-db", "likely set flows[1].to vector-db"],
    ],
    [
      "in another spelling is exact",
      HEAD + ZONES + flowsTo("Vector_DB"),
      ["exact set flows[0].to vector-db"],
    ],
    [
      "that is a key is renamed",
      body(
        "mesh: { kind: istio, workloads: { ap: [{ name: a, namespace: b, serviceAccount: c, labels: { app: d } }] } }",
      ),
      ["likely rename mesh.workloads.ap app"],
    ],
    [
      "between two that are equally near is left",
      `${renamed("vector-db", "db1").replace("web", "db2")}${flowsTo("db3")}`,
      [],
    ],
    ["that is like none is left", HEAD + ZONES + flowsTo("nothing-like-it"), []],
    ["for all is no list of all", HEAD + ZONES + flowsTo("any"), []],
  ])("%s", (_what, text, edits) => expect(offered(text)).toEqual(edits));

  test("that is unknown in three flows is one error, with the other places", () => {
    expect(errorsOf(HEAD + ZONES + flowsTo("nope", "nope", "nope"))).toMatchObject([
      {
        code: "zone-unknown",
        path: "flows[0].to",
        also: ["flows[1].to", "flows[2].to"],
        detail: "Known: web, app, vector-db. It also stands on lines 10, 11.",
      },
    ]);
  });

  test("that is the mistyped one stands at its zone, with all places that have the other", () => {
    expect(errorsOf(renamed("vector-db", "vectr-db") + flowsTo("vector-db", "vector-db"))).toMatchObject([
      {
        path: "zones.vectr-db",
        also: ["flows[0].to", "flows[1].to"],
        detail: expect.stringMatching(/ It stands on lines 9, 10\.$/),
      },
    ]);
  });

  test.each([
    ["a zone", `${HEAD + ZONES}  app: { exposre: isolated, hosts: many }\n${flowsTo("app")}`, "zones.app"],
    ["a field", zone("exposure: private, hosts: 5, hosts: 6"), "zones.app.hosts"],
  ])("that is given twice to %s is one error, and nothing in either counts", (_what, text, path) => {
    expect(errorsOf(text)).toMatchObject([{ code: "yaml-duplicate-key", path, edits: [] }]);
  });
});

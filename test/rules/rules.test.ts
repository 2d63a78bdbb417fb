import fc from "fast-check";
import { loadSpec } from "../../src/app/load";
import {
  describeChain,
  endpoint,
  type Hop,
  type Network,
  type Node,
  nameOf,
  party,
  shortestChain,
} from "../../src/rules/chains";

const hop = (from: string, to: string): Hop => ({
  from: party(from),
  to: party(to),
  text: "443/tcp",
  path: "flows[0]",
  names: { from: 1, to: 1 },
});

function networkOf(zones: readonly string[], hops: readonly Hop[]): Network {
  const hopsFrom = new Map<Node, Hop[]>();
  for (const each of hops) hopsFrom.set(each.from, [...(hopsFrom.get(each.from) ?? []), each]);
  return { zones: new Set(zones), hopsFrom };
}

const namesOf = (chain: readonly Hop[] | undefined): string | undefined =>
  chain?.map(({ to }) => nameOf(to)).join(" ");

describe("chains", () => {
  const network = networkOf(
    ["a", "b", "c"],
    [
      hop("internet", "a"),
      hop("a", "b"),
      hop("b", "c"),
      hop("c", "a"),
      hop("a", "corp"),
      hop("corp", "c"),
      { ...hop("c", "x"), to: endpoint("a") },
    ],
  );

  test.each([
    ["the shortest one is found", "internet", "c", {}, "a b c"],
    ["a network outside hands nothing on", "a", "c", {}, "b c"],
    ["but may begin one", "corp", "a", {}, "c a"],
    ["and end one", "internet", "corp", {}, "a corp"],
    ["nothing leads to the internet", "a", "internet", {}, undefined],
    ["a zone comes back to itself only by a circle", "b", "b", {}, "c a b"],
    ["as many hops as are allowed count", "internet", "c", { hops: 3 }, "a b c"],
    ["more do not", "internet", "c", { hops: 2 }, undefined],
    ["a zone taken away hands nothing on", "a", "c", { without: new Set(["b"]) }, undefined],
  ] as const)("%s: from %s to %s", (_title, from, to, search, chain) =>
    expect(namesOf(shortestChain(network, party(from), party(to), search))).toBe(chain),
  );

  test("an endpoint that is called like a zone is not that zone", () => {
    expect(namesOf(shortestChain(network, party("b"), endpoint("a")))).toBe("c a");
    expect(namesOf(shortestChain(network, party("b"), party("a"), { hops: 1 }))).toBeUndefined();
  });

  test("a chain is described hop by hop with its lines", () => {
    expect(describeChain(shortestChain(network, party("internet"), party("b")) ?? [], () => 7)).toBe(
      "  internet to a 443/tcp (line 7)\n  a to b 443/tcp (line 7)",
    );
  });

  test("for random networks, one is found exactly when trying every way finds one, and it is a shortest", () => {
    const zones = ["a", "b", "c", "d", "e"];
    const edge = fc.tuple(fc.constantFrom(...zones), fc.constantFrom(...zones));
    const scenario = fc.record({
      edges: fc.array(edge, { maxLength: 12 }),
      from: fc.constantFrom(...zones),
      to: fc.constantFrom(...zones),
      cut: fc.subarray(zones),
    });
    fc.assert(
      fc.property(scenario, ({ edges, from, to, cut }) => {
        const chain = shortestChain(
          networkOf(
            zones,
            edges.map(([a, b]) => hop(a, b)),
          ),
          party(from),
          party(to),
          { without: new Set(cut) },
        );
        expect(chain?.length).toBe(lengthByTrying(edges, from, to, new Set(cut)));
        for (const [index, each] of (chain ?? []).entries()) {
          expect(nameOf(each.from)).toBe(index === 0 ? from : nameOf(chain?.[index - 1]?.to ?? party("")));
          if (index > 0) expect(cut).not.toContain(nameOf(each.from));
        }
      }),
      { numRuns: 1500 },
    );
  });
});

/** The length of the shortest chain, by growing the set of zones reached in 1, 2, … hops. */
function lengthByTrying(
  edges: readonly (readonly [string, string])[],
  from: string,
  to: string,
  cut: ReadonlySet<string>,
): number | undefined {
  let reached = new Set([from]);
  for (let length = 1; length <= 6; length++) {
    const next = edges.filter(([a]) => reached.has(a)).map(([, b]) => b);
    if (next.includes(to)) return length;
    reached = new Set(next.filter((zone) => !cut.has(zone)));
  }
  return undefined;
}

const HEAD = "name: case\nregion: us-east-1\ncidr: 10.20.0.0/16\n";
const saysOf = (spec: string): string[] =>
  loadSpec(HEAD + spec, "x").diagnostics.map(
    ({ code, severity, finding, path }) => `${finding ? "finding" : severity} ${code} ${path}`,
  );

describe("waivers", () => {
  const spec = (waive: string): string => `zones:
  one: { exposure: private, role: training, hosts: 9 }
  two: { exposure: private, role: training, hosts: 9 }
privateEndpoints:
  x: { service: object-storage, from: [one, two], access: write, holds: data }
  y: { service: queue, from: [one], access: read-write, holds: data }
waive: [${waive}]
`;
  const rest = (waive: string): string[] =>
    loadSpec(HEAD + spec(waive), "x").diagnostics.flatMap(({ finding, facts }) =>
      finding ? [`${facts["zone"]} ${facts["endpoint"]}`] : [],
    );

  test.each([
    ["none", "", ["one x", "two x", "one y"]],
    ["one for the whole enclave", '{ rule: training-reads-data, why: "x" }', []],
    ["one for a zone", '{ rule: training-reads-data, zone: one, why: "x" }', ["two x"]],
    ["one for an endpoint", '{ rule: training-reads-data, endpoint: x, why: "x" }', ["one y"]],
    [
      "one for a zone at an endpoint",
      '{ rule: training-reads-data, zone: one, endpoint: x, why: "x" }',
      ["two x", "one y"],
    ],
    ["one for another rule", '{ rule: serving-reads-artifacts, why: "x" }', ["one x", "two x", "one y"]],
  ])("%s leaves what it does not cover", (_which, waive, left) => expect(rest(waive)).toEqual(left));

  test("one that cannot be read takes its rule's findings with it, so that none is a consequence of a typing error", () => {
    expect(saysOf(spec('{ rule: training-reads-data, zone: oen, why: "x" }'))).toEqual([
      "error zone-unknown waive[0].zone",
    ]);
    expect(saysOf(spec('{ rule: trainig-reads-data, why: "x" }'))).toEqual([
      "error value-unknown waive[0].rule",
    ]);
  });

  test("one for Google's perimeter is left to Google", () => {
    expect(
      saysOf(
        'zones: { app: { exposure: private, hosts: 9 } }\nwaive: [{ rule: google-perimeter, why: "none yet" }]\n',
      ),
    ).toEqual([]);
  });
});

describe("rules that could be misread", () => {
  test("a role that cannot be read is no missing redaction zone", () => {
    const spec = (role: string): string => `zones:
  llm: { exposure: private, role: inference, hosts: 9 }
  one: { exposure: isolated, role: ${role}, hosts: 9 }
  two: { exposure: isolated, role: redaction, hosts: 9 }
  db: { exposure: isolated, role: data, hosts: 9 }
flows:
  - { from: llm, to: one, ports: [443/tcp], why: "context" }
  - { from: one, to: db, ports: [443/tcp], why: "queries" }
`;
    expect(saysOf(spec("redaction"))).toEqual([]);
    expect(saysOf(spec("redacton"))).toEqual(["error value-unknown zones.one.role"]);
    expect(saysOf(spec("tools"))).toEqual(["finding redaction-between flows[1]"]);
  });

  test("without a redaction zone nothing has to pass one", () => {
    expect(
      saysOf(
        'zones:\n  llm: { exposure: private, role: inference, hosts: 9 }\n  db: { exposure: isolated, role: data, hosts: 9 }\nflows: [{ from: llm, to: db, ports: [443/tcp], why: "queries" }]\n',
      ),
    ).toEqual([]);
  });

  test("a right that means nothing is not judged", () => {
    expect(
      saysOf(
        "zones: { t: { exposure: private, role: training, hosts: 9 } }\nprivateEndpoints: { x: { service: relational-db, from: t, holds: data } }\n",
      ),
    ).toEqual([]);
  });

  test("the waiver that a finding names, with a reason, leaves the enclave without that finding", () => {
    const spec = `zones:
  web: { exposure: public, role: ingress, hosts: 9 }
  app: { exposure: private, role: app, hosts: 9 }
  t: { exposure: private, role: training, hosts: 9 }
flows:
  - { from: web, to: app, ports: [443/tcp], why: "requests" }
  - { from: app, to: t, ports: [443/tcp], why: "starts training" }
`;
    const [found] = loadSpec(HEAD + spec, "x").diagnostics;
    expect(found).toMatchObject({
      code: "serving-not-to-training",
      facts: { from: ["web", "app"], to: "t", hops: 1 },
    });
    expect(found?.edits).toEqual([]);
    const [, waiver = ""] = /What sets it aside: (waive: .*)$/.exec(found?.detail ?? "") ?? [];
    expect(saysOf(`${spec}${waiver.replace("…", "known")}\n`)).toEqual(["info rule-waived waive[0]"]);
  });
});

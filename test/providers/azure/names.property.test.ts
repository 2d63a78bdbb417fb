/** Names of every length, made to meet: what is rendered fits Azure and is told apart, and what cannot be is refused. */
import fc from "fast-check";
import { runs } from "../../support/random-specs";
import { named, RULES, ruleNames, twiceNamed } from "./names";
import { synth } from "./rendered";

/** Pieces that the renderer itself puts into names, and long ones that have to be cut. */
const PIECES = [
  "a",
  "b",
  "1",
  "nic",
  "endpoint",
  "custom",
  "blob",
  "monitor",
  "logs",
  "egress",
  "dns",
  "x".repeat(17),
];
const label = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 3 })
  .map((pieces) => `n${pieces.join("-")}`.slice(0, 20).replace(/-$/, ""));
const labels = (most: number): fc.Arbitrary<string[]> =>
  fc.uniqueArray(label, { minLength: 1, maxLength: most });

const SERVICES = ["object-storage", "secrets", "logs", "metrics", "queue", "custom"] as const;
const ALIAS = "v.00000000-0000-0000-0000-000000000000.eastus2.azure.privatelinkservice";

const endpoint = (name: string, service: string, zone: string): object => ({
  service,
  from: [zone],
  ...(service === "custom"
    ? {
        ports: ["443/tcp"],
        dnsNames: [`${name}.example.com`],
        target: { azure: { privateLinkServiceAlias: ALIAS } },
      }
    : {}),
});

const anyNames = fc
  .record({
    name: label,
    zones: labels(3),
    cards: labels(3),
    ends: fc.array(fc.tuple(label, fc.constantFrom(...SERVICES)), { maxLength: 5 }),
  })
  .map(({ name, zones, cards, ends }) => ({
    name,
    zones: Object.fromEntries(
      zones.map((zone) => [
        zone,
        {
          exposure: "private",
          prefix: 27,
          interfaces: cards.map((card, at) => ({ name: card, host: 8 + at })),
        },
      ]),
    ),
    flows: [{ from: zones, to: zones, ports: ["443/tcp", "10000-20000/tcp"], why: "x" }],
    privateEndpoints: Object.fromEntries(
      ends.map(([end, service]) => [end, endpoint(end, service, zones[0] ?? "")]),
    ),
    egress: [
      {
        from: zones,
        to: zones.map((zone) => `${"y".repeat(60)}.${zone}.example.com`),
        ports: ["443/tcp"],
        why: "x",
      },
    ],
  }));

let rendered = 0;

test("names fit their kind and are told apart, or the spec is refused", () => {
  fc.assert(
    fc.property(anyNames, (spec) => {
      const result = synth(spec);
      if (result.rendered === undefined) {
        // Names that meet in Terraform, or that Azure keeps for itself.
        expect(result.diagnostics.filter(({ severity }) => severity === "error").length).toBeGreaterThan(0);
        return;
      }
      rendered++;
      const all = named(result.rendered);
      for (const { type, name } of all) expect(name).toMatch(RULES[type] ?? /^$/);
      expect(twiceNamed(all)).toEqual([]);
      for (const [place, own] of ruleNames(result.rendered.document)) {
        expect([place, new Set(own).size]).toEqual([place, own.length]);
        for (const name of own) expect(name).toMatch(/^[A-Za-z0-9][\w.-]{0,78}\w$/);
      }
    }),
    runs(20),
  );
});

test("most of what was generated was rendered", () => {
  expect(rendered).toBeGreaterThan(10);
});

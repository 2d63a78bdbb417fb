/** Names of third parties in private DNS zones: each name is answered once, and no wildcard is hidden by what lies below it. */
import fc from "fast-check";
import { zonesOf } from "../../../providers/shared/private-zones";
import type { Endpoint } from "../../../src/plan/network-plan";
import { matchesName } from "../../../src/verifier/replay/names";

const zones = (...dnsNames: readonly string[]) =>
  zonesOf({ name: "x", path: "privateEndpoints.x", dnsNames } as unknown as Endpoint).map(
    ({ domain, names, path }) => [domain, [...names], path],
  );

test.each<[string, readonly string[], readonly unknown[]]>([
  ["one name", ["a.example.com"], [["a.example.com", ["a.example.com"], "privateEndpoints.x.dnsNames[0]"]]],
  [
    "a name and what is below it",
    ["example.com", "*.example.com"],
    [["example.com", ["example.com", "*.example.com"], "privateEndpoints.x.dnsNames[0]"]],
  ],
  [
    "names that a wildcard answers for already",
    ["a.b.example.com", "*.b.example.com", "*.example.com"],
    [["example.com", ["*.example.com"], "privateEndpoints.x.dnsNames[2]"]],
  ],
  [
    "a name inside the domain of another",
    ["b.example.com", "x.b.example.com", "other.example.org"],
    [
      ["b.example.com", ["b.example.com", "x.b.example.com"], "privateEndpoints.x.dnsNames[0]"],
      ["other.example.org", ["other.example.org"], "privateEndpoints.x.dnsNames[2]"],
    ],
  ],
])("%s", (_, names, expected) => {
  expect(zones(...names)).toEqual(expected);
});

test("every name lies in exactly one zone, and its records answer for it", () => {
  const label = fc.constantFrom("a", "b", "c");
  const name = fc
    .tuple(fc.boolean(), fc.array(label, { minLength: 1, maxLength: 3 }))
    .map(([isWild, labels]) => `${isWild ? "*." : ""}${labels.join(".")}.example.com`);
  fc.assert(
    fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 6 }), (dnsNames) => {
      const all = zonesOf({ name: "x", path: "x", dnsNames } as unknown as Endpoint);
      for (const asked of dnsNames.map((each) => each.replace("*.", "any."))) {
        const holding = all.filter(({ domain }) => `.${asked}`.endsWith(`.${domain}`));
        expect(holding).toHaveLength(1);
        expect(holding[0]?.names.some((each) => matchesName(each, asked))).toBe(true);
      }
    }),
  );
});

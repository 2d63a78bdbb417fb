/** Every kind of packet through random enclaves: one passes if and only if the spec declares it, in quarantine too. */
import fc from "fast-check";
import { resourcesOf } from "../../../src/verifier/terraform/document";
import { anySpec, type NetSpec, runs } from "../../support/random-specs";
import { readNetwork } from "./network";
import { render } from "./rendered";
import { EDGES, misjudged } from "./world";

const somePorts = fc.uniqueArray(fc.constantFrom(...EDGES), { minLength: 3, maxLength: 3 });
const cutOf = (spec: NetSpec): fc.Arbitrary<string[]> =>
  fc.subarray(Object.keys(spec.zones), { minLength: 1, maxLength: 2 });
const anyCase = anySpec.chain((spec) =>
  fc.record({ spec: fc.constant(spec), ports: somePorts, cut: cutOf(spec) }),
);

/** What the generated documents contained, so that a property about nothing is noticed. */
const seen = new Map<string, number>();

test("a connection can be opened if and only if the spec declares it, and neither into nor out of a quarantined zone", () => {
  fc.assert(
    fc.property(anyCase, ({ spec, ports, cut }) => {
      const { document } = render(spec);
      for (const type of [
        "azurerm_firewall",
        "azurerm_private_endpoint",
        "azurerm_monitor_private_link_scoped_service",
      ])
        if (resourcesOf(document, type).size > 0) seen.set(type, (seen.get(type) ?? 0) + 1);
      expect(misjudged(spec, readNetwork(document, []), ports)).toEqual([]);
      expect(misjudged(spec, readNetwork(document, cut), ports, cut)).toEqual([]);
    }),
    runs(15),
  );
});

test("ways out and private endpoints are among what was generated", () => {
  expect([...seen.keys()].sort()).toEqual([
    "azurerm_firewall",
    "azurerm_monitor_private_link_scoped_service",
    "azurerm_private_endpoint",
  ]);
});

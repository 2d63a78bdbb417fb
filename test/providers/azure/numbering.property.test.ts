/** Rule numbers and names follow from the lock file: what comes beside a flow moves nothing of it. */
import fc from "fast-check";
import type { TerraformDocument } from "../../../src/plan/provider";
import { resourcesOf } from "../../../src/verifier/terraform/document";
import { anySpec, type NetSpec, runs } from "../../support/random-specs";
import { readRules } from "./network";
import { render } from "./rendered";

type Body = Readonly<Record<string, unknown>>;

/** `app Inbound web_to_app_443_tcp`: 207 */
function numbersOf(document: TerraformDocument): Map<string, number> {
  const rules = [...resourcesOf(document, "azurerm_network_security_group")].flatMap(([group, body]) =>
    readRules(body, []).map((rule): [string, number] => [
      `${group} ${rule.direction} ${rule.name}`,
      rule.priority,
    ]),
  );
  const group = resourcesOf(document, "azurerm_firewall_policy_rule_collection_group").get("enclave");
  const collections = ((group?.["application_rule_collection"] ?? []) as Body[]).map(
    (each): [string, number] => [`firewall ${String(each["name"])}`, Number(each["priority"])],
  );
  return new Map([...rules, ...collections]);
}

const insert = <T>(list: readonly T[], item: T, at: number): T[] => [
  ...list.slice(0, at),
  item,
  ...list.slice(at),
];

/** A neighbour of every kind, at any place: a zone first, a flow and a way out of it somewhere in between, an endpoint. */
const grown = (spec: NetSpec, at: number): NetSpec => ({
  ...spec,
  zones: { zoo: { exposure: "private", prefix: 28 }, ...spec.zones },
  flows: insert(
    spec.flows,
    { from: "zoo", to: Object.keys(spec.zones)[0] ?? "", ports: ["4321/tcp"], why: "a neighbour" },
    Math.min(at, spec.flows.length),
  ),
  egress: insert(
    spec.egress,
    { from: ["zoo"], to: ["zoo.example.net"], ports: ["443/tcp"], why: "a neighbour" },
    Math.min(at, spec.egress.length),
  ),
  privateEndpoints: { search: { service: "vector-search", from: ["zoo"] }, ...spec.privateEndpoints },
});

test("a zone, a flow, a way out and an endpoint put in anywhere change no number and no name that was there", () => {
  fc.assert(
    fc.property(anySpec, fc.nat(8), (spec, at) => {
      const before = render(spec);
      const after = render(grown(spec, at), before.lock);
      const numbers = numbersOf(after.document);
      for (const [rule, number] of numbersOf(before.document))
        expect([rule, numbers.get(rule)]).toEqual([rule, number]);
      const types = Object.keys(before.document["resource"] as object);
      for (const type of types)
        for (const [name, body] of resourcesOf(before.document, type))
          expect([name, resourcesOf(after.document, type).get(name)?.["name"]]).toEqual([name, body["name"]]);
    }),
    runs(6),
  );
});

test("rules of one direction of a group have numbers of their own, in the range that Azure takes", () => {
  fc.assert(
    fc.property(anySpec, (spec) => {
      for (const [, group] of resourcesOf(render(spec).document, "azurerm_network_security_group")) {
        for (const direction of ["Inbound", "Outbound"]) {
          const numbers = readRules(group, []).flatMap((rule) =>
            rule.direction === direction ? [rule.priority] : [],
          );
          expect(new Set(numbers).size).toBe(numbers.length);
          expect(numbers.every((number) => number >= 100 && number <= 4096)).toBe(true);
        }
      }
    }),
    runs(5),
  );
});

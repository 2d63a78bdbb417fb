/**
 * Names of more than 63 characters end with a hash, so that two of a kind can be the same. The endpoint for
 * Google APIs and the perimeter are one each in an enclave.
 */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { flowsOf, usesOf } from "../../../src/plan/ways";
import { endpointNamed, interfacesOf, namedEndpoints, pathOf, zoneNamed } from "../../shared/questions";
import { type Named, reviewCollisions } from "../../shared/review/names";
import { attachedEndpoints } from "../data/services";
import { allowedZone, serviceZone } from "../render/dns";
import { egressRules, ruleId } from "../render/egress-rules";
import { googleName, ruleName } from "../render/naming";
import { serviceRule } from "../render/ways";
import { allowRules } from "./endpoints";

export const reviewNames = (plan: NetworkPlan): Iterable<Diagnostic> =>
  reviewCollisions(namesOf(plan), {
    code: "google-name-collision",
    why: "Google takes 63 characters, so that longer names end with a hash.",
    facts: ({ what: other, path: otherPath }, { kind, name, what }) => ({
      ...{ kind, name, this: what, other, otherPath },
    }),
  });

/** All names that are made of names of the spec. */
export const namesOf = (plan: NetworkPlan): Named[] => [
  ...namesOfZones(plan),
  ...namesOfRules(plan),
  ...attachedEndpoints(plan).map((endpoint) => {
    const name = googleName(plan, "enclave", endpoint.id);
    return { kind: "address", name, what: endpoint.name, path: endpoint.path };
  }),
  ...egressRules(plan).map((way) => {
    const name = googleName(plan, ruleId(plan, way));
    return {
      kind: "list of names",
      name,
      what: `${way.from.zone} ${way.to.port}`,
      path: pathOf(way, "egress"),
    };
  }),
  ...namesOfDomains(plan),
];

function* namesOfZones(plan: NetworkPlan): Iterable<Named> {
  for (const zone of plan.zones) {
    for (const index of zone.subnets.keys()) {
      const name = googleName(plan, zone.id, `${index + 1}`);
      yield { kind: "subnetwork", name, what: `${zone.name} ${index + 1}`, path: zone.path };
    }
    for (const { item, slot } of interfacesOf(zone)) {
      const name = googleName(plan, zone.id, item.id, `${slot}`);
      yield { kind: "address", name, what: `${zone.name} ${item.name} ${slot}`, path: item.path };
    }
  }
}

function* namesOfRules(plan: NetworkPlan): Iterable<Named> {
  const kind = "firewall rule";
  for (const way of flowsOf(plan))
    for (const direction of ["EGRESS", "INGRESS"] as const) {
      const name = ruleName(way.id, direction);
      yield { kind, name, what: `${way.id} ${direction}`, path: pathOf(way, "flows") };
    }
  for (const { from, to } of usesOf(plan)) {
    const endpoint = endpointNamed(plan, to.endpoint);
    const rule = `${zoneNamed(plan, from.zone).id}_to_${serviceRule(endpoint)}`;
    yield { kind, name: ruleName(rule, "EGRESS"), what: `${rule} EGRESS`, path: endpoint.path };
  }
}

/** Two domains with one Terraform address are reported elsewhere, so each address counts once. */
function namesOfDomains(plan: NetworkPlan): Named[] {
  const zones = new Map<string, Named>();
  const add = (id: string, what: string, path: SpecPath) =>
    zones.set(id, { kind: "DNS zone", name: googleName(plan, id), what, path });
  for (const endpoint of namedEndpoints(plan)) add(serviceZone(endpoint), endpoint.dnsName, endpoint.path);
  for (const { domain, path } of allowRules(plan)) add(allowedZone(domain), domain, path);
  return [...zones.values()];
}

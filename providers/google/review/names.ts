/**
 * Names that are longer than 63 characters end with a few digits of a hash, so that two of a kind can be the same. The names of the
 * endpoint for Google APIs and of the perimeter are one each in an enclave.
 */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { flowsOf } from "../../../src/plan/ways";
import { pathOf } from "../../shared/paths";
import { namedEndpoints } from "../../shared/private-names";
import { type Named, named, reviewCollisions } from "../../shared/review/names";
import { zoneNamed } from "../../shared/zones";
import { attachedEndpoints } from "../data/services";
import { allowedZone, serviceZone } from "../render/dns";
import { egressRules } from "../render/egress-rules";
import { type Direction, googleName, ruleName } from "../render/naming";
import { serviceRule } from "../render/ways";
import { allowRules } from "./endpoints";

export const reviewNames = (plan: NetworkPlan): Diagnostic[] =>
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
  ...namesOfEndpoints(plan),
  ...namesOfExits(plan),
  ...namesOfDomains(plan),
];

const namesOfZones = (plan: NetworkPlan): Named[] =>
  plan.zones.flatMap((zone) =>
    zone.subnets.flatMap((_, index) => {
      const slot = `${index + 1}`;
      const name = googleName(plan, zone.id, slot);
      const addresses = zone.interfaces.map((item) => {
        const what = `${zone.name} ${item.name} ${slot}`;
        return named("address", googleName(plan, zone.id, item.id, slot), what, item.path);
      });
      return [named("subnetwork", name, `${zone.name} ${slot}`, zone.path), ...addresses];
    }),
  );

function namesOfRules(plan: NetworkPlan): Named[] {
  const rule = (name: string, direction: Direction, path: SpecPath): Named =>
    named("firewall rule", ruleName(name, direction), `${name} ${direction}`, path);
  const flows = flowsOf(plan).flatMap((way) =>
    (["EGRESS", "INGRESS"] as const).map((direction) => rule(way.id, direction, pathOf(way, "flows"))),
  );
  const uses = plan.endpoints.flatMap((endpoint) =>
    endpoint.from.map((zone) => {
      const name = `${zoneNamed(plan.zones, zone).id}_to_${serviceRule(endpoint)}`;
      return rule(name, "EGRESS", endpoint.path);
    }),
  );
  return [...flows, ...uses];
}

const namesOfEndpoints = (plan: NetworkPlan): Named[] =>
  attachedEndpoints(plan).map((endpoint) => {
    const name = googleName(plan, "enclave", endpoint.id);
    return named("address", name, endpoint.name, endpoint.path);
  });

const namesOfExits = (plan: NetworkPlan): Named[] =>
  egressRules(plan).map((rule) => {
    const what = `${rule.zone.name} ${rule.port}`;
    return named("list of names", googleName(plan, rule.id), what, pathOf(rule, "egress"));
  });

/** Two domains with one Terraform address are reported elsewhere, so each address counts once. */
function namesOfDomains(plan: NetworkPlan): Named[] {
  const zones = new Map<string, Named>();
  const add = (id: string, domain: string, path: SpecPath) =>
    zones.set(id, named("DNS zone", googleName(plan, id), domain, path));
  for (const endpoint of namedEndpoints(plan)) add(serviceZone(endpoint), endpoint.dnsName, endpoint.path);
  for (const { domain, path } of allowRules(plan)) add(allowedZone(domain), domain, path);
  return [...zones.values()];
}

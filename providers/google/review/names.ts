/**
 * Names of more than 63 characters end with a hash, so that two of a kind can be the same. The endpoint for
 * Google APIs and the perimeter are one each in an enclave.
 */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { flowsOf, usesOf } from "../../../src/plan/ways";
import { privateZones } from "../../shared/private-zones";
import { endpointNamed, interfacesOf, pathOf, zoneNamed } from "../../shared/questions";
import { type Named, reviewCollisions } from "../../shared/review/names";
import { attachedEndpoints } from "../data/services";
import { allowedDomains, allowedZone, serviceZone } from "../render/dns";
import { egressRules, ruleId } from "../render/egress-rules";
import { attachedName, googleName, ruleName } from "../render/naming";
import { serviceRule } from "../render/ways";

export const reviewNames = (plan: NetworkPlan): Iterable<Diagnostic> =>
  reviewCollisions(namesOf(plan), {
    code: "google-name-collision",
    why: "Google takes 63 characters, so that longer names end with a hash.",
    facts: (first, { kind, name, what }) => {
      return { kind, name, this: what, other: first.what, otherPath: first.path };
    },
  });

export function namesOf(plan: NetworkPlan): Named[] {
  const names: Named[] = [];
  const add = (kind: string, name: string, what: string, path: SpecPath) =>
    names.push({ kind, name, what, path });
  for (const zone of plan.zones) {
    for (const index of zone.subnets.keys()) {
      const slot = `${index + 1}`;
      add("subnetwork", googleName(plan, zone.id, slot), `${zone.name} ${slot}`, zone.path);
    }
    for (const { item, slot } of interfacesOf(zone)) {
      const name = googleName(plan, zone.id, item.id, `${slot}`);
      add("address", name, `${zone.name} ${item.name} ${slot}`, item.path);
    }
  }
  for (const way of flowsOf(plan))
    for (const direction of ["EGRESS", "INGRESS"] as const)
      add("firewall rule", ruleName(way.id, direction), `${way.id} ${direction}`, pathOf(way, "flows"));
  for (const { from, to } of usesOf(plan)) {
    const endpoint = endpointNamed(plan, to.endpoint);
    const rule = `${zoneNamed(plan, from.zone).id}_to_${serviceRule(endpoint)}`;
    add("firewall rule", ruleName(rule, "EGRESS"), `${rule} EGRESS`, endpoint.path);
  }
  for (const { id, name, path } of attachedEndpoints(plan)) {
    add("address", googleName(plan, "enclave", id), name, path);
    add("forwarding rule", attachedName(plan, `enclave_${id}`, ""), name, path);
  }
  for (const way of egressRules(plan)) {
    const what = `${way.from.zone} ${way.to.port}`;
    add("list of names", googleName(plan, ruleId(plan, way)), what, pathOf(way, "egress"));
  }
  for (const [id, { domain, path }] of domainsOf(plan)) add("DNS zone", googleName(plan, id), domain, path);
  return names;
}

/** By Terraform name, because the review of endpoints reports two domains that share one. */
const domainsOf = (plan: NetworkPlan) =>
  new Map([
    ...privateZones(plan).map((each) => [serviceZone(each.endpoint, each.domain), domainAt(each)] as const),
    ...allowedDomains(plan).map((each) => [allowedZone(each.domain), domainAt(each)] as const),
  ]);

const domainAt = ({ domain, path }: { readonly domain: string; readonly path: SpecPath }) => ({
  domain,
  path,
});

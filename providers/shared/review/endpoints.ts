/** Names of private endpoints that are taken, or that would hide other names. */

import type { Cloud } from "../../../src/clouds/cloud";
import type { Code } from "../../../src/diagnostics/catalogue";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type PrivateZone, privateZones } from "../private-zones";
import { domainOf, nameId, pathOf, within } from "../questions";

type Taken = { readonly facts: Readonly<Record<string, string>>; readonly why: string };

/** `takenBy` gets each zone of a name, and those before it. */
export function* reviewTakenNames(
  plan: NetworkPlan,
  code: Code,
  takenBy: (zone: PrivateZone, earlier: readonly PrivateZone[]) => Taken | undefined,
): Iterable<Diagnostic> {
  const zones = privateZones(plan);
  for (const [index, zone] of zones.entries()) {
    const taken = takenBy(zone, zones.slice(0, index));
    if (taken === undefined) continue;
    const { names, endpoint, path } = zone;
    const summary = `"${endpoint.name}" cannot have the name "${names[0]}"`;
    yield error(code, path, summary, taken.why, { facts: { name: names[0] ?? "", ...taken.facts } });
  }
}

/** Names of one endpoint that differ in dots and dashes alone. */
export function* reviewAlikeNames({ endpoints }: NetworkPlan): Iterable<Diagnostic> {
  for (const { name: endpoint, dnsNames, path } of endpoints)
    for (const [index, name] of dnsNames.entries()) {
      const other = dnsNames.slice(0, index).find((each) => each !== name && nameId(each) === nameId(name));
      if (other === undefined) continue;
      const summary = `names "${other}" and "${name}" of "${endpoint}" would have one address`;
      const detail = "Names of resources write dots and dashes alike, so both would be one record.";
      yield error("address-collision", `${path}.dnsNames[${index}]`, summary, detail, { facts: { other } });
    }
}

/**
 * The first name of `egress` or `dns` that the private zone of an endpoint hides. An endpoint below a pattern
 * (`a.example.com` of `*.example.com`) hides nothing: it is the nearer answer to its own name.
 */
export function* reviewHiddenNames(plan: NetworkPlan, code: Code): Iterable<Diagnostic> {
  const others = plan.resolvable.filter(({ purpose }) => purpose !== "endpoint");
  const seen = new Set<string>();
  for (const { endpoint, domain: name, path } of privateZones(plan)) {
    const hidden = others.find(({ pattern }) => within(domainOf(pattern), name));
    // The first endpoint keeps a name.
    if (hidden === undefined || seen.has(name)) continue;
    seen.add(name);
    const by = pathOf(hidden, "egress");
    const summary = `the name of "${endpoint.name}" hides "${hidden.pattern}"`;
    const detail =
      `A private DNS zone "${name}" answers for every name in it, so that "${hidden.pattern}" (${by}) ` +
      "would not resolve.";
    yield error(code, path, summary, detail, { facts: { name, hidden: hidden.pattern, by } });
  }
}

/** Where an endpoint has one address for the whole region, there is nothing to place. */
export function* reviewRegionalSlots({ endpoints }: NetworkPlan, cloud: Cloud): Iterable<Diagnostic> {
  const placed = endpoints.filter(({ slots }) => slots.length > 0);
  const [first] = placed;
  if (first === undefined) return;
  const names = placed.map(({ name }) => name);
  const summary = `availabilityZones of ${names.join(", ")} changes nothing on ${cloud}`;
  const detail = "A private endpoint has one address there, which answers in every availability zone.";
  yield info("endpoint-regional", `${first.path}.availabilityZones`, summary, detail, {
    facts: { endpoints: names },
  });
}

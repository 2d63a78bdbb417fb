/** Availability zones of private endpoints: one endpoint of AWS has one set of them, and a gateway has none. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { endpointGroups, hasInterfaces } from "../render/endpoint-groups";

export function* reviewSlots(plan: NetworkPlan): Iterable<Diagnostic> {
  for (const { name, path, service, slots } of plan.endpoints) {
    if (service !== "object-storage" || slots.length === 0) continue;
    const summary = `"${name}" is reached by routes, and not in availability zones`;
    const detail =
      "On AWS object storage has a gateway endpoint, which is there for every subnet. Leave the line out.";
    yield error("capability-missing", `${path}.availabilityZones`, summary, detail, {
      facts: { cloud: "aws", service },
    });
  }
  for (const { aws, uses } of endpointGroups(plan).filter(hasInterfaces)) {
    const [first, ...others] = uses.map(({ endpoint }) => endpoint);
    const other = others.find(({ slots }) => slots.join() !== first?.slots.join());
    if (first === undefined || other === undefined) continue;
    const summary = `"${other.name}" cannot have availability zones of its own on AWS`;
    const detail =
      `AWS has one endpoint for ${aws.name} in a VPC, and "${first.name}" shares it. Give both the same ` +
      "availabilityZones, or none.";
    yield error("aws-endpoint-zones-differ", other.path, summary, detail, {
      facts: { service: aws.name, first: first.name },
    });
  }
}

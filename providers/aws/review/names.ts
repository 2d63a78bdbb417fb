/** Rules of security groups that would have one Terraform address. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { flowsOf } from "../../../src/plan/ways";
import { pathOf, zoneNamed } from "../../shared/questions";
import { type Named, reviewCollisions } from "../../shared/review/names";
import { endpointGroups, endpointRule, usesHeldBy } from "../render/endpoint-groups";

/** Zone "a" with endpoint "to-b" and a flow from zone "a-to-…" to zone "b" may come to the same name. */
export const reviewNames = (plan: NetworkPlan): Iterable<Diagnostic> =>
  reviewCollisions(namesOf(plan), ADDRESSES);

const ADDRESSES = {
  code: "aws-address-taken",
  why: "Names are joined to a Terraform address, so that different names can have the same one.",
  facts: (_: Named, { name }: Named) => ({ address: name }),
} as const;

function* namesOf(plan: NetworkPlan): Iterable<Named> {
  const kind = "security group rule";
  for (const way of flowsOf(plan))
    yield { kind, name: way.id, what: `the flow "${way.id}"`, path: pathOf(way, "flows") };
  for (const group of endpointGroups(plan))
    for (const zone of group.consumers) {
      const [use] = usesHeldBy(zone, group.uses);
      if (use === undefined) continue;
      const what = `endpoint "${use.endpoint.name}" of zone "${zone}"`;
      const path = use.endpoint.path;
      for (const traffic of group.ports)
        yield { kind, name: endpointRule(zoneNamed(plan, zone).id, group, traffic), what, path };
    }
}

/** Rules of security groups that would have one Terraform address. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { flowsOf } from "../../../src/plan/ways";
import { pathOf } from "../../shared/paths";
import { type Named, named, reviewCollisions } from "../../shared/review/names";
import { zoneNamed } from "../../shared/zones";
import { endpointGroups, endpointRule, usesHeldBy } from "../render/endpoint-groups";

/** Zone "a" with endpoint "to-b" and a flow from zone "a-to-…" to zone "b" may have the same name once it is joined. */
export const reviewNames = (plan: NetworkPlan): Diagnostic[] =>
  reviewCollisions([...namesOfFlows(plan), ...namesOfUses(plan)], ADDRESSES);

export const ADDRESSES = {
  code: "aws-address-taken",
  why: "Names are joined to a Terraform address, so that different names can have the same one.",
  facts: (_: Named, { name }: Named) => ({ address: name }),
} as const;

const RULE = "security group rule";

const namesOfFlows = (plan: NetworkPlan): Named[] =>
  flowsOf(plan).map((way) => named(RULE, way.id, `the flow "${way.id}"`, pathOf(way, "flows")));

function namesOfUses(plan: NetworkPlan): Named[] {
  const names: Named[] = [];
  for (const group of endpointGroups(plan).groups)
    for (const zone of group.consumers) {
      const [use] = usesHeldBy(zone, group.uses);
      if (use === undefined) continue;
      const what = `endpoint "${use.endpoint.name}" of zone "${zone}"`;
      for (const traffic of group.ports) {
        const name = endpointRule(zoneNamed(plan.zones, zone).id, group, traffic);
        names.push(named(RULE, name, what, use.endpoint.path));
      }
    }
  return names;
}

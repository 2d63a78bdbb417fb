/** Azure's longest names are cut and end with six digits of a hash, which two of thousands may share. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { hashOf } from "../../shared/naming";
import { interfacesOf, pathOf } from "../../shared/questions";
import { type Named, reviewCollisions } from "../../shared/review/names";
import { managedTargets } from "../render/endpoint-targets";
import { azureName, interfaceName, ruleName } from "../render/naming";

export const reviewNames = (plan: NetworkPlan): Iterable<Diagnostic> =>
  reviewCollisions(namesOf(plan), {
    code: "azure-name-twice",
    why: "Azure cuts longer names, and the six digits that tell them apart are the same here.",
    facts: (first, second) => ({ name: second.name, first: first.what, second: second.what }),
  });

function* namesOf(plan: NetworkPlan): Iterable<Named> {
  for (const zone of plan.zones)
    for (const { item, slot } of interfacesOf(zone)) {
      const what = `interface "${item.name}" of zone "${zone.name}" in slot ${slot}`;
      const name = interfaceName(plan, zone, item, slot);
      yield { kind: "interface", name, what, path: item.path };
    }
  for (const departure of plan.departures) {
    const { zone, port } = departure;
    const what = `"${zone}" to "${departure.name}" on ${port}`;
    yield { kind: `rule of ${zone}`, name: ruleName(departure), what, path: pathOf(departure, "egress") };
  }
  // Private endpoints of one endpoint of the plan differ by the ids of their resources alone.
  for (const { endpoint, id, owners } of managedTargets(plan))
    for (const [owner, resources] of owners)
      for (const what of owner === id ? Object.keys(resources) : []) {
        const name = `${azureName(plan, endpoint.name)}-${hashOf(what)}`;
        yield { kind: "private endpoint", name, what, path: endpoint.path };
      }
}

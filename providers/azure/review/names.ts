/** Names that are too long for Azure are cut, and end with six digits of a hash, which may be the same for two of thousands. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { hashOf } from "../../shared/names";
import { pathOf } from "../../shared/paths";
import { type Named, named, reviewCollisions } from "../../shared/review/names";
import { ruleName } from "../render/egress-rules";
import { managedTargets } from "../render/endpoint-targets";
import { azureName, interfaceName } from "../render/naming";

export const reviewNames = (plan: NetworkPlan): Diagnostic[] =>
  reviewCollisions([...namesOfInterfaces(plan), ...namesOfRules(plan), ...namesOfEndpoints(plan)], {
    code: "azure-name-twice",
    why: "Azure cuts longer names, and the six digits that tell them apart are the same here.",
    facts: (first, second) => ({ name: second.name, first: first.what, second: second.what }),
  });

const namesOfInterfaces = (plan: NetworkPlan): Named[] =>
  plan.zones.flatMap((zone) =>
    zone.interfaces.flatMap((item) =>
      zone.subnets.map((_, slot) => {
        const what = `interface "${item.name}" of zone "${zone.name}" in slot ${slot + 1}`;
        return named("interface", interfaceName(plan, zone, item, slot), what, item.path);
      }),
    ),
  );

const namesOfRules = (plan: NetworkPlan): Named[] =>
  plan.departures.map((departure) => {
    const what = `"${departure.zone}" to "${departure.name}" on ${departure.port}`;
    return named(`rule of ${departure.zone}`, ruleName(departure), what, pathOf(departure, "egress"));
  });

/** Private endpoints of one endpoint of the plan differ by the ids of their resources alone. */
const namesOfEndpoints = (plan: NetworkPlan): Named[] =>
  managedTargets(plan).flatMap(({ endpoint, own = {} }) =>
    Object.keys(own).map((id) => {
      const name = `${azureName(plan, endpoint.name)}-${hashOf(id)}`;
      return named("private endpoint", name, id, endpoint.path);
    }),
  );

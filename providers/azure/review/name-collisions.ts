/**
 * Names that were cut and told apart by a hash can still be one name: six digits of a hash meet among thousands. What would
 * be one name in Azure is refused here, or the second of the two would fail to apply, or take the place of the first.
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { Because } from "../../../src/model/connections";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { hashOf } from "../../shared/names";
import { ruleName } from "../render/egress-rules";
import { managedTargets } from "../render/endpoint-targets";
import { azureName, interfaceName } from "../render/naming";

interface Named {
  /** What has to be one of a kind: the names of its scope. */
  readonly scope: string;
  readonly name: string;
  readonly what: string;
  readonly because: readonly Because[];
}

export function reviewNames(plan: NetworkPlan): Diagnostic[] {
  const first = new Map<string, Named>();
  return [...interfaces(plan), ...firewallRules(plan), ...privateEndpoints(plan)].flatMap((item) => {
    const key = `${item.scope} ${item.name}`;
    const other = first.get(key);
    if (other === undefined) first.set(key, item);
    return other === undefined || other.what === item.what ? [] : [twice(item, other)];
  });
}

function twice(item: Named, other: Named): Diagnostic {
  const detail = `${other.what} and ${item.what} are both "${item.name}" to Azure: longer names are cut, and told apart by six digits that are the same here.`;
  return error(
    "azure-name-twice",
    item.because[0]?.path ?? "name",
    `two names become "${item.name}"`,
    detail,
    { facts: { name: item.name, first: other.what, second: item.what }, fix: "# rename one of the two" },
  );
}

const interfaces = (plan: NetworkPlan): Named[] =>
  plan.zones.flatMap((zone) =>
    zone.interfaces.flatMap((item) =>
      zone.subnets.map((_, slot) => ({
        scope: "interface",
        name: interfaceName(plan, zone, item, slot),
        what: `interface "${item.name}" of zone "${zone.name}" in slot ${slot + 1}`,
        because: item.because,
      })),
    ),
  );

const firewallRules = (plan: NetworkPlan): Named[] =>
  plan.departures.map((departure) => ({
    scope: `rules of ${departure.zone}`,
    name: ruleName(departure),
    what: `"${departure.zone}" to "${departure.name}" on ${departure.port}`,
    because: departure.because,
  }));

/** Private endpoints are told apart by their resources' ids alone. */
const privateEndpoints = (plan: NetworkPlan): Named[] =>
  managedTargets(plan).flatMap(({ endpoint, own = {} }) =>
    Object.keys(own).map((id) => ({
      scope: "private endpoint",
      name: `${azureName(plan, endpoint.name)}-${hashOf(id)}`,
      what: id,
      because: endpoint.because,
    })),
  );

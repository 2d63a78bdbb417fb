/** Resource ids by Terraform variable, where the spec gives none: checked as the review checks the spec's. */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, givenIds, quoted, quotedList } from "../../shared/expressions";
import { addCheck, type Rendering } from "../../shared/resources";
import { specIds } from "../data/resource-ids";
import { isManaged, isMonitor } from "../data/services";

/** For `for_each`: the ids by a key that does not change with their capitals. */
export const idsByKey = (endpoint: Endpoint): string =>
  expr(`{ for id in ${givenIds(endpoint.name)} : lower(id) => id }`);

/** Warnings: ids that nobody gave, and ids that change nothing, because the spec's are all there are. */
export function renderIdChecks(rendering: Rendering): void {
  const { endpoints } = rendering.plan;
  for (const endpoint of endpoints) {
    if (!isManaged(endpoint.service) || specIds(endpoint).length > 0) continue;
    const message = `Private endpoint ${endpoint.name} is not created: no resource id is given, neither in the spec nor in private_endpoint_resource_ids.`;
    addCheck(rendering, `${endpoint.id}_resource_ids`, `length(${givenIds(endpoint.name)}) > 0`, message);
  }
  const closed = endpoints.filter((each) => each.service === "custom" || specIds(each).length > 0);
  if (closed.length === 0) return;
  const names = closed.map(({ name }) => name);
  const given = `setintersection(keys(var.private_endpoint_resource_ids), ${quotedList(names)})`;
  const message = `private_endpoint_resource_ids changes nothing for endpoints whose resources are in the spec: ${names.join(", ")}.`;
  addCheck(rendering, "enclave_resource_ids", `length(${given}) == 0`, message);
}

/** Of a resource with `for_each` over the ids: they are of these types, and no other endpoint has them. */
export function idLifecycle(plan: NetworkPlan, endpoint: Endpoint, types: readonly string[]) {
  const others = plan.endpoints.filter(({ name, service }) => name !== endpoint.name && service !== "custom");
  const taken = others.flatMap(specIds).map((id) => id.toLowerCase());
  const open = others.filter((other) => specIds(other).length === 0);
  const lists = [
    quotedList(taken),
    ...open.map((other) => `[for id in ${givenIds(other.name)} : lower(id)]`),
  ];
  const type = types.map((each) => each.replaceAll(".", "[.]")).join("|");
  const rest = `[^/]+/resourceGroups/[^/]+/providers/${types.length === 1 ? type : `(${type})`}/[^/]+`;
  // azurerm knows capitals in all that is fixed of an id of the scope; in the first word of others.
  const isExact = isMonitor(endpoint.service);
  const form = `^/subscriptions/${isExact ? rest : `(?i:${rest})`}$`;
  const isOfType = {
    condition: expr(`can(regex(${quoted(form)}, each.value))`),
    errorMessage: `Private endpoint ${endpoint.name} leads to ids of ${types.join(" or ")}${isExact ? ", with these capitals" : ""}.`,
  };
  const isFree = {
    condition: expr(`!contains(concat(${lists.join(", ")}), each.key)`),
    errorMessage: "A resource named by several private endpoints has to stand in the spec.",
  };
  return { lifecycle: { precondition: [isOfType, isFree] } };
}

/** Resource ids by Terraform variable, where the spec gives none: checked as the review checks the spec's. */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, givenIds, quoted, quotedList } from "../../shared/expressions";
import { addCheck, type Rendering } from "../../shared/resources";
import { isOpen, specIds } from "../data/resource-ids";
import { isManaged, isMonitor } from "../data/services";

/** Warnings: ids that nobody gave, and ids that change nothing, because the spec's are all there are. */
export function renderIdChecks(rendering: Rendering): void {
  const { endpoints } = rendering.plan;
  for (const endpoint of endpoints) {
    if (!isManaged(endpoint.service) || !isOpen(endpoint)) continue;
    const message = `Private endpoint ${endpoint.name} is not created: no resource id is given, neither in the spec nor in private_endpoint_resource_ids.`;
    addCheck(rendering, `${endpoint.id}_resource_ids`, `length(${givenIds(endpoint.name)}) > 0`, message);
  }
  const closed = endpoints.filter((each) => each.service === "custom" || !isOpen(each));
  if (closed.length === 0) return;
  const names = closed.map(({ name }) => name);
  const given = `setintersection(keys(var.private_endpoint_resource_ids), ${quotedList(names)})`;
  const message = `private_endpoint_resource_ids changes nothing for endpoints whose resources are in the spec: ${names.join(", ")}.`;
  addCheck(rendering, "enclave_resource_ids", `length(${given}) == 0`, message);
}

/**
 * `for_each` over resources of the spec, else over ids of the variable, by a key that does not change with
 * their capitals: they are of these types, and no other endpoint has them.
 */
export function eachResource(
  { endpoints }: NetworkPlan,
  endpoint: Endpoint,
  resources: Readonly<Record<string, string>>,
  types: readonly string[],
) {
  if (!isOpen(endpoint)) return { for_each: resources };
  const others = endpoints.filter(({ name, service }) => name !== endpoint.name && service !== "custom");
  const lists = [
    quotedList(others.flatMap(specIds).map((id) => id.toLowerCase())),
    ...others.filter(isOpen).map(({ name }) => `[for id in ${givenIds(name)} : lower(id)]`),
  ];
  const type = types.map((each) => each.replaceAll(".", "[.]")).join("|");
  const rest = `[^/]+/resourceGroups/[^/]+/providers/${types.length === 1 ? type : `(${type})`}/[^/]+`;
  // azurerm knows capitals in all that is fixed of an id of the scope; in the first word of others.
  const isExact = isMonitor(endpoint.service);
  const form = `^/subscriptions/${isExact ? rest : `(?i:${rest})`}$`;
  const isOfType = {
    condition: expr(`can(regex(${quoted(form)}, each.value))`),
    error_message: `Private endpoint ${endpoint.name} leads to ids of ${types.join(" or ")}${isExact ? ", with these capitals" : ""}.`,
  };
  const isFree = {
    condition: expr(`!contains(concat(${lists.join(", ")}), each.key)`),
    error_message: "A resource named by several private endpoints has to stand in the spec.",
  };
  const ids = expr(`{ for id in ${givenIds(endpoint.name)} : lower(id) => id }`);
  return { for_each: ids, lifecycle: { precondition: [isOfType, isFree] } };
}

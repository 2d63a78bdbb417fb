/** The scope of Azure Monitor: what is reached by its private endpoint, and by private connections alone. */
import { MonitorPrivateLinkScope } from "@cdktf/provider-azurerm/lib/monitor-private-link-scope";
import { MonitorPrivateLinkScopedService } from "@cdktf/provider-azurerm/lib/monitor-private-link-scoped-service";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, after, expr, givenIds, id, ref } from "../../shared/expressions";
import { hashOf } from "../../shared/naming";
import { addCheck, addResource, type Rendering } from "../../shared/resources";
import { eachOf, isOpen, specIds, spelled } from "../data/resource-ids";
import { MONITOR } from "../data/services";
import { COLLECTION, MONITOR_SCOPE } from "./addresses";
import { keptKinds } from "./collection";
import { monitorEndpoints } from "./endpoint-targets";
import { workspaceOf } from "./logging";
import { azureName, resourceGroupName, tagged } from "./naming";

interface Member {
  readonly id: string;
  readonly name: string;
  readonly resource: string;
  /** Of ids that the variable gives. */
  readonly each?: ReturnType<typeof eachOf>;
}

/**
 * Returns the addresses of what joins it. Each joins after the one before: Azure refuses a change of a scope while
 * another runs, and azurerm neither waits nor tries again.
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/22236
 */
export function renderScope(rendering: Rendering): Address[] {
  const { plan } = rendering;
  // Open to others, an endpoint would lead to everybody's workspaces.
  addResource(rendering, MonitorPrivateLinkScope, "enclave", {
    ...tagged(rendering, azureName(plan, "monitor")),
    ingestionAccessMode: "PrivateOnly",
    queryAccessMode: "PrivateOnly",
  });
  const joined: Address[] = [];
  for (const { id, name, resource, each } of membersOf(plan)) {
    const member = {
      name,
      resourceGroupName: resourceGroupName(plan),
      scopeName: ref(MONITOR_SCOPE, "name"),
      linkedResourceId: resource,
      ...after(...joined.slice(-1)),
    };
    joined.push(addResource(rendering, MonitorPrivateLinkScopedService, id, member, each ?? {}));
  }
  for (const endpoint of monitorEndpoints(plan)) if (isOpen(endpoint)) renderPace(rendering, endpoint);
  return joined;
}

/** Ids that Terraform learns from a variable join at once; the scope takes that only by luck. */
function renderPace(rendering: Rendering, { id, name }: Endpoint): void {
  const message =
    `Several resources join Azure Monitor's scope for ${name}, and Azure takes one at a time: ` +
    "apply with -parallelism=1, or name them in the spec.";
  addCheck(rendering, `${id}_one_at_a_time`, `length(${givenIds(name)}) <= 1`, message);
}

/** The enclave's own, then each resource of the endpoints once. */
function membersOf(plan: NetworkPlan): Member[] {
  const [logs, collection] = [azureName(plan, "logs"), azureName(plan, "collection")];
  const own = [{ id: "enclave", name: logs, resource: workspaceOf(plan) }];
  if (keptKinds(plan).length > 0)
    own.push({ id: "enclave_collection", name: collection, resource: id(COLLECTION) });
  const others = monitorEndpoints(plan).flatMap((endpoint) => membersFor(plan, endpoint));
  // Those of a variable are all one expression.
  const keyOf = ({ id, resource, each }: Member): string =>
    each === undefined ? resource.toLowerCase() : id;
  const isFirst = (member: Member, at: number): boolean =>
    others.findIndex((other) => keyOf(other) === keyOf(member)) === at;
  return [...own, ...others.filter(isFirst)];
}

function membersFor(plan: NetworkPlan, endpoint: Endpoint): Member[] {
  const name = azureName(plan, endpoint.name);
  if (isOpen(endpoint)) {
    const each = eachOf(plan, endpoint, {}, MONITOR.types);
    const mark = expr("substr(sha256(each.key), 0, 6)");
    return [{ id: endpoint.id, name: `${name}-${mark}`, resource: expr("each.value"), each }];
  }
  const words = specIds(endpoint).map((given) => lastOf(given).replaceAll(/[^a-z0-9]/g, "_"));
  return specIds(endpoint).map((given, at) => {
    // Two of one name lie in different groups.
    const earlier = words.slice(0, at).filter((word) => word === words[at]).length;
    const id = `${endpoint.id}__${words[at]}${earlier === 0 ? "" : `__${earlier + 1}`}`;
    return { id, name: `${name}-${hashOf(given.toLowerCase())}`, resource: spelled(given) };
  });
}

const lastOf = (resource: string): string => resource.toLowerCase().split("/").at(-1) ?? "";

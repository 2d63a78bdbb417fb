/**
 * A private endpoint of Azure has no policy: roles hold the rights. A role is bound to an identity, never to
 * a zone, so an output names the roles with their scopes, and the enclave assigns none.
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
 */
import type { Access } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, givenIds, quotedList } from "../../shared/expressions";
import { isOpen, specIds, spelled } from "../data/resource-ids";
import { isMonitor, MONITOR, type Roles } from "../data/services";
import { WORKSPACE } from "./addresses";
import { resourcesOf, targetsOf } from "./endpoint-targets";
import { workspaceOf } from "./logging";

/** `{ role, scope }` of each right of an endpoint's consumers; an expression where the variable gives ids. */
export function roleAssignments(plan: NetworkPlan, endpoint: Endpoint): unknown {
  const { name, service, access } = endpoint;
  const parts = isMonitor(service)
    ? [{ roles: MONITOR.roles[service], scopes: [workspaceOf(plan), ...specIds(endpoint).map(spelled)] }]
    : targetsOf(plan, endpoint).map((target) => ({ roles: target.kind.roles, scopes: resourcesOf(target) }));
  const rights = parts.map(({ roles, scopes }) => ({ roles: rolesFor(roles, access), scopes }));
  const roles = rights.flatMap((right) => right.roles);
  if (isOpen(endpoint) && roles.length > 0) {
    const { workspaceId } = plan.logging.azure;
    const workspaces = workspaceId === undefined ? `[${WORKSPACE}.id]` : quotedList([spelled(workspaceId)]);
    const scopes = isMonitor(service) ? `concat(${workspaces}, ${givenIds(name)})` : givenIds(name);
    const pairs = `[for id in ${scopes} : { role = role, scope = id }]`;
    return expr(`flatten([for role in ${quotedList(roles)} : ${pairs}])`);
  }
  // Blobs and Data Lake are parts of one account, with one role for both.
  const pairs = new Map<string, { role: string; scope: string }>();
  for (const { roles, scopes } of rights)
    for (const role of roles) for (const scope of scopes) pairs.set(`${role} ${scope}`, { role, scope });
  return [...pairs.values()];
}

/** The roles that give a right, each once; none where the spec asks for no right. */
function rolesFor(roles: Roles | undefined, access: Access | undefined): string[] {
  if (roles === undefined || access === undefined) return [];
  return access === "read-write" ? [...new Set([roles.read, roles.write])] : [roles[access]];
}

/**
 * A private endpoint of Azure has no policy: what a consumer may do with a resource is a role's business. Roles cannot be bound to a
 * zone, only to whoever runs there, so the enclave names them with their scopes in an output, and assigns none.
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
 */
import type { Access } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, quoted } from "../../shared/rendering";
import { isMonitor, MONITOR, type Roles, spelled } from "../data/managed-services";
import { resourcesOf, targetsOf, variableIds } from "./endpoint-targets";
import { WORKSPACE_ID } from "./logging";

/** `{ role, scope }` of each right of an endpoint's consumers. */
export function roleAssignments(plan: NetworkPlan, endpoint: Endpoint): unknown {
  const { service, access, resources } = endpoint;
  const ids = resources.azure ?? [];
  const own = isMonitor(service) ? [WORKSPACE_ID] : [];
  const parts = isMonitor(service)
    ? [{ roles: rolesFor(MONITOR.roles[service], access), scopes: [...own.map(expr), ...ids.map(spelled)] }]
    : targetsOf(plan, endpoint).map((target) => ({
        roles: rolesFor(target.kind.roles, access),
        scopes: resourcesOf(target),
      }));
  const pairs = parts.flatMap(({ roles, scopes }) =>
    roles.flatMap((role) => scopes.map((scope) => ({ role, scope }))),
  );
  const roles = parts.flatMap((part) => part.roles);
  // Blobs and Data Lake are parts of one account, with one role for both.
  if (ids.length > 0 || roles.length === 0)
    return [...new Map(pairs.map((pair) => [`${pair.role} ${pair.scope}`, pair])).values()];
  const scopes =
    own.length === 0 ? variableIds(endpoint) : `concat([${own.join(", ")}], ${variableIds(endpoint)})`;
  return expr(
    `flatten([for role in [${roles.map(quoted).join(", ")}] : [for id in ${scopes} : { role = role, scope = id }]])`,
  );
}

/** The roles that give a right, each once; none where the spec asks for no right. */
function rolesFor(roles: Roles | undefined, access: Access | undefined): string[] {
  if (roles === undefined || access === undefined) return [];
  return [...new Set(access === "read-write" ? [roles.read, roles.write] : [roles[access]])];
}

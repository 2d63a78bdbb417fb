/**
 * A private endpoint of Azure has no policy: roles hold the rights. A role is bound to an identity, never to
 * a zone, so an output names the roles with their scopes, and the enclave assigns none.
 * https://learn.microsoft.com/en-us/azure/private-link/private-endpoint-overview
 */
import type { Access } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, givenIds, id, quoted, quotedList } from "../../shared/expressions";
import { isOpen, specIds, spelled } from "../data/resource-ids";
import { isMonitor, MONITOR, type Roles } from "../data/services";
import { collectionRule, WORKSPACE } from "./addresses";
import { resourcesOf, targetsOf } from "./endpoint-targets";
import { workspaceOf } from "./logging";

/** `{ role, scope }` of each right of an endpoint's consumers; an expression where the variable gives ids. */
export function roleAssignments(plan: NetworkPlan, endpoint: Endpoint): unknown {
  const { service, access } = endpoint;
  if (isMonitor(service)) return monitorRoles(plan, endpoint, service);
  const rights = targetsOf(plan, endpoint).map((target) => ({
    roles: rolesFor(target.kind.roles, access),
    scopes: resourcesOf(target),
  }));
  const roles = rights.flatMap((right) => right.roles);
  if (isOpen(endpoint) && roles.length > 0) return expr(assignments(roles, givenIds(endpoint.name)));
  // Blobs and Data Lake are parts of one account, with one role for both.
  const pairs = new Map<string, { role: string; scope: string }>();
  for (const { roles, scopes } of rights)
    for (const role of roles) for (const scope of scopes) pairs.set(`${role} ${scope}`, { role, scope });
  return [...pairs.values()];
}

const assignments = (roles: readonly string[], scopes: string): string =>
  `flatten([for role in ${quotedList(roles)} : [for id in ${scopes} : { role = role, scope = id }]])`;

/** Who reads asks the workspace; who writes asks the rule of data collection. */
function monitorRoles(plan: NetworkPlan, endpoint: Endpoint, service: "logs" | "metrics"): unknown {
  const { workspaceId } = plan.logging.azure;
  const written = workspaceId === undefined ? `${WORKSPACE}.id` : quoted(spelled(workspaceId));
  const own = { read: written, write: `${collectionRule(service)}.id` };
  const scopeOf = (kind: "read" | "write"): string =>
    kind === "read" ? workspaceOf(plan) : id(collectionRule(service));
  const kinds = (["read", "write"] as const).filter((kind) =>
    [kind, "read-write"].includes(endpoint.access ?? ""),
  );
  if (!isOpen(endpoint))
    return kinds.flatMap((kind) =>
      [scopeOf(kind), ...specIds(endpoint).map(spelled)].map((scope) => ({
        role: MONITOR.roles[service][kind],
        scope,
      })),
    );
  const lists = kinds.map((kind) =>
    assignments([MONITOR.roles[service][kind]], `concat([${own[kind]}], ${givenIds(endpoint.name)})`),
  );
  return expr(lists.length === 1 ? (lists[0] ?? "") : `concat(${lists.join(", ")})`);
}

/** The roles that give a right, each once; none where the spec asks for no right. */
function rolesFor(roles: Roles | undefined, access: Access | undefined): string[] {
  if (roles === undefined || access === undefined) return [];
  return access === "read-write" ? [...new Set([roles.read, roles.write])] : [roles[access]];
}

/** The targets of each private endpoint on Azure, decided from the spec alone. */
import type { PrivateEndpoint } from "../../model/enclave";
import type { PortRange } from "../replay/traffic";
import { ruleIdOf } from "./collection";
import { KINDS, type Kind, MONITOR } from "./services";

export interface Target {
  /** In small letters: the id of a resource, an alias, or the address of the enclave's own scope. */
  readonly id: string;
  readonly kind: Kind;
}

const SCOPE_ID = "azurerm_monitor_private_link_scope.enclave.id";

/** Ids that the variable could give an endpoint, so that what it changes can be judged as well. */
export const idsGiven = (endpoint: string): string[] => [`/Given/${endpoint}-1`, `/Given/${endpoint}-2`];

export const isMonitor = (service: PrivateEndpoint["service"]): service is keyof typeof MONITOR =>
  Object.hasOwn(MONITOR, service);

export function targetsOf({ name, service, resources, target, dnsNames }: PrivateEndpoint): Target[] {
  if (isMonitor(service)) return [{ id: SCOPE_ID, kind: MONITOR[service] }];
  if (service === "custom") {
    const kind: Kind = { type: "", part: "", zones: dnsNames, names: dnsNames, ports: [] };
    return [{ id: (target.azure?.["privateLinkServiceAlias"] ?? "").toLowerCase(), kind }];
  }
  const kinds = KINDS[service];
  const ids = resources.azure ?? [];
  if (ids.length === 0) return idsGiven(name).map((id) => ({ id: id.toLowerCase(), kind: kinds[0] }));
  return ids.map((id) => targetOf(kinds, id.toLowerCase()));
}

function targetOf(kinds: readonly Kind[], given: string): Target {
  const [, id = given, part] = /^(.*?)(?:\/privatelinkresources\/(\w+))?$/.exec(given) ?? [];
  const ofType = kinds.filter(({ type }) => id.includes(`/providers/${type}/`));
  const kind = ofType.find((each) => (part ?? each.part.toLowerCase()) === each.part.toLowerCase());
  if (kind === undefined) throw new Error(`no service is behind ${given}`);
  return { id, kind };
}

/**
 * Types of the ids that the variable may give.
 * https://learn.microsoft.com/en-us/azure/azure-monitor/fundamentals/private-link-design
 */
export const typesOf = ({ service }: PrivateEndpoint): string[] => {
  if (service === "custom") return [];
  return isMonitor(service)
    ? ["operationalinsights/workspaces", "insights/components", "insights/datacollectionendpoints"]
    : [KINDS[service][0].type];
};

/** Resources that join the enclave's scope of Azure Monitor for an endpoint, beside its own workspace. */
export const joining = ({ name, service, resources }: PrivateEndpoint): string[] => {
  if (!isMonitor(service)) return [];
  const ids = resources.azure ?? [];
  return (ids.length === 0 ? idsGiven(name) : ids).map((id) => id.toLowerCase());
};

/** By which clients call the endpoint. */
export const namesOf = (endpoint: PrivateEndpoint, region: string): string[] => [
  ...new Set(
    targetsOf(endpoint).flatMap(({ id, kind }) =>
      kind.names.map((name) =>
        name.replace("{name}", id.split("/").at(-1) ?? "").replace("{region}", region),
      ),
    ),
  ),
];

export function portsOf(endpoint: PrivateEndpoint): PortRange[] {
  const given = endpoint.traffic.flatMap((one) => ("from" in one ? [one] : []));
  if (given.length > 0) return given;
  const ports = targetsOf(endpoint).flatMap(({ kind }) => kind.ports);
  return [...new Set(ports)].map((port) => ({ protocol: "tcp", from: port, to: port }));
}

/** `key vault secrets user on /subscriptions/…` for each right that the spec gives consumers. */
export function rolesOf(endpoint: PrivateEndpoint, workspace: string): string[] {
  const { access, service } = endpoint;
  if (access === undefined) return [];
  const ids = isMonitor(service)
    ? { read: [workspace, ...joining(endpoint)], write: [ruleIdOf(service), ...joining(endpoint)] }
    : undefined;
  const roles = targetsOf(endpoint).flatMap(({ id, kind: { roles: known } }) => {
    if (known === undefined) return [];
    const [read, write] = known;
    const on = (role: string, scopes: readonly string[]): string[] =>
      scopes.map((scope) => `${role} on ${scope}`.toLowerCase());
    return [
      ...(access === "write" ? [] : on(read, ids?.read ?? [id])),
      ...(access === "read" ? [] : on(write, ids?.write ?? [id])),
    ];
  });
  return [...new Set(roles)].sort();
}

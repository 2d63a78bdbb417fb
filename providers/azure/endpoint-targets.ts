/**
 * What each endpoint of the plan leads to. A network can hold one private endpoint for a part of a resource, because two would
 * fight for one name in its private DNS zone: a resource that several endpoints name is reached through the first one's, and
 * the others' consumers are let in to it. Which right they have is a role's business, so rights that differ are no conflict.
 */
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import { quoted } from "../rendering";
import { isManaged, isMonitor, KINDS, type Kind, kindOfId, MONITOR, parseResourceId } from "./managed-services";
import { regionOf } from "./regions";

/** Resources of one kind behind one endpoint of the plan. */
export interface ManagedTarget {
  readonly endpoint: Endpoint;
  readonly kind: Kind;
  /** Last part of the Terraform address: `corpus_blob`. */
  readonly id: string;
  /** Lower case id to the id as it was given; undefined when the Terraform variable gives the ids. */
  readonly own: Readonly<Record<string, string>> | undefined;
  /** Ids that an earlier target owns, by that target's `id`. */
  readonly shared: Readonly<Record<string, readonly string[]>>;
}

/** In plan order; an id that is no kind of its service has been refused before. */
export function managedTargets(plan: NetworkPlan): ManagedTarget[] {
  const owners = new Map<string, string>();
  return plan.endpoints.flatMap((endpoint) => {
    if (!isManaged(endpoint.service)) return [];
    const ids = endpoint.resources.azure ?? [];
    const [first] = KINDS[endpoint.service];
    if (ids.length === 0) return [{ endpoint, kind: first, id: targetId(endpoint, first), own: undefined, shared: {} }];
    const kinds = KINDS[endpoint.service].filter((kind) => ids.some((id) => kindOfId(endpoint.service, id) === kind));
    return kinds.map((kind) =>
      targetOf(
        endpoint,
        kind,
        ids.filter((id) => kindOfId(endpoint.service, id) === kind),
        owners,
      ),
    );
  });
}

const targetId = (endpoint: Endpoint, kind: Kind): string => `${endpoint.id}_${kind.short}`;

function targetOf(endpoint: Endpoint, kind: Kind, ids: readonly string[], owners: Map<string, string>): ManagedTarget {
  const id = targetId(endpoint, kind);
  const own: Record<string, string> = {};
  const shared: Record<string, string[]> = {};
  for (const resource of ids) {
    const lower = resource.toLowerCase();
    const part = `${lower} ${kind.subresource}`;
    const owner = owners.get(part);
    if (owner === undefined) owners.set(part, id);
    if (owner === undefined || owner === id) own[lower] = resource;
    else shared[owner] = [...(shared[owner] ?? []), lower];
  }
  return { endpoint, kind, id, own, shared };
}

export const monitorEndpoints = (plan: NetworkPlan): Endpoint[] => plan.endpoints.filter(({ service }) => isMonitor(service));
export const customEndpoints = (plan: NetworkPlan): Endpoint[] => plan.endpoints.filter(({ service }) => service === "custom");

/** Private DNS zones that the endpoints need, each once: a network can be linked to one zone of a name only. */
export const privateDnsZones = (plan: NetworkPlan): string[] => [
  ...serviceDnsZones(plan),
  ...customEndpoints(plan).flatMap(({ dnsName }) => dnsName ?? []),
];

/** Those of Azure's own services. */
export function serviceDnsZones(plan: NetworkPlan): string[] {
  const managed = managedTargets(plan).flatMap(({ kind }) => kind.dnsZones);
  const monitor = monitorEndpoints(plan).length === 0 ? [] : MONITOR.dnsZones;
  return [...new Set([...managed, ...monitor])];
}

/** Last part of the Terraform address of a private DNS zone. */
export const dnsZoneId = (zone: string): string => `enclave_${zone.replaceAll(/[.-]/g, "_")}`;

export interface Hosts {
  readonly known: readonly string[];
  /** A list, as an expression: names of resources that the Terraform variable gives. */
  readonly later: readonly string[];
}

/** Names that a target's resources answer to. */
export function hostsOf(plan: NetworkPlan, { kind, endpoint, own, shared }: ManagedTarget): Hosts {
  const regional = kind.hosts.map((host) => host.replace("{region}", regionOf(plan)));
  const fixed = regional.filter((host) => !host.includes("{name}"));
  const named = regional.filter((host) => host.includes("{name}"));
  if (own === undefined) {
    if (named.length === 0) return { known: fixed, later: [] };
    const each = `replace(host, "{name}", lower(basename(id)))`;
    return {
      known: fixed,
      later: [`flatten([for id in ${variableIds(endpoint)} : [for host in [${named.map(quoted).join(", ")}] : ${each}]])`],
    };
  }
  const names = [...Object.keys(own), ...Object.values(shared).flat()].map((id) => parseResourceId(id)?.name.toLowerCase() ?? "");
  return { known: [...fixed, ...names.flatMap((name) => named.map((host) => host.replace("{name}", name)))], later: [] };
}

/** The ids that the Terraform variable gives an endpoint, as an expression: a list, empty by default. */
export const variableIds = (endpoint: Endpoint): string => `lookup(var.private_endpoint_resource_ids, ${quoted(endpoint.name)}, [])`;

/**
 * What each endpoint of the plan leads to. A network can hold one private endpoint for a part of a resource, because two would
 * fight for one name in its private DNS zone: a resource that several endpoints name is reached through the first one's, and
 * the others' consumers are let in to it. Which right they have is a role's business, so rights that differ are no conflict.
 */
import type { Service } from "../../../src/model/enclave";
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { quoted } from "../../shared/rendering";
import {
  isManaged,
  isMonitor,
  KINDS,
  type Kind,
  kindOfId,
  MONITOR,
  parseResourceId,
  spelled,
} from "../data/managed-services";
import { regionOf } from "../data/regions";

/** Resources of one kind behind one endpoint of the plan. */
export interface ManagedTarget {
  readonly endpoint: Endpoint;
  readonly kind: Kind;
  /** Last part of the Terraform address: `corpus_blob`. */
  readonly id: string;
  /** `partKey` of each id to the resource; undefined when the Terraform variable gives the ids. */
  readonly own: Readonly<Record<string, string>> | undefined;
  /** Resources that an earlier target owns, by that target's `id`, and then as in `own`. */
  readonly shared: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/** One spelling for each part of a resource: that of the resource alone where the part is what the service is reached by first. */
export function partKey(service: Service, id: string): string {
  const parsed = parseResourceId(id);
  const kind = kindOfId(service, id);
  if (parsed === undefined || kind === undefined) return id.toLowerCase();
  const first = kindOfId(service, parsed.resource);
  return `${parsed.resource}${kind === first ? "" : `/privateLinkResources/${kind.subresource}`}`.toLowerCase();
}

/** In plan order; an id that is no kind of its service has been refused before. */
export function managedTargets(plan: NetworkPlan): ManagedTarget[] {
  const owners = new Map<string, string>();
  return plan.endpoints.flatMap((endpoint) => {
    if (!isManaged(endpoint.service)) return [];
    const ids = endpoint.resources.azure ?? [];
    const [first] = KINDS[endpoint.service];
    if (ids.length === 0)
      return [{ endpoint, kind: first, id: targetId(endpoint, first), own: undefined, shared: {} }];
    const kinds = KINDS[endpoint.service].filter((kind) =>
      ids.some((id) => kindOfId(endpoint.service, id) === kind),
    );
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

function targetOf(
  endpoint: Endpoint,
  kind: Kind,
  ids: readonly string[],
  owners: Map<string, string>,
): ManagedTarget {
  const id = targetId(endpoint, kind);
  const own: Record<string, string> = {};
  const shared: Record<string, Record<string, string>> = {};
  for (const given of ids) {
    const key = partKey(endpoint.service, given);
    const resource = spelled(given);
    const part = `${resource.toLowerCase()} ${kind.subresource}`;
    const owner = owners.get(part);
    if (owner === undefined) owners.set(part, id);
    if (owner === undefined || owner === id) own[key] = resource;
    else shared[owner] = { ...shared[owner], [key]: resource };
  }
  return { endpoint, kind, id, own, shared };
}

/** The resources behind a target that the spec names; none where the variable does. */
export const resourcesOf = ({ own = {}, shared }: ManagedTarget): string[] =>
  [own, ...Object.values(shared)].flatMap(Object.values);

/** Those of one endpoint. */
export const targetsOf = (plan: NetworkPlan, { name }: Endpoint): ManagedTarget[] =>
  managedTargets(plan).filter(({ endpoint }) => endpoint.name === name);

export const monitorEndpoints = (plan: NetworkPlan): Endpoint[] =>
  plan.endpoints.filter(({ service }) => isMonitor(service));
/** What joins the scope of Azure Monitor for an endpoint, each once in a network; undefined when the Terraform variable gives the ids. */
export function scopedIds(
  plan: NetworkPlan,
  endpoint: Endpoint,
): Readonly<Record<string, string>> | undefined {
  const ids = endpoint.resources.azure ?? [];
  if (ids.length === 0) return undefined;
  const all = monitorEndpoints(plan);
  const earlier = all
    .slice(0, all.indexOf(endpoint))
    .flatMap((other) => (other.resources.azure ?? []).map((id) => id.toLowerCase()));
  return Object.fromEntries(
    ids.flatMap((id) => (earlier.includes(id.toLowerCase()) ? [] : [[id.toLowerCase(), spelled(id)]])),
  );
}

export const customEndpoints = (plan: NetworkPlan): Endpoint[] =>
  plan.endpoints.filter(({ service }) => service === "custom");

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
export function hostsOf(plan: NetworkPlan, target: ManagedTarget): Hosts {
  const { kind, endpoint, own } = target;
  const regional = kind.hosts.map((host) => host.replace("{region}", regionOf(plan)));
  const fixed = regional.filter((host) => !host.includes("{name}"));
  const named = regional.filter((host) => host.includes("{name}"));
  if (own === undefined) {
    if (named.length === 0) return { known: fixed, later: [] };
    const each = `replace(host, "{name}", lower(basename(id)))`;
    return {
      known: fixed,
      later: [
        `flatten([for id in ${variableIds(endpoint)} : [for host in [${named.map(quoted).join(", ")}] : ${each}]])`,
      ],
    };
  }
  const names = resourcesOf(target).map((id) => parseResourceId(id)?.name.toLowerCase() ?? "");
  return {
    known: [...fixed, ...names.flatMap((name) => named.map((host) => host.replace("{name}", name)))],
    later: [],
  };
}

/** The ids that the Terraform variable gives an endpoint, as an expression: a list, empty by default. */
export const variableIds = (endpoint: Endpoint): string =>
  `lookup(var.private_endpoint_resource_ids, ${quoted(endpoint.name)}, [])`;

/**
 * The resources that each endpoint of the plan leads to. Two private endpoints for one part of a resource
 * would fight for one name in its DNS zone. So a resource that several endpoints name is reached through the
 * first one's, which lets the others' consumers in. Roles hold the rights, so these may differ.
 */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { givenIds, quotedList } from "../../shared/expressions";
import { privateZones } from "../../shared/private-zones";
import { hasHubZones } from "../data/hub-zones";
import { regionOf } from "../data/regions";
import { isOpen, kindsBehind, parseResourceId, type Resources, readId, specIds } from "../data/resource-ids";
import { isMonitor, type Kind, MONITOR } from "../data/services";

/** Resources of one kind behind one endpoint of the plan. */
export interface Target {
  readonly endpoint: Endpoint;
  readonly kind: Kind;
  /** Last part of the Terraform address: `corpus_blob`. */
  readonly id: string;
  /**
   * By key, under the id of the target that owns their private endpoints: this one first, unless it owns
   * none. Where the Terraform variable gives the ids, this one without resources.
   */
  readonly owners: readonly (readonly [owner: string, resources: Resources])[];
}

/** In plan order; the review has refused an id that is of no kind of its service. */
export function managedTargets(plan: NetworkPlan): Target[] {
  const owners = new Map<string, string>();
  return plan.endpoints.flatMap((endpoint) =>
    kindsBehind(endpoint).map((kind) => targetOf(endpoint, kind, owners)),
  );
}

/** `owners`: the target that owns each part of a resource, completed here. */
function targetOf(endpoint: Endpoint, kind: Kind, owners: Map<string, string>): Target {
  const id = `${endpoint.id}_${kind.short}`;
  if (isOpen(endpoint)) return { endpoint, kind, id, owners: [[id, {}]] };
  const byOwner: Record<string, Record<string, string>> = { [id]: {} };
  for (const given of specIds(endpoint)) {
    const { kind: itsKind, resource, key } = readId(endpoint.service, given);
    if (itsKind !== kind) continue;
    const part = `${resource} ${kind.subresource}`.toLowerCase();
    const owner = owners.get(part) ?? id;
    owners.set(part, owner);
    byOwner[owner] = { ...byOwner[owner], [key]: resource };
  }
  const used = Object.entries(byOwner).filter(([, resources]) => Object.keys(resources).length > 0);
  return { endpoint, kind, id, owners: used };
}

export const resourcesOf = ({ owners }: Target): string[] =>
  owners.flatMap(([, resources]) => Object.values(resources));

export const targetsOf = (plan: NetworkPlan, { name }: Endpoint): Target[] =>
  managedTargets(plan).filter(({ endpoint }) => endpoint.name === name);

export const monitorEndpoints = (plan: NetworkPlan): Endpoint[] =>
  plan.endpoints.filter(({ service }) => isMonitor(service));

/** Private DNS zones of the enclave's own, each once: a network can be linked to one zone of a name only. */
export const privateDnsZones = (plan: NetworkPlan): string[] => [
  ...(hasHubZones(plan) ? [] : serviceDnsZones(plan)),
  ...privateZones(plan).map(({ domain }) => domain),
];

export function serviceDnsZones(plan: NetworkPlan): string[] {
  const managed = managedTargets(plan).flatMap(({ kind }) => kind.dnsZones);
  const monitor = monitorEndpoints(plan).flatMap(() => MONITOR.dnsZones);
  return [...new Set([...managed, ...monitor])];
}

export const dnsZoneId = (zone: string): string => `enclave_${zone.replaceAll(/[.-]/g, "_")}`;

export interface Hosts {
  readonly known: readonly string[];
  /** Lists, as expressions: names of resources that the Terraform variable gives. */
  readonly later: readonly string[];
}

export function hostsOf(plan: NetworkPlan, endpoint: Endpoint): Hosts {
  if (endpoint.service === "custom") return { known: endpoint.dnsNames, later: [] };
  if (isMonitor(endpoint.service)) return { known: MONITOR.hosts, later: [] };
  const [known, later]: [string[], string[]] = [[], []];
  for (const target of targetsOf(plan, endpoint)) {
    const hosts = target.kind.hosts.map((host) => host.replace("{region}", regionOf(plan)));
    const named = hosts.filter((host) => host.includes("{name}"));
    known.push(...hosts.filter((host) => !named.includes(host)));
    for (const resource of resourcesOf(target)) {
      const name = parseResourceId(resource)?.name.toLowerCase() ?? "";
      known.push(...named.map((host) => host.replace("{name}", name)));
    }
    if (!isOpen(endpoint) || named.length === 0) continue;
    const filled = `[for host in ${quotedList(named)} : replace(host, "{name}", lower(basename(id)))]`;
    later.push(`flatten([for id in ${givenIds(endpoint.name)} : ${filled}])`);
  }
  return { known, later };
}

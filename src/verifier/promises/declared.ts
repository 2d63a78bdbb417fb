/**
 * The packets that an enclave declares, decided from the spec alone: between zones, with the internet, to
 * endpoints, on the way out.
 */
import type { Cloud } from "../../clouds/cloud";
import { connectionsOf, departuresOf } from "../../model/connections";
import type { Enclave, Traffic } from "../../model/enclave";
import { INTERNET } from "../../model/enclave";
import { idOf } from "../../model/ids";
import { NOT_INTERNET } from "../../net/cidr";
import { type Block, holds, withLast } from "../replay/blocks";
import type { Host } from "../replay/paths";
import type { Reader } from "../replay/reader";
import { ANY, LAST_PORT, type PortRange } from "../replay/traffic";

/** Zones are named as Terraform addresses take them. */
export interface Declared {
  /** Traffic that one host may open to another while no zone is in quarantine. */
  between(from: Host, to: Host): readonly PortRange[];
  /** Traffic that the zone takes from at least a part of the internet. */
  fromInternet(zone: string): readonly PortRange[];
  /** Sets of blocks that the spec tells apart outside the enclave. */
  readonly told: readonly (readonly Block[])[];
}

interface Entrance {
  readonly range: PortRange;
  /** Empty: all of the internet. */
  readonly sources: readonly Block[];
}

export function declaredBy(enclave: Enclave, cloud: Cloud, read: Reader): Declared {
  const connections = connectionsOf(enclave);
  const flows = new Map<string, PortRange[]>();
  const entrances = new Map<string, Entrance[]>();
  for (const { from, to, traffic, sources } of connections) {
    const range = rangeOf(traffic);
    if (from === INTERNET) add(entrances, idOf(to), { range, sources: sources.map(withLast) });
    else add(flows, `${idOf(from)}>${idOf(to)}`, range);
  }
  const exits = exitsOf(enclave);
  const uses = usesOf(enclave, read);
  const entering = (zone: string, at: number): PortRange[] =>
    (entrances.get(zone) ?? [])
      .filter(({ sources }) => sources.length === 0 || sources.some((source) => holds(source, at)))
      .map(({ range }) => range);
  const outwards = (from: Host, to: Host): readonly PortRange[] => {
    const leaving = exits.get(from.name) ?? [];
    if (to.kind === "proxy") return leaving.length === 0 ? [] : (to.ports ?? []);
    const used = to.kind === "endpoint" ? (uses.get(`${from.name}>${to.resource}`) ?? []) : [];
    return isInternet(to) && read.exitsBy === "packets" ? [...used, ...leaving] : used;
  };
  const fromInternet = (zone: string): PortRange[] => (entrances.get(zone) ?? []).map(({ range }) => range);
  const probes = probesOf(enclave, cloud, read);
  return {
    between: (from, to) => {
      if (from.kind === "zone" && to.kind === "zone") return flows.get(`${from.name}>${to.name}`) ?? NOTHING;
      if (from.kind === "zone") return outwards(from, to);
      if (to.kind !== "zone") return NOTHING;
      const entered = isInternet(from) ? entering(to.name, from.address) : NOTHING;
      return [...probes(from, to.name), ...entered];
    },
    fromInternet,
    told: [PRIVATE, ...[...entrances.values()].flat().map(({ sources }) => sources)],
  };
}

/**
 * Traffic by which the cloud itself looks after a zone. Where the internet comes through balancers, whoever is
 * behind one is as good as its health checks.
 */
function probesOf(enclave: Enclave, cloud: Cloud, read: Reader) {
  const zones = new Map(enclave.zones.map((zone) => [idOf(zone.name), zone]));
  const connections = connectionsOf(enclave);
  const isBehind = read.entersBy === "balancers";
  return (from: Host, zone: string): readonly PortRange[] => {
    const { healthChecks = !isBehind, platform = {} } = zones.get(zone) ?? {};
    const isClient = isBehind && healthChecks && isInternet(from);
    if (from.kind !== "balancer" && !isClient) return NOTHING;
    const { [cloud]: own } = platform;
    const placed = own === undefined ? undefined : read.platform(own);
    if (placed !== undefined) return placed.probes;
    return connections
      .filter((one) => idOf(one.to) === zone && (one.from === INTERNET || healthChecks))
      .flatMap(({ traffic }) => checkedOf(traffic));
  };
}

const NOTHING: readonly PortRange[] = [];
const PRIVATE = NOT_INTERNET.map(withLast);

/** An address that is not private, whoever answers there. */
export const isInternet = ({ kind, address }: Host): boolean =>
  ["outside", "endpoint", "balancer"].includes(kind) && !PRIVATE.some((range) => holds(range, address));

function rangeOf(traffic: Traffic): PortRange {
  if (traffic.protocol === "any") return { protocol: ANY, from: 0, to: LAST_PORT };
  return traffic.protocol === "icmp" ? { protocol: "icmp", from: 0, to: 255 } : traffic;
}

/** Health checks speak TCP, and every protocol is TCP on every port too. */
function checkedOf(traffic: Traffic): PortRange[] {
  if (traffic.protocol === "any") return [{ protocol: "tcp", from: 0, to: LAST_PORT }];
  return traffic.protocol === "tcp" ? [traffic] : [];
}

function add<T>(lists: Map<string, T[]>, key: string, item: T): void {
  const list = lists.get(key);
  if (list === undefined) lists.set(key, [item]);
  else list.push(item);
}

/** Ports by which each zone leaves. */
function exitsOf(enclave: Enclave): ReadonlyMap<string, readonly PortRange[]> {
  const exits = new Map<string, PortRange[]>();
  for (const { zone, port } of departuresOf(enclave))
    add(exits, idOf(zone), { protocol: "tcp", from: port, to: port });
  return exits;
}

/** Traffic that each zone may open to each endpoint of the document. */
function usesOf(enclave: Enclave, read: Reader): ReadonlyMap<string, readonly PortRange[]> {
  const uses = new Map<string, PortRange[]>();
  for (const endpoint of enclave.privateEndpoints)
    for (const host of read.endpointsFor(endpoint))
      for (const zone of endpoint.from)
        for (const range of read.portsOf(endpoint)) add(uses, `${idOf(zone)}>${host.resource}`, range);
  return uses;
}

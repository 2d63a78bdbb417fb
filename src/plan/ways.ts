/** Flows, endpoint uses and exits lowered into one list: all that a provider needs for its rules. */
import { type Addresses, assigned, type Ordinals } from "../addresses/addresses";
import { type Connection, connectionsOf, portRange } from "../model/connections";
import { type Enclave, INTERNET, type PrivateEndpoint, type Traffic, type Zone } from "../model/enclave";
import { flowId, idOf } from "../model/ids";
import type { End, NetworkPlan, Party, PlannedDeparture, Way } from "./network-plan";

/** Flows, then endpoint uses, then exits, each in spec order. */
export const waysOf = (
  enclave: Enclave,
  { ordinals }: Addresses,
  departures: readonly PlannedDeparture[],
): Way[] => [
  ...connectionsOf(enclave).map((connection) =>
    flowWay(connection, enclave, assigned(ordinals.connections, connection.key)),
  ),
  ...enclave.privateEndpoints.flatMap((endpoint) => endpointWays(endpoint, ordinals)),
  ...enclave.zones.flatMap((zone) => exitWays(zone, departures, ordinals)),
];

function flowWay(connection: Connection, { externalNetworks }: Enclave, ordinal: number): Way {
  const partyOf = (name: string): Party => {
    if (name === INTERNET) return { kind: "internet", sources: connection.sources };
    const isExternal = externalNetworks.some((network) => network.name === name);
    return isExternal ? { kind: "external", external: name } : { kind: "zone", zone: name };
  };
  const [from, to] = [partyOf(connection.from), partyOf(connection.to)];
  return {
    id: flowId(connection),
    ordinal,
    from,
    to,
    traffic: [connection.traffic],
    zones: [from, to].flatMap((end) => (end.kind === "zone" ? end.zone : [])),
    because: connection.because,
  };
}

const endpointWays = ({ name, traffic, path, from }: PrivateEndpoint, ordinals: Ordinals): Way[] =>
  [...new Set(from)].map((zone) => ({
    id: `${idOf(zone)}_to_${idOf(name)}`,
    ordinal: assigned(ordinals.endpointUses, `${zone}>${name}`),
    from: { kind: "zone", zone },
    to: { kind: "endpoint", endpoint: name },
    traffic,
    zones: [zone],
    because: [{ path, why: `Private endpoint ${name}` }],
  }));

/** One way for each port by which a zone leaves, with all names behind it. */
function exitWays({ name: zone }: Zone, all: readonly PlannedDeparture[], ordinals: Ordinals): Way[] {
  const leaving = all.filter((departure) => departure.zone === zone);
  const ports = [...new Set(leaving.map(({ port }) => port))];
  return ports.map((port) => {
    const departures = leaving.filter((departure) => departure.port === port);
    return {
      id: `${idOf(zone)}_to_internet_${port}_tcp`,
      ordinal: assigned(ordinals.exits, `${zone} ${port}`),
      from: { kind: "zone", zone },
      to: { kind: "names", port, departures },
      traffic: [{ protocol: "tcp", from: port, to: port }],
      zones: [zone],
      because: departures.flatMap(({ because }) => because),
    };
  });
}

const isZone = (end: Way["from"], zone: string): boolean => end.kind === "zone" && end.zone === zone;

export const waysFrom = ({ ways }: Pick<NetworkPlan, "ways">, zone: string): Way[] =>
  ways.filter(({ from }) => isZone(from, zone));

export const waysTo = ({ ways }: Pick<NetworkPlan, "ways">, zone: string): Way[] =>
  ways.filter(({ to }) => isZone(to, zone));

export type TcpPorts = Extract<Traffic, { readonly from: number }>;

const ALL_PORTS: TcpPorts = { protocol: "tcp", from: 1, to: 65_535 };

/** Ports of TCP that the ways open, each range once; all of them where a way admits everything. */
export function tcpPorts(ways: readonly Way[]): TcpPorts[] {
  const traffic = ways.flatMap((way) => way.traffic);
  if (traffic.some(({ protocol }) => protocol === "any")) return [ALL_PORTS];
  const open = traffic.flatMap((each) => (each.protocol === "tcp" ? [each] : []));
  return [...new Map(open.map((each) => [portRange(each), each])).values()];
}

type EndOf<Kind extends End["kind"]> = Extract<End, { readonly kind: Kind }>;

export type FlowWay = Way & { readonly from: Party; readonly to: Party };
export type UseWay = Way & { readonly from: EndOf<"zone">; readonly to: EndOf<"endpoint"> };
export type ExitWay = Way & { readonly from: EndOf<"zone">; readonly to: EndOf<"names"> };

export const flowsOf = ({ ways }: Pick<NetworkPlan, "ways">): FlowWay[] =>
  ways.filter((way): way is FlowWay => way.to.kind !== "endpoint" && way.to.kind !== "names");

export const usesOf = ({ ways }: Pick<NetworkPlan, "ways">): UseWay[] =>
  ways.filter((way): way is UseWay => way.to.kind === "endpoint");

export const exitsOf = ({ ways }: Pick<NetworkPlan, "ways">): ExitWay[] =>
  ways.filter((way): way is ExitWay => way.to.kind === "names");

/**
 * Flows, endpoint uses and exits lowered into one list: the only place that says which ways there are, who stands at their ends
 * and whose quarantine cuts them. A provider maps a way to rules and asks nothing else.
 */
import type { End, Endpoint, NetworkPlan, Party, PlannedDeparture, PlannedZone, Way } from "./network-plan";

/** `flows`, then endpoint uses, then exits, each in spec order. */
export function waysOf(
  flows: readonly FlowWay[],
  { zones, endpoints, departures }: Pick<NetworkPlan, "zones" | "endpoints" | "departures">,
): Way[] {
  return [
    ...flows,
    ...endpoints.flatMap((endpoint) => endpointWays(zones, endpoint)),
    ...zones.flatMap((zone) => exitWays(zone, departures)),
  ];
}

function endpointWays(
  zones: readonly PlannedZone[],
  { id, name, ports, consumers, because }: Endpoint,
): Way[] {
  return consumers.map(({ zone, ordinal }) => ({
    id: `${zones.find((each) => each.name === zone)?.id}_to_${id}`,
    ordinal,
    from: { kind: "zone", zone },
    to: { kind: "endpoint", endpoint: name },
    traffic: ports,
    zones: [zone],
    because: because.map(({ path }) => ({ path, why: `Private endpoint ${name}` })),
  }));
}

/** One way for each port by which a zone leaves, with all names behind it. */
function exitWays(zone: PlannedZone, all: readonly PlannedDeparture[]): Way[] {
  const leaving = all.filter((departure) => departure.zone === zone.name);
  const ports = [...new Set(leaving.map(({ port }) => port))];
  return ports.map((port) => {
    const departures = leaving.filter((departure) => departure.port === port);
    return {
      id: `${zone.id}_to_internet_${port}_tcp`,
      ordinal: departures[0]?.exitOrdinal ?? 0,
      from: { kind: "zone", zone: zone.name },
      to: { kind: "names", port, departures },
      traffic: [{ protocol: "tcp", from: port, to: port }],
      zones: [zone.name],
      because: departures.flatMap(({ because }) => because),
    };
  });
}

const isZone = (end: Way["from"], zone: string): boolean => end.kind === "zone" && end.zone === zone;

export const waysFrom = ({ ways }: Pick<NetworkPlan, "ways">, zone: string): Way[] =>
  ways.filter(({ from }) => isZone(from, zone));

export const waysTo = ({ ways }: Pick<NetworkPlan, "ways">, zone: string): Way[] =>
  ways.filter(({ to }) => isZone(to, zone));

type EndOf<Kind extends End["kind"]> = Extract<End, { readonly kind: Kind }>;

export type FlowWay = Way & { readonly from: Party; readonly to: Party };
export type UseWay = Way & { readonly from: EndOf<"zone">; readonly to: EndOf<"endpoint"> };
export type ExitWay = Way & { readonly from: EndOf<"zone">; readonly to: EndOf<"names"> };

/** Flows: the ways between zones, external networks and the internet. */
export const flowsOf = ({ ways }: Pick<NetworkPlan, "ways">): FlowWay[] =>
  ways.filter((way): way is FlowWay => way.to.kind !== "endpoint" && way.to.kind !== "names");

/** Endpoint uses: one for each zone that uses a private endpoint. */
export const usesOf = ({ ways }: Pick<NetworkPlan, "ways">): UseWay[] =>
  ways.filter((way): way is UseWay => way.to.kind === "endpoint");

/** Exits: one for each zone and port by which it leaves. */
export const exitsOf = ({ ways }: Pick<NetworkPlan, "ways">): ExitWay[] =>
  ways.filter((way): way is ExitWay => way.to.kind === "names");

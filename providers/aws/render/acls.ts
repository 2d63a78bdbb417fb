/**
 * The network ACL of each zone and each site. A way passes the subnets at its ends and those of the
 * infrastructure between: its requests in one direction, the replies in the other.
 */
import { formatTraffic } from "../../../src/model/connections";
import type { Traffic } from "../../../src/model/enclave";
import type { End, NetworkPlan, Way } from "../../../src/plan/network-plan";
import { exitsOf, waysFrom, waysTo } from "../../../src/plan/ways";
import { zoneNamed } from "../../shared/questions";
import { allow, BANDS, type Entry, exitRequest, INTERNET, type Peer, reply } from "./acl-entries";
import { type Fitted, fit } from "./acl-fitting";
import { type EndpointGroup, endpointGroups, HTTPS, hasInterfaces } from "./endpoint-groups";
import { type Place, placesOf } from "./network";

export type Acl = Fitted & { readonly place: Place; readonly egress: boolean };

export function aclsOf(plan: NetworkPlan): Acl[] {
  const groups = endpointGroups(plan);
  return placesOf(plan).flatMap((place) => {
    const entries = entriesAt(plan, groups, place);
    const wanted = (egress: boolean) => entries.flatMap((each) => (egress ? each.egress : each.ingress));
    return [false, true].map((egress) => ({ place, egress, ...fit(wanted(egress)) }));
  });
}

type Entries = Readonly<Record<"ingress" | "egress", readonly Entry[]>>;

function entriesAt(plan: NetworkPlan, groups: readonly EndpointGroup[], { zone, name }: Place): Entries[] {
  if (zone !== undefined) return atZone(plan, groups, zone);
  return name === "endpoints" ? atEndpoints(plan, groups) : atExit(plan);
}

const inward = (request: Entry, ...replies: Entry[]): Entries => ({ ingress: [request], egress: replies });
const outward = (request: Entry, ...replies: Entry[]): Entries => ({ ingress: replies, egress: [request] });

const atZone = (plan: NetworkPlan, groups: readonly EndpointGroup[], zone: string): Entries[] => [
  ...waysTo(plan, zone).flatMap((way) => exchanged(plan, way, way.from).map((all) => inward(...all))),
  ...waysFrom(plan, zone).flatMap((way) => exchanged(plan, way, way.to).map((all) => outward(...all))),
  ...groups.filter(({ consumers }) => consumers.includes(zone)).map((group) => useEntries(plan, zone, group)),
];

/** The requests of a way and their replies, with the peer at its far end. */
function exchanged(plan: NetworkPlan, way: Way, far: End): [request: Entry, ...reply: Entry[]][] {
  const { from, to, traffic, ordinal } = way;
  if (far.kind === "internet")
    return traffic.map((one) => [allow(INTERNET, BANDS.internet + ordinal, one), reply(INTERNET, one)]);
  if (far.kind === "names") return traffic.map((one) => [exitRequest(one, ordinal), reply(INTERNET, one)]);
  // An external network is refused before anything is rendered; endpoints come by groups.
  if (far.kind !== "zone") return [];
  const peer = zoneNamed(plan, far.zone);
  const number = BANDS.request + ordinal;
  const isInner = from.kind === "zone" && to.kind === "zone" && from.zone === to.zone;
  return traffic.map((one) => {
    const requests = allow(peer, number, one);
    // Without ports, replies inside a zone are what the requests in the other direction admit already.
    return isInner && !("from" in one) ? [requests] : [requests, reply(peer, one, number)];
  });
}

/** Towards the endpoint subnets: one entry for all services on 443, one for each service on other ports. */
function useEntries(plan: NetworkPlan, zone: string, group: EndpointGroup): Entries {
  if (!hasInterfaces(group)) return outward(exitRequest(HTTPS, 0), reply(INTERNET, HTTPS));
  const peer = { block: plan.sites.endpoints, ordinal: 0 };
  const requests = useRequest(peer, group, zone, BANDS.endpointRequest);
  return outward(requests, { ...reply(peer, HTTPS, 0, group.ports), number: BANDS.endpointReply });
}

const atEndpoints = (plan: NetworkPlan, groups: readonly EndpointGroup[]): Entries[] =>
  groups.filter(hasInterfaces).flatMap((group) =>
    group.consumers.map((name) => {
      const zone = zoneNamed(plan, name);
      // No flow ends here: the numbers of flows are free.
      const number = BANDS.request + zone.ordinal;
      return inward(useRequest(zone, group, name, number), reply(zone, HTTPS, 0, group.ports));
    }),
  );

/** All HTTPS of a peer is one entry. Other ports are one range, numbered by the use alone: they may change. */
function useRequest(peer: Peer, group: EndpointGroup, zone: string, shared: number): Entry {
  const ends = group.ports.flatMap((one) => ("from" in one ? [one.from, one.to] : []));
  const span: Traffic = { protocol: "tcp", from: Math.min(...ends), to: Math.max(...ends) };
  if (formatTraffic(span) === "443/tcp") return allow(peer, shared, span);
  const way = group.uses[0]?.ways.find(({ from }) => from.zone === zone);
  return allow(peer, BANDS.endpointUse + (way?.ordinal ?? 0), span);
}

/** Firewall and NAT subnets see the same packets: requests on their way out, replies on their way back. */
const atExit = (plan: NetworkPlan): Entries[] =>
  exitsOf(plan).flatMap(({ from, traffic, ordinal }) => {
    const zone = zoneNamed(plan, from.zone);
    return traffic.flatMap((one) => [
      inward(allow(zone, BANDS.endpointUse + ordinal, one), reply(zone, one)),
      outward(exitRequest(one, ordinal), reply(INTERNET, one)),
    ]);
  });

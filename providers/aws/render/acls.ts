/**
 * The network ACL of each zone and each site, as the entries that it wants before they are fitted to its
 * size. A way passes the subnets at its ends and those of the infrastructure between: its requests in one
 * direction, the replies in the other.
 */
import type { Traffic } from "../../../src/model/enclave";
import type { NetworkPlan, Party, Way } from "../../../src/plan/network-plan";
import { exitsOf, type FlowWay, flowsOf } from "../../../src/plan/ways";
import { zoneNamed } from "../../shared/questions";
import {
  allow,
  BANDS,
  type BlockPeer,
  type Entry,
  exitRequest,
  internetReply,
  internetRequest,
  isTcp,
  reply,
  request,
} from "./acl-entries";
import { type EndpointGroup, endpointGroups, HTTPS, hasInterfaces } from "./endpoint-groups";
import { type Place, placesOf } from "./network";

interface Entries {
  readonly ingress: readonly Entry[];
  readonly egress: readonly Entry[];
}

export type Acl = Place & Entries;

/** Terraform name of one entry. */
export const entryName = (acl: Acl, entry: Entry, egress: boolean): string =>
  `${acl.id}_${egress ? "out_to" : "in_from"}_${entry.id}`;

export function aclsOf(plan: NetworkPlan): Acl[] {
  const { groups } = endpointGroups(plan);
  return placesOf(plan).map((place) => {
    const entries = entriesAt(plan, groups, place);
    const ingress = entries.flatMap((each) => each.ingress);
    return { ...place, ingress, egress: entries.flatMap((each) => each.egress) };
  });
}

type Groups = readonly EndpointGroup[];

function entriesAt(plan: NetworkPlan, groups: Groups, { zone, site }: Place): Entries[] {
  if (zone !== undefined) return atZone(plan, groups, zone.name);
  return site === "endpoints" ? atEndpoints(plan, groups) : atExit(plan);
}

const inward = (request: Entry, ...replies: Entry[]): Entries => ({ ingress: [request], egress: replies });
const outward = (request: Entry, ...replies: Entry[]): Entries => ({ ingress: replies, egress: [request] });

const isAt = (end: Way["from"], zone: string): boolean => end.kind === "zone" && end.zone === zone;

function atZone(plan: NetworkPlan, groups: Groups, zone: string): Entries[] {
  const used = groups.filter(({ consumers }) => consumers.includes(zone));
  const exits = exitsOf(plan).filter(({ from }) => isAt(from, zone));
  return [
    ...flowsOf(plan).flatMap((way) => flowEntries(plan, zone, way)),
    ...used.map((group) => useEntries(plan, zone, group)),
    ...exits.flatMap(({ traffic, ordinal }) =>
      traffic.map((one) => outward(exitRequest(one, ordinal), internetReply(one))),
    ),
  ];
}

const flowEntries = (plan: NetworkPlan, zone: string, way: FlowWay): Entries[] => [
  ...(isAt(way.to, zone) ? exchanged(plan, way, way.from).map((entries) => inward(...entries)) : []),
  ...(isAt(way.from, zone) ? exchanged(plan, way, way.to).map((entries) => outward(...entries)) : []),
];

/** The request of a flow and its reply, with the peer at the far end. */
function exchanged(plan: NetworkPlan, way: FlowWay, far: Party): [request: Entry, ...reply: Entry[]][] {
  const { from, to, traffic, ordinal } = way;
  // Refused before anything is rendered.
  if (far.kind === "external") return [];
  if (far.kind === "internet")
    return traffic.map((one) => [internetRequest(BANDS.internet + ordinal, one), internetReply(one)]);
  const peer = zoneNamed(plan, far.zone);
  const number = BANDS.request + ordinal;
  const isInner = isAt(from, far.zone) && isAt(to, far.zone);
  return traffic.map((one) => {
    const requests = request(peer, peer.id, number, one);
    // Without ports, replies inside a zone are what the requests in the other direction admit already.
    return isInner && !("from" in one) ? [requests] : [requests, reply(peer, one, number)];
  });
}

/**
 * Towards the endpoint subnets: one entry for all services on 443, one for each custom service on other
 * ports.
 */
function useEntries(plan: NetworkPlan, zone: string, group: EndpointGroup): Entries {
  if (!hasInterfaces(group)) return outward(exitRequest(HTTPS, 0), internetReply(HTTPS));
  const peer = { id: "enclave_endpoints", block: plan.sites.endpoints, ordinal: 0 };
  const requests = useRequest(peer, group, zone, BANDS.endpointRequest, group.id);
  return outward(requests, { ...reply(peer, HTTPS, 0), number: BANDS.endpointReply });
}

function atEndpoints(plan: NetworkPlan, groups: Groups): Entries[] {
  return groups.filter(hasInterfaces).flatMap((group) =>
    group.consumers.map((name) => {
      const zone = zoneNamed(plan, name);
      // No flow ends here: the numbers of flows are free.
      const number = BANDS.request + zone.ordinal;
      return inward(useRequest(zone, group, name, number, `${zone.id}__${group.id}`), reply(zone, HTTPS, 0));
    }),
  );
}

/**
 * All HTTPS of a peer is one entry. Other ports are one range: the group holds them exactly. They may change,
 * so they are no part of the entry's name, and its number is that of the use.
 */
function useRequest(peer: BlockPeer, group: EndpointGroup, zone: string, shared: number, own: string): Entry {
  const ends = group.ports.flatMap((one) => ("from" in one ? [one.from, one.to] : []));
  const span: Traffic = { protocol: "tcp", from: Math.min(...ends), to: Math.max(...ends) };
  if (isTcp(span, 443)) return request(peer, peer.id, shared, span);
  const way = group.uses[0]?.ways.find(({ from }) => from.zone === zone);
  return allow(peer, own, BANDS.endpointUse + (way?.ordinal ?? 0), span);
}

/**
 * Firewall and NAT subnets see the same packets: requests on their way out, and replies on their way back.
 */
function atExit(plan: NetworkPlan): Entries[] {
  return exitsOf(plan).flatMap(({ from, traffic, ordinal }) => {
    const zone = zoneNamed(plan, from.zone);
    return traffic.flatMap((one) => [
      inward(request(zone, zone.id, BANDS.endpointUse + ordinal, one), reply(zone, one, 0)),
      outward(exitRequest(one, ordinal, zone.id), internetReply(one)),
    ]);
  });
}

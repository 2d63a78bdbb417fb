/**
 * The network ACL of each zone and each site, as the entries that it wants before they are fitted to its size. A way passes the
 * subnets at its ends and those of the infrastructure between: its requests in one direction, the replies in the other.
 */
import type { Traffic } from "../../../src/model/enclave";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { exitsOf, type FlowWay, flowsOf } from "../../../src/plan/ways";
import { zoneNamed } from "../../shared/zones";
import {
  allow,
  BANDS,
  type BlockPeer,
  blockPeer,
  clientPorts,
  type Entry,
  exitRequest,
  internetReplies,
  internetRequest,
  isTcp,
  reply,
  request,
} from "./acl-entries";
import { type EndpointGroup, endpointGroups, HTTPS, hasInterfaces } from "./endpoint-groups";
import { type Place, placesOf, type SiteName } from "./places";

export type Acl = Place & { readonly ingress: readonly Entry[]; readonly egress: readonly Entry[] };

/** Terraform name of one entry. */
export const entryName = (acl: Acl, entry: Entry, egress: boolean): string =>
  `${acl.id}_${egress ? "out_to" : "in_from"}_${entry.id}`;

type Direction = "ingress" | "egress";

/** One way at one place. */
interface Passage {
  /** Of the request. Its reply has the other one. */
  readonly direction: Direction;
  readonly request: Entry;
  readonly reply?: Entry;
}

export function aclsOf(plan: NetworkPlan): Acl[] {
  return placesOf(plan).map((place) => {
    const passages = place.zone === undefined ? AT_SITE[place.site](plan) : atZone(plan, place.zone);
    const entries = (direction: Direction): Entry[] =>
      passages.flatMap((passage) =>
        passage.direction === direction ? passage.request : (passage.reply ?? []),
      );
    return { ...place, ingress: entries("ingress"), egress: entries("egress") };
  });
}

const AT_SITE: Readonly<Record<SiteName, (plan: NetworkPlan) => Passage[]>> = {
  endpoints: atEndpoints,
  firewall: atExit,
  nat: atExit,
};

const peerOf = ({ id, block, ordinal }: PlannedZone): BlockPeer => blockPeer(id, block, ordinal);

function atZone(plan: NetworkPlan, { name }: PlannedZone): Passage[] {
  const flows = flowsOf(plan).flatMap((way) => [
    ...(way.to.kind === "zone" && way.to.zone === name ? flowPassages(plan, way, "ingress") : []),
    ...(way.from.kind === "zone" && way.from.zone === name ? flowPassages(plan, way, "egress") : []),
  ]);
  const used = endpointGroups(plan).groups.filter(({ consumers }) => consumers.includes(name));
  const exits = exitsOf(plan).filter(({ from }) => from.zone === name);
  return [
    ...flows,
    ...used.map((group) => usePassage(plan, group, name)),
    ...exits.flatMap(({ traffic, ordinal }) => traffic.map((one) => exitPassage(one, ordinal))),
  ];
}

function flowPassages(plan: NetworkPlan, way: FlowWay, direction: Direction): Passage[] {
  const { from, to, ordinal } = way;
  const far = direction === "ingress" ? from : to;
  const isInner = from.kind === "zone" && to.kind === "zone" && from.zone === to.zone;
  return way.traffic.flatMap((traffic): Passage | Passage[] => {
    if (far.kind === "internet") return internetPassage(traffic, ordinal);
    if (far.kind !== "zone") return [];
    const peer = peerOf(zoneNamed(plan.zones, far.zone));
    const number = BANDS.request + ordinal;
    const passage = { direction, request: request(peer, peer.id, number, traffic) };
    // Without ports, replies inside a zone are what its requests in the other direction admit already.
    const isMirrored = isInner && traffic.protocol !== "tcp" && traffic.protocol !== "udp";
    return isMirrored ? passage : { ...passage, reply: reply(peer, traffic, number) };
  });
}

const internetPassage = (traffic: Traffic, ordinal: number): Passage => ({
  direction: "ingress",
  request: internetRequest(BANDS.internet + ordinal, traffic),
  reply: internetReplies(traffic.protocol),
});

/** `owner`: the zone of the exit, where zones share an ACL. */
const exitPassage = (traffic: Traffic, ordinal: number, owner?: string): Passage => ({
  direction: "egress",
  request: exitRequest(traffic, ordinal, owner),
  reply: internetReplies("tcp"),
});

/** Towards the endpoint subnets: one entry for all services on 443, one for each custom service on other ports. */
function usePassage(plan: NetworkPlan, group: EndpointGroup, zone: string): Passage {
  if (!hasInterfaces(group)) return exitPassage(HTTPS, 0);
  const peer = blockPeer("enclave_endpoints", plan.sites.endpoints);
  const span = spanOf(group);
  return {
    direction: "egress",
    // Ports of a use may change: they are no part of its name, as they are none of its number.
    request: isHttps(span)
      ? request(peer, peer.id, BANDS.endpointRequest, span)
      : allow(peer, group.id, BANDS.endpointUse + useOrdinal(group, zone), span),
    reply: allow(peer, `${peer.id}__replies_tcp`, BANDS.endpointReply, clientPorts("tcp")),
  };
}

function atEndpoints(plan: NetworkPlan): Passage[] {
  const groups = endpointGroups(plan).groups.filter(hasInterfaces);
  return groups.flatMap((group) => {
    const span = spanOf(group);
    return group.consumers.map((name): Passage => {
      const zone = zoneNamed(plan.zones, name);
      const peer = peerOf(zone);
      return {
        direction: "ingress",
        // No flow ends here: the numbers of flows are free.
        request: isHttps(span)
          ? request(peer, zone.id, BANDS.request + zone.ordinal, span)
          : allow(peer, `${zone.id}__${group.id}`, BANDS.endpointUse + useOrdinal(group, name), span),
        reply: reply(peer, span, 0),
      };
    });
  });
}

/** Firewall and NAT subnets see the same packets: requests on their way out, and replies on their way back. */
function atExit(plan: NetworkPlan): Passage[] {
  return exitsOf(plan).flatMap(({ from, traffic: all, ordinal }) => {
    const peer = peerOf(zoneNamed(plan.zones, from.zone));
    return all.flatMap((traffic): Passage[] => [
      {
        direction: "ingress",
        request: request(peer, peer.id, BANDS.endpointUse + ordinal, traffic),
        reply: reply(peer, traffic, 0),
      },
      exitPassage(traffic, ordinal, peer.id),
    ]);
  });
}

/** The ports of a service as one range: the group holds them exactly, and each use has one number. */
function spanOf({ ports }: EndpointGroup): Traffic {
  const ends = ports.flatMap((traffic) => (traffic.protocol === "tcp" ? [traffic.from, traffic.to] : []));
  return { protocol: "tcp", from: Math.min(...ends), to: Math.max(...ends) };
}

const isHttps = (traffic: Traffic): boolean => isTcp(traffic, 443);

const useOrdinal = ({ uses }: EndpointGroup, zone: string): number =>
  uses[0]?.ways.find(({ from }) => from.zone === zone)?.ordinal ?? 0;

/** The network ACLs of an enclave: one per zone, and one for each kind of infrastructure subnet that it has. */
import type { NetworkPlan, PlannedDeparture } from "../../../src/plan/network-plan";
import { zoneNamed } from "../../shared/zones";
import {
  type Acl,
  exitRequest,
  exitsOf,
  icmpErrors,
  internetReplies,
  isHttps,
  type Pairs,
  peerOf,
  reply,
  request,
  spanOf,
  tail,
  tcpPort,
  useRequest,
  withInterfaces,
  zoneAcl,
} from "./acl-entries";
import { endpointGroups } from "./endpoint-groups";
import { BANDS, type BlockPeer } from "./subnet-rules";

export function aclsOf(plan: NetworkPlan): Acl[] {
  const zones = plan.zones.map((zone) => zoneAcl(plan, zone));
  const endpoints = endpointGroups(plan).groups.some((group) => group.kind !== "gateway")
    ? [endpointsAcl(plan)]
    : [];
  const egress = plan.departures.length === 0 ? [] : [passageAcl(plan, "firewall"), passageAcl(plan, "nat")];
  return [...zones, ...endpoints, ...egress];
}

function endpointsAcl(plan: NetworkPlan): Acl {
  const pairs: Pairs = { ingress: [icmpErrors(plan)], egress: [icmpErrors(plan)] };
  for (const group of withInterfaces(plan)) {
    const span = spanOf(group);
    for (const name of group.consumers) {
      const zone = zoneNamed(plan.zones, name);
      const peer = peerOf(zone);
      // No flow ends here: the numbers of flows are free.
      const shared = request(peer, zone.id, BANDS.request + zone.ordinal, span);
      pairs.ingress.push(isHttps(span) ? shared : useRequest(peer, `${zone.id}__${group.id}`, group, name));
      pairs.egress.push(reply(peer, span, 0));
    }
  }
  return {
    id: "enclave_endpoints",
    site: "endpoints",
    ingress: { inside: pairs.ingress, ...tail([]) },
    egress: { inside: pairs.egress, ...tail([]) },
  };
}

/** Firewall and NAT subnets see the same packets: requests of zones with egress on their way out, and replies on their way back. */
function passageAcl(plan: NetworkPlan, site: "firewall" | "nat"): Acl {
  const exits = exitsOf(plan.departures);
  const peer = (exit: PlannedDeparture): BlockPeer => peerOf(zoneNamed(plan.zones, exit.zone));
  const requests = exits.map((exit) =>
    request(peer(exit), peer(exit).id, BANDS.endpointUse + exit.exitOrdinal, tcpPort(exit.port)),
  );
  const replies = exits.map((exit) => reply(peer(exit), tcpPort(exit.port), 0));
  const outward = exits.map((exit) => {
    const entry = exitRequest(exit);
    return entry.number === BANDS.https || entry.number === BANDS.http
      ? entry
      : { ...entry, id: `${peer(exit).id}_${entry.id}` };
  });
  return {
    id: `enclave_${site}`,
    site,
    ingress: { inside: [icmpErrors(plan), ...requests], ...tail([internetReplies("tcp")]) },
    egress: { inside: [icmpErrors(plan), ...replies], ...tail(outward) },
  };
}

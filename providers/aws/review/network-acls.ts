/**
 * Network ACLs take few entries: where they become coarser to fit, where they do not fit, and entries with
 * one address.
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { reviewCollisions } from "../../shared/review/names";
import { type Quota, reviewQuotas } from "../../shared/review/quotas";
import { type Coarseness, ENTRIES_DEFAULT, ENTRIES_MOST, fit } from "../render/acl-fitting";
import { type Acl, aclsOf, entryName } from "../render/acls";
import { ADDRESSES } from "./names";

const SITES = {
  endpoints: { what: "the private endpoints", path: "privateEndpoints" },
  firewall: { what: "the egress firewall", path: "egress" },
  nat: { what: "the NAT gateways", path: "egress" },
} as const;

export function* reviewNetworkAcls(plan: NetworkPlan): Iterable<Diagnostic> {
  const directions = aclsOf(plan).flatMap((acl) => [fitDirection(acl, false), fitDirection(acl, true)]);
  const names = directions.flatMap(({ acl, egress, entries, what, path }) =>
    entries.map((entry) => ({ kind: "network ACL entry", name: entryName(acl, entry, egress), what, path })),
  );
  const quotas = directions.map(({ egress, count, what, path }): Quota => {
    const entries = `${egress ? "outbound" : "inbound"} entries of the network ACL of ${what}`;
    return { what: entries, count, normal: ENTRIES_DEFAULT, most: ENTRIES_MOST, path };
  });
  yield* reviewCoarseness(directions);
  yield* reviewQuotas(quotas, "aws");
  // Zone "a" with peer "in-b" and zone "a-in" with peer "b": two entries may have one name, with zone names
  // of any length.
  yield* reviewCollisions(names, ADDRESSES);
}

/** One direction of an ACL with the subnets that it is for, and where a spec asks for them. */
function fitDirection(acl: Acl, egress: boolean) {
  const { zone } = acl;
  const place = zone === undefined ? SITES[acl.site] : { what: `zone "${zone.name}"`, path: zone.path };
  return { acl, egress, ...place, ...fit(egress ? acl.egress : acl.ingress) };
}

/** From the coarsest on. */
const COARSER: readonly (readonly [Coarseness, admits: string])[] = [
  ["internet-ports", "peers joined into enclosing blocks and the internet, with all ports"],
  ["peers", "peers joined into enclosing blocks, with all ports"],
  ["ports", "each peer with all its ports"],
];

/** Security groups stay exact. One note for all ACLs, at the first of them. */
function* reviewCoarseness(directions: readonly ReturnType<typeof fitDirection>[]): Iterable<Diagnostic> {
  const coarse = directions.filter(({ coarseness }) => coarseness !== "exact");
  const [first] = coarse;
  if (first === undefined) return;
  const counted = new Set<string>();
  const texts = COARSER.flatMap(([step, admits]) => {
    // An ACL is as coarse as the coarser of its two directions.
    const found = coarse.filter(({ coarseness, acl }) => coarseness === step && !counted.has(acl.id));
    for (const { acl } of found) counted.add(acl.id);
    const subjects = [...new Set(found.map(({ what }) => what))];
    return subjects.length === 0 ? [] : `Those of ${subjects.join(", ")} admit ${admits}.`;
  });
  const count = counted.size;
  const subject = count === 1 ? "a network ACL is" : `${count} network ACLs are`;
  const detail = `An ACL has ${ENTRIES_DEFAULT} entries in each direction by default. ${texts.join(" ")} The security groups hold what is declared exactly.`;
  const facts = { count, default: ENTRIES_DEFAULT };
  yield info("aws-acl-coarse", first.path, `${subject} coarser than what is declared`, detail, { facts });
}

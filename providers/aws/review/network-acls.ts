/** Network ACLs that become coarser or take no more entries. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { raised, reviewQuotas } from "../../shared/review/quotas";
import { type Coarseness, ENTRIES_DEFAULT, ENTRIES_MOST, ENTRIES_RESERVED } from "../render/acl-fitting";
import { type Acl, aclsOf } from "../render/acls";

export function* reviewNetworkAcls(plan: NetworkPlan): Iterable<Diagnostic> {
  const acls = aclsOf(plan);
  const quotas = acls.map(({ place: { what, path }, egress, entries }) => {
    const text = `${egress ? "outbound" : "inbound"} entries of the network ACL of ${what}`;
    return raised(text, entries.length + ENTRIES_RESERVED, ENTRIES_DEFAULT, ENTRIES_MOST, path);
  });
  yield* reviewCoarseness(acls);
  yield* reviewQuotas(quotas, "aws");
}

/** From the coarsest on. */
const COARSER: readonly (readonly [Coarseness, admits: string])[] = [
  ["internet-ports", "peers joined into enclosing blocks and the internet, with all ports"],
  ["peers", "peers joined into enclosing blocks, with all ports"],
  ["ports", "each peer with all its ports"],
];

/** Security groups stay exact. One note for all ACLs, at the first of them. */
function* reviewCoarseness(acls: readonly Acl[]): Iterable<Diagnostic> {
  const first = acls.find(({ coarseness }) => coarseness !== "exact");
  if (first === undefined) return;
  const counted = new Set<string>();
  const texts = COARSER.flatMap(([step, admits]) => {
    // An ACL is as coarse as the coarser of its two directions.
    const found = acls.filter(({ coarseness, place }) => coarseness === step && !counted.has(place.what));
    const subjects = [...new Set(found.map(({ place }) => place.what))];
    for (const subject of subjects) counted.add(subject);
    return subjects.length === 0 ? [] : `Those of ${subjects.join(", ")} admit ${admits}.`;
  });
  const count = counted.size;
  const subject = count === 1 ? "a network ACL is" : `${count} network ACLs are`;
  const detail =
    `An ACL has ${ENTRIES_DEFAULT} entries in each direction by default. ` +
    `${texts.join(" ")} The security groups hold what is declared exactly.`;
  const facts = { count, default: ENTRIES_DEFAULT };
  yield info("aws-acl-coarse", first.place.path, `${subject} coarser than what is declared`, detail, {
    facts,
  });
}

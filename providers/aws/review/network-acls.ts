/** Network ACLs take few entries: where they become coarser to fit, where they do not fit, and entries with one address. */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Named, named, reviewCollisions } from "../../shared/review/names";
import { type Quota, reviewQuotas } from "../../shared/review/quotas";
import { type Coarseness, ENTRIES_DEFAULT, ENTRIES_MOST, type Fitted, fit } from "../render/acl-fitting";
import { type Acl, aclsOf, entryName } from "../render/acls";
import { ADDRESSES } from "./names";

export function reviewNetworkAcls(plan: NetworkPlan): Diagnostic[] {
  const acls = aclsOf(plan).map(fitAcl);
  return [
    ...reviewCoarseness(acls),
    ...reviewQuotas(acls.flatMap(countEntries), "aws"),
    ...reviewCollisions(acls.flatMap(namesOfEntries), ADDRESSES),
  ];
}

const SITES: Readonly<Record<NonNullable<Acl["site"]>, { readonly what: string; readonly path: SpecPath }>> =
  {
    endpoints: { what: "the private endpoints", path: "privateEndpoints" },
    firewall: { what: "the egress firewall", path: "egress" },
    nat: { what: "the NAT gateways", path: "egress" },
  };

interface FittedAcl {
  readonly acl: Acl;
  /** The subnets of the ACL, and where a spec asks for them. */
  readonly what: string;
  readonly path: SpecPath;
  readonly ingress: Fitted;
  readonly egress: Fitted;
}

function fitAcl(acl: Acl): FittedAcl {
  const { zone, site } = acl;
  const place =
    zone === undefined && site !== undefined
      ? SITES[site]
      : { what: `zone "${zone?.name}"`, path: zone === undefined ? "zones" : zone.path };
  return { acl, ...place, ingress: fit(acl.ingress), egress: fit(acl.egress) };
}

const COARSER: Readonly<Record<Exclude<Coarseness, "exact">, string>> = {
  ports: "each peer with all its ports",
  peers: "peers joined into enclosing blocks, with all ports",
  "internet-ports": "peers joined into enclosing blocks and the internet, with all ports",
};
/** From the coarsest on. */
const STEPS = ["internet-ports", "peers", "ports"] as const;

/** How coarse the coarser of the two directions is; undefined: both are exact. */
const stepOf = ({ ingress, egress }: FittedAcl): keyof typeof COARSER | undefined =>
  STEPS.find((step) => ingress.coarseness === step || egress.coarseness === step);

/** Security groups stay exact. One note for all ACLs, at the first of them. */
function reviewCoarseness(acls: readonly FittedAcl[]): Diagnostic[] {
  const coarse = acls.filter((acl) => stepOf(acl) !== undefined);
  const [first] = coarse;
  if (first === undefined) return [];
  const texts = STEPS.flatMap((step) => {
    const found = coarse.filter((acl) => stepOf(acl) === step).map(({ what }) => what);
    return found.length === 0 ? [] : `Those of ${found.join(", ")} admit ${COARSER[step]}.`;
  });
  const count = coarse.length;
  const subject = count === 1 ? "a network ACL is" : `${count} network ACLs are`;
  const detail = `An ACL has ${ENTRIES_DEFAULT} entries in each direction by default. ${texts.join(" ")} The security groups hold what is declared exactly.`;
  const facts = { count, default: ENTRIES_DEFAULT };
  return [info("aws-acl-coarse", first.path, `${subject} coarser than what is declared`, detail, { facts })];
}

function countEntries({ what, path, ingress, egress }: FittedAcl): Quota[] {
  const quota = (direction: string, { count }: Fitted): Quota => ({
    what: `${direction} entries of the network ACL of ${what}`,
    count,
    normal: ENTRIES_DEFAULT,
    most: ENTRIES_MOST,
    path,
  });
  return [quota("inbound", ingress), quota("outbound", egress)];
}

/** Zone "a" with peer "in-b" and zone "a-in" with peer "b": two entries may have one name, with zone names of any length. */
const namesOfEntries = ({ acl, what, path, ingress, egress }: FittedAcl): Named[] =>
  [ingress, egress].flatMap((fitted) =>
    fitted.entries.map((entry) =>
      named("network ACL entry", entryName(acl, entry, fitted === egress), what, path),
    ),
  );

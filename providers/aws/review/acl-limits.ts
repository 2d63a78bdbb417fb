/** What network ACLs give up to fit their quota, which is said, and where they do not fit at all, which is refused. */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { judged } from "../data/quota";
import { type Coarseness, ENTRIES_DEFAULT, ENTRIES_MOST, fit } from "../render/acl-fitting";
import { type Acl, aclsOf, entryName } from "../render/acls";

export function reviewAcls(plan: NetworkPlan): Diagnostic[] {
  const acls = aclsOf(plan);
  return [...reviewCoarseness(acls), ...acls.flatMap(reviewCounts), ...reviewNames(acls)];
}

const DIRECTIONS = ["ingress", "egress"] as const;

const SITES: Readonly<Record<NonNullable<Acl["site"]>, { readonly what: string; readonly path: SpecPath }>> =
  {
    endpoints: { what: "the private endpoints", path: "privateEndpoints" },
    firewall: { what: "the egress firewall", path: "egress" },
    nat: { what: "the NAT gateways", path: "egress" },
  };

/** In whose subnets an ACL stands, and where a spec asks for them. */
const placeOf = ({ zone, site }: Acl): { readonly what: string; readonly path: SpecPath } =>
  zone === undefined && site !== undefined
    ? SITES[site]
    : { what: `zone "${zone?.name}"`, path: zone?.because[0]?.path ?? "zones" };

const COARSER: Readonly<Record<Exclude<Coarseness, "exact">, string>> = {
  ports: "each peer with all its ports",
  peers: "peers joined into enclosing blocks, with all ports",
  "internet-ports": "peers joined into enclosing blocks and the internet, with all ports",
};

const STEPS = Object.keys(COARSER) as (keyof typeof COARSER)[];

/** How coarse the coarser one of its two directions is; undefined: both are exact. */
function stepOf(acl: Acl): keyof typeof COARSER | undefined {
  const taken = DIRECTIONS.map((direction) => fit(acl[direction]).coarseness);
  return STEPS.filter((step) => taken.includes(step)).at(-1);
}

/** Security groups stay exact; what the second line gives up is said once for all ACLs, at the first of them. */
function reviewCoarseness(acls: readonly Acl[]): Diagnostic[] {
  const coarse = acls
    .map((acl) => ({ ...placeOf(acl), step: stepOf(acl) }))
    .filter(({ step }) => step !== undefined);
  const [first] = coarse;
  if (first === undefined) return [];
  const detail = STEPS.map((step) => ({ step, found: coarse.filter((acl) => acl.step === step) }))
    .filter(({ found }) => found.length > 0)
    .map(({ step, found }) => `Of ${found.map(({ what }) => what).join(", ")} they admit ${COARSER[step]}.`)
    .join(" ");
  const count = coarse.length;
  const summary =
    count === 1
      ? "a network ACL is coarser than what is declared"
      : `${count} network ACLs are coarser than what is declared`;
  return [
    info(
      "aws-acl-coarse",
      first.path,
      summary,
      `An ACL has ${ENTRIES_DEFAULT} entries in each direction by default. ${detail} The security groups hold what is declared exactly.`,
      { facts: { count, default: ENTRIES_DEFAULT } },
    ),
  ];
}

const reviewCounts = (acl: Acl): Diagnostic[] =>
  judged(
    DIRECTIONS.map((direction) => ({
      what: `${direction === "ingress" ? "inbound" : "outbound"} entries of the network ACL of ${placeOf(acl).what}`,
      count: fit(acl[direction]).count,
      normal: ENTRIES_DEFAULT,
      most: ENTRIES_MOST,
      path: placeOf(acl).path,
    })),
  );

/** Zone "a" with peer "in-b" and zone "a-in" with peer "b": names of two entries may come to one, which no shorter name avoids. */
function reviewNames(acls: readonly Acl[]): Diagnostic[] {
  const owners = new Map<string, Acl>();
  const clashes = new Map<string, readonly [Acl, Acl]>();
  for (const acl of acls) {
    for (const egress of [false, true]) {
      for (const entry of fit(egress ? acl.egress : acl.ingress).entries) {
        const name = entryName(acl, entry, egress);
        const owner = owners.get(name);
        if (owner !== undefined && owner !== acl) clashes.set(`${owner.id} ${acl.id}`, [owner, acl]);
        owners.set(name, acl);
      }
    }
  }
  return [...clashes.values()].map(([first, second]) => {
    const [path, other] = [second, first].map((acl) => acl.zone?.because[0]?.path ?? "zones");
    const detail = `Entries of their network ACLs would come to one Terraform address; the other is ${other}.`;
    return error(
      "aws-address-taken",
      path ?? "zones",
      `zones "${first.zone?.name}" and "${second.zone?.name}" cannot be told apart`,
      detail,
      { fix: "# rename one of the two zones" },
    );
  });
}

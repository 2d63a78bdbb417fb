/** Names that private zones answer for. A zone answers for its name and every name below it, and hides both from everybody else. */
import type { SpecPath } from "../../src/diagnostics/diagnostic";
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";

export type NamedEndpoint = Endpoint & { readonly dnsName: string };

/** Endpoints of services that have a name of their own. */
export const namedEndpoints = (plan: NetworkPlan): NamedEndpoint[] =>
  plan.endpoints.flatMap((endpoint) =>
    endpoint.dnsName === undefined ? [] : [{ ...endpoint, dnsName: endpoint.dnsName }],
  );

/** `example.com` of `*.example.com` and of itself. */
export const domainOf = (pattern: string): string => pattern.toLowerCase().replace(/^\*\./, "");

/** The domain itself, and what is below it. */
export const within = (name: string, domain: string): boolean =>
  name === domain || name.endsWith(`.${domain}`);

export interface SameName {
  readonly endpoint: NamedEndpoint;
  /** In small letters, as names in DNS are compared. */
  readonly name: string;
  /** The endpoint that has it. */
  readonly first: string;
}

/** Endpoints with the name of one before them. */
export function sameNames(plan: NetworkPlan): SameName[] {
  const owners = new Map<string, string>();
  return namedEndpoints(plan).flatMap((endpoint) => {
    const name = endpoint.dnsName.toLowerCase();
    const first = owners.get(name);
    if (first === undefined) owners.set(name, endpoint.name);
    return first === undefined ? [] : [{ endpoint, name, first }];
  });
}

export interface HiddenName {
  readonly endpoint: NamedEndpoint;
  readonly name: string;
  /** A pattern of names that have to resolve and lie in the zone, and where it is asked for. */
  readonly hidden: string;
  readonly by: SpecPath;
}

/**
 * The first name of `egress` or `dns` that each endpoint's zone hides, said of a name once. An endpoint below a pattern
 * (`a.example.com` of `*.example.com`) hides nothing: it is the nearer answer to its own name, as was asked for.
 */
export function hiddenNames(plan: NetworkPlan): HiddenName[] {
  const again = new Set(sameNames(plan).map(({ endpoint }) => endpoint.name));
  const first = namedEndpoints(plan).filter((endpoint) => !again.has(endpoint.name));
  return first.flatMap((endpoint) => {
    const name = endpoint.dnsName.toLowerCase();
    const rule = plan.resolvable.find(
      ({ pattern, purpose }) => purpose !== "endpoint" && within(domainOf(pattern), name),
    );
    return rule === undefined
      ? []
      : [{ endpoint, name, hidden: rule.pattern, by: rule.because[0]?.path ?? "egress" }];
  });
}

/** A name below `domain` that no endpoint has and that hides nothing. */
export function freeName(plan: NetworkPlan, label: string, domain: string): string {
  const taken = [
    ...namedEndpoints(plan).map(({ dnsName }) => dnsName.toLowerCase()),
    ...plan.resolvable.map(({ pattern }) => domainOf(pattern)),
  ];
  for (let number = 1; ; number++) {
    const name = `${label}${number === 1 ? "" : `-${number}`}.${domain}`;
    if (!taken.some((other) => within(other, name))) return name;
  }
}

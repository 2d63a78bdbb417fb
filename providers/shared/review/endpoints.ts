/** Names of private endpoints that are taken, or that would hide other names. */
import type { Code } from "../../../src/diagnostics/catalogue";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { replacing } from "../../../src/diagnostics/edit";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { pathOf } from "../paths";
import { domainOf, type NamedEndpoint, namedEndpoints, within } from "../private-names";

/** Why an endpoint cannot have its name. */
interface Taken {
  readonly facts: Readonly<Record<string, string>>;
  readonly why: string;
  /** The domain in which another name is proposed. */
  readonly domain: string;
}

/** `takenBy` gets the name of each endpoint that has one, and its place among them. */
export const reviewTakenNames = (
  plan: NetworkPlan,
  code: Code,
  takenBy: (name: string, index: number) => Taken | undefined,
): Diagnostic[] =>
  namedEndpoints(plan).flatMap((endpoint, index) => {
    const name = endpoint.dnsName;
    const taken = takenBy(name, index);
    if (taken === undefined) return [];
    const path = `${endpoint.path}.dnsName`;
    const fix = replacing(path, freeName(plan, endpoint.name, taken.domain));
    const summary = `"${endpoint.name}" cannot have the name "${name}"`;
    return [error(code, path, summary, taken.why, { facts: { name, ...taken.facts }, fix })];
  });

/** The endpoint that had the name first. */
export const firstWith = (named: readonly NamedEndpoint[], name: string): NamedEndpoint | undefined =>
  named.find(({ dnsName }) => dnsName === name);

/**
 * The first name of `egress` or `dns` that the private zone of an endpoint hides. A zone answers for its name and every name below
 * it. An endpoint below a pattern (`a.example.com` of `*.example.com`) hides nothing: it is the nearer answer to its own name.
 */
export function reviewHiddenNames(plan: NetworkPlan, code: Code): Diagnostic[] {
  const named = namedEndpoints(plan);
  return named.flatMap((endpoint) => {
    const name = endpoint.dnsName;
    const hidden = plan.resolvable.find(
      ({ pattern, purpose }) => purpose !== "endpoint" && within(domainOf(pattern), name),
    );
    if (hidden === undefined || firstWith(named, name) !== endpoint) return [];
    const path = `${endpoint.path}.dnsName`;
    const by = pathOf(hidden, "egress");
    const summary = `the name of "${endpoint.name}" hides "${hidden.pattern}"`;
    const detail = `A private DNS zone "${name}" answers for every name in it, so that "${hidden.pattern}" (${by}) would not resolve.`;
    const fix = replacing(path, freeName(plan, endpoint.name, name));
    return [error(code, path, summary, detail, { facts: { name, hidden: hidden.pattern, by }, fix })];
  });
}

/** A name below `domain` that no endpoint has and that hides nothing. */
function freeName(plan: NetworkPlan, label: string, domain: string): string {
  const taken = [
    ...namedEndpoints(plan).map(({ dnsName }) => dnsName),
    ...plan.resolvable.map(({ pattern }) => domainOf(pattern)),
  ];
  for (let number = 1; ; number++) {
    const name = `${label}${number === 1 ? "" : `-${number}`}.${domain}`;
    if (!taken.some((other) => within(other, name))) return name;
  }
}

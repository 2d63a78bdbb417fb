/** Names of private endpoints that are taken, or that would hide other names. */
import type { Code } from "../../../src/diagnostics/catalogue";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { domainOf, type NamedEndpoint, namedEndpoints, pathOf, within } from "../questions";

type Taken = { readonly facts: Readonly<Record<string, string>>; readonly why: string };

/** `takenBy` gets each endpoint that has a name, and those before it. */
export function* reviewTakenNames(
  plan: NetworkPlan,
  code: Code,
  takenBy: (endpoint: NamedEndpoint, earlier: readonly NamedEndpoint[]) => Taken | undefined,
): Iterable<Diagnostic> {
  const named = namedEndpoints(plan);
  for (const [index, endpoint] of named.entries()) {
    const taken = takenBy(endpoint, named.slice(0, index));
    if (taken === undefined) continue;
    const { dnsName: name, path } = endpoint;
    const summary = `"${endpoint.name}" cannot have the name "${name}"`;
    yield error(code, `${path}.dnsName`, summary, taken.why, { facts: { name, ...taken.facts } });
  }
}

/**
 * The first name of `egress` or `dns` that the private zone of an endpoint hides. An endpoint below a pattern
 * (`a.example.com` of `*.example.com`) hides nothing: it is the nearer answer to its own name.
 */
export function* reviewHiddenNames(plan: NetworkPlan, code: Code): Iterable<Diagnostic> {
  const others = plan.resolvable.filter(({ purpose }) => purpose !== "endpoint");
  const seen = new Set<string>();
  for (const endpoint of namedEndpoints(plan)) {
    const { dnsName: name, path } = endpoint;
    const hidden = others.find(({ pattern }) => within(domainOf(pattern), name));
    // The first endpoint keeps a name.
    if (hidden === undefined || seen.has(name)) continue;
    seen.add(name);
    const by = pathOf(hidden, "egress");
    const summary = `the name of "${endpoint.name}" hides "${hidden.pattern}"`;
    const detail =
      `A private DNS zone "${name}" answers for every name in it, so that "${hidden.pattern}" (${by}) ` +
      "would not resolve.";
    yield error(code, `${path}.dnsName`, summary, detail, { facts: { name, hidden: hidden.pattern, by } });
  }
}

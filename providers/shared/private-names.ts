/** Names that private DNS zones answer for. */
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";

export type NamedEndpoint = Endpoint & { readonly dnsName: string };

/** Endpoints of services that have a name of their own. */
export const namedEndpoints = (plan: NetworkPlan): NamedEndpoint[] =>
  plan.endpoints.flatMap((endpoint) =>
    endpoint.dnsName === undefined ? [] : [{ ...endpoint, dnsName: endpoint.dnsName }],
  );

/** `example.com` of `*.example.com` and of itself. */
export const domainOf = (pattern: string): string => pattern.toLowerCase().replace(/^\*\./, "");

/** True for the domain itself and for every name below it. */
export const within = (name: string, domain: string): boolean =>
  name === domain || name.endsWith(`.${domain}`);

/** Private DNS zones for the names of services that are not the cloud's own. */
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import { domainOf, nameId, within } from "./questions";

/** Of one endpoint: a domain that lies in none of its others, and its names in there. */
export interface PrivateZone {
  readonly endpoint: Endpoint;
  readonly domain: string;
  /** Without those that a wildcard among them answers for. */
  readonly names: readonly string[];
  /** The place in the spec of its first name. */
  readonly path: string;
}

/** Every name of an endpoint lies in one zone, and in no zone do two names of it answer each other's questions. */
export const privateZones = ({ endpoints }: NetworkPlan): PrivateZone[] => endpoints.flatMap(zonesOf);

export function zonesOf(endpoint: Endpoint): PrivateZone[] {
  const all = [...new Set(endpoint.dnsNames.map((name) => name.toLowerCase()))];
  const names = all.filter((name) => !all.some((other) => other !== name && answersFor(other, name)));
  const domains = [...new Set(names.map(domainOf))];
  const outermost = domains.filter((one) => !domains.some((other) => other !== one && within(one, other)));
  return outermost.map((domain) => {
    const own = names.filter((name) => within(domainOf(name), domain));
    const index = endpoint.dnsNames.findIndex((name) => own.includes(name.toLowerCase()));
    return { endpoint, domain, names: own, path: `${endpoint.path}.dnsNames[${index}]` };
  });
}

/** `*.x` for `a.x` and for `*.a.x`, and not for x. */
const answersFor = (pattern: string, name: string): boolean =>
  pattern.startsWith("*.") && domainOf(name) !== domainOf(pattern)
    ? within(domainOf(name), domainOf(pattern))
    : false;

/** Ends the Terraform name of the zone or record of an endpoint; no name of the spec has two underscores. */
export const zoneSuffix = (name: string): string => `__${nameId(name)}`;

/**
 * Names that Google has to tell apart. Terraform's addresses differ already; a name is shorter than they may be, and then ends with
 * a few digits of its hash, so that two of a kind could come to the same. That is an error before anything is rendered. The name of
 * the endpoint for Google APIs and the perimeter's are one each in an enclave.
 */
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { endpointPath, pathOf } from "../../shared/paths";
import { domainOf, namedEndpoints } from "../../shared/private-names";
import { isApiEndpoint } from "../data/services";
import { allowedDomains, allowedZone, serviceZone } from "../render/dns";
import { egressRules } from "../render/egress-rules";
import { googleName, ruleName } from "../render/naming";
import { serviceRule } from "../render/ways";

export interface Named {
  /** Names of different kinds may be alike. */
  readonly kind: "address" | "DNS zone" | "firewall rule" | "list of names" | "subnetwork";
  readonly name: string;
  /** What is named, unshortened. */
  readonly what: string;
  readonly path: SpecPath;
}

export const reviewNames = (plan: NetworkPlan): Diagnostic[] => collisionsOf(namesOf(plan));

/** Every name that is made of names of the spec. */
export function namesOf(plan: NetworkPlan): Named[] {
  return [...ofZones(plan), ...ofRules(plan), ...ofEndpoints(plan), ...ofExits(plan), ...ofDomains(plan)];
}

/** One error for each that comes to the name of one before it. */
export function collisionsOf(names: readonly Named[]): Diagnostic[] {
  const owners = new Map<string, Named>();
  return names.flatMap((named) => {
    const key = `${named.kind} ${named.name}`;
    const first = owners.get(key);
    if (first === undefined) owners.set(key, named);
    return first === undefined ? [] : [collision(first, named)];
  });
}

function collision(first: Named, { kind, name, what, path }: Named): Diagnostic {
  const detail = `"${what}" and "${first.what}" (${first.path}) would both be "${name}": Google takes 63 characters, the rest is a hash.`;
  return error(
    "google-name-collision",
    path,
    `two names of a ${kind} come to "${name}"`.slice(0, 100),
    detail,
    {
      facts: { kind, name, this: what, other: first.what, otherPath: first.path },
      fix: "# give one of the two a shorter name",
    },
  );
}

function ofZones(plan: NetworkPlan): Named[] {
  return plan.zones.flatMap((zone) =>
    zone.subnets.flatMap((_, index): Named[] => {
      const slot = `${index + 1}`;
      return [
        {
          kind: "subnetwork",
          name: googleName(plan, zone.id, slot),
          what: `${zone.name} ${slot}`,
          path: pathOf(zone, "zones"),
        },
        ...zone.interfaces.map(
          (item): Named => ({
            kind: "address",
            name: googleName(plan, zone.id, item.id, slot),
            what: `${zone.name} ${item.name} ${slot}`,
            path: pathOf(item, "zones"),
          }),
        ),
      ];
    }),
  );
}

const ofRules = ({ permits }: NetworkPlan): Named[] =>
  permits.flatMap((permit) =>
    (["EGRESS", "INGRESS"] as const).map(
      (direction): Named => ({
        kind: "firewall rule",
        name: ruleName(permit.id, direction),
        what: `${permit.id} ${direction}`,
        path: pathOf(permit, "flows"),
      }),
    ),
  );

function ofEndpoints(plan: NetworkPlan): Named[] {
  const zoneId = new Map(plan.zones.map(({ name, id }) => [name, id]));
  return plan.endpoints.flatMap((endpoint): Named[] => {
    const path = endpointPath(endpoint);
    const rules = endpoint.consumers.map(({ zone }): Named => {
      const what = `${zoneId.get(zone)}_to_${serviceRule(endpoint)}`;
      return { kind: "firewall rule", name: ruleName(what, "EGRESS"), what, path };
    });
    const address: Named = {
      kind: "address",
      name: googleName(plan, "enclave", endpoint.id),
      what: endpoint.name,
      path,
    };
    return [...rules, ...(isApiEndpoint(endpoint) ? [] : [address])];
  });
}

const ofExits = (plan: NetworkPlan): Named[] =>
  egressRules(plan).map(
    (rule): Named => ({
      kind: "list of names",
      name: googleName(plan, rule.id),
      what: `${rule.zone.name} ${rule.port}`,
      path: pathOf(rule, "egress"),
    }),
  );

/** Domains that come to one Terraform address are told of elsewhere, so each address counts once. */
function ofDomains(plan: NetworkPlan): Named[] {
  const explicit = plan.resolvable.filter(({ purpose }) => purpose === "explicit");
  const rules = new Map(explicit.map((rule) => [domainOf(rule.pattern), rule]));
  const domains = new Map(allowedDomains(plan).map((domain) => [allowedZone(domain), domain]));
  const zone = (id: string, what: string, path: SpecPath): Named => ({
    kind: "DNS zone",
    name: googleName(plan, id),
    what,
    path,
  });
  return [
    ...namedEndpoints(plan).map((endpoint) =>
      zone(serviceZone(endpoint), endpoint.dnsName, endpointPath(endpoint)),
    ),
    ...[...domains].map(([id, domain]) => {
      const rule = rules.get(domain);
      return zone(id, domain, rule === undefined ? "dns.allow" : pathOf(rule, "dns.allow"));
    }),
  ];
}

/**
 * Rules of the proxy: one for each zone and port, with the list of names that the zone reaches there. A rule
 * judges the client's address, the port and the name together. `*.x` is one or more labels below x here as in
 * the spec.
 * https://docs.cloud.google.com/secure-web-proxy/docs/cel-matcher-language-reference
 * https://docs.cloud.google.com/secure-web-proxy/docs/url-list-syntax-reference
 */
import { NetworkSecurityGatewaySecurityPolicyRule } from "@cdktf/provider-google/lib/network-security-gateway-security-policy-rule";
import { NetworkSecurityUrlLists } from "@cdktf/provider-google/lib/network-security-url-lists";
import type { Because } from "../../../src/model/connections";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { exitsOf } from "../../../src/plan/ways";
import {
  type Address,
  addResource,
  dependable,
  id,
  quoted,
  type Rendering,
  ref,
  unlessQuarantined,
} from "../../shared/rendering";
import { zoneNamed } from "../../shared/zones";
import { regionOf } from "../data/regions";
import { description, named } from "./naming";
import type { PlanWithPrinter } from "./sites";
import { rangeOf } from "./ways";

export interface EgressRule {
  /** As a Terraform address takes it: `app_443`. */
  readonly id: string;
  readonly zone: PlannedZone;
  readonly port: number;
  /** Exact names and `*.x`. */
  readonly names: readonly string[];
  /** Also the priority. */
  readonly ordinal: number;
  readonly because: readonly Because[];
}

export const hasEgress = (plan: NetworkPlan): boolean => exitsOf(plan).length > 0;

/** By ordinal. */
export function egressRules(plan: NetworkPlan): EgressRule[] {
  const rules = exitsOf(plan).map(({ from, to, ordinal, because }): EgressRule => {
    const zone = zoneNamed(plan.zones, from.zone);
    const names = to.departures.map(({ name }) => name);
    return { id: `${zone.id}_${to.port}`, zone, port: to.port, names, ordinal, because };
  });
  return rules.sort((a, b) => a.ordinal - b.ordinal);
}

/** A loopback address comes over no network. */
const UNROUTABLE = "127.0.0.1/32";

/** The zone's addresses, the port and the name together. In quarantine it matches no address. */
export function sessionMatcher(input: PlanWithPrinter, rule: EgressRule): string {
  const { zone, port } = rule;
  const source = unlessQuarantined([zone.name], quoted(rangeOf(input, zone)), quoted(UNROUTABLE));
  return `inIpRange(source.ip, '${source}') && destination.port == ${port} && ${inList("host()", rule)}`;
}

const inList = (value: string, rule: EgressRule): string =>
  `inUrlList(${value}, '${id(`${NetworkSecurityUrlLists.tfResourceType}.${rule.id}`)}')`;

/** Each waits for the one before: rules of one policy that are made together disturb each other. */
export function renderEgressRules(rendering: Rendering, policy: Address): void {
  let previous: Address[] = [];
  for (const rule of egressRules(rendering.plan))
    previous = [renderEgressRule(rendering, policy, rule, previous)];
}

function renderEgressRule(
  rendering: Rendering,
  policy: Address,
  rule: EgressRule,
  previous: readonly Address[],
): Address {
  const { plan } = rendering;
  const location = regionOf(plan);
  addResource(rendering, NetworkSecurityUrlLists, rule.id, {
    ...named(rendering, rule.id, `Names that zone ${rule.zone.name} reaches on port ${rule.port}`),
    location,
    values: [...rule.names],
  });
  const decrypts = plan.inspection === "request" && rule.port !== 80;
  return addResource(rendering, NetworkSecurityGatewaySecurityPolicyRule, rule.id, {
    ...named(rendering, rule.id, description(rule.because)),
    location,
    gatewaySecurityPolicy: ref(policy, "name"),
    // Not a switch for quarantine: the provider leaves a false out of its requests.
    enabled: true,
    priority: rule.ordinal,
    basicProfile: "ALLOW",
    sessionMatcher: sessionMatcher(rendering, rule),
    // Inside the tunnel the client names a host again, and could name another one.
    ...(decrypts ? { applicationMatcher: inList("request.url()", rule) } : {}),
    tlsInspectionEnabled: decrypts,
    dependsOn: previous.map(dependable),
  });
}

/**
 * Rules of the proxy: one for each zone and port, with the list of names that the zone reaches there. `*.x`
 * is one or more labels below x here as in the spec.
 * https://docs.cloud.google.com/secure-web-proxy/docs/cel-matcher-language-reference
 * https://docs.cloud.google.com/secure-web-proxy/docs/url-list-syntax-reference
 */
import { NetworkSecurityGatewaySecurityPolicyRule } from "@cdktf/provider-google/lib/network-security-gateway-security-policy-rule";
import { NetworkSecurityUrlLists } from "@cdktf/provider-google/lib/network-security-url-lists";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type ExitWay, exitsOf } from "../../../src/plan/ways";
import { type Address, dependables, id, quoted, ref, unlessQuarantined } from "../../shared/expressions";
import { zoneNamed } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { description, named } from "./naming";
import type { PlanWithPrinter } from "./sites";
import { rangeOf } from "./ways";

export const egressRules = (plan: NetworkPlan): ExitWay[] =>
  exitsOf(plan).sort((a, b) => a.ordinal - b.ordinal);

/** As a Terraform address takes it: `app_443`. */
export const ruleId = (plan: NetworkPlan, { from, to }: ExitWay): string =>
  `${zoneNamed(plan, from.zone).id}_${to.port}`;

/** The zone's addresses, the port and the name together; in quarantine a loopback address, which none has. */
export function sessionMatcher(input: PlanWithPrinter, way: ExitWay): string {
  const range = quoted(rangeOf(input, zoneNamed(input.plan, way.from.zone)));
  const source = unlessQuarantined([way.from.zone], range, quoted("127.0.0.1/32"));
  const name = inList("host()", ruleId(input.plan, way));
  return `inIpRange(source.ip, '${source}') && destination.port == ${way.to.port} && ${name}`;
}

const inList = (value: string, rule: string): string =>
  `inUrlList(${value}, '${id(`${NetworkSecurityUrlLists.tfResourceType}.${rule}`)}')`;

export function renderEgressRules(rendering: Rendering, policy: Address): void {
  const { plan } = rendering;
  const location = regionOf(plan);
  let previous: Address[] = [];
  for (const way of egressRules(plan)) {
    const rule = ruleId(plan, way);
    addResource(rendering, NetworkSecurityUrlLists, rule, {
      ...named(rendering, rule, `Names that zone ${way.from.zone} reaches on port ${way.to.port}`),
      location,
      values: way.to.departures.map(({ name }) => name),
    });
    const decrypts = plan.inspection === "request" && way.to.port !== 80;
    const made = addResource(rendering, NetworkSecurityGatewaySecurityPolicyRule, rule, {
      ...named(rendering, rule, description(way.because)),
      location,
      gatewaySecurityPolicy: ref(policy, "name"),
      // Not a switch for quarantine: the provider leaves a false out of its requests.
      enabled: true,
      priority: way.ordinal,
      basicProfile: "ALLOW",
      sessionMatcher: sessionMatcher(rendering, way),
      // Inside the tunnel the client names a host again, and could name another one.
      ...(decrypts ? { applicationMatcher: inList("request.url()", rule) } : {}),
      tlsInspectionEnabled: decrypts,
      dependsOn: dependables(previous),
    });
    // Rules of one policy that are made together disturb each other.
    previous = [made];
  }
}

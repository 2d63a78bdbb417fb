/**
 * What the proxy lets through: one rule for each zone and port, with the list of names that the zone reaches there. A request is
 * judged by the client's address, the port and the name together. `*.x` is one or more labels below x here as in the spec.
 * https://docs.cloud.google.com/secure-web-proxy/docs/cel-matcher-language-reference
 * https://docs.cloud.google.com/secure-web-proxy/docs/url-list-syntax-reference
 */
import { NetworkSecurityGatewaySecurityPolicyRule } from "@cdktf/provider-google/lib/network-security-gateway-security-policy-rule";
import { NetworkSecurityUrlLists } from "@cdktf/provider-google/lib/network-security-url-lists";
import type { NetworkPlan, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import {
  type Address,
  addResource,
  dependable,
  expr,
  quoted,
  type Rendering,
  unlessQuarantined,
} from "../../shared/rendering";
import { zoneNamed } from "../../shared/zones";
import { regionOf } from "../data/regions";
import { rangeOf } from "./flow-rules";
import { description, googleName } from "./naming";
import type { Planned } from "./sites";

/** All names that one zone reaches on one port. */
export interface Exit {
  readonly zone: PlannedZone;
  readonly port: number;
  readonly ordinal: number;
  readonly departures: readonly PlannedDeparture[];
}

/** By ordinal, which is also their priority. */
export function exitsOf(plan: NetworkPlan): Exit[] {
  const exits = new Map<number, PlannedDeparture[]>();
  for (const departure of plan.departures)
    exits.set(departure.exitOrdinal, [...(exits.get(departure.exitOrdinal) ?? []), departure]);
  return [...exits]
    .sort(([a], [b]) => a - b)
    .flatMap(([ordinal, departures]) => {
      const [first] = departures;
      return first === undefined
        ? []
        : [{ ordinal, departures, port: first.port, zone: zoneNamed(plan.zones, first.zone) }];
    });
}

/** A loopback address comes over no network. */
const NOBODY = "127.0.0.1/32";

/** Rules of one policy that are made at the same time get in each other's way, so each waits for the one before. */
export function renderProxyRules(rendering: Rendering, policy: Address): void {
  let previous: readonly Address[] = [];
  for (const exit of exitsOf(rendering.plan)) previous = [renderExit(rendering, policy, exit, previous)];
}

/** A condition of one rule, as Google reads it but for what Terraform fills in. */
export interface Matcher {
  readonly rule: string;
  readonly text: string;
  /** The spec item that it comes from. */
  readonly path: string;
}

export const exitName = ({ zone, port }: Exit): string => `${zone.id}_${port}`;

export const matchersOf = (planned: Planned): Matcher[] =>
  exitsOf(planned.plan).map((exit) => ({
    rule: exitName(exit),
    text: sessionMatcher(planned, exit, NetworkSecurityUrlLists.tfResourceType),
    path: exit.departures[0]?.because[0]?.path ?? "egress",
  }));

const inList = (value: string, list: string): string => `inUrlList(${value}, '${expr(`${list}.id`)}')`;

/** The zone's addresses, the port and the name together; nobody's addresses while the zone is cut off. */
function sessionMatcher(planned: Planned, { zone, port }: Exit, list: string): string {
  const source = unlessQuarantined([zone.name], quoted(rangeOf(planned, zone)), quoted(NOBODY));
  return `inIpRange(source.ip, '${source}') && destination.port == ${port} && ${inList("host()", list)}`;
}

function renderExit(rendering: Rendering, policy: Address, exit: Exit, after: readonly Address[]): Address {
  const { plan } = rendering;
  const id = exitName(exit);
  const location = regionOf(plan);
  const list = addResource(rendering, NetworkSecurityUrlLists, id, {
    name: googleName(plan, id),
    location,
    description: `Names that zone ${exit.zone.name} reaches on port ${exit.port}`,
    values: exit.departures.map((departure) => departure.name),
  });
  const decrypted = plan.inspection === "request" && exit.port !== 80;
  return addResource(rendering, NetworkSecurityGatewaySecurityPolicyRule, id, {
    name: googleName(plan, id),
    location,
    gatewaySecurityPolicy: expr(`${policy}.name`),
    description: description(exit.departures.flatMap((departure) => departure.because)),
    // Never switched off: the provider leaves a false out of its requests. A rule that is cut off is true for nobody instead.
    enabled: true,
    priority: exit.ordinal,
    basicProfile: "ALLOW",
    sessionMatcher: sessionMatcher(rendering, exit, list),
    // Inside the tunnel the name is told again, and could be another one.
    ...(decrypted ? { applicationMatcher: inList("request.url()", list) } : {}),
    tlsInspectionEnabled: decrypted,
    dependsOn: after.map(dependable),
  });
}

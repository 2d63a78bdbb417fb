/**
 * Ways as rules of the firewall policy. A way is opened at each end that is a zone, by source and destination
 * range, which hold for every workload with any tag or account. The rest is denied in both directions.
 * https://docs.cloud.google.com/firewall/docs/firewall-policies-rule-details
 */
import type { Traffic } from "../../../src/model/enclave";
import type { End, Endpoint, NetworkPlan, PlannedZone, Way } from "../../../src/plan/network-plan";
import { tcpPorts, waysTo } from "../../../src/plan/ways";
import { quarantined } from "../../shared/expressions";
import { endpointNamed, zoneNamed } from "../../shared/questions";
import { HTTPS, isBundled, portsOf } from "../data/services";
import { type Direction, description } from "./naming";
import { addressOf, type PlanWithPrinter, proxyAddress } from "./sites";

export interface PolicyRule {
  readonly priority: number;
  /** As a Terraform address would be written: `ingress_to_inference_8080_tcp`. */
  readonly name: string;
  readonly direction: Direction;
  readonly action: "allow" | "deny";
  readonly sources: readonly string[];
  readonly destinations: readonly string[];
  readonly traffic: readonly Traffic[];
  readonly description: string;
  /** A condition at plan time; absent: always in force. */
  readonly disabledWhen?: string;
}

/**
 * Bands of priorities. A rule's place in its band follows from its ordinal, so that a neighbour moves none.
 * Ordinals end below 4000, and an ordinal has two rules: a band needs fewer than 8000 places.
 */
const BANDS = {
  quarantine: 10_000,
  permits: 20_000,
  apis: 30_000,
  services: 40_000,
  exits: 50_000,
  defaults: 60_000,
} as const;

/** Health checks and the internet's connections: https://docs.cloud.google.com/load-balancing/docs/firewall-rules */
const LOAD_BALANCERS = ["130.211.0.0/22", "35.191.0.0/16"];

/** One port, which never changes: the gateway takes one only, and replaces itself for another. */
export const PROXY_PORT = 8080;

/** All four slots, so that another availability zone changes no rule. */
export const rangeOf = ({ printer }: PlanWithPrinter, zone: PlannedZone): string => printer.cidr(zone.block);

/** By priority, the order in which the API gives rules back. */
export function policyRules(input: PlanWithPrinter): PolicyRule[] {
  const denied = input.plan.zones.flatMap((zone) => quarantineRules(rangeOf(input, zone), zone));
  const checks = input.plan.zones.flatMap((zone) => checkRules(input, zone));
  return [...denied, ...wayRules(input), ...checks, ...defaultRules].sort((a, b) => a.priority - b.priority);
}

/** Both directions between `own`, or every workload where it is empty, and all others. */
const denials = (
  priority: number,
  own: readonly string[],
  others: string,
  partsOf: (direction: Direction) => Pick<PolicyRule, "name" | "description" | "disabledWhen">,
): PolicyRule[] =>
  (["EGRESS", "INGRESS"] as const).map((direction, index) => ({
    ...partsOf(direction),
    priority: priority + index,
    direction,
    action: "deny",
    sources: direction === "EGRESS" ? own : [others],
    destinations: direction === "EGRESS" ? [others] : own,
    traffic: [{ protocol: "any" }],
  }));

/** In force while the zone is in quarantine. */
const quarantineRules = (range: string, { id, name, ordinal }: PlannedZone): PolicyRule[] =>
  denials(BANDS.quarantine + 2 * ordinal, [range], "0.0.0.0/0", (direction) => ({
    name: `enclave_quarantine_${id}`,
    description: `Nothing ${direction === "EGRESS" ? "leaves" : "reaches"} ${name} while it is in quarantine`,
    disabledWhen: `!${quarantined(name)}`,
  }));

/** Last, for packets that no rule above admits. IPv6 is off everywhere; somebody could switch it on. */
const defaultRules = ["0.0.0.0/0", "::/0"].flatMap((others, family) =>
  denials(BANDS.defaults + 2 * family, [], others, (direction) => ({
    name: `enclave_deny_${direction.toLowerCase()}${family === 0 ? "" : "_ipv6"}`,
    description: "Everything that the spec does not declare is denied",
  })),
);

/** A zone's ways to the bundle of Google APIs share a rule, and so do those to the proxy. */
function wayRules(input: PlanWithPrinter): PolicyRule[] {
  const rules = new Map<string, PolicyRule>();
  for (const way of input.plan.ways) {
    const { priority, ...terms } = termsOf(input.plan, way);
    const rule = {
      ...terms,
      action: "allow",
      sources: rangesOf(input, way.from),
      destinations: rangesOf(input, way.to),
      disabledWhen: quarantined(...way.zones),
    } as const;
    if (way.from.kind === "zone") rules.set(`${rule.name} out`, { ...rule, priority, direction: "EGRESS" });
    if (way.to.kind === "zone")
      rules.set(`${rule.name} in`, { ...rule, priority: priority + 1, direction: "INGRESS" });
  }
  return [...rules.values()];
}

/**
 * Health checks of load balancers, and of groups of machines that heal themselves. Only where the spec asks for
 * them: Google brings the connections of the internet from the same addresses.
 * https://docs.cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges
 */
function checkRules(input: PlanWithPrinter, zone: PlannedZone): PolicyRule[] {
  const traffic = zone.healthChecks === true ? tcpPorts(waysTo(input.plan, zone.name)) : [];
  if (traffic.length === 0) return [];
  return [
    {
      // The zone's way to the bundle has one rule, so the second of its two places is free.
      priority: BANDS.apis + 2 * zone.ordinal + 1,
      name: `load_balancer_to_${zone.id}`,
      direction: "INGRESS",
      action: "allow",
      sources: LOAD_BALANCERS,
      destinations: [rangeOf(input, zone)],
      traffic,
      description: "Health checks of load balancers",
      disabledWhen: quarantined(zone.name),
    },
  ];
}

type Terms = Pick<PolicyRule, "priority" | "name" | "traffic" | "description">;

/** The parts of a rule that depend on the kind of way; the priority is that of its rule for egress. */
function termsOf(plan: NetworkPlan, { id, from, to, ordinal, traffic, because }: Way): Terms {
  if (from.kind !== "zone" || (to.kind !== "names" && to.kind !== "endpoint"))
    return { priority: BANDS.permits + 2 * ordinal, name: id, traffic, description: description(because) };
  const zone = zoneNamed(plan, from.zone);
  if (to.kind === "names")
    return {
      priority: BANDS.exits + 2 * zone.ordinal,
      name: `${zone.id}_to_enclave_proxy`,
      traffic: [{ protocol: "tcp", from: PROXY_PORT, to: PROXY_PORT }],
      description: `Zone ${zone.name} to the proxy, which judges names and ports`,
    };
  const endpoint = endpointNamed(plan, to.endpoint);
  if (!isBundled(plan, endpoint))
    return {
      priority: BANDS.services + 2 * ordinal,
      name: `${zone.id}_to_${serviceRule(endpoint)}`,
      traffic: portsOf(endpoint),
      description: description(because),
    };
  const bundled = plan.endpoints.filter((each) => isBundled(plan, each) && each.from.includes(zone.name));
  return {
    priority: BANDS.apis + 2 * zone.ordinal,
    name: `${zone.id}_to_enclave_google_apis`,
    traffic: HTTPS,
    description: `Private endpoints ${bundled.map(({ name }) => name).join(", ")}`,
  };
}

/** Never that of a rule to the proxy or to the bundle, whatever the endpoint's name. */
export const serviceRule = ({ id }: Endpoint): string => `enclave_service_${id}`;

function rangesOf(input: PlanWithPrinter, end: End): readonly string[] {
  switch (end.kind) {
    case "zone":
      return [rangeOf(input, zoneNamed(input.plan, end.zone))];
    case "internet":
      // It reaches a zone through Google's load balancers only, and its sources are narrowed there.
      return LOAD_BALANCERS;
    case "endpoint":
      return [`${addressOf(input, endpointNamed(input.plan, end.endpoint))}/32`];
    case "names":
      return [`${proxyAddress(input)}/32`];
    case "external":
      throw new Error(`internal: network "${end.external}" is not rendered`);
  }
}

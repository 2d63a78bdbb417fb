/**
 * Health checks come from the addresses by which Google brings the internet: a zone that admits them can be
 * published by whoever may make a load balancer, and a zone that does not has no healthy machine behind one.
 * https://docs.cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import { joinPath } from "../../../src/diagnostics/path";
import { portRange } from "../../../src/model/connections";
import type { BalancerJoin, Joined } from "../../../src/model/joins";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { tcpPorts, waysTo } from "../../../src/plan/ways";

const POLICY =
  "The organisation policy compute.restrictLoadBalancerCreationForTypes can forbid external load balancers in " +
  "the project.";

export function* reviewHealthChecks(plan: NetworkPlan): Iterable<Diagnostic> {
  const inside = plan.zones.filter((zone) => portsInside(plan, zone).length > 0);
  const namesOf = (zones: readonly PlannedZone[]): string[] => zones.map(({ name }) => name);
  const open = namesOf(inside.filter((zone) => zone.healthChecks === true));
  if (open.length > 0) yield info("google-health-checks", "zones", ...openTo(open));
  const undecided = namesOf(inside.filter(({ healthChecks }) => healthChecks === undefined));
  if (undecided.length > 0) yield info("google-no-health-checks", "zones", ...closedTo(undecided));
  for (const { name, healthChecks } of plan.zones)
    if (healthChecks === true && tcpPorts(waysTo(plan, name)).length === 0) yield nothingToCheck(name);
}

/** Where health checks may come in, so may the connections of a load balancer that faces the internet. */
export function healthChecks(plan: NetworkPlan): Joined {
  const open = plan.zones.filter((zone) => zone.healthChecks === true);
  const joins = open.flatMap((zone): BalancerJoin[] => {
    const ports = portsInside(plan, zone);
    const path = joinPath("zones", zone.name, "healthChecks");
    return ports.length === 0 ? [] : [{ zone: zone.name, path, text: `${ports.join(", ")}/tcp` }];
  });
  return {
    rule: "google-health-checks",
    joins,
    because:
      "health checks and the connections of external load balancers come from the same addresses, so a load " +
      "balancer that somebody adds leads the internet in",
    otherwise: POLICY,
  };
}

/** Ports of TCP that are not open to the internet. */
function portsInside(plan: NetworkPlan, zone: PlannedZone): string[] {
  const ways = waysTo(plan, zone.name);
  const served = tcpPorts(ways.filter(({ from }) => from.kind === "internet")).map(portRange);
  return tcpPorts(ways)
    .map(portRange)
    .filter((ports) => !served.includes(ports));
}

const nothingToCheck = (zone: string): Diagnostic =>
  info(
    "google-no-health-checks",
    joinPath("zones", zone, "healthChecks"),
    `no health check reaches "${zone}" on google`,
    "Health checks come to the TCP ports that flows open into a zone, and no flow opens one into this zone.",
    { facts: { zones: [zone] } },
  );

type Words = readonly [
  summary: string,
  detail: string,
  more: { readonly facts: { readonly zones: string[] } },
];

const openTo = (zones: string[]): Words => [
  `on google a load balancer that somebody adds can lead the internet into ${zones.join(", ")}`,
  `Health checks and the connections of external load balancers come from the same addresses. Rules and ` +
    `assertions count that as a way from the internet. ${POLICY}`,
  { facts: { zones } },
];

const closedTo = (zones: string[]): Words => [
  `on google no health check reaches ${zones.join(", ")}`,
  "A load balancer inside the network finds no healthy machine there, and a group of machines that heals itself " +
    "makes them anew again and again. `healthChecks: true` on the zone admits health checks on the ports of its " +
    "flows, and with them external load balancers, which rules and assertions count as a way from the internet. " +
    "`false` ends this note.",
  { facts: { zones } },
];

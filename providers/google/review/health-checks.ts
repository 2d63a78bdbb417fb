/**
 * Health checks come from the addresses by which Google brings the internet: a zone that admits them can be
 * published by whoever may make a load balancer, and a zone that does not has no healthy machine behind one.
 * https://docs.cloud.google.com/load-balancing/docs/health-check-concepts#ip-ranges
 */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info, warning } from "../../../src/diagnostics/make";
import { portRange } from "../../../src/model/connections";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { tcpPorts, waysTo } from "../../../src/plan/ways";

export function* reviewHealthChecks(plan: NetworkPlan): Iterable<Diagnostic> {
  const inside = plan.zones.filter((zone) => portsInside(plan, zone).length > 0);
  const namesOf = (zones: readonly PlannedZone[]): string[] => zones.map(({ name }) => name);
  const open = namesOf(inside.filter(({ healthChecks }) => healthChecks === true));
  if (open.length > 0) yield warning("google-health-checks", "zones", ...openTo(open));
  const undecided = namesOf(inside.filter(({ healthChecks }) => healthChecks === undefined));
  if (undecided.length > 0) yield info("google-no-health-checks", "zones", ...closedTo(undecided));
}

/** Ports of TCP that are not open to the internet. */
function portsInside(plan: NetworkPlan, zone: PlannedZone): string[] {
  const ways = waysTo(plan, zone.name);
  const served = tcpPorts(ways.filter(({ from }) => from.kind === "internet")).map(portRange);
  return tcpPorts(ways)
    .map(portRange)
    .filter((ports) => !served.includes(ports));
}

type Words = readonly [
  summary: string,
  detail: string,
  more: { readonly facts: { readonly zones: string[] } },
];

const openTo = (zones: string[]): Words => [
  `on google a load balancer that somebody adds can lead the internet into ${zones.join(", ")}`,
  "Health checks and the connections of external load balancers come from the same addresses, and a firewall " +
    "cannot tell them apart. Rules and assertions about the internet do not count this. The organisation policy compute.restrictLoadBalancerCreationForTypes can forbid " +
    "external load balancers in the project.",
  { facts: { zones } },
];

const closedTo = (zones: string[]): Words => [
  `on google no health check reaches ${zones.join(", ")}`,
  "A load balancer inside the network finds no healthy machine there, and a group of machines that heals itself " +
    "makes them anew again and again. `healthChecks: true` on the zone admits health checks on the ports of its " +
    "flows, and `false` ends this note.",
  { facts: { zones } },
];

/** Zones that the internet reaches, by a load balancer of the user's own: what its subnets have to be. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { info } from "../../../src/diagnostics/make";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { servesInternet } from "../../shared/questions";
import { prefixOf } from "../render/network";

/** https://docs.aws.amazon.com/elasticloadbalancing/latest/application/application-load-balancers.html#availability-zones */
const LONGEST_PREFIX = 27;
const FEWEST_ZONES = 2;

export function* reviewBalancers(plan: NetworkPlan, printer: Printer): Iterable<Diagnostic> {
  for (const zone of plan.zones) if (servesInternet(plan, zone)) yield* reviewZone(plan, printer, zone);
}

function* reviewZone(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Iterable<Diagnostic> {
  const prefix = prefixOf(printer.cidr(zone.subnets[0] ?? zone.block));
  const zones = plan.availabilityZones;
  const lacks = [
    ...(zones < FEWEST_ZONES ? [`the enclave has availabilityZones: ${zones}`] : []),
    ...(prefix > LONGEST_PREFIX ? [`its subnets are /${prefix}`] : []),
  ];
  if (lacks.length === 0) return;
  const summary = `no application load balancer can stand in zone "${zone.name}"`;
  const detail =
    `It needs subnets of /${LONGEST_PREFIX} or larger, with eight free addresses, in ${FEWEST_ZONES} availability ` +
    `zones, and ${lacks.join(" and ")}. A network load balancer is content with one.`;
  yield info("aws-balancer-zones", zone.path, summary, detail, { facts: { zones, prefix } });
}

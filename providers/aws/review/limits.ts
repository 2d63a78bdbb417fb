/** Ranges and subnets that AWS does not take. */
import type { Printer } from "../../../src/addresses/address";
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { leavingZones } from "../../shared/questions";
import { prefixOf, vpcBlocks, WIDEST_PREFIX } from "../render/network";

export function* reviewLimits(plan: NetworkPlan, printer: Printer): Iterable<Diagnostic> {
  yield* reviewRange(plan, printer);
  for (const zone of plan.zones) yield* reviewSubnetSize(plan, printer, zone);
}

/**
 * No VPC of 172.16.0.0/12 takes this block as a further one. The rest of the table of restrictions cannot be
 * met: a range lies in one private range, and what is refused of 10.0.0.0/15 could only be a first block.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
const RESTRICTED = "172.31.0.0/16";

function* reviewRange(plan: NetworkPlan, printer: Printer): Iterable<Diagnostic> {
  const { primary, secondary } = vpcBlocks(plan, printer);
  if (!secondary.some((block) => printer.cidr(block) === RESTRICTED)) return;
  const range = printer.cidr(plan.range);
  const summary = `the range reaches ${RESTRICTED}, which AWS does not add`;
  const detail =
    `The end of ${range} needs that block, and AWS adds it to no VPC that begins with ` +
    `${printer.cidr(primary)}. Take a range that does not reach it.`;
  yield error("aws-range-restricted", "cidr", summary, detail, { facts: { range, block: RESTRICTED } });
}

/**
 * Replies to a zone with egress come back by a route that is narrower than that of a block of the VPC.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html#route-table-routes
 */
function* reviewSubnetSize(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Iterable<Diagnostic> {
  const path = zone.path;
  const subnet = printer.cidr(zone.subnets[0] ?? zone.block);
  const prefix = prefixOf(subnet);
  const whole = prefixOf(printer.cidr(vpcBlocks(plan, printer).primary));
  const widest = leavingZones(plan).includes(zone) ? whole + 1 : WIDEST_PREFIX;
  if (prefix >= widest) return;
  const given = `Each availability zone would get ${subnet}`;
  if (prefix < WIDEST_PREFIX) {
    const summary = `a subnet of /${prefix} is larger than AWS takes`;
    const detail = `${given}. A subnet of AWS is a /${WIDEST_PREFIX} at most.`;
    yield error("aws-subnet-too-large", path, summary, detail, { facts: { prefix, widest } });
    return;
  }
  const summary = "the subnets of a zone with egress are whole blocks of the VPC";
  const detail =
    `${given}, which is a whole block of the VPC. ` +
    "Replies have to come back through the firewall, and AWS takes no route for a whole block, which " +
    "is local.";
  yield error("aws-subnet-whole-block", path, summary, detail, { facts: { subnet, widest } });
}

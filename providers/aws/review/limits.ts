/** What AWS refuses of a plan, before anything is rendered. */
import type { Block, Printer } from "../../../src/addresses/address";
import type { Diagnostic, SpecPath } from "../../../src/diagnostics/diagnostic";
import { error } from "../../../src/diagnostics/make";
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { departuresOf } from "../../shared/zones";
import { judged } from "../data/quota";
import { endpointGroups } from "../render/endpoint-groups";
import { vpcBlocks, WIDEST_PREFIX } from "../render/vpc-range";
import { reviewAcls } from "./acl-limits";
import { reviewEndpointLimits } from "./endpoint-limits";
import { reviewEndpoints } from "./endpoint-settings";
import { quotasOf } from "./quotas";
import { reviewSettings } from "./settings";

export function reviewPlan(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  return [
    ...reviewSettings(plan),
    ...reviewRange(plan, printer),
    ...reviewEndpoints(plan),
    ...reviewEndpointLimits(plan),
    ...judged(quotasOf(plan, printer)),
    ...plan.zones.flatMap((zone) => reviewSubnetSize(plan, printer, zone)),
    ...reviewAcls(plan),
    ...reviewEndpointRights(plan),
  ];
}

/**
 * No VPC of 172.16.0.0/12 takes this block as a further one; as its first it does. The rest of the table of restricted associations
 * cannot be met: a range lies in one private range, and what is refused of 10.0.0.0/15 could only be a first block.
 * https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html#add-cidr-block-restrictions
 */
const RESTRICTED = "172.31.0.0/16";

function reviewRange(plan: NetworkPlan, printer: Printer): Diagnostic[] {
  const { primary, secondary } = vpcBlocks(plan, printer);
  if (!secondary.some((block) => printer.cidr(block) === RESTRICTED)) return [];
  const range = printer.cidr(plan.range);
  const detail = `What lies at the end of ${range} needs that block, and AWS adds it to no VPC that begins with ${printer.cidr(primary)}.`;
  const fix = holdsZones(plan)
    ? `cidr: ${printer.cidr(LOWER_HALF)}`
    : `# take a range that does not reach ${RESTRICTED}, and move the zones`;
  return [
    error("aws-range-restricted", "cidr", `the range reaches ${RESTRICTED}, which AWS does not add`, detail, {
      facts: { range, block: RESTRICTED },
      fix,
    }),
  ];
}

const LOWER_HALF: Block = { newbits: 1, index: 0 };

/** Whether every zone could stay where it is in the lower half, below the infrastructure at its end. */
function holdsZones(plan: NetworkPlan): boolean {
  const infrastructure = Object.values(plan.sites).reduce((sum, { newbits }) => sum + 2 ** -newbits, 0);
  return plan.zones.every(({ block }) => (block.index + 1) / 2 ** block.newbits <= 1 / 2 - infrastructure);
}

function reviewSubnetSize(plan: NetworkPlan, printer: Printer, zone: PlannedZone): Diagnostic[] {
  const path = zone.because[0]?.path ?? "zones";
  const subnet = printer.cidr(zone.subnets[0] ?? zone.block);
  const prefix = Number(subnet.split("/")[1]);
  const leaves = departuresOf(plan, zone).length > 0;
  const widest = leaves ? widestLeaving(plan, printer) : WIDEST_PREFIX;
  if (prefix >= widest) return [];
  if (prefix >= WIDEST_PREFIX) return [wholeBlock(path, subnet, widest)];
  const detail = `Each availability zone would get ${subnet}; a subnet of AWS is a /${WIDEST_PREFIX} at most.`;
  return [
    error("aws-subnet-too-large", path, `a subnet of /${prefix} is larger than AWS takes`, detail, {
      facts: { prefix, widest },
      fix: `prefix: ${widest}`,
    }),
  ];
}

/** Replies come back by a route that is narrower than the one which AWS makes for each block of a VPC. */
const widestLeaving = (plan: NetworkPlan, printer: Printer): number =>
  Number(printer.cidr(vpcBlocks(plan, printer).primary).split("/")[1]) + 1;

/** https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html#route-table-routes */
function wholeBlock(path: SpecPath, subnet: string, widest: number): Diagnostic {
  const detail = `Each availability zone would get ${subnet}, which is a whole block of the VPC. Replies have to come back through the firewall, and AWS takes no route for a block that is local as a whole.`;
  return error(
    "aws-subnet-whole-block",
    path,
    "the subnets of a zone with egress are whole blocks of the VPC",
    detail,
    { facts: { subnet, widest }, fix: `prefix: ${widest}` },
  );
}

function reviewEndpointRights(plan: NetworkPlan): Diagnostic[] {
  return endpointGroups(plan).conflicts.map((group) => {
    const names = group.uses.map((use) => use.endpoint.name);
    const last = group.uses.at(-1)?.endpoint;
    const detail = `AWS holds one endpoint for ${group.aws.name} in a VPC, and its policy cannot tell zones apart: ${names.map((name) => `"${name}"`).join(", ")} would each get the rights of all.`;
    return error(
      "aws-endpoint-rights-differ",
      last?.because[0]?.path ?? "privateEndpoints",
      `"${last?.name}" cannot have rights of its own on AWS`,
      detail,
      {
        facts: { service: group.aws.name, endpoints: names },
        fix: "# give these endpoints the same access and resources, or the same zones in from",
      },
    );
  });
}

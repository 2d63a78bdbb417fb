/** Words in which the plan says what every resource has to be, for the comparison with a document. */
import type { Printer } from "../../src/addresses/address";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { resourcesOf, text } from "../shared/document";
import { printerFrom } from "../shared/invariants";
import { expr } from "../shared/rendering";
import { endpointGroups } from "./render/endpoint-groups";

/** A plan, and its addresses as the document has them. */
export interface Planned {
  readonly plan: NetworkPlan;
  readonly printer: Printer;
}

export const printerOf = (document: TerraformDocument, plan: NetworkPlan): Printer =>
  printerFrom(plan, text(resourcesOf(document, "aws_subnet").get(`${plan.zones[0]?.id}_1`), "cidr_block"));

export const idOf = (address: string): string => expr(`${address}.id`);
export const arnOf = (address: string): string => expr(`${address}.arn`);

export const IN_VPC = { vpc_id: idOf("aws_vpc.enclave") } as const;
export const INTERNET_GATEWAY = "aws_internet_gateway.enclave";
export const ANYWHERE = "0.0.0.0/0";

/** Numbers of the availability zones, as they stand in names. */
export const numbersOf = ({ slots }: NetworkPlan): number[] =>
  Array.from({ length: slots }, (_, slot) => slot + 1);

/** Kinds of subnets beside those of zones, by what asks for them. */
export function sitesOf(plan: NetworkPlan): ("endpoints" | "firewall" | "nat")[] {
  const placed = endpointGroups(plan).groups.some(({ kind }) => kind !== "gateway");
  return [
    ...(placed ? (["endpoints"] as const) : []),
    ...(plan.departures.length > 0 ? (["firewall", "nat"] as const) : []),
  ];
}

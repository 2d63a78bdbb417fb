/** Terraform addresses that more than one step refers to. They follow from names of the plan. */
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, expr, id } from "../../shared/expressions";

export const VPC: Address = "aws_vpc.enclave";
export const VPC_ID = id(VPC);
export const INTERNET_GATEWAY: Address = "aws_internet_gateway.enclave";
export const FIREWALL: Address = "aws_networkfirewall_firewall.enclave";

/** For JSON policies, whose references must hold no quotes of their own. */
export const ACCOUNT = expr("local.enclave_account");
export const PARTITION = expr("local.enclave_partition");

/** The security group of a zone, which every workload of it carries, or of a private endpoint. */
export const groupOf = (name: string): Address => `aws_security_group.${name}`;

/** The whole name stands in it, because a zone may be called as a service is. */
export const voidName = (name: string): string => `enclave_void_${name}`;

/** A group that nothing carries. It takes the group's place in a rule that is cut off. */
export const voidGroupOf = (name: string): Address => groupOf(voidName(name));

export const logGroupOf = (name: string): Address => `aws_cloudwatch_log_group.enclave_${name}`;

/** One per availability zone, in their order: `aws_subnet.app_1`. */
export const perSlot = ({ availabilityZones }: NetworkPlan, address: Address): Address[] =>
  Array.from({ length: availabilityZones }, (_, slot) => `${address}_${slot + 1}`);

export const subnetsOf = (plan: NetworkPlan, place: string): Address[] =>
  perSlot(plan, `aws_subnet.${place}`);
export const routeTablesOf = (plan: NetworkPlan, place: string): Address[] =>
  perSlot(plan, `aws_route_table.${place}`);

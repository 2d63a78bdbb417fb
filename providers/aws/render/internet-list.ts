/**
 * The internet as a group rule of a leaving zone may name it. A rule to 0.0.0.0/0 meets every rule from 0.0.0.0/0 in the same
 * VPC: a zone that leaves by 443 would reach a zone that serves the internet on 443, and a network ACL cannot always tell, because
 * it has to let replies through and may be coarse. So the list holds everything but the private range that the enclave lies in.
 * Each rule counts as many as the list has entries.
 * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import type { Printer } from "../../../src/addresses/address";
import {
  type Cidr,
  cidr,
  contains,
  enclosing,
  formatCidr,
  RFC1918,
  RFC6598,
  sizeOf,
} from "../../../src/net/cidr";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { type Address, addResource, type Rendering } from "../../shared/rendering";
import { awsName, tags } from "./naming";

/** The void twin takes the list's place in rules of a zone that is cut off; it is not the gateways', or two rules could be equal. */
export const INTERNET_LIST: Address = "aws_ec2_managed_prefix_list.enclave_internet";
export const VOID_INTERNET_LIST: Address = "aws_ec2_managed_prefix_list.enclave_void_internet";

/** Ascending, 8 to 16 blocks. Throws when the enclave lies in no private range, which the model has ruled out. */
export function internetBlocks(plan: NetworkPlan, printer: Printer): Cidr[] {
  const range = cidr(printer.cidr(plan.range));
  const own = [...RFC1918, RFC6598].find((block) => contains(block, range));
  if (own === undefined) throw new Error(`internal: ${formatCidr(range)} is in no private range`);
  return siblingsOf(own).sort((a, b) => a.base - b.base);
}

/** The other half of each block that holds the given one: together everything else. */
function siblingsOf(block: Cidr): Cidr[] {
  return Array.from({ length: block.prefix }, (_, index) => {
    const half = enclosing(block.base, index + 1);
    const whole = enclosing(block.base, index);
    return { base: half.base === whole.base ? half.base + sizeOf(half) : whole.base, prefix: half.prefix };
  });
}

export function renderInternetList(rendering: Rendering): void {
  const blocks = internetBlocks(rendering.plan, rendering.printer);
  addResource(rendering, Ec2ManagedPrefixList, "enclave_internet", {
    name: awsName(rendering.plan, "internet"),
    addressFamily: "IPv4",
    maxEntries: blocks.length,
    entry: blocks.map((block) => ({
      cidr: formatCidr(block),
      description: "Outside the private range of the enclave",
    })),
    tags: tags(rendering, "internet"),
  });
  addResource(rendering, Ec2ManagedPrefixList, "enclave_void_internet", {
    name: awsName(rendering.plan, "void-internet"),
    addressFamily: "IPv4",
    maxEntries: 1,
    tags: tags(rendering, "void-internet"),
  });
}

/**
 * Prefix lists that group rules name. A rule to 0.0.0.0/0 meets every rule from 0.0.0.0/0 in the same VPC: a zone that leaves by 443
 * would reach a zone that serves the internet on 443, and a network ACL cannot always tell, because it has to let replies through
 * and may be coarse. So the list of the internet holds everything but the private range that the enclave lies in. Each rule counts
 * as many as the list has entries.
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
import { exitsOf } from "../../../src/plan/ways";
import { type Address, addResource, type Rendering } from "../../shared/rendering";
import { endpointGroups } from "./endpoint-groups";
import { named } from "./naming";

const listOf = (name: string): Address => `aws_ec2_managed_prefix_list.enclave_${name}`;

export const INTERNET_LIST = listOf("internet");
/** Empty lists that take the place of another list in rules of a zone that is cut off. One for both, and two rules could be equal. */
export const VOID_INTERNET_LIST = listOf("void_internet");
export const VOID_GATEWAY_LIST = listOf("void");

export function renderPrefixLists(rendering: Rendering): void {
  const { plan, printer } = rendering;
  if (exitsOf(plan).length > 0) {
    renderList(rendering, "internet", internetBlocks(plan, printer));
    renderList(rendering, "void_internet", []);
  }
  if (endpointGroups(plan).groups.some(({ kind }) => kind === "gateway")) renderList(rendering, "void", []);
}

function renderList(rendering: Rendering, name: string, blocks: readonly Cidr[]): void {
  const entry = blocks.map((block) => ({
    cidr: formatCidr(block),
    description: "Outside the private range of the enclave",
  }));
  addResource(rendering, Ec2ManagedPrefixList, `enclave_${name}`, {
    ...named(rendering, name),
    addressFamily: "IPv4",
    maxEntries: Math.max(1, blocks.length),
    ...(entry.length === 0 ? {} : { entry }),
  });
}

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

/**
 * Prefix lists that group rules name. A rule to 0.0.0.0/0 meets every rule from 0.0.0.0/0 in the same VPC: a
 * zone that leaves by 443 would reach a zone that serves the internet on 443, and an ACL may be too coarse to
 * tell. So the list of the internet lacks the enclave's private range.
 * https://docs.aws.amazon.com/vpc/latest/userguide/managed-prefix-lists.html
 */
import { Ec2ManagedPrefixList } from "@cdktf/provider-aws/lib/ec2-managed-prefix-list";
import type { Printer } from "../../../src/addresses/address";
import { type Cidr, cidr, contains, formatCidr, RFC1918, RFC6598, without } from "../../../src/net/cidr";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import type { Address } from "../../shared/expressions";
import { hasEgress } from "../../shared/questions";
import { addResource, type Rendering } from "../../shared/resources";
import { endpointGroups } from "./endpoint-groups";
import { named } from "./naming";

export const INTERNET_LIST: Address = "aws_ec2_managed_prefix_list.enclave_internet";
/** Empty, in place of another list in rules that are cut off. One for both, and two rules could be equal. */
export const VOID_INTERNET_LIST: Address = "aws_ec2_managed_prefix_list.enclave_void_internet";
export const VOID_GATEWAY_LIST: Address = "aws_ec2_managed_prefix_list.enclave_void";

export function renderPrefixLists(rendering: Rendering): void {
  const { plan, printer } = rendering;
  if (hasEgress(plan)) {
    renderList(rendering, "internet", internetBlocks(plan, printer));
    renderList(rendering, "void_internet", []);
  }
  if (endpointGroups(plan).some(({ kind }) => kind === "gateway")) renderList(rendering, "void", []);
}

function renderList(rendering: Rendering, name: string, blocks: readonly Cidr[]): void {
  const description = "Outside the private range of the enclave";
  const entry = blocks.map((block) => ({ cidr: formatCidr(block), description }));
  addResource(rendering, Ec2ManagedPrefixList, `enclave_${name}`, {
    ...named(rendering, name),
    addressFamily: "IPv4",
    maxEntries: Math.max(1, blocks.length),
    ...(entry.length === 0 ? {} : { entry }),
  });
}

/** Ascending, 8 to 16 blocks. Throws outside the private ranges, which the model has ruled out. */
export function internetBlocks(plan: NetworkPlan, printer: Printer): Cidr[] {
  const range = cidr(printer.cidr(plan.range));
  const own = [...RFC1918, RFC6598].find((block) => contains(block, range));
  if (own === undefined) throw new Error(`internal: ${formatCidr(range)} is in no private range`);
  return without(cidr("0.0.0.0/0"), [own]);
}

/**
 * A VPC takes blocks of /16 at most, https://docs.aws.amazon.com/vpc/latest/userguide/vpc-cidr-blocks.html. A wider range is
 * split: its first /16 is the VPC's own, which can never change, and each further /16 that something lies in is added.
 */
import { type Block, enclosingBlock, type Printer } from "../../../src/addresses/address";
import type { NetworkPlan } from "../../../src/plan/network-plan";

export const WIDEST_PREFIX = 16;

export function vpcBlocks(
  plan: NetworkPlan,
  printer: Printer,
): { readonly primary: Block; readonly secondary: readonly Block[] } {
  const prefix = Number(printer.cidr(plan.range).split("/")[1]);
  const newbits = Math.max(0, WIDEST_PREFIX - prefix);
  const blocks = [...plan.zones.map(({ block }) => block), ...Object.values(plan.sites)];
  const parts = blocks.flatMap((block) => partsOf(block, newbits)).filter(({ index }) => index !== 0);
  const secondary = [...new Map(parts.map((part) => [part.index, part])).values()];
  return { primary: { newbits, index: 0 }, secondary: secondary.sort((a, b) => a.index - b.index) };
}

/** A zone may be larger than a /16 itself: four slots of /16 each. */
function partsOf(block: Block, newbits: number): Block[] {
  if (block.newbits >= newbits) return [enclosingBlock(block, newbits)];
  const count = 2 ** (newbits - block.newbits);
  return Array.from({ length: count }, (_, part) => ({ newbits, index: block.index * count + part }));
}

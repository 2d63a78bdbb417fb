/**
 * Addresses relative to the enclave's range, as `cidrsubnet(range, newbits, index)` counts them. The plan and
 * the providers only pass them on. This file alone turns them into text, so that a module can take its range
 * as a variable.
 */
import { type Cidr, formatCidr, formatIp, sizeOf } from "../net/cidr";

export interface Block {
  /** How many bits longer the block's prefix is than the range's. */
  readonly newbits: number;
  /** The number of the block among the 2^newbits blocks of that size, from 0. */
  readonly index: number;
}

/** Turns blocks into resource arguments: a literal, or an expression in a Terraform template. */
export interface Printer {
  cidr(block: Block): string;
  /** The address `offset` after the block's network address. */
  host(block: Block, offset: number): string;
}

/** Throws when the block lies outside the range. */
export function toBlock(range: Cidr, block: Cidr): Block {
  const newbits = block.prefix - range.prefix;
  const index = (block.base - range.base) / sizeOf(block);
  if (newbits < 0 || index < 0 || index >= 2 ** newbits)
    throw new Error(`internal: ${formatCidr(block)} is outside ${formatCidr(range)}`);
  return { newbits, index };
}

export function toCidr(range: Cidr, block: Block): Cidr {
  const prefix = range.prefix + block.newbits;
  return { base: range.base + block.index * 2 ** (32 - prefix), prefix };
}

export function literalPrinter(range: Cidr): Printer {
  return {
    cidr: (block) => formatCidr(toCidr(range, block)),
    host: (block, offset) => formatIp(toCidr(range, block).base + offset),
  };
}

/** The block of `newbits` that holds this one; the block itself if it is already that large. */
export function enclosingBlock(block: Block, newbits: number): Block {
  if (block.newbits <= newbits) return block;
  return { newbits, index: Math.floor(block.index / 2 ** (block.newbits - newbits)) };
}

/** The `slot`-th quarter: a zone's subnet in that availability zone. */
export const slotOf = (block: Block, slot: number): Block => ({
  newbits: block.newbits + 2,
  index: block.index * 4 + slot,
});

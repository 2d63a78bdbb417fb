/** A zone is one block of four slots, one per possible availability zone: one block covers it in a rule. */
import { type Cidr, sizeOf } from "../net/cidr";
import type { ZoneSize } from "./enclave";

/** AWS and Azure keep five addresses: https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html */
export const RESERVED_PER_SLOT = 5;
const SLOTS_PER_ZONE = 4;

/** The smallest subnet that every cloud accepts: AWS refuses smaller ones. */
export const LONGEST_SLOT_PREFIX = 28;
export const LONGEST_ZONE_PREFIX = LONGEST_SLOT_PREFIX - 2;

/** The prefix of the whole zone, four slots; below zero for more hosts than IPv4 has. */
export function zonePrefix(size: ZoneSize): number {
  if (size.kind === "cidr") return size.cidr.prefix;
  if (size.kind === "prefix") return size.prefix - 2;
  return slotPrefixFor(size.hosts) - 2;
}

/** The prefix of the smallest slot that gives out so many addresses. */
export function slotPrefixFor(hosts: number): number {
  let slot = LONGEST_SLOT_PREFIX;
  while (2 ** (32 - slot) < hosts + RESERVED_PER_SLOT) slot -= 1;
  return slot;
}

/** Addresses that hosts can have in each slot of a zone's block. */
export const hostsPerSlot = (zone: Cidr): number => sizeOf(zone) / SLOTS_PER_ZONE - RESERVED_PER_SLOT;

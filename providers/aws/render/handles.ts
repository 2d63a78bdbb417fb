/** Addresses that later steps need of earlier ones. */
import type { Block } from "../../../src/addresses/address";
import type { Address } from "../../shared/rendering";

/** A zone or a piece of infrastructure: one subnet and one route table per availability zone, in their order. */
export interface PlacedSubnets {
  readonly id: string;
  readonly block: Block;
  readonly blocks: readonly Block[];
  readonly subnets: readonly Address[];
  readonly routeTables: readonly Address[];
}

export interface Network {
  readonly vpc: Address;
  /** By zone name. */
  readonly zones: Readonly<Record<string, PlacedSubnets>>;
  /** Present when a zone reaches or is reached from the internet. */
  readonly internetGateway?: Address;
}

/** Zone name to the security group that every workload of the zone carries, and its void twin that nothing carries. */
export interface Group {
  readonly group: Address;
  /** Takes the group's place in a rule of a zone that is cut off. */
  readonly void: Address;
}

export type Groups = Readonly<Record<string, Group>>;

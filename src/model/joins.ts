/** Where a cloud's network joins what a spec separates. */
import type { CloudRule } from "../clouds/clouds";
import type { SpecPath } from "../diagnostics/diagnostic";
import type { Edit } from "../diagnostics/edit";

/** A zone that uses one endpoint reaches another, too. The endpoints are named as in the spec. */
export interface AddressJoin {
  readonly zone: string;
  readonly used: string;
  readonly reached: string;
}

/** The internet reaches a zone by a load balancer that somebody adds. */
export interface BalancerJoin {
  readonly zone: string;
  /** The spec item that opens it. */
  readonly path: SpecPath;
  /** The ports: `8080/tcp`. */
  readonly text: string;
}

export type Join = AddressJoin | BalancerJoin;

export const isAddressJoin = (join: Join): join is AddressJoin => "used" in join;

/** All joins of one kind. */
export interface Joined {
  /** Broken where another rule, or an assertion, holds for the spec and not for these joins. */
  readonly rule: CloudRule;
  readonly joins: readonly Join[];
  /** A change of the spec that separates some, and the joins that remain. */
  readonly narrower?: { readonly edit: Edit; readonly joins: readonly Join[] };
  /** Why the network joins them, as the end of a sentence. */
  readonly because: string;
  /** What is left to tell them apart, as a sentence. */
  readonly otherwise: string;
}

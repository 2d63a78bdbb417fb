/** Where a cloud's network joins what a spec separates: one address answers for several endpoints. */
import type { CloudRule } from "../clouds/clouds";
import type { Edit } from "../diagnostics/edit";

/** A zone that uses one endpoint reaches another, too. The endpoints are named as in the spec. */
export interface Join {
  readonly zone: string;
  readonly used: string;
  readonly reached: string;
}

export interface SharedAddress {
  /** Broken where another rule, or an assertion, holds for the spec and not for these joins. */
  readonly rule: CloudRule;
  readonly joins: readonly Join[];
  /** A change of the spec that separates some, and the joins that remain. */
  readonly narrower?: { readonly edit: Edit; readonly joins: readonly Join[] };
  /** What is left to tell them apart, as a sentence. */
  readonly otherwise: string;
}

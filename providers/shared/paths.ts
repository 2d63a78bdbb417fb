/** Places in the spec that diagnostics point at. */
import type { SpecPath } from "../../src/diagnostics/diagnostic";
import type { Because } from "../../src/model/connections";

/** The spec item that a part of the plan comes from; `otherwise` is the part of the spec that holds all of its kind. */
export const pathOf = (
  { because }: { readonly because: readonly Because[] },
  otherwise: SpecPath,
): SpecPath => because[0]?.path ?? otherwise;

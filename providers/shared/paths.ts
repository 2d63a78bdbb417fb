/** Where in the spec an error about something points at. */
import type { SpecPath } from "../../src/diagnostics/diagnostic";
import type { Because } from "../../src/model/connections";

/** Of the item that something of the plan comes from; `otherwise` is the part that holds all of its kind. */
export const pathOf = (
  { because }: { readonly because: readonly Because[] },
  otherwise: SpecPath,
): SpecPath => because[0]?.path ?? otherwise;

export const endpointPath = (endpoint: { readonly because: readonly Because[] }): SpecPath =>
  pathOf(endpoint, "privateEndpoints");

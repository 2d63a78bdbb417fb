/** Tags, as some clouds say, or labels, as others do. */
import { expr, quoted, type Rendering } from "./rendering";

/** The user's, then ours, which win: what serves a zone must be findable by its zone. */
export function mergedTags(
  { plan }: Rendering,
  zone: string | undefined,
  more: Readonly<Record<string, string>> = {},
): Record<string, string> {
  const own = { enclave: plan.name, ...(zone === undefined ? {} : { zone }), ...more };
  const pairs = Object.entries(own).map(([key, value]) => `${key} = ${quoted(value)}`);
  // Passed through as it is, like any reference: a token of cdktf would have to be resolved for every resource.
  return expr(`merge(var.tags, { ${pairs.join(", ")} })`) as unknown as Record<string, string>;
}

/** Which errors of later passes may only be there because of an error before them. */
import type { Diagnostic, SpecPath } from "../diagnostics/diagnostic";
import { splitPath } from "../diagnostics/path";

/** What a doubt about one part of the spec leaves open in another, by first keys. */
const DEPENDS_ON: Readonly<Record<string, readonly string[]>> = {
  region: ["zoneNames", "availabilityZones"],
  zoneNames: ["region", "availabilityZones"],
  // A certificate, a perimeter: where they could not be read they are not missing.
  inspection: ["aws", "azure", "google"],
  privateEndpoints: ["region", "google", "waive"],
  google: ["waive"],
};

/** True for a path inside what `outer` names, and for `outer` itself; "" names the whole spec. */
export const liesBelow = (path: SpecPath, outer: SpecPath): boolean =>
  outer === "" || path === outer || (path.startsWith(outer) && (path[outer.length] === "." || path[outer.length] === "["));

/** True for what may be a consequence of `errors`: about the same thing, a part or the whole of it, or what depends on it. */
export function isConsequence({ path }: Diagnostic, errors: readonly Diagnostic[]): boolean {
  const dependsOn = DEPENDS_ON[first(path)] ?? [];
  return errors.some(
    (error) =>
      (path !== "" && liesBelow(error.path, path)) ||
      (error.path !== "" && liesBelow(path, error.path)) ||
      dependsOn.includes(first(error.path)),
  );
}

const first = (path: SpecPath): string => String(splitPath(path)[0] ?? "");

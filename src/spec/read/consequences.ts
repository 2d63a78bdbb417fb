/** Which errors of later passes may only be there because of an error before them. */

import { CLOUDS, type Cloud } from "../../clouds/cloud";
import type { Diagnostic, SpecPath } from "../../diagnostics/diagnostic";
import { splitPath } from "../../diagnostics/path";
import { causesOf } from "../schema/fields";

/** True for a path inside what `outer` names, and for `outer` itself; "" names the whole spec. */
export const liesBelow = (path: SpecPath, outer: SpecPath): boolean =>
  outer === "" ||
  path === outer ||
  (path.startsWith(outer) && (path[outer.length] === "." || path[outer.length] === "["));

/**
 * True for what may be a consequence of `errors`: about the same thing, a part or the whole of it, or what depends on it.
 * `cloud`: it is what that cloud says of a plan, and a plan has of each item the least that it could be; so what is wrong with an
 * item as a whole is so whatever its fields are, and what is meant for other clouds does not matter.
 */
export function isConsequence(later: Diagnostic, errors: readonly Diagnostic[], cloud?: Cloud): boolean {
  const path = asOneSize(later.path);
  const segments = splitPath(path);
  const dependsOn = causesOf(String(segments[0]));
  const isWhole = path === "" || (cloud !== undefined && segments.length === 2);
  return errors.some((error) => {
    const wrong = splitPath(error.path);
    if (cloud !== undefined && wrong.slice(0, 4).some((segment) => segment !== cloud && isCloud(segment)))
      return false;
    const other = asOneSize(error.path);
    if (path === other || dependsOn.includes(String(wrong[0]))) return true;
    return (!isWhole && liesBelow(other, path)) || (other !== "" && liesBelow(path, other));
  });
}

/** A zone has one size, whichever key gives it. */
const asOneSize = (path: SpecPath): SpecPath =>
  path.replace(/^(zones\..+)\.(?:hosts|prefix|cidr)$/, "$1.size");

const isCloud = (segment: string | number): boolean => CLOUDS.some((cloud) => cloud === segment);

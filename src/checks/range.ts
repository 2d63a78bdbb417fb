/** The enclave's own range: private, and of a size that every cloud can hold. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { error } from "../diagnostics/make";
import { formatCidr } from "../net/cidr";
import { isPrivate, isRangeSize, NARROWEST_RANGE, nearestRange, PRIVATE, WIDEST_RANGE } from "../net/ranges";
import { known } from "../spec/unknown";
import type { Context } from "./context";

export function checkRange({ draft }: Context): Diagnostic[] {
  const range = known(draft.spec.cidr);
  if (range === undefined) return [];
  const text = formatCidr(range);
  const alternative = nearestRange(range);
  const fix = `cidr: ${formatCidr(alternative)}`;
  if (!isRangeSize(range)) {
    const detail = `An enclave's range is /${WIDEST_RANGE} to /${NARROWEST_RANGE}. ${formatCidr(alternative)} is the nearest.`;
    return [
      error(
        "range-size",
        "cidr",
        `the range ${text} is too ${range.prefix < WIDEST_RANGE ? "wide" : "narrow"}`,
        detail,
        { facts: { prefix: range.prefix, widest: WIDEST_RANGE, narrowest: NARROWEST_RANGE }, fix },
      ),
    ];
  }
  if (isPrivate(range)) return [];
  const detail = `A private network lies inside ${PRIVATE.map(formatCidr).join(", ")}; other addresses belong to somebody on the internet.`;
  return [error("range-not-private", "cidr", `the range ${text} is not private`, detail, { fix })];
}

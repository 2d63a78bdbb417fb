/** The enclave's own range: private, and of a size that every cloud can hold. */
import type { Diagnostic } from "../diagnostics/diagnostic";
import { setting } from "../diagnostics/edit";
import { error } from "../diagnostics/make";
import { formatCidr } from "../net/cidr";
import { isPrivate, isRangeSize, NARROWEST_RANGE, nearestRange, PRIVATE, WIDEST_RANGE } from "../net/ranges";
import { known } from "../spec/unknown";
import type { Context } from "./context";

export function* checkRange({ draft }: Context): Iterable<Diagnostic> {
  const range = known(draft.spec.cidr);
  if (range === undefined) return;
  const [text, alternative] = [formatCidr(range), formatCidr(nearestRange(range))];
  if (!isRangeSize(range)) {
    const summary = `the range ${text} is too ${range.prefix < WIDEST_RANGE ? "wide" : "narrow"}`;
    const detail = `An enclave's range is /${WIDEST_RANGE} to /${NARROWEST_RANGE}. ${alternative} is the nearest.`;
    const facts = { prefix: range.prefix, widest: WIDEST_RANGE, narrowest: NARROWEST_RANGE };
    yield error("range-size", "cidr", summary, detail, { facts, edits: [setting("cidr", alternative)] });
  } else if (!isPrivate(range)) {
    const detail = `A private network lies inside ${PRIVATE.map(formatCidr).join(", ")}; other addresses belong to somebody on the internet.`;
    yield error("range-not-private", "cidr", `the range ${text} is not private`, detail);
  }
}

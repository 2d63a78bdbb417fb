/** The enclave's own range: private, and of a size that every cloud can hold. */
import type { Diagnostic } from "../../diagnostics/diagnostic";
import { error } from "../../diagnostics/make";
import { type Cidr, contains, enclosing, formatCidr } from "../../net/cidr";
import { type Context, isPrivate, PRIVATE } from "./context";

const WIDEST = 12;
const NARROWEST = 22;

export function checkRange({ draft }: Context): Diagnostic[] {
  const range = draft.settings.value.cidr;
  if (range === undefined) return [];
  const text = formatCidr(range);
  const alternative = alternativeTo(range);
  const fix = `cidr: ${formatCidr(alternative)}`;
  if (range.prefix < WIDEST || range.prefix > NARROWEST) {
    const detail = `An enclave's range is /${WIDEST} to /${NARROWEST}. ${formatCidr(alternative)} is the nearest.`;
    return [
      error("range-size", "cidr", `the range ${text} is too ${range.prefix < WIDEST ? "wide" : "narrow"}`, detail, {
        facts: { prefix: range.prefix, widest: WIDEST, narrowest: NARROWEST },
        fix,
      }),
    ];
  }
  if (isPrivate(range)) return [];
  const detail = `A private network lies inside ${PRIVATE.map(formatCidr).join(", ")}; other addresses belong to somebody on the internet.`;
  return [error("range-not-private", "cidr", `the range ${text} is not private`, detail, { fix })];
}

/** A range that is allowed, as near to the given one as there is. */
function alternativeTo(range: Cidr): Cidr {
  const prefix = Math.min(Math.max(range.prefix, WIDEST), NARROWEST);
  const near = enclosing(range.base, prefix);
  if (isPrivate(near)) return near;
  const home = PRIVATE.find((outer) => contains(range, outer) && outer.prefix <= prefix) ?? PRIVATE[0];
  return { base: home?.base ?? 0, prefix };
}

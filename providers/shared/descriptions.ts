/** Reasons of a plan's item as one line of text, within the length that a cloud takes. */
import type { Because } from "../../src/model/connections";
import { literal } from "./rendering";

/** The reasons that fit as a whole, and how many more there are; the spec items' paths where no reason fits or is given. */
export function describe(because: readonly Because[], length: number): string {
  const reasons = [...new Set(because.flatMap((reason) => reason.why ?? []))];
  for (let kept = reasons.length; kept > 0; kept--) {
    const rest = reasons.length - kept;
    const text = reasons.slice(0, kept).join("; ") + (rest === 0 ? "" : `; and ${rest} more`);
    if (text.length <= length) return literal(text);
  }
  const paths = because.map((reason) => reason.path).join(" ");
  return paths.replaceAll(/[^\w .:/()#,@[\]+=&;{}!$*-]/g, "-").slice(0, length);
}

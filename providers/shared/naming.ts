/** Names, descriptions and tags, each within the length that a cloud takes. */
import { createHash } from "node:crypto";
import type { Because } from "../../src/model/connections";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr, literal, quoted } from "./expressions";
import type { Rendering } from "./resources";

const HASH_LENGTH = 6;

/** Six hexadecimal digits that follow from the text alone and tell apart names that begin alike. */
export const hashOf = (text: string): string =>
  createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);

/** The text itself where it fits; else as much of it as leaves room for a dash and its hash. */
export const shorten = (text: string, longest: number): string =>
  text.length <= longest
    ? text
    : `${text.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, "")}-${hashOf(text)}`;

/** `private-rag-inference-1`, of the enclave's name and Terraform names. */
export const joinName = ({ name }: NetworkPlan, parts: readonly string[]): string =>
  [name, ...parts].join("-").replaceAll("_", "-");

/** The reasons that fit as a whole, and how many more there are; where none fits, the spec items' paths. */
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

/** Tags, or labels: the user's, then ours, which win, so that a zone's resources are found by its name. */
export function mergedTags({ plan }: Rendering, zone?: string, name?: string): Record<string, string> {
  const own = { enclave: plan.name, ...(zone && { zone }), ...(name && { Name: name }) };
  const pairs = Object.entries(own).map(([key, value]) => `${key} = ${quoted(value)}`);
  // Passed through like any reference: a token of cdktf would have to be resolved for every resource.
  return expr(`merge(var.tags, { ${pairs.join(", ")} })`) as unknown as Record<string, string>;
}

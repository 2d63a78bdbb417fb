/** Names of Google resources, their labels and descriptions: every length and character rule in one place. */
import { createHash } from "node:crypto";
import { Token } from "cdktf";
import type { Because } from "../../src/model/connections";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr, literal, quoted, type Rendering } from "../rendering";

/** RFC 1035, as compute, DNS, network security and network services take them: https://docs.cloud.google.com/compute/docs/naming-resources */
export const LONGEST_NAME = 63;

/** `private-rag-inference-1`; a name that is too long keeps its beginning and ends with six digits of its own hash. */
export const googleName = (plan: NetworkPlan, ...parts: readonly string[]): string =>
  shorten([plan.name, ...parts].join("-").replaceAll("_", "-"), LONGEST_NAME);

/** The text itself where it fits; else as much of it as leaves room for a dash and its hash. */
export function shorten(text: string, longest: number): string {
  return text.length <= longest ? text : `${text.slice(0, longest - HASH_LENGTH - 1).replace(/-+$/, "")}-${hashOf(text)}`;
}

const HASH_LENGTH = 6;
const hashOf = (text: string): string => createHash("sha256").update(text).digest("hex").slice(0, HASH_LENGTH);

/**
 * An endpoint for Google APIs is named with 1 to 20 lower-case letters and digits, and no hyphen. Leaving the hyphens out would
 * make one name of two, so a name that has any, or is longer, ends with its hash.
 * https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
 */
export function apiEndpointName(plan: NetworkPlan): string {
  const plain = plan.name.replaceAll("-", "");
  return plain === plan.name && plain.length <= LONGEST_API_ENDPOINT
    ? plain
    : plain.slice(0, LONGEST_API_ENDPOINT - HASH_LENGTH) + hashOf(plan.name);
}

const LONGEST_API_ENDPOINT = 20;

/** Letters, digits and underscores, at most 50: https://docs.cloud.google.com/vpc-service-controls/docs/create-service-perimeters */
export const perimeterName = (plan: NetworkPlan): string => `enclave_${plan.name.replaceAll("-", "_")}`;

/** The user's labels, then ours, which win: what serves a zone must be findable by its zone. */
export function labels(rendering: Rendering, zone?: string): Record<string, string> {
  const own = { enclave: rendering.plan.name, ...(zone === undefined ? {} : { zone }) };
  const pairs = Object.entries(own).map(([key, value]) => `${key} = ${quoted(value)}`);
  return Token.asStringMap(expr(`merge(var.tags, { ${pairs.join(", ")} })`));
}

/** Firewall rules take 2048 characters; rules of a proxy say nothing of a limit, so both keep well below. */
const DESCRIPTION_LENGTH = 512;

/** The reasons that fit as a whole, and how many more there are; the spec's own place where it gives no reason. */
export function description(because: readonly Because[]): string {
  const reasons = [...new Set(because.flatMap((reason) => reason.why ?? []))];
  for (let kept = reasons.length; kept > 0; kept--) {
    const rest = reasons.length - kept;
    const text = reasons.slice(0, kept).join("; ") + (rest === 0 ? "" : `; and ${rest} more`);
    if (text.length <= DESCRIPTION_LENGTH) return literal(text);
  }
  return literal(
    because
      .map((reason) => reason.path)
      .join(" ")
      .slice(0, DESCRIPTION_LENGTH),
  );
}

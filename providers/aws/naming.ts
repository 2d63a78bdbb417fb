/** Names of AWS resources, their tags and descriptions: every length and character rule in one place. */
import { Token } from "cdktf";
import type { Because } from "../../src/model/connections";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { describe } from "../descriptions";
import { expr, quoted, type Rendering } from "../rendering";

/**
 * `private-rag-inference-1`. Enclave and zone names have at most 24 and 20 characters of RFC 1035, which leaves room under the
 * shortest AWS limit in use (64, IAM roles) and contains nothing that any of them refuses.
 */
export const awsName = (plan: NetworkPlan, ...parts: readonly string[]): string => [plan.name, ...parts].join("-").replaceAll("_", "-");

/** The user's tags, then ours, which win: what serves a zone must be findable by its zone. */
export function tags(rendering: Rendering, name: string, zone?: string): Record<string, string> {
  const own = { enclave: rendering.plan.name, ...(zone === undefined ? {} : { zone }), Name: awsName(rendering.plan, name) };
  const pairs = Object.entries(own).map(([key, value]) => `${key} = ${quoted(value)}`);
  return Token.asStringMap(expr(`merge(var.tags, { ${pairs.join(", ")} })`));
}

/** Security group rules take 255 characters: https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
const DESCRIPTION_LENGTH = 255;

export const description = (because: readonly Because[]): string => describe(because, DESCRIPTION_LENGTH);

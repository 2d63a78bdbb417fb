/** Names of Google resources, their labels and descriptions: every length and character rule in one place. */
import type { Because } from "../../../src/model/connections";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { describe } from "../../shared/descriptions";
import { hashOf, shorten } from "../../shared/names";
import type { Rendering } from "../../shared/rendering";
import { mergedTags } from "../../shared/tags";

/** RFC 1035, as compute, DNS, network security and network services take them: https://docs.cloud.google.com/compute/docs/naming-resources */
const LONGEST_NAME = 63;

/** `private-rag-inference-1`; a name that is too long keeps its beginning and ends with six digits of its own hash. */
export const googleName = (plan: NetworkPlan, ...parts: readonly string[]): string =>
  shorten([plan.name, ...parts].join("-").replaceAll("_", "-"), LONGEST_NAME);

/** `ingress-to-inference-8080-tcp-in`; the policy is the enclave's own, so its name is not repeated. */
export const ruleName = ({
  name,
  direction,
}: {
  readonly name: string;
  readonly direction: "INGRESS" | "EGRESS";
}): string => shorten(`${name.replaceAll("_", "-")}-${direction === "INGRESS" ? "in" : "out"}`, LONGEST_NAME);

/**
 * An endpoint for Google APIs is named with 1 to 20 lower-case letters and digits, and no hyphen. Leaving the hyphens out would
 * make one name of two, so a name that has any, or is longer, ends with its hash.
 * https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
 */
export function apiEndpointName(plan: NetworkPlan): string {
  const plain = plan.name.replaceAll("-", "");
  return plain === plan.name && plain.length <= LONGEST_API_ENDPOINT
    ? plain
    : plain.slice(0, LONGEST_API_ENDPOINT - hashOf(plan.name).length) + hashOf(plan.name);
}

const LONGEST_API_ENDPOINT = 20;

/** Letters, digits and underscores, at most 50: https://docs.cloud.google.com/vpc-service-controls/docs/create-service-perimeters */
export const perimeterName = (plan: NetworkPlan): string => `enclave_${plan.name.replaceAll("-", "_")}`;

export const labels = (rendering: Rendering, zone?: string): Record<string, string> =>
  mergedTags(rendering, zone);

/** Firewall rules take 2048 characters; rules of a proxy say nothing of a limit, so both keep well below. */
const DESCRIPTION_LENGTH = 512;

export const description = (because: readonly Because[]): string => describe(because, DESCRIPTION_LENGTH);

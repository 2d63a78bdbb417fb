/** Names, labels and descriptions of Google resources: every rule of length and characters in one place. */
import type { Because } from "../../../src/model/connections";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { describe, hashOf, joinName, mergedTags, shorten } from "../../shared/naming";
import type { Rendering } from "../../shared/resources";

/** RFC 1035: https://docs.cloud.google.com/compute/docs/naming-resources */
const LONGEST_NAME = 63;

/** `private-rag-inference-1`; a name that is too long keeps its beginning and ends with its hash. */
export const googleName = (plan: NetworkPlan, ...parts: readonly string[]): string =>
  shorten(joinName(plan, parts), LONGEST_NAME);

/**
 * Ends with a hash of the service attachment, so that another one makes the endpoint anew: Google changes none in
 * place, and the plugin tries to before 7.33.
 * https://github.com/hashicorp/terraform-provider-google/blob/main/CHANGELOG.md#7330
 * `hash`: 8 characters once Terraform has evaluated them.
 */
export const attachedName = (plan: NetworkPlan, id: string, hash: string): string =>
  `${shorten(joinName(plan, [id]), LONGEST_NAME - 9)}-${hash}`;

export const named = ({ plan }: Rendering, id: string, description: string) => ({
  name: googleName(plan, id),
  description,
});

export type Direction = "INGRESS" | "EGRESS";

/** `ingress-to-inference-8080-tcp-in`; the policy belongs to the enclave, so its name is not repeated. */
export const ruleName = (name: string, direction: Direction): string =>
  shorten(`${name.replaceAll("_", "-")}-${direction === "INGRESS" ? "in" : "out"}`, LONGEST_NAME);

/**
 * 1 to 20 lower-case letters and digits. Two names could differ in hyphens alone, so one that has any ends
 * with its hash: https://docs.cloud.google.com/vpc/docs/configure-private-service-connect-apis
 */
export function apiEndpointName({ name }: NetworkPlan): string {
  const plain = name.replaceAll("-", "");
  if (plain === name && plain.length <= 20) return plain;
  const hash = hashOf(name);
  return plain.slice(0, 20 - hash.length) + hash;
}

/** At most 50: https://docs.cloud.google.com/vpc-service-controls/docs/create-service-perimeters */
/** With the project, because an access policy belongs to an organization. */
export const perimeterName = (plan: NetworkPlan, project: string): string =>
  `${plan.name.replaceAll("-", "_")}_${project}`;

export const labelled = (rendering: Rendering, id: string, description: string, zone?: string) => ({
  ...named(rendering, id, description),
  labels: mergedTags(rendering, zone),
});

/** Firewall rules take 2048 characters; no limit is known for rules of a proxy. Both stay well below. */
export const description = (because: readonly Because[]): string => describe(because, 512);

/** The region of the enclave, its partition and its availability zones. */
import { AWS } from "../../../src/clouds/aws";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { isKnownRegion, regionFor } from "../../shared/regions";

export const regionOf = (plan: NetworkPlan): string => regionFor(plan, "aws");

/**
 * Below it every machine of the VPC has a name, which the VPC's own resolver answers. Clusters find their members
 * so. https://docs.aws.amazon.com/vpc/latest/userguide/AmazonDNS-concepts.html
 */
export function hostDomain(plan: NetworkPlan): string {
  const region = regionOf(plan);
  return region === "us-east-1" ? "ec2.internal" : `${region}.compute.internal`;
}

/** The second part of every ARN in the enclave's region; undefined where the region itself is refused. */
export function partitionOf(plan: NetworkPlan): string | undefined {
  const region = regionOf(plan);
  if (AWS.regions.foreign?.form.test(region) || !isKnownRegion(plan, "aws")) return undefined;
  return region.startsWith("us-gov-") ? "aws-us-gov" : "aws";
}

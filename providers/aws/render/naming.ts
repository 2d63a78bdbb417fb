/** Names of AWS resources, their tags and descriptions: every length and character rule in one place. */
import type { Because } from "../../../src/model/connections";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { describe, joinName, mergedTags } from "../../shared/naming";
import type { Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { ACCOUNT, PARTITION, VPC_ID } from "./addresses";

/** `private-rag-inference-1`. Names of a spec are short: no joined one reaches 64 characters (IAM roles). */
export const awsName = (plan: NetworkPlan, ...parts: readonly string[]): string => joinName(plan, parts);

/**
 * The prefix keeps groups out of the size limit of resource policies.
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/AWS-logs-and-resource-policy.html
 */
export const logGroupName = (plan: NetworkPlan, name: string): string =>
  `/aws/vendedlogs/enclave/${plan.name}/${name}`;

/** The ARN of all of the enclave's own log groups. */
export const ownLogs = (plan: NetworkPlan): string =>
  `arn:${PARTITION}:logs:${regionOf(plan)}:${ACCOUNT}:log-group:${logGroupName(plan, "*")}`;

export const tags = (rendering: Rendering, name: string, zone?: string): Record<string, string> =>
  mergedTags(rendering, zone, awsName(rendering.plan, name));

/** The arguments of a resource with a name, which is its tag `Name` too. */
export const named = (rendering: Rendering, name: string, zone?: string) => ({
  name: awsName(rendering.plan, name),
  tags: tags(rendering, name, zone),
});

export const inVpc = (rendering: Rendering, name: string, zone?: string) => ({
  vpcId: VPC_ID,
  tags: tags(rendering, name, zone),
});

/** https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_IpRange.html */
export const description = (because: readonly Because[]): string => describe(because, 255);

export const policyDocument = (...statements: readonly object[]): string =>
  JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Actions that a spec adds to a right by their names, stated here a second time and apart from the renderer. */
import type { Grant } from "./services";

/**
 * Actions of services with resources that name none: AWS finds them in statements about everything alone.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
const OF_NO_RESOURCE: ReadonlySet<string> = new Set([
  "bedrock:GetFoundationModelAvailability",
  "bedrock:GetUseCaseForModelAccess",
  "ecr:CreatePullThroughCacheRule",
  "ecr:DeletePullThroughCacheRule",
  "ecr:DescribePullThroughCacheRules",
  "ecr:DescribeRegistry",
  "ecr:GetAccountSetting",
  "ecr:GetRegistryPolicy",
  "ecr:GetRegistryScanningConfiguration",
  "ecr:PutReplicationConfiguration",
  "kms:GenerateRandom",
  "kms:ListAliases",
  "kms:ListKeys",
  "kms:ListRetirableGrants",
  "logs:DescribeDestinations",
  "logs:DescribeExportTasks",
  "logs:DescribeQueries",
  "logs:DescribeQueryDefinitions",
  "logs:PutQueryDefinition",
  "logs:StopLiveTail",
  "logs:TestMetricFilter",
  "s3:ListAllMyBuckets",
  "sagemaker:GetSearchSuggestions",
  "sagemaker:RenderUiTemplate",
  "secretsmanager:GetRandomPassword",
  "sqs:ListQueues",
]);

/** On what the right applies to. */
export function added(grants: readonly Grant[], actions: readonly string[]): Grant[] {
  const on = grants.find((grant) => grant.on !== "any")?.on ?? "any";
  const isFree = (action: string): boolean => OF_NO_RESOURCE.has(action);
  const all: Grant[] = [
    { on, actions: actions.filter((action) => !isFree(action)) },
    { on: "any", actions: actions.filter(isFree) },
  ];
  return all.filter((grant) => grant.actions.length > 0);
}

/**
 * Single actions that a spec adds to the right of an endpoint: where they go, and which right they belong to.
 * https://docs.aws.amazon.com/service-authorization/latest/reference/reference_policies_actions-resources-contextkeys.html
 */
import type { Service } from "../../../src/model/enclave";
import { type Grant, POLICY_SERVICES } from "./services";

/** Of services with resources: actions that name none, so that nothing but `*` matches them. Read on 2026-11-27. */
const WITHOUT_RESOURCE: Readonly<Record<string, string>> = {
  bedrock: "GetFoundationModelAvailability GetUseCaseForModelAccess",
  ecr:
    "CreatePullThroughCacheRule DeletePullThroughCacheRule DescribePullThroughCacheRules DescribeRegistry " +
    "GetAccountSetting GetRegistryPolicy GetRegistryScanningConfiguration PutReplicationConfiguration",
  kms: "GenerateRandom ListAliases ListKeys ListRetirableGrants",
  logs:
    "DescribeDestinations DescribeExportTasks DescribeQueries DescribeQueryDefinitions PutQueryDefinition " +
    "StopLiveTail TestMetricFilter",
  s3: "ListAllMyBuckets",
  sagemaker: "GetSearchSuggestions RenderUiTemplate",
  secretsmanager: "GetRandomPassword",
  sqs: "ListQueues",
};

const namesResource = (action: string): boolean => {
  const [service = "", name = ""] = action.split(":");
  return !(WITHOUT_RESOURCE[service] ?? "").split(" ").includes(name);
};

/** The grants with all actions of a spec that are of their service, each where AWS checks it. */
export function withActions(grants: readonly Grant[], actions: readonly string[]): Grant[] {
  const main = grants.find(({ on }) => on !== "any" && on !== "layers") ?? grants[0];
  if (main === undefined || main.on === "layers") return [...grants];
  const own = actions.filter((action) => action.startsWith(`${main.service}:`));
  const [named, free] = [true, false].map((named) => own.filter((one) => namesResource(one) === named));
  const extended = grants.map((grant) =>
    grant === main && named !== undefined && named.length > 0
      ? { ...grant, actions: [...new Set([...grant.actions, ...named])] }
      : grant,
  );
  if (free === undefined || free.length === 0) return extended;
  return [...extended, { on: "any", service: main.service, actions: [...new Set(free)] }];
}

type WithPolicy = keyof typeof POLICY_SERVICES;

const hasPolicy = (service: Service): service is WithPolicy => Object.hasOwn(POLICY_SERVICES, service);

/** As actions of the service begin; undefined where no policy names actions. */
export function actionPrefix(service: Service): string | undefined {
  if (!hasPolicy(service)) return undefined;
  return POLICY_SERVICES[service].write[0]?.[1]?.service;
}

const READS =
  /^(?:Batch)?(?:Get|Query|Select|Filter|Search|Head|Receive|Retrieve|Invoke|Decrypt|Verify|Test)/;
const TELLS = /^(?:Describe|List)/;

/** The right without which an action may not be added: role rules judge by rights. Undefined: either will do. */
export function rightOf(service: Service, action: string): "read" | "write" | undefined {
  if (!hasPolicy(service)) return undefined;
  const { read, write } = POLICY_SERVICES[service];
  const has = (rights: typeof read): boolean =>
    rights.some(([, ...grants]) => grants.some(({ actions }) => actions.includes(action)));
  const name = action.split(":")[1] ?? "";
  if (has(read) || has(write)) return has(read) && has(write) ? undefined : has(read) ? "read" : "write";
  if (READS.test(name) || (service === "object-storage" && TELLS.test(name))) return "read";
  return TELLS.test(name) ? undefined : "write";
}

/**
 * Endpoint policies, always written: the default lets every identity reach every account's resources, which
 * is a way out. A policy is JSON with plain references inside its strings, so that the plan shows it.
 */
import { EXAMPLE_ACCOUNT } from "../../../src/clouds/aws";
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { expr } from "../../shared/expressions";
import { addLocal, type Rendering } from "../../shared/resources";
import { partitionOf, regionOf } from "../data/regions";
import { LAYERS, LOGS, layerBucket } from "../data/services";
import { ACCOUNT, PARTITION } from "./addresses";
import { type EndpointGroup, openGrants, type Use } from "./endpoint-groups";
import { openResources, type Scope, scopesOf } from "./endpoint-resources";
import { ownLogs, policyDocument } from "./naming";

type Statement = Scope & Readonly<Record<"Sid" | "Effect" | "Principal", string>>;

/** JSON, but for the references inside its strings. Pure, so that its size is known before it is rendered. */
function policyOf(plan: NetworkPlan, { aws, uses }: EndpointGroup): string {
  const statements = uses.flatMap((use) => statementsOf(plan, use));
  if (aws === LOGS) statements.push(keepOwnLogs(plan));
  const distinct = new Map(statements.map((one) => [JSON.stringify({ ...one, Sid: "" }), one]));
  return policyDocument(...withOwnSids([...distinct.values()]));
}

/** By the defaults. `open`: endpoints that the Terraform variable may give other resources. */
export function policyLength(plan: NetworkPlan, group: EndpointGroup) {
  let whole = policyOf(plan, group);
  for (const { local, defaults } of group.uses.flatMap(openResources))
    whole = whole.replaceAll(expr(`local.${local}`), () => defaults.join('","'));
  const partition = partitionOf(plan) ?? "aws";
  whole = whole.replaceAll(ACCOUNT, EXAMPLE_ACCOUNT).replaceAll(PARTITION, partition);
  const open = group.uses.flatMap((use) => openGrants(use).map(() => use.endpoint.name));
  return { characters: whole.length, open: [...new Set(open)] };
}

/** Adds the locals that the policy refers to, each once for all policies, and returns its text. */
export function renderPolicy(rendering: Rendering, group: EndpointGroup): string {
  for (const { local, expression } of group.uses.flatMap(openResources))
    if (rendering.scope.node.tryFindChild(`local.${local}`) === undefined)
      addLocal(rendering, local, expression);
  return policyOf(rendering.plan, group);
}

/** Sids take no dash: "a-1" and "a1" come to the same, and AWS refuses a policy in which one stands twice. */
const withOwnSids = (statements: readonly Statement[]): Statement[] =>
  statements.map((one, index) => {
    const earlier = statements.slice(0, index).filter(({ Sid }) => Sid === one.Sid).length;
    return earlier === 0 ? one : { ...one, Sid: `${one.Sid}Again${earlier + 1}` };
  });

const allow = (Sid: string, scope: Scope): Statement => ({ Sid, Effect: "Allow", Principal: "*", ...scope });

function statementsOf(plan: NetworkPlan, use: Use): Statement[] {
  const sid = use.endpoint.name.replaceAll(/(?:^|-+)([^-]?)/g, (_, first: string) => first.toUpperCase());
  if (use.grants.includes(LAYERS)) return [allow(`${sid}Layers`, readLayers(plan))];
  const scopes = use.grants.flatMap((grant) => scopesOf(use, grant));
  const callers = use.endpoint.anonymous ? [ACCOUNT, NOBODY] : ACCOUNT;
  return scopes.map((scope, index) => allow(`${sid}${index + 1}`, ofPrincipals(callers, scope)));
}

/**
 * Read by addresses that the registry signs with an identity of AWS, so that an own principal cannot be asked
 * for; the bucket is AWS's and nothing can be written to it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const readLayers = (plan: NetworkPlan): Scope => ({
  Action: LAYERS.actions,
  Resource: [`arn:${PARTITION}:s3:::${layerBucket(regionOf(plan))}/*`],
});

/**
 * The account of requests that nobody signed.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-principalaccount
 */
const NOBODY = "anonymous";

/** Credentials of another account cannot carry data out through the endpoint. */
function ofPrincipals(callers: string | readonly string[], { Condition, ...scope }: Scope): Scope {
  const StringEquals = { "aws:PrincipalAccount": callers, ...Condition?.["StringEquals"] };
  return { ...scope, Condition: { ...Condition, StringEquals } };
}

/** Against every identity policy: nobody in the enclave writes to, shortens or deletes its own record. */
const keepOwnLogs = (plan: NetworkPlan): Statement => ({
  Sid: "EnclaveLogs",
  Effect: "Deny",
  Principal: "*",
  Action: ["Associate*", "Create*", "Delete*", "Disassociate*", "Put*", "Tag*", "Untag*"].map(
    (action) => `logs:${action}`,
  ),
  Resource: [ownLogs(plan)],
});

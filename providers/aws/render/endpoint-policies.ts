/**
 * Endpoint policies, always written: the default lets every identity reach every account's resources through the endpoint, which
 * is a way out. A policy is a JSON document with plain references inside its strings, so that it can be read before it is applied.
 */

import type { NetworkPlan } from "../../../src/plan/network-plan";
import { addLocal, expr, quoted, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { type Grant, LOGS, layerBucket } from "../data/services";
import { ACCOUNT, PARTITION } from "./addresses";
import type { EndpointGroup, Use } from "./endpoint-groups";
import {
  type Condition,
  defaultResources,
  givenResources,
  namedScopes,
  OWN_RESOURCES,
  openResources,
  type Scope,
  servicePrefix,
} from "./endpoint-resources";
import { logGroupName } from "./naming";

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
export const POLICY_CHARACTERS = 20480;

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Condition;
}

export interface Policy {
  /** JSON, but for the references inside its strings. */
  readonly text: string;
  /** What the references need, by names of locals. */
  readonly locals: ReadonlyMap<string, OpenResources>;
}

/** Resources that the Terraform variable may name. */
interface OpenResources {
  readonly expression: string;
  /** What they are when it names none. */
  readonly defaults: readonly string[];
}

/** Pure, so that its size is known before anything is rendered. */
export function policyOf(plan: NetworkPlan, group: EndpointGroup): Policy {
  const locals = new Map<string, OpenResources>();
  const statements = group.uses.flatMap((use): Statement[] => {
    const sid = sidOf(use.endpoint.name);
    if (use.layers) return [layers(`${sid}Layers`, `arn:${PARTITION}:s3:::${layerBucket(regionOf(plan))}/*`)];
    const scopes = use.grants.flatMap((grant) => scopesOf(locals, use, grant));
    return scopes.map((scope, index) => allow(`${sid}${index + 1}`, scope));
  });
  if (group.aws === LOGS) statements.push(keepOwnLogs(plan));
  const distinct = new Map(statements.map((item) => [JSON.stringify({ ...item, Sid: "" }), item]));
  return {
    text: JSON.stringify({ Version: "2012-10-17", Statement: withOwnSids([...distinct.values()]) }),
    locals,
  };
}

/** Sids take no dash, so that endpoints "a-1" and "a1" come to the same; AWS refuses a policy in which one stands twice. */
function withOwnSids(statements: readonly Statement[]): Statement[] {
  const seen = new Map<string, number>();
  return statements.map((one) => {
    const count = (seen.get(one.Sid) ?? 0) + 1;
    seen.set(one.Sid, count);
    return count === 1 ? one : { ...one, Sid: `${one.Sid}Again${count}` };
  });
}

/**
 * Read by addresses that the registry signs with an identity of AWS, so that an own principal cannot be asked for; the bucket is
 * AWS's and nothing can be written to it. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const layers = (Sid: string, bucket: string): Statement => ({
  Sid,
  Effect: "Allow",
  Principal: "*",
  Action: ["s3:GetObject"],
  Resource: [bucket],
});

/** Adds the locals that the policy refers to, each once for all policies, and returns its text. */
export function renderPolicy(rendering: Rendering, group: EndpointGroup): string {
  const { text, locals } = policyOf(rendering.plan, group);
  for (const [name, { expression }] of locals)
    if (rendering.scope.node.tryFindChild(`local.${name}`) === undefined)
      addLocal(rendering, name, expression);
  return text;
}

const sidOf = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function scopesOf(locals: Map<string, OpenResources>, use: Use, grant: Grant): Scope[] {
  if (grant.on === "any") return [{ actions: grant.actions, resources: ["*"] }];
  const named = use.endpoint.resources.aws ?? [];
  if (named.length > 0) return namedScopes(grant, named);
  const local = `enclave_resources_${use.endpoint.id}_${grant.on.replaceAll("-", "_")}_${servicePrefix(grant).replaceAll("-", "_")}`;
  locals.set(local, { expression: resourcesExpression(use, grant), defaults: defaultResources(grant) });
  return [
    {
      actions: grant.actions,
      resources: [`\${local.${local}}`],
      ...(grant.on === "objects" ? { condition: OWN_RESOURCES } : {}),
    },
  ];
}

/** Everybody who calls is of the own account: credentials of another account cannot carry data out through the endpoint. */
function allow(Sid: string, { actions, resources, condition = {} }: Scope): Statement {
  const Condition = {
    ...condition,
    StringEquals: { "aws:PrincipalAccount": ACCOUNT, ...condition["StringEquals"] },
  };
  return {
    Sid,
    Effect: "Allow",
    Principal: "*",
    Action: [...new Set(actions)],
    Resource: resources,
    Condition,
  };
}

/** Whatever identity policies say: nobody inside the enclave writes to, shortens or deletes the record of what happened in it. */
const keepOwnLogs = (plan: NetworkPlan): Statement => ({
  Sid: "EnclaveLogs",
  Effect: "Deny",
  Principal: "*",
  Action: ["Associate*", "Create*", "Delete*", "Disassociate*", "Put*", "Tag*", "Untag*"].map(
    (action) => `logs:${action}`,
  ),
  Resource: [`arn:${PARTITION}:logs:${regionOf(plan)}:${ACCOUNT}:log-group:${logGroupName(plan, "*")}`],
});

/** The list from the variable when it names any, else what the account holds; joined so that it fits one JSON string. */
function resourcesExpression(use: Use, grant: Grant): string {
  const given = givenResources(use.endpoint);
  const fallback = `[${defaultResources(grant).map(quoted).join(", ")}]`;
  return expr(`join("\\",\\"", length(${given}) > 0 ? ${openResources(grant, given)} : ${fallback})`);
}

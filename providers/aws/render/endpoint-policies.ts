/**
 * Endpoint policies, always written: the default lets every identity reach every account's resources through the endpoint, which
 * is a way out. A policy is a JSON document with plain references inside its strings, so that it can be read before it is applied.
 */
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { addLocal, type Rendering } from "../../shared/rendering";
import { regionOf } from "../data/regions";
import { type Grant, LOGS, layerBucket } from "../data/services";
import { ACCOUNT, PARTITION } from "./addresses";
import type { EndpointGroup, Use } from "./endpoint-groups";
import {
  type Condition,
  defaultResources,
  namedScopes,
  OWN_RESOURCES,
  resourcesExpression,
  type Scope,
  servicePrefix,
} from "./endpoint-resources";
import { logGroupName, policyDocument } from "./naming";

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
export const POLICY_CHARACTERS = 20480;

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition: Condition | undefined;
}

export interface Policy {
  /** JSON, but for the references inside its strings. */
  readonly text: string;
  /** Resources that the Terraform variable may name, by the name of the local that a reference is to. */
  readonly locals: ReadonlyMap<string, OpenResources>;
}

interface OpenResources {
  readonly expression: string;
  /** They stand for it when the variable names none. */
  readonly defaults: readonly string[];
}

/** Pure, so that its size is known before anything is rendered. */
export function policyOf(plan: NetworkPlan, { aws, uses }: EndpointGroup): Policy {
  const statements = uses.flatMap((use) => statementsOf(plan, use));
  if (aws === LOGS) statements.push(keepOwnLogs(plan));
  const distinct = new Map(statements.map((item) => [JSON.stringify({ ...item, Sid: "" }), item]));
  const open = uses.flatMap((use) =>
    use.grants
      .filter((grant) => isOpen(use, grant))
      .map((grant) => [localOf(use, grant), grant, use] as const),
  );
  const locals = open.map(([local, grant, { endpoint }]) => {
    const resources = { expression: resourcesExpression(endpoint, grant), defaults: defaultResources(grant) };
    return [local, resources] as const;
  });
  return { text: policyDocument(...withOwnSids([...distinct.values()])), locals: new Map(locals) };
}

/** Adds the locals that the policy refers to, each once for all policies, and returns its text. */
export function renderPolicy(rendering: Rendering, group: EndpointGroup): string {
  const { text, locals } = policyOf(rendering.plan, group);
  for (const [name, { expression }] of locals)
    if (rendering.scope.node.tryFindChild(`local.${name}`) === undefined)
      addLocal(rendering, name, expression);
  return text;
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

const sidOf = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

const statement = (
  Sid: string,
  Effect: Statement["Effect"],
  { actions, resources, condition }: Scope,
): Statement => ({
  Sid,
  Effect,
  Principal: "*",
  Action: [...new Set(actions)],
  Resource: resources,
  Condition: condition,
});

function statementsOf(plan: NetworkPlan, use: Use): Statement[] {
  const sid = sidOf(use.endpoint.name);
  if (use.layers) return [statement(`${sid}Layers`, "Allow", layers(plan))];
  return use.grants
    .flatMap((grant) => scopesOf(use, grant))
    .map((scope, index) => statement(`${sid}${index + 1}`, "Allow", ofOwnPrincipals(scope)));
}

/**
 * Read by addresses that the registry signs with an identity of AWS, so that an own principal cannot be asked for; the bucket is
 * AWS's and nothing can be written to it. https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const layers = (plan: NetworkPlan): Scope => ({
  actions: ["s3:GetObject"],
  resources: [`arn:${PARTITION}:s3:::${layerBucket(regionOf(plan))}/*`],
});

const isOpen = ({ endpoint }: Use, { on }: Grant): boolean =>
  on !== "any" && (endpoint.resources.aws ?? []).length === 0;

const localOf = ({ endpoint }: Use, grant: Grant): string =>
  ["enclave_resources", endpoint.id, grant.on, servicePrefix(grant)].join("_").replaceAll("-", "_");

function scopesOf(use: Use, grant: Grant): Scope[] {
  const { on, actions } = grant;
  if (on === "any") return [{ actions, resources: ["*"] }];
  if (!isOpen(use, grant)) return namedScopes(grant, use.endpoint.resources.aws ?? []);
  const condition = on === "objects" ? { condition: OWN_RESOURCES } : {};
  return [{ actions, resources: [`\${local.${localOf(use, grant)}}`], ...condition }];
}

/** Everybody who calls is of the own account: credentials of another account cannot carry data out through the endpoint. */
const ofOwnPrincipals = ({ condition, ...scope }: Scope): Scope => ({
  ...scope,
  condition: {
    ...condition,
    StringEquals: { "aws:PrincipalAccount": ACCOUNT, ...condition?.["StringEquals"] },
  },
});

/** Against every identity policy: nobody in the enclave writes to, shortens or deletes the record of what happened in it. */
const keepOwnLogs = (plan: NetworkPlan): Statement =>
  statement("EnclaveLogs", "Deny", {
    actions: ["Associate*", "Create*", "Delete*", "Disassociate*", "Put*", "Tag*", "Untag*"].map(
      (action) => `logs:${action}`,
    ),
    resources: [`arn:${PARTITION}:logs:${regionOf(plan)}:${ACCOUNT}:log-group:${logGroupName(plan, "*")}`],
  });

/**
 * Endpoint policies, always written: the default lets every identity reach every account's resources through
 * the endpoint, which is a way out. A policy is a JSON document with plain references inside its strings, so
 * that it can be read before it is applied.
 */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr } from "../../shared/expressions";
import { addLocal, type Rendering } from "../../shared/resources";
import { partitionOf, regionOf } from "../data/regions";
import { type Grant, LOGS, layerBucket } from "../data/services";
import { ACCOUNT, PARTITION } from "./addresses";
import type { EndpointGroup, Use } from "./endpoint-groups";
import {
  namedScopes,
  type OpenResources,
  OWN_RESOURCES,
  openResources,
  type Scope,
  servicePrefix,
} from "./endpoint-resources";
import { logGroupName, policyDocument } from "./naming";

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
export const POLICY_CHARACTERS = 20480;

interface Statement extends Scope {
  readonly Sid: string;
  readonly Effect: "Allow" | "Deny";
  readonly Principal: "*";
}

interface Policy {
  /** JSON, but for the references inside its strings. */
  readonly text: string;
  /** Resources that the Terraform variable may name, by the name of the local that a reference is to. */
  readonly locals: ReadonlyMap<string, OpenResources>;
}

/** Pure, so that its size is known before anything is rendered. */
function policyOf(plan: NetworkPlan, { aws, uses }: EndpointGroup): Policy {
  const statements = uses.flatMap((use) => statementsOf(plan, use));
  if (aws === LOGS) statements.push(keepOwnLogs(plan));
  const distinct = new Map(statements.map((one) => [JSON.stringify({ ...one, Sid: "" }), one]));
  const locals = new Map<string, OpenResources>();
  for (const { endpoint, grants } of uses)
    for (const grant of grants)
      if (isOpen(endpoint, grant)) locals.set(localOf(endpoint, grant), openResources(endpoint, grant));
  return { text: policyDocument(...withOwnSids([...distinct.values()])), locals };
}

const ACCOUNT_DIGITS = 12;

/**
 * The characters that AWS counts of a policy: with the references inside it replaced by all that the spec
 * names, and by the defaults where it names nothing. `open`: endpoints that the Terraform variable may give
 * other resources, which nobody can count yet.
 */
export function policyLength(plan: NetworkPlan, group: EndpointGroup) {
  const { text, locals } = policyOf(plan, group);
  let whole = text;
  for (const [name, { defaults }] of locals)
    whole = whole.replaceAll(expr(`local.${name}`), () => defaults.join('","'));
  const partition = partitionOf(plan) ?? "aws";
  whole = whole.replaceAll(ACCOUNT, "0".repeat(ACCOUNT_DIGITS)).replaceAll(PARTITION, partition);
  const open = new Set<string>();
  for (const { endpoint, grants } of group.uses)
    if (grants.some((grant) => isOpen(endpoint, grant))) open.add(endpoint.name);
  return { characters: whole.length, open: [...open] };
}

/** Adds the locals that the policy refers to, each once for all policies, and returns its text. */
export function renderPolicy(rendering: Rendering, group: EndpointGroup): string {
  const { text, locals } = policyOf(rendering.plan, group);
  for (const [name, { expression }] of locals)
    if (rendering.scope.node.tryFindChild(`local.${name}`) === undefined)
      addLocal(rendering, name, expression);
  return text;
}

/**
 * Sids take no dash, so that endpoints "a-1" and "a1" come to the same; AWS refuses a policy in which one
 * stands twice.
 */
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

const allow = (Sid: string, scope: Scope): Statement => ({ Sid, Effect: "Allow", Principal: "*", ...scope });

function statementsOf(plan: NetworkPlan, { endpoint, grants, layers }: Use): Statement[] {
  const sid = sidOf(endpoint.name);
  if (layers) return [allow(`${sid}Layers`, readLayers(plan))];
  const scopes = grants.flatMap((grant) => scopesOf(endpoint, grant));
  return scopes.map((scope, index) => allow(`${sid}${index + 1}`, ofOwnPrincipals(scope)));
}

/**
 * Read by addresses that the registry signs with an identity of AWS, so that an own principal cannot be asked
 * for; the bucket is AWS's and nothing can be written to it.
 * https://docs.aws.amazon.com/AmazonECR/latest/userguide/vpc-endpoints.html
 */
const readLayers = (plan: NetworkPlan): Scope => ({
  Action: ["s3:GetObject"],
  Resource: [`arn:${PARTITION}:s3:::${layerBucket(regionOf(plan))}/*`],
});

const isOpen = ({ resources }: Endpoint, { on }: Grant): boolean =>
  on !== "any" && (resources.aws ?? []).length === 0;

const localOf = ({ id }: Endpoint, grant: Grant): string =>
  ["enclave_resources", id, grant.on, servicePrefix(grant)].join("_").replaceAll("-", "_");

function scopesOf(endpoint: Endpoint, grant: Grant): Scope[] {
  const { on, actions: Action } = grant;
  if (on === "any") return [{ Action, Resource: ["*"] }];
  if (!isOpen(endpoint, grant)) return namedScopes(grant, endpoint.resources.aws ?? []);
  const scope = { Action, Resource: [expr(`local.${localOf(endpoint, grant)}`)] };
  return [on === "objects" ? { ...scope, Condition: OWN_RESOURCES } : scope];
}

/**
 * Everybody who calls is of the own account: credentials of another account cannot carry data out through the
 * endpoint.
 */
function ofOwnPrincipals({ Condition, ...scope }: Scope): Scope {
  const StringEquals = { "aws:PrincipalAccount": ACCOUNT, ...Condition?.["StringEquals"] };
  return { ...scope, Condition: { ...Condition, StringEquals } };
}

/**
 * Against every identity policy: nobody in the enclave writes to, shortens or deletes the record of what
 * happened in it.
 */
const keepOwnLogs = (plan: NetworkPlan): Statement => ({
  Sid: "EnclaveLogs",
  Effect: "Deny",
  Principal: "*",
  Action: ["Associate*", "Create*", "Delete*", "Disassociate*", "Put*", "Tag*", "Untag*"].map(
    (action) => `logs:${action}`,
  ),
  Resource: [`arn:${PARTITION}:logs:${regionOf(plan)}:${ACCOUNT}:log-group:${logGroupName(plan, "*")}`],
});

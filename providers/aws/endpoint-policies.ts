/**
 * Endpoint policies, always written: the default lets every identity reach every account's resources through the endpoint, which
 * is a way out. A policy is a JSON document with plain references inside its strings, so that it can be read before it is applied.
 */

import type { NetworkPlan } from "../../src/plan/network-plan";
import { addLocal, expr, quoted, type Rendering } from "../rendering";
import type { EndpointGroup, Use } from "./endpoint-groups";
import { type Grant, layerBucket } from "./managed-services";
import { ACCOUNT, PARTITION } from "./network";
import { regionOf } from "./regions";

/** https://docs.aws.amazon.com/vpc/latest/privatelink/vpc-endpoints-access.html */
export const POLICY_CHARACTERS = 20480;

interface Statement {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: "*";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
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
    return use.grants.map((grant, index) => statement(locals, `${sid}${index + 1}`, use, grant));
  });
  const distinct = new Map(statements.map((item) => [JSON.stringify({ ...item, Sid: "" }), item]));
  return { text: JSON.stringify({ Version: "2012-10-17", Statement: withOwnSids([...distinct.values()]) }), locals };
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
    if (rendering.scope.node.tryFindChild(`local.${name}`) === undefined) addLocal(rendering, name, expression);
  return text;
}

const sidOf = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function statement(locals: Map<string, OpenResources>, sid: string, use: Use, grant: Grant): Statement {
  const named = use.endpoint.resources.aws;
  if (grant.on === "any") return allow(sid, grant.actions, ["*"]);
  if (named !== undefined && named.length > 0)
    return allow(sid, grant.actions, grant.on === "objects" ? named.flatMap((arn) => [arn, `${arn}/*`]) : named);
  const local = `enclave_resources_${use.endpoint.id}_${grant.on.replaceAll("-", "_")}_${servicePrefix(grant).replaceAll("-", "_")}`;
  locals.set(local, { expression: resourcesExpression(use, grant), defaults: defaultResources(grant) });
  const owned: Statement["Condition"] = grant.on === "objects" ? { StringEquals: { "aws:ResourceAccount": ACCOUNT } } : undefined;
  return allow(sid, grant.actions, [`\${local.${local}}`], owned);
}

/** Everybody who calls is of the own account: credentials of another account cannot carry data out through the endpoint. */
function allow(Sid: string, Action: readonly string[], Resource: readonly string[], condition: Statement["Condition"] = {}): Statement {
  const StringEquals = { "aws:PrincipalAccount": ACCOUNT, ...condition["StringEquals"] };
  return { Sid, Effect: "Allow", Principal: "*", Action: [...new Set(Action)], Resource, Condition: { StringEquals } };
}

const servicePrefix = (grant: Grant): string => grant.actions[0]?.split(":")[0] ?? "";

/** The list from the variable when it names any, else what the account holds; joined so that it fits one JSON string. */
function resourcesExpression(use: Use, grant: Grant): string {
  const given = `lookup(var.private_endpoint_resource_ids, ${quoted(use.endpoint.name)}, [])`;
  const list = grant.on === "objects" ? `flatten([for arn in ${given} : [arn, "\${arn}/*"]])` : given;
  const fallback = `[${defaultResources(grant).map(quoted).join(", ")}]`;
  return expr(`join("\\",\\"", length(${given}) > 0 ? ${list} : ${fallback})`);
}

function defaultResources(grant: Grant): string[] {
  const prefix = `arn:${PARTITION}`;
  const owned = `${prefix}:${servicePrefix(grant)}:*:${ACCOUNT}:*`;
  if (grant.on === "objects") return ["*"];
  return grant.on === "foundation-models" ? [`${prefix}:bedrock:*::foundation-model/*`, owned] : [owned];
}

/**
 * Endpoint policies, always written: the default lets every identity reach every account's resources through the endpoint, which
 * is a way out. A policy is a JSON document with plain references inside its strings, so that it can be read before it is applied.
 */
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

export const policyText = (statements: readonly Statement[]): string => JSON.stringify({ Version: "2012-10-17", Statement: statements });

/** Adds the locals that policies refer to, and returns the group's policy. */
export function renderPolicy(rendering: Rendering, group: EndpointGroup): string {
  return policyText(statementsOf(rendering, group));
}

/** Used by policies, so that these need no quotes inside their references. */
export function renderIdentity(rendering: Rendering): void {
  addLocal(rendering, "enclave_account", expr(ACCOUNT));
  addLocal(rendering, "enclave_partition", expr(PARTITION));
}

function statementsOf(rendering: Rendering, group: EndpointGroup): Statement[] {
  const region = regionOf(rendering.plan);
  const statements = group.uses.flatMap((use): Statement[] => {
    const sid = sidOf(use.endpoint.name);
    if (!use.layers) return use.grants.map((grant, index) => statement(rendering, `${sid}${index + 1}`, use, grant));
    return [allow(`${sid}Layers`, ["s3:GetObject"], [`arn:\${local.enclave_partition}:s3:::${layerBucket(region)}/*`])];
  });
  const merged = new Map(statements.map((item) => [JSON.stringify({ ...item, Sid: "" }), item]));
  return [...merged.values()];
}

const sidOf = (name: string): string =>
  name
    .split("-")
    .map((word) => word.charAt(0).toUpperCase() + word.slice(1))
    .join("");

function statement(rendering: Rendering, sid: string, use: Use, grant: Grant): Statement {
  const named = use.endpoint.resources.aws;
  if (grant.on === "any") return allow(sid, grant.actions, ["*"]);
  if (named !== undefined && named.length > 0)
    return allow(sid, grant.actions, grant.on === "objects" ? named.flatMap((arn) => [arn, `${arn}/*`]) : named);
  const local = `enclave_resources_${use.endpoint.id}_${grant.on.replaceAll("-", "_")}_${servicePrefix(grant).replaceAll("-", "_")}`;
  renderResources(rendering, local, use, grant);
  const owned: Statement["Condition"] =
    grant.on === "objects" ? { StringEquals: { "aws:ResourceAccount": "${local.enclave_account}" } } : undefined;
  return allow(sid, grant.actions, [`\${local.${local}}`], owned);
}

/** Everybody who calls is of the own account: credentials of another account cannot carry data out through the endpoint. */
function allow(Sid: string, Action: readonly string[], Resource: readonly string[], condition: Statement["Condition"] = {}): Statement {
  const StringEquals = { "aws:PrincipalAccount": "${local.enclave_account}", ...condition["StringEquals"] };
  return { Sid, Effect: "Allow", Principal: "*", Action: [...new Set(Action)], Resource, Condition: { StringEquals } };
}

const servicePrefix = (grant: Grant): string => grant.actions[0]?.split(":")[0] ?? "";

/** The list from the variable when it names any, else what the account holds; joined so that it fits one JSON string. */
function renderResources(rendering: Rendering, local: string, use: Use, grant: Grant): void {
  if (rendering.scope.node.tryFindChild(`local.${local}`) !== undefined) return;
  const given = `lookup(var.private_endpoint_resource_ids, ${quoted(use.endpoint.name)}, [])`;
  const list = grant.on === "objects" ? `flatten([for arn in ${given} : [arn, "\${arn}/*"]])` : given;
  const fallback = `[${defaultResources(grant).map(quoted).join(", ")}]`;
  addLocal(rendering, local, expr(`join("\\",\\"", length(${given}) > 0 ? ${list} : ${fallback})`));
}

function defaultResources(grant: Grant): string[] {
  const prefix = "arn:${local.enclave_partition}";
  const owned = `${prefix}:${servicePrefix(grant)}:*:\${local.enclave_account}:*`;
  if (grant.on === "objects") return ["*"];
  return grant.on === "foundation-models" ? [`${prefix}:bedrock:*::foundation-model/*`, owned] : [owned];
}

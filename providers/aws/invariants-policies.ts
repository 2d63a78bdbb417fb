/**
 * What endpoint policies let through, read back from the document: nobody of another account, and of each zone behind an endpoint
 * nothing that the spec does not give that very zone. A policy cannot tell zones apart, so that each may do all that it says.
 */
import type { Endpoint, NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, resourcesOf, text } from "../shared/document";
import { unless } from "../shared/invariants";
import { layerBucket, POLICY_SERVICES } from "./data/managed-services";
import { regionOf } from "./data/regions";
import { sharedServiceRegion } from "./data/service-names";

interface Statement {
  readonly Effect?: string;
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<
    Partial<Record<"StringEquals" | "StringLike", Readonly<Record<string, unknown>>>>
  >;
}

export const brokenPolicies = (document: TerraformDocument, plan: NetworkPlan): string[] =>
  [...resourcesOf(document, "aws_vpc_endpoint")]
    // Nobody but its owner stands behind a shared service.
    .filter(([, endpoint]) => sharedServiceRegion(text(endpoint, "service_name")) === undefined)
    .flatMap(([name, endpoint]) => {
      const statements = statementsIn(text(endpoint, "policy"));
      const admitting = statements.filter(({ Effect }) => Effect !== "Deny");
      return [
        ...unless(
          statements.length > 0 && keepsOthersOut(admitting),
          `endpoint ${name} has no policy that keeps other accounts out`,
        ),
        ...unless(
          !text(endpoint, "service_name").endsWith(".logs") ||
            statements.length === 0 ||
            keepsOwnLogs(statements),
          `endpoint ${name} lets the enclave's own logs be changed`,
        ),
        ...zonesBehind(document, plan, name, endpoint).flatMap((zone) =>
          brokenRights(plan, name, zone, admitting),
        ),
      ];
    });

/** None where there is no policy, or none that can be read. */
function statementsIn(policy: string): readonly Statement[] {
  try {
    return (JSON.parse(policy) as { readonly Statement: readonly Statement[] }).Statement;
  } catch {
    return [];
  }
}

/** Each statement asks for an own principal, but for reading image layers out of AWS's bucket. */
const keepsOthersOut = (admitting: readonly Statement[]): boolean =>
  admitting.every(
    ({ Action, Resource, Condition }) =>
      Condition?.StringEquals?.["aws:PrincipalAccount"] !== undefined ||
      (Action.join() === "s3:GetObject" &&
        Resource.every((arn) => /:s3:::prod-[a-z0-9-]+-starport-layer-bucket\/\*$/.test(arn))),
  );

const keepsOwnLogs = (statements: readonly Statement[]): boolean =>
  statements.some(
    ({ Effect, Action, Resource, Condition }) =>
      Effect === "Deny" &&
      Condition === undefined &&
      ["logs:Delete*", "logs:Put*"].every((action) => Action.includes(action)) &&
      Resource.some((arn) => /:log-group:\/aws\/vendedlogs\/enclave\/[^/*]+\/\*$/.test(arn)),
  );

/** By the routes to a gateway, and by the rules that let a zone's group in. */
function zonesBehind(
  document: TerraformDocument,
  plan: NetworkPlan,
  name: string,
  endpoint: Attributes,
): string[] {
  const routed = text(endpoint, "route_table_ids");
  const admitted = [...resourcesOf(document, "aws_vpc_security_group_ingress_rule").values()]
    .filter((rule) => text(rule, "security_group_id") === `\${aws_security_group.${name}.id}`)
    .map((rule) => text(rule, "referenced_security_group_id"))
    .join(" ");
  return plan.zones
    .filter(
      ({ id }) =>
        routed.includes(`aws_route_table.${id}_1.`) || admitted.includes(` aws_security_group.${id}.id`),
    )
    .map((zone) => zone.name);
}

function brokenRights(
  plan: NetworkPlan,
  name: string,
  zone: string,
  admitting: readonly Statement[],
): string[] {
  const used = plan.endpoints.filter(({ consumers }) => consumers.some((consumer) => consumer.zone === zone));
  return admitting.flatMap((statement) =>
    statement.Action.flatMap((action) =>
      statement.Resource.filter(
        (resource) => !used.some((endpoint) => gives(plan, endpoint, { statement, action, resource })),
      ).map(
        (resource) => `endpoint ${name} lets zone "${zone}" ${action} on ${resource}, which nothing gives it`,
      ),
    ),
  );
}

interface Asked {
  readonly statement: Statement;
  readonly action: string;
  readonly resource: string;
}

/** Whether an endpoint of the plan gives its consumers this action on this resource. */
function gives(plan: NetworkPlan, endpoint: Endpoint, { statement, action, resource }: Asked): boolean {
  const { service, access, resources } = endpoint;
  if (
    service === "custom" ||
    service === "vector-search" ||
    service === "relational-db" ||
    access === undefined
  )
    return false;
  if (action === "s3:GetObject" && resource.endsWith(`:s3:::${layerBucket(regionOf(plan))}/*`))
    return service === "container-registry" && access !== "write";
  const { read, write } = POLICY_SERVICES[service];
  const rights = access === "read-write" ? [...read, ...write] : access === "read" ? read : write;
  const grants = rights.flatMap(({ grants: all }) => all).filter(({ actions }) => actions.includes(action));
  return grants.some(({ on }) => {
    if (on === "any") return resource === "*";
    if (isOpen(endpoint))
      return opened(plan, on.replaceAll("-", "_")).some((local) => resource.startsWith(local));
    return (resources.aws ?? []).some((arn) => isOf(arn, { statement, action, resource }));
  });
}

const isOpen = ({ resources }: Endpoint): boolean => (resources.aws ?? []).length === 0;

/** Lists of resources that come by variable: validations of the variable keep them alike where zones share an endpoint. */
const opened = (plan: NetworkPlan, on: string): string[] =>
  plan.endpoints.filter(isOpen).map(({ id }) => `\${local.enclave_resources_${id}_${on}_`);

/** The resource itself, what is in it, and the bucket of a prefix, in which the prefix alone may be listed. */
function isOf(arn: string, { statement, action, resource }: Asked): boolean {
  const { StringEquals, StringLike } = statement.Condition ?? {};
  if (/:::[^/]*[*?]/.test(resource) && StringEquals?.["aws:ResourceAccount"] === undefined) return false;
  const bucket = /^arn:[^:]*:s3:::[^/]*(?=\/)/.exec(arn)?.[0];
  if (resource === bucket) return action !== "s3:ListBucket" || StringLike?.["s3:prefix"] !== undefined;
  const whole = arn.replace(/:\*$|\/$/, "");
  return [arn, whole, `${whole}/*`, `${whole}:*`].includes(resource);
}

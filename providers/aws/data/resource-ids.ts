/**
 * What the Terraform variable `private_endpoint_resource_ids` may say: the ARNs that a spec may name, of whole buckets only, and
 * nothing that gives zones behind one endpoint different rights. It stands in a policy's text, so its form keeps a policy a policy.
 */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { quoted } from "../../shared/rendering";
import { keysAmong, type Validation } from "../../shared/variables";
import { endpointGroups, type Use, usesHeldBy } from "../render/endpoint-groups";
import { type ArnOf, arnsOf, exampleOf } from "./arns";

export function resourceIdRules(plan: NetworkPlan): Validation[] {
  const open = plan.endpoints.flatMap((endpoint): Taker[] => {
    const of = openTo(plan, endpoint);
    return of === undefined ? [] : [{ name: endpoint.name, of }];
  });
  const names = open.map(({ name }) => name);
  const takers =
    names.length === 0 ? "No endpoint of this enclave takes" : `Only ${names.join(", ")} may have`;
  const services = [...new Set(open.map(({ of }) => of.service))];
  return [
    keysAmong(names, `${takers} resource ids by variable: the spec names those of others, or no policy can.`),
    ...services.flatMap((service) => ofForm(open.filter(({ of }) => of.service === service))),
    ...alikeGroups(plan).map(alike),
  ];
}

interface Taker {
  readonly name: string;
  readonly of: ArnOf;
}

/** What an endpoint's resources are held to, where the spec leaves them open. */
const openTo = (plan: NetworkPlan, endpoint: Endpoint): ArnOf | undefined =>
  (endpoint.resources.aws ?? []).length === 0 ? arnsOf(plan, endpoint) : undefined;

const given = (name: string): string => `lookup(var.private_endpoint_resource_ids, ${name}, [])`;
const listed = (names: readonly string[]): string => `[${names.map(quoted).join(", ")}]`;

function ofForm(takers: readonly Taker[]): Validation[] {
  const names = takers.map(({ name }) => name);
  const arns = `flatten([for name in ${listed(names)} : ${given("name")}])`;
  return takers
    .slice(0, 1)
    .map(({ of }) => ({
      condition: `alltrue([for arn in ${arns} : can(regex(${quoted(arnForm(of))}, arn))])`,
      message: `Resource ids of ${names.join(", ")} are ARNs like ${exampleOf(of)}.`,
    }));
}

const RESOURCE = "[A-Za-z0-9_+=,.@:/*?-]+";

/** As `reviewArn` judges an ARN of a spec: the enclave's own partition and region, an account by its number, a bucket by some of its name. */
function arnForm({ service, region, partition = "aws" }: ArnOf): string {
  const own = `${region}:([0-9]{12})?:${RESOURCE}`;
  if (service === "s3") return `^arn:${partition}:s3:::[A-Za-z0-9_.*?-]*[A-Za-z0-9_.-][A-Za-z0-9_.*?-]*$`;
  return service === "bedrock"
    ? `^arn:${partition}:bedrock:(${own}|[a-z0-9-]*::foundation-model/${RESOURCE})$`
    : `^arn:${partition}:${service}:${own}$`;
}

/**
 * Endpoints of the plan that are one endpoint on AWS and not of the same zones: its policy cannot tell zones apart, so that what one
 * of them names would be everybody's, as `aws-endpoint-rights-differ` says of a spec.
 */
function alikeGroups(plan: NetworkPlan): string[][] {
  const groups = endpointGroups(plan).groups.flatMap(({ kind, consumers, uses }) => {
    const namesIn = (some: readonly Use[]): string[] => some.map(({ endpoint }) => endpoint.name);
    const held = new Set(consumers.map((zone) => namesIn(usesHeldBy(zone, uses)).join()));
    const names = namesIn(
      uses.filter(({ endpoint, layers }) => !layers && openTo(plan, endpoint) !== undefined),
    );
    return kind === "interface" && held.size > 1 && names.length > 1 ? [names] : [];
  });
  return [...new Map(groups.map((names) => [names.join(), names])).values()];
}

const alike = (names: readonly string[]): Validation => ({
  condition: `length(distinct([for name in ${listed(names)} : jsonencode(sort(distinct(${given("name")})))])) == 1`,
  message: `${names.join(" and ")} share one endpoint of AWS, whose policy cannot tell zones apart: they take the same resource ids, or none.`,
});

/**
 * Validations of the Terraform variable `private_endpoint_resource_ids`: it takes the ARNs that a spec takes, of whole buckets only,
 * and gives zones behind one endpoint no different rights. Its values stand in the text of a policy, which their form keeps valid.
 */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { quoted, quotedList } from "../../shared/rendering";
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
    ...services.flatMap((service) => requireForm(open.filter(({ of }) => of.service === service))),
    ...sharedEndpoints(plan).map(requireSame),
  ];
}

interface Taker {
  readonly name: string;
  readonly of: ArnOf;
}

/** The terms for the resources of an endpoint, where the spec leaves them open. */
const openTo = (plan: NetworkPlan, endpoint: Endpoint): ArnOf | undefined =>
  (endpoint.resources.aws ?? []).length === 0 ? arnsOf(plan, endpoint) : undefined;

const given = (name: string): string => `lookup(var.private_endpoint_resource_ids, ${name}, [])`;

function requireForm(takers: readonly Taker[]): Validation[] {
  const [first] = takers;
  if (first === undefined) return [];
  const names = takers.map(({ name }) => name);
  const arns = `flatten([for name in ${quotedList(names)} : ${given("name")}])`;
  const condition = `alltrue([for arn in ${arns} : can(regex(${quoted(arnForm(first.of))}, arn))])`;
  return [
    { condition, message: `Resource ids of ${names.join(", ")} are ARNs like ${exampleOf(first.of)}.` },
  ];
}

const RESOURCE = "[A-Za-z0-9_+=,.@:/*?-]+";

/** The form that `reviewArn` asks of a spec: the enclave's own partition and region, an account by its number, a bucket by a part of its name. */
function arnForm({ service, region, partition = "aws" }: ArnOf): string {
  const own = `${region}:([0-9]{12})?:${RESOURCE}`;
  if (service === "s3") return `^arn:${partition}:s3:::[A-Za-z0-9_.*?-]*[A-Za-z0-9_.-][A-Za-z0-9_.*?-]*$`;
  return service === "bedrock"
    ? `^arn:${partition}:bedrock:(${own}|[a-z0-9-]*::foundation-model/${RESOURCE})$`
    : `^arn:${partition}:${service}:${own}$`;
}

/**
 * Endpoints of the plan that are one endpoint on AWS and have different zones. Its policy cannot tell zones apart, so a resource of
 * one of them would be open to all, as `aws-endpoint-rights-differ` says of a spec.
 */
function sharedEndpoints(plan: NetworkPlan): string[][] {
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

const requireSame = (names: readonly string[]): Validation => ({
  condition: `length(distinct([for name in ${quotedList(names)} : jsonencode(sort(distinct(${given("name")})))])) == 1`,
  message: `${names.join(" and ")} share one endpoint of AWS, whose policy cannot tell zones apart: they take the same resource ids, or none.`,
});

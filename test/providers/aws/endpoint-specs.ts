/** Specs of private endpoints, and what the policies of rendered endpoints let through. */
import { bodies } from "./network";
import { render, type Spec } from "./rendered";

type Endpoint = Readonly<Record<string, unknown>>;

export const spec = (privateEndpoints: Readonly<Record<string, Endpoint>>, more: object = {}): Spec => ({
  name: "case",
  region: "us-east-1",
  cidr: "10.20.0.0/16",
  zones: {
    app: { exposure: "private", hosts: 20 },
    jobs: { exposure: "isolated", hosts: 20 },
    idle: { exposure: "isolated", hosts: 20 },
  },
  privateEndpoints,
  ...more,
});

export const one = (service: string, access: string): Spec =>
  spec({ it: { service, from: ["app"], access } });

/** One endpoint that names its resources. */
export const narrowed = (service: string, access: string, ...aws: readonly string[]): Spec =>
  spec({ it: { service, from: ["app"], access, resources: { aws } } });

export const endpointsOf = (of: Spec): Map<string, Readonly<Record<string, unknown>>> =>
  new Map(bodies(render(of).document, "aws_vpc_endpoint"));

export interface Statement {
  readonly Sid: string;
  readonly Principal: string;
  readonly Effect: "Allow" | "Deny";
  readonly Action: readonly string[];
  readonly Resource: readonly string[];
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string | readonly string[]>>>>;
}

/** As written, before Terraform fills in its references: that it can be parsed at all is part of every test. */
export const statementsOf = (of: Spec, name: string): readonly Statement[] =>
  (JSON.parse(String(endpointsOf(of).get(name)?.["policy"])) as { Statement: readonly Statement[] })
    .Statement;

/** A request as AWS judges it: an action on a resource, and what else is known of it. */
export interface Request {
  readonly action: string;
  readonly resource: string;
  readonly context?: Readonly<Record<string, string>>;
}

const OWN = {
  "aws:PrincipalAccount": "${local.enclave_account}",
  "aws:ResourceAccount": "${local.enclave_account}",
};

/**
 * Whether a policy lets a request of the own account through. Resources are of the own account where the request does not say
 * otherwise.
 * https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */
export function admits(
  statements: readonly Statement[],
  { action, resource, context = {} }: Request,
): boolean {
  const known: Readonly<Record<string, string>> = { ...OWN, ...context };
  const applies = ({ Action, Resource, Condition = {} }: Statement): boolean =>
    Action.some((pattern) => matches(pattern, action)) &&
    Resource.some((pattern) => matches(pattern, resource)) &&
    Object.entries(Condition).every(([operator, keys]) =>
      Object.entries(keys).every(([key, wanted]) => {
        const found = known[key];
        const values = [wanted].flat();
        return (
          found !== undefined &&
          values.some((value) => (operator === "StringLike" ? matches(value, found) : value === found))
        );
      }),
    );
  const found = statements.filter(applies).map(({ Effect }) => Effect);
  return found.includes("Allow") && !found.includes("Deny");
}

function matches(pattern: string, value: string): boolean {
  const source = pattern
    .replaceAll(/[.+^${}()|[\]\\]/g, "\\$&")
    .replaceAll("*", ".*")
    .replaceAll("?", ".");
  return new RegExp(`^${source}$`).test(value);
}

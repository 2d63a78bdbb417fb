/**
 * One action on one resource under one condition: what a policy says, and what an endpoint of the spec means.
 */
import type { PrivateEndpoint } from "../../model/enclave";
import type { Statement } from "./policies";
import { OPEN, scopesOf } from "./resources";
import { layerBucket, pullsLayers, usesOf } from "./services";

export interface Permission {
  /** Equal for equal permissions. */
  readonly key: string;
  readonly action: string;
  readonly on: string;
}

type Condition = Statement["Condition"];

function permission(action: string, on: string, condition: Condition = {}): Permission {
  const tests = Object.entries(condition).flatMap(([test, values]) =>
    Object.entries(values).map(([key, value]) => `${test} ${key} ${JSON.stringify([value].flat())}`),
  );
  return { key: [action, on, ...tests.sort()].join(" "), action, on };
}

/** A local that the variable can narrow stands for what it means, whichever endpoint it is of. */
const meaning = (resource: string): string => {
  const local = /^\$\{local\.enclave_resources_\w+\}$/.test(resource);
  return local
    ? `${OPEN}${/_(account|foundation_models|objects|log_groups)_[a-z0-9_]+\}$/.exec(resource)?.[1]}`
    : resource;
};

export function permissionsIn(statements: readonly Statement[]): ReadonlyMap<string, Permission> {
  const all = statements
    .filter(({ Effect }) => Effect !== "Deny")
    .flatMap(({ Action, Resource, Condition }) =>
      Action.flatMap((action) =>
        Resource.map((resource) => permission(action, meaning(resource), Condition)),
      ),
    );
  return new Map(all.map((each) => [each.key, each]));
}

const OWN = "${local.enclave_account}";

/** Requests that nobody signed are of an account of this name. */
const callersOf = ({ anonymous }: PrivateEndpoint) => ({
  "aws:PrincipalAccount": anonymous ? [OWN, "anonymous"] : OWN,
});

/** Permissions that an endpoint of the spec gives at one endpoint service. */
export function permissionsFor(endpoint: PrivateEndpoint, service: string, region: string): Permission[] {
  const given = usesOf(endpoint)
    .filter(({ name }) => name === service)
    .flatMap(({ grants }) => grants)
    .flatMap((grant) => scopesOf(grant, endpoint.resources.aws ?? []))
    .flatMap(({ actions, resources, condition }) =>
      actions.flatMap((action) =>
        resources.map((resource) =>
          permission(action, resource, {
            ...condition,
            StringEquals: { ...callersOf(endpoint), ...condition?.["StringEquals"] },
          }),
        ),
      ),
    );
  const layers = `arn:\${local.enclave_partition}:s3:::${layerBucket(region)}/*`;
  return service === "s3" && pullsLayers(endpoint) ? [...given, permission("s3:GetObject", layers)] : given;
}

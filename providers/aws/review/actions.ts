/** Single actions that a spec adds to the rights of an endpoint: which can be added, and a note of all. */
import type { Diagnostic } from "../../../src/diagnostics/diagnostic";
import { error, info } from "../../../src/diagnostics/make";
import type { Endpoint } from "../../../src/plan/network-plan";
import { actionPrefix, rightOf } from "../data/actions";
import { isPartOfBucket, reachesWholeBucket } from "../render/endpoint-resources";

export function* reviewActions(endpoint: Endpoint): Iterable<Diagnostic> {
  const { name, path, access } = endpoint;
  const actions = endpoint.actions.aws ?? [];
  if (actions.length === 0 || access === undefined) return;
  for (const [index, action] of actions.entries())
    yield* reviewAction(endpoint, action, `${path}.actions.aws[${index}]`);
  const summary = `"${name}" lets ${actions.join(", ")} through beside access: ${access}`;
  const detail =
    "The policy of the endpoint has these actions because the spec names them. Identity policies still have to grant.";
  yield info("aws-actions-added", `${path}.actions.aws`, summary, detail, { facts: { actions } });
}

function* reviewAction(endpoint: Endpoint, action: string, path: string): Iterable<Diagnostic> {
  const { name, service, access } = endpoint;
  const prefix = actionPrefix(service);
  if (prefix === undefined || !action.startsWith(`${prefix}:`)) {
    const summary = `"${action}" is no action of ${service}`;
    const detail = `The actions of ${service} begin with ${prefix ?? "nothing"}:. Another service has an endpoint of its own.`;
    yield error("aws-action", path, summary, detail, { facts: { service, prefix: prefix ?? "" } });
    return;
  }
  const right = rightOf(service, action);
  if (right !== undefined && access !== right && access !== "read-write") {
    const summary = `"${action}" needs access: ${right} on "${name}"`;
    const detail =
      `"${name}" has access: ${access}, and role rules judge it by that. An action that ${right}s would go around ` +
      "them. Give the endpoint the right, or leave the action out.";
    yield error("aws-action-right", path, summary, detail, { facts: { right, access: access ?? "" } });
  }
  const part = (endpoint.resources.aws ?? []).find(isPartOfBucket);
  if (service !== "object-storage" || part === undefined || !reachesWholeBucket(action)) return;
  const summary = `"${action}" reaches beyond a part of a bucket`;
  const detail = `"${part}" is a part of a bucket, and AWS checks this action on the whole. Name the bucket, or leave the action out.`;
  yield error("aws-action", path, summary, detail, { facts: { service, part } });
}

/** A pattern would admit unsigned reads of whatever is called so one day, and none of another account's buckets. */
export function* reviewAnonymous({ name, path, anonymous, resources }: Endpoint): Iterable<Diagnostic> {
  const arns = resources.aws ?? [];
  const isNamed = arns.length > 0 && !arns.some((arn) => /[*?]/.test(arn));
  if (!anonymous || isNamed) return;
  const summary = `"${name}" does not say whose buckets may be read unsigned`;
  const detail =
    "Unsigned reads pass to buckets that stand in resources.aws by their whole names, and to no others.";
  yield error("aws-anonymous", `${path}.anonymous`, summary, detail);
}

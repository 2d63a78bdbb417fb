/** How long an endpoint policy will be: the references inside it are no part of what AWS counts, but what they stand for is. */
import type { NetworkPlan } from "../../../src/plan/network-plan";
import { partitionOf } from "../data/regions";
import { ACCOUNT, PARTITION } from "../render/addresses";
import type { EndpointGroup } from "../render/endpoint-groups";
import { policyOf } from "../render/endpoint-policies";

const ACCOUNT_DIGITS = 12;

export interface PolicyLength {
  /** With every resource that the spec names, and the defaults where it names none. */
  readonly characters: number;
  /** Endpoints that the Terraform variable may give other resources, which nobody can count yet. */
  readonly open: readonly string[];
}

export function policyLength(plan: NetworkPlan, group: EndpointGroup): PolicyLength {
  const { text, locals } = policyOf(plan, group);
  let whole = text;
  for (const [name, { defaults }] of locals)
    whole = whole.replaceAll(`\${local.${name}}`, () => defaults.join('","'));
  whole = whole
    .replaceAll(ACCOUNT, "0".repeat(ACCOUNT_DIGITS))
    .replaceAll(PARTITION, partitionOf(plan) ?? "aws");
  const open = group.uses.filter(
    ({ endpoint, layers }) => !layers && (endpoint.resources.aws ?? []).length === 0,
  );
  return {
    characters: whole.length,
    open: locals.size === 0 ? [] : [...new Set(open.map(({ endpoint }) => endpoint.name))],
  };
}

/** Variables as the plan wants them, on every cloud. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import type { Attributes } from "./document";
import { expr } from "./rendering";
import type { Statement } from "./statements";
import type { Validation } from "./variables";

/** What a variable says while nobody sets it, and what ids it refuses. */
export function plannedVariables(
  plan: NetworkPlan,
  zoneNames: readonly string[] = [],
  ids: readonly Validation[] = [],
): Statement[] {
  const defaults = {
    quarantine: plan.quarantine,
    availability_zones: zoneNames,
    tags: plan.tags,
    log_retention_days: plan.retentionDays,
    private_endpoint_resource_ids: {},
    deletion_protection: true,
  };
  const refusals = ids.map(({ condition, message }) => ({
    condition: expr(condition),
    error_message: message,
  }));
  return Object.entries(defaults).map(([name, value]) => [
    `variable.${name}`,
    {
      default: value,
      nullable: false,
      ...(name === "private_endpoint_resource_ids" ? { validation: refusals } : {}),
    },
  ]);
}

export const variablesIn = (document: TerraformDocument): Statement[] =>
  Object.entries((document["variable"] ?? {}) as Record<string, Attributes>).map(([name, body]) => [
    `variable.${name}`,
    body,
  ]);

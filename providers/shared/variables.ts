/** The variables of the contract, the same on every cloud, all with defaults that come from the spec. */
import { TerraformVariable, type TerraformVariableConfig } from "cdktf";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { quoted, type Rendering } from "./rendering";

/** What each cloud does with a variable whose meaning differs between clouds; the rest is the same text everywhere. */
export interface VariableTexts {
  readonly availability_zones: string;
  readonly private_endpoint_resource_ids: string;
  readonly deletion_protection: string;
}

/** An expression that has to be true of a variable, which before Terraform 1.9 may name that variable only. */
export interface Validation {
  readonly condition: string;
  readonly message: string;
}

interface Variable extends TerraformVariableConfig {
  readonly valid?: readonly Validation[];
}

/** Endpoints that `private_endpoint_resource_ids` may name. */
export const keysAmong = (names: readonly string[], message: string): Validation => ({
  condition: `length(setsubtract(keys(var.private_endpoint_resource_ids), [${names.map(quoted).join(", ")}])) == 0`,
  message,
});

/**
 * `zoneNames` are the default availability zones, as many as the plan has slots; `ids` is what a cloud demands of resource ids that
 * come by variable.
 */
export function addVariables(
  { scope, plan }: Rendering,
  zoneNames: readonly string[],
  texts: VariableTexts,
  ids: readonly Validation[] = [
    keysAmong(
      plan.endpoints.map(({ name }) => name),
      "Each key must be a private endpoint of the enclave.",
    ),
  ],
): void {
  for (const [name, variable] of Object.entries(variablesOf(plan, zoneNames, texts, ids))) {
    const { valid = [], default: value, ...config } = variable;
    const element = new TerraformVariable(scope, `var.${name}`, { ...config, nullable: false });
    element.overrideLogicalId(name);
    // As an override: cdktf writes the keys of a default in snake case, and keys of tags are the user's.
    element.addOverride("default", value);
    for (const rule of valid)
      element.addValidation({ condition: `\${${rule.condition}}`, errorMessage: rule.message });
  }
}

function variablesOf(
  plan: NetworkPlan,
  zoneNames: readonly string[],
  texts: VariableTexts,
  ids: readonly Validation[],
): Record<string, Variable> {
  const zones = plan.zones.map((zone) => zone.name);
  return {
    quarantine: {
      type: "list(string)",
      default: plan.quarantine,
      description:
        "Zones to cut off: every flow, endpoint and way out of theirs is denied at once, in place.",
      valid: [
        {
          condition: `length(setsubtract(var.quarantine, [${zones.map(quoted).join(", ")}])) == 0`,
          message: `Each name must be a zone of the enclave: ${zones.join(", ")}.`,
        },
      ],
    },
    availability_zones: {
      type: "list(string)",
      default: zoneNames,
      description: texts.availability_zones,
      valid: [
        {
          condition: `length(distinct(var.availability_zones)) == ${plan.availabilityZones} && length(var.availability_zones) == ${plan.availabilityZones}`,
          message: `Exactly ${plan.availabilityZones} different names are needed; the number of availability zones is the spec's to change.`,
        },
      ],
    },
    tags: {
      type: "map(string)",
      default: plan.tags,
      description: "Tags or labels of every resource that takes them.",
    },
    log_retention_days: {
      type: "number",
      default: plan.retentionDays,
      description: "Days to keep logs, at least; the next larger period that the cloud takes is used.",
      valid: [
        {
          condition: "var.log_retention_days >= 1 && floor(var.log_retention_days) == var.log_retention_days",
          message: "A whole number of days, 1 or more.",
        },
      ],
    },
    private_endpoint_resource_ids: {
      type: "map(list(string))",
      default: {},
      description: texts.private_endpoint_resource_ids,
      valid: ids,
    },
    deletion_protection: { type: "bool", default: true, description: texts.deletion_protection },
  };
}

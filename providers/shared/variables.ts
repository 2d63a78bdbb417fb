/** The variables of the contract, the same on every cloud, all with defaults that come from the spec. */
import { TerraformVariable, type TerraformVariableConfig } from "cdktf";
import type { Cloud } from "../../src/clouds/cloud";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr, quotedList } from "./expressions";
import { zoneNamesFor } from "./regions";
import type { Rendering } from "./resources";

/** Descriptions of the variables that mean something else on each cloud. */
type Texts = Readonly<
  Record<"availability_zones" | "private_endpoint_resource_ids" | "deletion_protection", string>
>;

/** A condition on a variable, which before Terraform 1.9 may name that variable only. */
export interface Validation {
  readonly condition: string;
  readonly message: string;
}

interface Variable extends TerraformVariableConfig {
  readonly valid?: readonly Validation[];
}

/** Endpoints that `private_endpoint_resource_ids` may name. */
export const keysAmong = (names: readonly string[], message: string): Validation => ({
  condition: `length(setsubtract(keys(var.private_endpoint_resource_ids), ${quotedList(names)})) == 0`,
  message,
});

/** `ids`: demands on resource ids that come by variable. */
export function addVariables(rendering: Rendering, cloud: Cloud, texts: Texts, ids?: Validation[]): void {
  for (const [name, variable] of Object.entries(variablesOf(rendering.plan, cloud, texts, ids))) {
    const { valid = [], default: value, ...config } = variable;
    const element = new TerraformVariable(rendering.scope, `var.${name}`, { ...config, nullable: false });
    element.overrideLogicalId(name);
    // As an override: cdktf writes the keys of a default in snake case, and keys of tags are the user's.
    element.addOverride("default", value);
    for (const { condition, message } of valid)
      element.addValidation({ condition: expr(condition), errorMessage: message });
  }
}

type Variables = Readonly<Record<string, Variable>>;

function variablesOf(plan: NetworkPlan, cloud: Cloud, texts: Texts, ids?: Validation[]): Variables {
  const count = plan.availabilityZones;
  const zones = plan.zones.map(({ name }) => name);
  const endpoints = plan.endpoints.map(({ name }) => name);
  const isZone = {
    condition: `length(setsubtract(var.quarantine, ${quotedList(zones)})) == 0`,
    message: `Each name must be a zone of the enclave: ${zones.join(", ")}.`,
  };
  const isComplete = {
    condition: `length(distinct(var.availability_zones)) == ${count} && length(var.availability_zones) == ${count}`,
    message: `Exactly ${count} different names are needed; the number of availability zones is the spec's to change.`,
  };
  const isDays = {
    condition: "var.log_retention_days >= 1 && floor(var.log_retention_days) == var.log_retention_days",
    message: "A whole number of days, 1 or more.",
  };
  return {
    quarantine: {
      type: "list(string)",
      default: plan.quarantine,
      description:
        "Zones to cut off: every flow, endpoint and way out of theirs is denied at once, in place.",
      valid: [isZone],
    },
    availability_zones: {
      type: "list(string)",
      default: zoneNamesFor(plan, cloud) ?? [],
      description: texts.availability_zones,
      valid: [isComplete],
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
      valid: [isDays],
    },
    private_endpoint_resource_ids: {
      type: "map(list(string))",
      default: {},
      description: texts.private_endpoint_resource_ids,
      valid: ids ?? [keysAmong(endpoints, "Each key must be a private endpoint of the enclave.")],
    },
    deletion_protection: { type: "bool", default: true, description: texts.deletion_protection },
  };
}

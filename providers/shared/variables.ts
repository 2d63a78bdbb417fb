/** The variables of the contract, the same on every cloud, all with defaults that come from the spec. */
import {
  TerraformVariable,
  type TerraformVariableConfig,
  type TerraformVariableValidationConfig,
} from "cdktf";
import type { Cloud } from "../../src/clouds/cloud";
import type { CloudFacts } from "../../src/clouds/cloud-facts";
import { CLOUD_FACTS } from "../../src/clouds/clouds";
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr, quotedList } from "./expressions";
import { zoneNamesFor } from "./regions";
import type { Rendering } from "./resources";

/** Descriptions of the variables that mean something else on each cloud. */
type Texts = Readonly<
  Record<"availability_zones" | "private_endpoint_resource_ids" | "deletion_protection", string>
>;

export type Validation = TerraformVariableValidationConfig;

/** A condition on a variable, which before Terraform 1.9 may name that variable only. */
export const valid = (condition: string, errorMessage: string): Validation => {
  return { condition: expr(condition), errorMessage };
};

const allAmong = (given: string, names: readonly string[], errorMessage: string): Validation =>
  valid(`length(setsubtract(${given}, ${quotedList(names)})) == 0`, errorMessage);

/** Endpoints that `private_endpoint_resource_ids` may name. */
export const keysAmong = (names: readonly string[], errorMessage: string): Validation =>
  allAmong("keys(var.private_endpoint_resource_ids)", names, errorMessage);

/** `ids`: demands on resource ids that come by variable. */
export function addVariables(rendering: Rendering, cloud: Cloud, texts: Texts, ids: Validation[]): void {
  for (const [name, variable] of Object.entries(variablesOf(rendering.plan, cloud, texts, ids))) {
    const { default: value, ...config } = variable;
    const element = new TerraformVariable(rendering.scope, `var.${name}`, { ...config, nullable: false });
    element.overrideLogicalId(name);
    // As an override: cdktf writes the keys of a default in snake case, and keys of tags are the user's.
    element.addOverride("default", value);
  }
}

/** The longest period for which the cloud keeps logs; undefined where there is none. */
export function mostDays(logging: NetworkPlan["logging"], cloud: Cloud): CloudFacts["retention"]["most"] {
  const { most } = CLOUD_FACTS[cloud].retention;
  const isForeign = most?.unless !== undefined && Object.hasOwn(logging[cloud], most.unless);
  return isForeign ? undefined : most;
}

type Variables = Readonly<Record<string, TerraformVariableConfig>>;

function variablesOf(plan: NetworkPlan, cloud: Cloud, texts: Texts, ids: Validation[]): Variables {
  const count = plan.availabilityZones;
  const zones = plan.zones.map(({ name }) => name);
  const zoneNames = `Each name must be a zone of the enclave: ${zones.join(", ")}.`;
  const isComplete = valid(
    `length(distinct(var.availability_zones)) == ${count} && length(var.availability_zones) == ${count}`,
    `Exactly ${count} different names are needed; the number of availability zones is the spec's to change.`,
  );
  const isWhole = "var.log_retention_days >= 1 && floor(var.log_retention_days) == var.log_retention_days";
  const most = mostDays(plan.logging, cloud);
  return {
    quarantine: {
      type: "list(string)",
      default: plan.quarantine,
      description:
        "Zones to cut off: new connections of every flow, endpoint and way out of theirs are denied, in place.",
      validation: [allAmong("var.quarantine", zones, zoneNames)],
    },
    availability_zones: {
      type: "list(string)",
      default: zoneNamesFor(plan, cloud) ?? [],
      description: texts.availability_zones,
      validation: [isComplete],
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
      validation: [
        valid(isWhole, "A whole number of days, 1 or more."),
        ...(most === undefined ? [] : [valid(`var.log_retention_days <= ${most.days}`, most.why)]),
      ],
    },
    private_endpoint_resource_ids: {
      type: "map(list(string))",
      default: {},
      description: texts.private_endpoint_resource_ids,
      validation: ids,
    },
    deletion_protection: { type: "bool", default: true, description: texts.deletion_protection },
  };
}

/** Variables of the document: the same on every cloud, begun as the spec says, and held to what it knows. */
import { type Fault, unless } from "../replay/fault";
import { variablesOf } from "../terraform/document";
import { same } from "./places";
import { type Asked, type EnclavePromise, promise } from "./promise";

/** By name, with the type of each. */
const VARIABLES: Readonly<Record<string, string>> = {
  availability_zones: "list(string)",
  deletion_protection: "bool",
  log_retention_days: "number",
  private_endpoint_resource_ids: "map(list(string))",
  quarantine: "list(string)",
  tags: "map(string)",
};

function begins({ enclave, document }: Asked): Fault[] {
  const variables = variablesOf(document);
  const wanted: Readonly<Record<string, unknown>> = {
    quarantine: enclave.quarantine,
    deletion_protection: true,
    log_retention_days: enclave.retentionDays,
    private_endpoint_resource_ids: {},
  };
  const tags = Object.entries((variables.get("tags")?.default ?? {}) as object).sort();
  return [
    ...same(tags, Object.entries(enclave.tags).sort(), "variable.tags"),
    ...Object.entries(wanted).flatMap(([name, value]) =>
      same(variables.get(name)?.default, value, `variable.${name}`),
    ),
  ];
}

/** The values that a variable may have, where all clouds ask the same of it. */
function held({ enclave, document, read }: Asked): Fault[] {
  const variables = variablesOf(document);
  const zones = enclave.zones.map(({ name }) => `"${name}"`).join(", ");
  const slots = enclave.availabilityZones;
  const conditions: Readonly<Record<string, string>> = {
    quarantine: `\${length(setsubtract(var.quarantine, [${zones}])) == 0}`,
    availability_zones:
      `\${length(distinct(var.availability_zones)) == ${slots} && length(var.availability_zones) == ` +
      `${slots}}`,
    log_retention_days:
      "${var.log_retention_days >= 1 && floor(var.log_retention_days) == var.log_retention_days}",
  };
  return [
    ...Object.entries(VARIABLES).flatMap(([name, type]) => {
      const variable = variables.get(name);
      const fits = variable === undefined || (variable.type === type && variable.nullable === false);
      return unless(fits, `variable.${name}`, `it takes null, or is no ${type}`);
    }),
    ...Object.entries(conditions).flatMap(([name, condition]) =>
      unless(
        variables.get(name)?.conditions.includes(condition) === true,
        `variable.${name}`,
        `it is not held to ${condition}`,
      ),
    ),
    ...read.unheldVariables(enclave.privateEndpoints),
  ];
}

export const VARIABLE_PROMISES: readonly EnclavePromise[] = [
  promise("there are the same variables on every cloud, all with defaults", ({ document }) => {
    const variables = variablesOf(document);
    return [
      ...same([...variables.keys()].sort(), Object.keys(VARIABLES).sort(), "variable"),
      ...[...variables].flatMap(([name, { hasDefault }]) =>
        unless(hasDefault, `variable.${name}`, "it has no default"),
      ),
    ];
  }),
  promise("the variables begin with what the spec says", begins),
  promise("the variables take what the spec knows, and nothing else", held),
  promise("there are as many availability zones as the spec asks for, all different", (asked) => {
    const found = variablesOf(asked.document).get("availability_zones")?.default;
    const given = asked.enclave.zoneNames[asked.cloud];
    return [
      ...same(
        new Set(found as string[]).size,
        asked.enclave.availabilityZones,
        "variable.availability_zones",
      ),
      ...(given === undefined ? [] : same(found, given, "variable.availability_zones")),
    ];
  }),
];

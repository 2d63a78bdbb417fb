/**
 * Azure: what variables may not be, because a resource would be another than the spec asks for, or none that
 * there is.
 */
import type { PrivateEndpoint } from "../../model/enclave";
import { type Fault, unless } from "../replay/fault";
import {
  type Attributes,
  blocks,
  mentions,
  nested,
  resourcesOf,
  type TerraformDocument,
  text,
  variablesOf,
} from "../terraform/document";
import { ENDPOINT, SERVICE } from "./instances";
import { typesOf } from "./targets";

const IDS = "private_endpoint_resource_ids";

/** A third of 50 members, because a resource has up to three addresses. */
const FEW = `\${alltrue([for ids in values(var.${IDS}) : length(ids) <= 16])}`;

const DAYS = "${var.log_retention_days <= 730}";

const conditionsOf = (body: Attributes | undefined): string[] =>
  blocks(nested(body, "lifecycle"), "precondition").map((each) => text(each, "condition"));

const FIREWALL = "azurerm_firewall";

/** By type, of each resource; of a firewall where it takes zones by name. */
const CONDITIONS: Readonly<Record<string, string>> = {
  [FIREWALL]: '${length(setsubtract(var.availability_zones, ["1", "2", "3"])) == 0}',
};

export function unheldVariables(document: TerraformDocument, endpoints: readonly PrivateEndpoint[]): Fault[] {
  const names = endpoints.map(({ name }) => `"${name}"`).join(", ");
  const keys = `\${length(setsubtract(keys(var.${IDS}), [${names}])) == 0}`;
  const open = endpoints.filter(({ resources }) => (resources.azure ?? []).length === 0);
  const zones = variablesOf(document).get("availability_zones")?.default;
  const isNamed = [...resourcesOf(document, FIREWALL).values()].some(
    (firewall) => firewall["zones"] !== undefined,
  );
  return [
    ...unless(
      !isNamed || (Array.isArray(zones) && zones.every((zone) => ["1", "2", "3"].includes(zone as string))),
      "variable.availability_zones",
      "Azure calls its zones 1, 2 and 3",
    ),
    ...unheldDays(document),
    ...unless(
      variablesOf(document).get(IDS)?.conditions.includes(keys) === true,
      `variable.${IDS}`,
      "it takes keys of no endpoint",
    ),
    ...unless(
      variablesOf(document).get(IDS)?.conditions.includes(FEW) === true,
      `variable.${IDS}`,
      "it takes more ids than a group of rules has members",
    ),
    ...Object.entries(CONDITIONS).flatMap(([type, condition]) =>
      [...resourcesOf(document, type)].flatMap(([name, body]) =>
        unless(
          conditionsOf(body).includes(condition) || (type === FIREWALL && !isNamed),
          `${type}.${name}`,
          `it is not held to ${condition}`,
        ),
      ),
    ),
    ...open.flatMap((endpoint) => unheldIds(document, endpoint)),
  ];
}

function unheldDays(document: TerraformDocument): Fault[] {
  const isHeld = variablesOf(document).get("log_retention_days")?.conditions.includes(DAYS) === true;
  const hasOwn = resourcesOf(document, "azurerm_log_analytics_workspace").size > 0;
  return unless(
    isHeld || !hasOwn,
    "variable.log_retention_days",
    "it takes more days than a workspace keeps",
  );
}

/** Ids are of a type that the service has, and no other endpoint has them. */
const unheldIds = (document: TerraformDocument, endpoint: PrivateEndpoint): Fault[] =>
  [ENDPOINT, SERVICE].flatMap((type) =>
    [...resourcesOf(document, type)].flatMap(([name, body]) => {
      if (!mentions(body["for_each"], `var.${IDS}, \\"${endpoint.name}\\"`)) return [];
      const conditions = conditionsOf(body).map((each) => each.toLowerCase().replaceAll("[.]", "."));
      const isOfType = conditions.some(
        (each) =>
          /^\$\{can\(regex\(.*, each\.value\)\)\}$/.test(each) &&
          typesOf(endpoint).every((one) => each.includes(one)),
      );
      const isFree = conditions.some((each) => /^\$\{!contains\(concat\(.*\), each\.key\)\}$/.test(each));
      return unless(
        isOfType && isFree,
        `${type}.${name}`,
        "it takes ids of other types, or of other endpoints",
      );
    }),
  );

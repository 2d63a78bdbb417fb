/** Security groups read back from the rendered document. */
import type { NetworkPlan, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/plan/provider";
import { type Attributes, blocks, resourcesOf, text, texts } from "../shared/document";
import { differing, printerFrom, unless } from "../shared/invariants";
import { foundPermit, plannedPermits, type Said } from "./invariants-contents";
import { brokenAssociations } from "./invariants-routes";

const DIRECTIONS = ["Inbound", "Outbound"] as const;

export function brokenRules(document: TerraformDocument, plan: NetworkPlan): string[] {
  return [
    ...brokenAssociations(document, plan, "azurerm_network_security_group", "security group"),
    ...[...resourcesOf(document, "azurerm_network_security_group")].flatMap(([name, group]) => [
      ...brokenGroup(name, rulesOf(group)),
      ...plan.zones
        .filter((zone) => zone.id === name)
        .flatMap((zone) => brokenQuarantine(zone, rulesOf(group))),
    ]),
    ...brokenPermits(document, plan),
  ];
}

/** Exactly the planned permits, and each says what is planned. */
function brokenPermits(document: TerraformDocument, plan: NetworkPlan): string[] {
  const first =
    texts(resourcesOf(document, "azurerm_subnet").get(`${plan.zones[0]?.id}_1`), "address_prefixes")[0] ?? "";
  const planned = plannedPermits(plan, printerFrom(plan, first));
  const found = [...resourcesOf(document, "azurerm_network_security_group")].flatMap(([group, body]) =>
    rulesOf(body)
      .filter((rule) => !denies(rule))
      .map(
        (rule) => [`${group} ${text(rule, "direction")} ${text(rule, "name")}`, foundPermit(rule)] as const,
      ),
  );
  return [
    ...differing(
      found.map(([key]) => key),
      new Set(planned.keys()),
      (key) => `rule ${key}`,
    ),
    ...found.flatMap(([key, said]) => {
      const wanted = planned.get(key) ?? said;
      const parts = (Object.keys(said) as (keyof Said)[]).filter((part) => said[part] !== wanted[part]);
      return parts.map((part) => `rule ${key} has other ${part} than planned`);
    }),
  ];
}

const rulesOf = (group: Attributes): Attributes[] => blocks(group, "security_rule");
const denies = (rule: Attributes): boolean => rule["access"] === "Deny";

function brokenGroup(name: string, rules: readonly Attributes[]): string[] {
  return [
    ...unless(
      new Set(rules.map((rule) => rule["name"])).size === rules.length,
      `group ${name} has two rules of one name`,
    ),
    ...DIRECTIONS.flatMap((direction) => {
      const own = rules.filter((rule) => rule["direction"] === direction);
      const last = own.find((rule) => rule["priority"] === 4096);
      const closed =
        last !== undefined &&
        denies(last) &&
        ["protocol", "source_address_prefix", "destination_address_prefix", "destination_port_range"].every(
          (field) => last[field] === "*",
        );
      return [
        ...unless(closed, `group ${name} does not deny ${direction.toLowerCase()} what nothing permits`),
        ...unless(
          new Set(own.map((rule) => rule["priority"])).size === own.length,
          `group ${name} has two ${direction.toLowerCase()} rules of one priority`,
        ),
      ];
    }),
  ];
}

/** Before every permit, a denial of everything that begins when the zone is cut off. */
function brokenQuarantine(zone: PlannedZone, rules: readonly Attributes[]): string[] {
  return DIRECTIONS.flatMap((direction) => {
    const own = rules.filter((rule) => rule["direction"] === direction);
    const first = Math.min(...own.filter((rule) => !denies(rule)).map((rule) => Number(rule["priority"])));
    const cuts = own.some(
      (rule) =>
        denies(rule) &&
        Number(rule["priority"]) < first &&
        ["protocol", "destination_address_prefix", "destination_port_range"].every(
          (field) => rule[field] === "*",
        ) &&
        text(rule, "source_address_prefix").startsWith(
          `\${contains(var.quarantine, "${zone.name}") ? "*" : `,
        ),
    );
    return unless(cuts, `group ${zone.id} is not cut off ${direction.toLowerCase()} in quarantine`);
  });
}

/** Security groups read back from the rendered document. */
import { NOT_INTERNET, overlaps, parseCidr, RFC1918 } from "../../src/net/cidr";
import type { NetworkPlan, PlannedZone } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { type Attributes, blocks, resourcesOf, text, texts } from "../document";
import { differing, unless } from "../invariants";
import { guardedSubnets } from "./invariants-routes";

const DIRECTIONS = ["Inbound", "Outbound"] as const;

export function brokenRules(document: TerraformDocument, plan: NetworkPlan): string[] {
  const associations = [...resourcesOf(document, "azurerm_subnet_network_security_group_association").values()];
  return [
    ...guardedSubnets(document, plan).flatMap(([name, owner]) =>
      unless(
        associations.some(
          (each) =>
            text(each, "subnet_id") === `\${azurerm_subnet.${name}.id}` &&
            text(each, "network_security_group_id") === `\${azurerm_network_security_group.${owner}.id}`,
        ),
        `subnet ${name} has not its own security group`,
      ),
    ),
    ...[...resourcesOf(document, "azurerm_network_security_group")].flatMap(([name, group]) => [
      ...brokenGroup(name, rulesOf(group)),
      ...differing(permitsOf(rulesOf(group)), expectedPermits(plan, name), (rule) => `rule ${rule} of group ${name}`),
      ...plan.zones.filter((zone) => zone.id === name).flatMap((zone) => brokenQuarantine(zone, rulesOf(group))),
    ]),
  ];
}

const rulesOf = (group: Attributes): Attributes[] => blocks(group, "security_rule");
const denies = (rule: Attributes): boolean => rule["access"] === "Deny";

function brokenGroup(name: string, rules: readonly Attributes[]): string[] {
  return [
    ...DIRECTIONS.flatMap((direction) => {
      const own = rules.filter((rule) => rule["direction"] === direction);
      const last = own.find((rule) => rule["priority"] === 4096);
      const closed =
        last !== undefined &&
        denies(last) &&
        ["protocol", "source_address_prefix", "destination_address_prefix", "destination_port_range"].every((field) => last[field] === "*");
      return [
        ...unless(closed, `group ${name} does not deny ${direction.toLowerCase()} what nothing permits`),
        ...unless(
          new Set(own.map((rule) => rule["priority"])).size === own.length,
          `group ${name} has two ${direction.toLowerCase()} rules of one priority`,
        ),
      ];
    }),
    ...rules.filter((rule) => !denies(rule)).flatMap((rule) => brokenPermit(name, rule)),
  ];
}

/** A permit names addresses, an endpoint's group, or load balancers; never a tag that Azure widens, never everything. */
function brokenPermit(group: string, rule: Attributes): string[] {
  const rest = `rule ${text(rule, "name")} of group ${group}`;
  const sources = endsOf(rule, "source");
  const targets = endsOf(rule, "destination");
  const loose = [...sources.filter((end) => end !== "AzureLoadBalancer"), ...targets].filter(
    (end) => !parseCidr(end).ok || end === "0.0.0.0/0",
  );
  const grouped = texts(rule, "destination_application_security_group_ids");
  const [, endpoint] = /_to_endpoint\.(\w+)$/.exec(text(rule, "name")) ?? [];
  const members = endpoint === undefined ? "" : `\${azurerm_application_security_group.${endpoint}.id}`;
  return [
    ...unless(loose.length === 0, `${rest} names ${loose.join(", ")}`),
    ...unless(sources.length > 0 && targets.length + grouped.length > 0, `${rest} has an end without addresses`),
    ...unless(grouped.join() === members, `${rest} opens another endpoint`),
    ...(sources.length > 1 && sources.some(isPrivate) ? [`${rest} admits private addresses as the internet`] : []),
    ...(targets.length > 1 && targets.some(isPrivate) ? [`${rest} opens private addresses as the internet`] : []),
    ...unless(
      /^\$\{contains\(var\.quarantine, .* \? "Deny" : "Allow"\}$/.test(text(rule, "access")),
      `${rest} stays open when its zone is cut off`,
    ),
  ];
}

const endsOf = (rule: Attributes, side: "source" | "destination"): string[] =>
  [...texts(rule, `${side}_address_prefixes`), text(rule, `${side}_address_prefix`)].filter((end) => end !== "");

/** Only the internet is a list of addresses, and it has none of these. */
function isPrivate(text: string): boolean {
  const parsed = parseCidr(text);
  return parsed.ok && [...RFC1918, ...NOT_INTERNET].some((block) => overlaps(block, parsed.cidr));
}

const permitsOf = (rules: readonly Attributes[]): string[] =>
  rules.filter((rule) => !denies(rule)).map((rule) => `${text(rule, "direction")} ${text(rule, "name")}`);

/** Before every permit, a denial of everything that begins when the zone is cut off. */
function brokenQuarantine(zone: PlannedZone, rules: readonly Attributes[]): string[] {
  return DIRECTIONS.flatMap((direction) => {
    const own = rules.filter((rule) => rule["direction"] === direction);
    const first = Math.min(...own.filter((rule) => !denies(rule)).map((rule) => Number(rule["priority"])));
    const cuts = own.some(
      (rule) =>
        denies(rule) &&
        Number(rule["priority"]) < first &&
        ["protocol", "destination_address_prefix", "destination_port_range"].every((field) => rule[field] === "*") &&
        text(rule, "source_address_prefix").startsWith(`\${contains(var.quarantine, "${zone.name}") ? "*" : `),
    );
    return unless(cuts, `group ${zone.id} is not cut off ${direction.toLowerCase()} in quarantine`);
  });
}

function expectedPermits(plan: NetworkPlan, id: string): Set<string> {
  const zoneIds = new Map(plan.zones.map((zone) => [zone.name, zone.id]));
  const uses = plan.endpoints.flatMap((endpoint) =>
    endpoint.consumers.map(({ zone }) => ({ zone: zoneIds.get(zone), name: `${zoneIds.get(zone)}_to_endpoint.${endpoint.id}` })),
  );
  if (id === "enclave_endpoints") return new Set(uses.map(({ name }) => `Inbound ${name}`));
  const at = (party: { readonly kind: string; readonly zone?: string }): boolean =>
    party.kind === "zone" && zoneIds.get(party.zone ?? "") === id;
  const served = plan.permits.some((permit) => permit.from.kind === "internet" && at(permit.to) && permit.traffic.protocol === "tcp");
  return new Set([
    ...plan.permits.filter((permit) => at(permit.to)).map((permit) => `Inbound ${permit.id}`),
    ...plan.permits.filter((permit) => at(permit.from)).map((permit) => `Outbound ${permit.id}`),
    ...uses.filter(({ zone }) => zone === id).map(({ name }) => `Outbound ${name}`),
    ...plan.departures
      .filter((departure) => zoneIds.get(departure.zone) === id)
      .map(({ port }) => `Outbound ${id}_to_internet_${port}_tcp`),
    ...(served ? [`Inbound load_balancer_to_${id}`] : []),
  ]);
}

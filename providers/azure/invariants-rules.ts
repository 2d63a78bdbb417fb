/** Security groups read back from the rendered document. */
import { NOT_INTERNET, overlaps, parseCidr, RFC1918 } from "../../src/net/cidr";
import type { NetworkPlan } from "../../src/plan/network-plan";
import type { TerraformDocument } from "../../src/provider";
import { type Attributes, resourcesOf, text, texts } from "../document";
import { guardedSubnets } from "./invariants-routes";

const DIRECTIONS = ["Inbound", "Outbound"] as const;

export function brokenRules(document: TerraformDocument, plan: NetworkPlan): string[] {
  const associations = [...resourcesOf(document, "azurerm_subnet_network_security_group_association").values()];
  return [
    ...guardedSubnets(document)
      .filter((name) => !associations.some((each) => text(each, "subnet_id") === `\${azurerm_subnet.${name}.id}`))
      .map((name) => `subnet ${name} has no security group`),
    ...[...resourcesOf(document, "azurerm_network_security_group")].flatMap(([name, group]) => [
      ...brokenGroup(name, rulesOf(group)),
      ...brokenSet(plan, name, rulesOf(group)),
    ]),
  ];
}

const rulesOf = (group: Attributes): Attributes[] => (group["security_rule"] ?? []) as Attributes[];
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
        ...(closed ? [] : [`group ${name} does not deny ${direction.toLowerCase()} what nothing permits`]),
        ...(new Set(own.map((rule) => rule["priority"])).size === own.length
          ? []
          : [`group ${name} has two ${direction.toLowerCase()} rules of one priority`]),
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
  const grouped = texts(rule, "destination_application_security_group_ids").length;
  return [
    ...(loose.length === 0 ? [] : [`${rest} names ${loose.join(", ")}`]),
    ...(sources.length > 0 && targets.length + grouped > 0 ? [] : [`${rest} has an end without addresses`]),
    ...(sources.length > 1 && sources.some(isPrivate) ? [`${rest} admits private addresses as the internet`] : []),
    ...(targets.length > 1 && targets.some(isPrivate) ? [`${rest} opens private addresses as the internet`] : []),
    ...(/^\$\{contains\(var\.quarantine, .* \? "Deny" : "Allow"\}$/.test(text(rule, "access"))
      ? []
      : [`${rest} stays open when its zone is cut off`]),
  ];
}

const endsOf = (rule: Attributes, side: "source" | "destination"): string[] => [
  ...texts(rule, `${side}_address_prefixes`),
  ...(text(rule, `${side}_address_prefix`) === "" ? [] : [text(rule, `${side}_address_prefix`)]),
];

/** Only the internet is a list of addresses, and it has none of these. */
function isPrivate(text: string): boolean {
  const parsed = parseCidr(text);
  return parsed.ok && [...RFC1918, ...NOT_INTERNET].some((block) => overlaps(block, parsed.cidr));
}

/** Exactly the planned permits, by name: none is missing, none is more. */
function brokenSet(plan: NetworkPlan, name: string, rules: readonly Attributes[]): string[] {
  const found = rules.filter((rule) => !denies(rule)).map((rule) => `${text(rule, "direction")} ${text(rule, "name")}`);
  const expected = expectedPermits(plan, name);
  return [
    ...found.filter((rule) => !expected.has(rule)).map((rule) => `rule ${rule} of group ${name} is not planned`),
    ...[...expected].filter((rule) => !found.includes(rule)).map((rule) => `rule ${rule} of group ${name} is missing`),
  ];
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

/** Private DNS zones that a hub owns, for the names of Azure's own services. */
import type { NetworkPlan } from "../../../src/plan/network-plan";

type Plan = Pick<NetworkPlan, "settings">;

/** A policy of the organisation writes the names, after an endpoint is made. */
export const isByPolicy = ({ settings }: Plan): boolean => settings.azure.dnsZones === "policy";

export const hasHubZones = ({ settings }: Plan): boolean => settings.azure.dnsZones !== undefined;

/** As the spec has them. */
export const hubZoneIds = ({ settings: { azure } }: Plan): readonly string[] =>
  azure.dnsZones === undefined || azure.dnsZones === "policy" ? [] : azure.dnsZones;

/** The parts of an id, and the whole with the capitals that azurerm asks for; undefined for another id. */
export function parseZoneId(given: string) {
  const form =
    /^\/subscriptions\/([\w-]+)\/resourceGroups\/([\p{L}\p{N}_.()-]+)\/providers\/Microsoft\.Network\/privateDnsZones\/([a-z0-9.-]+)$/iu;
  const [, subscription, group, name] = form.exec(given) ?? [];
  if (name === undefined) return undefined;
  const id = `/subscriptions/${subscription}/resourceGroups/${group}/providers/Microsoft.Network/privateDnsZones/${name}`;
  return { id, subscription, group, name: name.toLowerCase() };
}

/** The review has found one for each zone that an endpoint needs. */
export function hubZoneId(plan: Plan, name: string): string {
  const found = hubZoneIds(plan)
    .map(parseZoneId)
    .find((zone) => zone?.name === name);
  if (found === undefined) throw new Error(`internal: the hub has no zone ${name}`);
  return found.id;
}

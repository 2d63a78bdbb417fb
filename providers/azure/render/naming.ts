/**
 * Names of Azure resources, their tags and descriptions: every rule of length and characters.
 * https://learn.microsoft.com/en-us/azure/azure-resource-manager/management/resource-name-rules
 */
import type { Because } from "../../../src/model/connections";
import type { NetworkPlan, PlannedDeparture, PlannedZone } from "../../../src/plan/network-plan";
import { expr } from "../../shared/expressions";
import { describe, joinName, mergedTags, shorten } from "../../shared/naming";
import type { Rendering } from "../../shared/resources";
import { regionOf } from "../data/regions";
import { VIRTUAL_NETWORK } from "./addresses";

/** The shortest limit of all that has an `azureName`: firewalls; most have 63 and more. */
const NAME_LENGTH = 56;

/** `private-rag-inference-1`; longer than Azure takes, it is cut and told apart by a hash of the whole. */
export const azureName = (plan: NetworkPlan, ...parts: readonly string[]): string =>
  shorten(joinName(plan, parts), NAME_LENGTH);

export const interfaceName = (plan: NetworkPlan, zone: PlannedZone, item: { name: string }, slot: number) =>
  azureName(plan, zone.name, item.name, `${slot}`);

/**
 * At most 24 lower case letters and digits, unique in the whole world: the enclave's name, cut, and a part
 * that follows from the subscription and the resource group by way of the network's id.
 */
export function storageName({ name }: NetworkPlan): string {
  const unique = expr(`substr(sha256(lower(${VIRTUAL_NETWORK}.id)), 0, 8)`);
  return `${name.replaceAll("-", "").slice(0, 12)}logs${unique}`;
}

export const logIdentityName = (plan: NetworkPlan): string => azureName(plan, "logs");

/** Everything lies in the group that the spec names, or in the enclave's own. */
export const resourceGroupName = (plan: NetworkPlan): string =>
  plan.settings.azure.resourceGroup ?? expr("azurerm_resource_group.enclave.name");

export const tagged = (rendering: Rendering, name: string, zone?: string) => ({
  name,
  resourceGroupName: resourceGroupName(rendering.plan),
  tags: mergedTags(rendering, zone),
});

export const regional = (rendering: Rendering, name: string, zone?: string) => ({
  ...tagged(rendering, name, zone),
  location: regionOf(rendering.plan),
});

/** https://learn.microsoft.com/en-us/rest/api/virtualnetwork/security-rules */
export const description = (because: readonly Because[]): string => describe(because, 140);

export const ruleName = (departure: PlannedDeparture): string => shorten(departure.id, 80);

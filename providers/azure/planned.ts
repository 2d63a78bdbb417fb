/** Words in which the plan says what every resource has to be, for the comparison with a document. */
import type { NetworkPlan } from "../../src/plan/network-plan";
import { expr, quarantined } from "../shared/rendering";
import { regionOf } from "./data/regions";

export const idOf = (address: string): string => expr(`${address}.id`);
export const NETWORK_ID = idOf("azurerm_virtual_network.enclave");

/** Nobody has these addresses: RFC 5737. */
export const NOBODY = "192.0.2.0/24";

export const cutOffElse = (zone: string, cutOff: string, connected: string): string =>
  expr(`${quarantined(zone)} ? ${cutOff} : ${connected}`);

export const groupOf = (plan: NetworkPlan): { readonly resource_group_name: string } => ({
  resource_group_name: plan.settings.azure.resourceGroup ?? expr("azurerm_resource_group.enclave.name"),
});

export const placeOf = (plan: NetworkPlan) => ({ ...groupOf(plan), location: regionOf(plan) });

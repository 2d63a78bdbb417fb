/** Arguments that many resources of Azure have. */
import { block, has, only, optional, type Rules } from "../terraform/arguments";
import { lifecycle } from "./ignored";

export const NETWORK = "${azurerm_virtual_network.enclave.id}";

export const GROUPED: Rules = { ...has("name resource_group_name tags"), ...lifecycle() };
export const PLACED: Rules = { ...GROUPED, ...has("location") };
export const ASSERTING: Rules = lifecycle();
export const IDENTITY = optional(block({ type: only("UserAssigned"), ...has("identity_ids") }));

/** Arguments that many resources of Azure have. */
import { block, has, may, only, optional, type Rules } from "../terraform/arguments";

export const NETWORK = "${azurerm_virtual_network.enclave.id}";

export const GROUPED = has("name resource_group_name tags");
export const PLACED: Rules = { ...GROUPED, ...has("location") };
export const ASSERTING: Rules = { lifecycle: optional(block(may("precondition"))) };
export const IDENTITY = optional(block({ type: only("UserAssigned"), ...has("identity_ids") }));

/** Arguments that many resources of an enclave have alike. */
import { block, free, only, optional, present, type Rules, read } from "../terraform/arguments";

export const NETWORK = "${azurerm_virtual_network.enclave.id}";
export const WORKSPACE = "${azurerm_log_analytics_workspace.enclave.id}";

/** `resource_group_name` and `location` are judged together, by where everything lies. */
export const GROUPED: Rules = { name: present, resource_group_name: present, tags: present };
export const PLACED: Rules = { ...GROUPED, location: present };
export const ORDERED: Rules = { depends_on: free };
export const ASSERTING: Rules = { lifecycle: optional(block({ precondition: free })) };
export const USER_ASSIGNED = block({ type: only("UserAssigned"), identity_ids: read });

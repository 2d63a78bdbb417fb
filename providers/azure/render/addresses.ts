/** Terraform addresses that several steps refer to: made of names, so that no step hands them on. */
import type { Endpoint } from "../../../src/plan/network-plan";
import { type Address, expr } from "../../shared/expressions";

export const VIRTUAL_NETWORK: Address = "azurerm_virtual_network.enclave";
/** Of the firewall alone, joined to the enclave's. */
export const EGRESS_NETWORK: Address = "azurerm_virtual_network.enclave_egress";
export const FIREWALL: Address = "azurerm_firewall.enclave";
export const EGRESS_ADDRESS: Address = "azurerm_public_ip.enclave_egress";
export const DNS_DEPLOYMENT: Address = "azurerm_resource_group_template_deployment.enclave_dns";
export const FLOW_LOGS: Address = "azurerm_storage_account.enclave_flows";
/** By Terraform name. */
export const LOG_IDENTITY = "enclave_logs";
export const WORKSPACE: Address = "azurerm_log_analytics_workspace.enclave";
export const COLLECTION: Address = "azurerm_monitor_data_collection_endpoint.enclave";
/** By Terraform name. */
export const collectionRuleOf = (kind: string): string => `enclave_${kind}`;
export const collectionRule = (kind: string): Address =>
  `azurerm_monitor_data_collection_rule.${collectionRuleOf(kind)}`;
export const MONITOR_SCOPE: Address = "azurerm_monitor_private_link_scope.enclave";

/** The subnet of the private endpoints and what belongs to it, by Terraform name. */
export const ENDPOINTS = "enclave_endpoints";
export const FIREWALL_PLACE = "enclave_firewall";

/** Subnets stand inside their network, which has no addresses of theirs: this list of a place has their ids. */
export const subnetIdsOf = (place: string): string => `local.${place}_subnet_ids`;

export const subnetIdOf = (place: string, slot = 0): string => expr(`${subnetIdsOf(place)}[${slot}]`);

/** Joined by the interfaces of an endpoint, which share a subnet and get their addresses from Azure. */
export const endpointGroupOf = ({ id }: Endpoint): Address => `azurerm_application_security_group.${id}`;

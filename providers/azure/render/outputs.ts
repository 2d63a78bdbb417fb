/** The outputs of the contract on Azure. */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, id, quotedList, ref } from "../../shared/expressions";
import { addOutputs, TRANSPARENT } from "../../shared/outputs";
import { hasEgress } from "../../shared/questions";
import type { Rendering } from "../../shared/resources";
import { isMonitor } from "../data/services";
import {
  COLLECTION,
  collectionRule,
  DNS_DEPLOYMENT,
  EGRESS_ADDRESS,
  FLOW_LOGS,
  subnetIdsOf,
  VIRTUAL_NETWORK,
} from "./addresses";
import { STREAMS } from "./collection";
import { roleAssignments } from "./endpoint-policies";
import { hostsOf } from "./endpoint-targets";
import { privateEndpointLists } from "./endpoints";
import { workspaceOf } from "./logging";

export function renderOutputs(rendering: Rendering): void {
  const { plan } = rendering;
  const [flow, workspace] = [id(FLOW_LOGS), workspaceOf(plan)];
  addOutputs(rendering, {
    network: ["The virtual network.", VIRTUAL_NETWORK],
    zones: [
      "Each zone: address blocks, subnets, and the network security group on them.",
      (zone) => ({
        subnet_ids: expr(subnetIdsOf(zone.id)),
        group_ids: [id(`azurerm_network_security_group.${zone.id}`)],
      }),
    ],
    filters: [DNS_DEPLOYMENT],
    endpoints: [
      "Each private endpoint: ids, DNS names, the first address of each, and the role on which scope that gives " +
        "its consumers their right.",
      (endpoint) => endpointOutput(plan, endpoint),
    ],
    egress: [
      TRANSPARENT,
      {
        proxy_url: expr("null"),
        no_proxy: [],
        public_ips: hasEgress(plan) ? [ref(EGRESS_ADDRESS, "ip_address")] : [],
      },
    ],
    logs: { flow, dns: workspace, ...(hasEgress(plan) ? { firewall: workspace } : {}) },
  });
}

function endpointOutput(plan: NetworkPlan, endpoint: Endpoint) {
  const all = `concat(${privateEndpointLists(plan, endpoint).join(", ")})`;
  const { known, later } = hostsOf(plan, endpoint);
  return {
    ids: expr(`[for each in ${all} : each.id]`),
    dns_names: later.length === 0 ? known : expr(`concat(${[quotedList(known), ...later].join(", ")})`),
    addresses: expr(`[for each in ${all} : each.private_service_connection[0].private_ip_address]`),
    role_assignments: roleAssignments(plan, endpoint),
    ...ingestion(endpoint),
  };
}

/** Where consumers send what they write. */
function ingestion({ service, access }: Endpoint) {
  if (!isMonitor(service) || access === "read") return {};
  return {
    ingestion: {
      endpoint: ref(COLLECTION, `${service}_ingestion_endpoint`),
      rule: ref(collectionRule(service), "immutable_id"),
      stream: STREAMS[service],
    },
  };
}

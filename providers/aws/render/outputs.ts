/** The outputs of the contract on AWS. */
import type { Endpoint, NetworkPlan } from "../../../src/plan/network-plan";
import { expr, id, ref } from "../../shared/expressions";
import { addOutputs, ENDPOINT_PARTS, TRANSPARENT } from "../../shared/outputs";
import { hasEgress } from "../../shared/questions";
import type { Rendering } from "../../shared/resources";
import { groupOf, logGroupOf, perSlot, subnetsOf, VPC } from "./addresses";
import { NAME_FILTERS, serviceHosts } from "./dns";
import { endpointAddress, endpointGroups } from "./endpoint-groups";
import { logsOf } from "./logging";

export function renderOutputs(rendering: Rendering): void {
  const { plan } = rendering;
  const nats = hasEgress(plan) ? perSlot(plan, "aws_eip.enclave_nat") : [];
  addOutputs(rendering, {
    network: ["The VPC.", VPC],
    zones: [
      "Each zone: address blocks, subnets, and the security group that its workloads carry.",
      (zone) => ({ subnet_ids: subnetsOf(plan, zone.id).map(id), group_ids: [id(groupOf(zone.id))] }),
    ],
    // Groups, ACLs and routes are closed before theirs are there; the resolver is not.
    filters: NAME_FILTERS,
    endpoints: [ENDPOINT_PARTS, (endpoint) => endpointOutput(plan, endpoint)],
    egress: [
      TRANSPARENT,
      { proxy_url: expr("null"), no_proxy: [], public_ips: nats.map((nat) => ref(nat, "public_ip")) },
    ],
    logs: Object.fromEntries(logsOf(plan).map((name) => [name, ref(logGroupOf(name), "arn")])),
  });
}

/** A gateway has no addresses, and AWS does not tell those of OpenSearch Serverless. */
function endpointOutput(plan: NetworkPlan, { name }: Endpoint) {
  const used = endpointGroups(plan).flatMap((group) => {
    const uses = group.uses.filter(({ endpoint }) => endpoint.name === name);
    return uses.length === 0 ? [] : [{ ...group, uses }];
  });
  const plain = used.filter(({ kind }) => kind !== "opensearch").map(endpointAddress);
  const addresses = plain.map((address) => `${address}.subnet_configuration[*].ipv4`).join(", ");
  return {
    ids: used.map((group) => id(endpointAddress(group))),
    dns_names: [...new Set(used.flatMap((group) => serviceHosts(plan, group)))],
    addresses: expr(`flatten([${addresses}])`),
  };
}

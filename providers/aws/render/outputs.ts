/** The outputs of the contract, by the same names on every cloud. */
import { exitsOf } from "../../../src/plan/ways";
import { addZonesOutput } from "../../shared/outputs";
import { type Address, addOutput, expr, id, type Rendering, ref } from "../../shared/rendering";
import { groupOf, subnetsOf, VPC_ID } from "./addresses";
import { serviceHosts } from "./dns";
import { type EndpointGroup, endpointAddress, endpointGroups } from "./endpoint-groups";

/** `nameFilters`: the resources that filter names. Groups, ACLs and routes are closed before theirs are there; the resolver is not. */
export function renderOutputs(
  rendering: Rendering,
  nameFilters: readonly Address[],
  logGroups: Readonly<Record<string, Address>>,
): void {
  const { plan } = rendering;
  addOutput(rendering, "network_id", "The VPC.", VPC_ID);
  addZonesOutput(
    rendering,
    "Each zone: address blocks, subnets, and the security group that its workloads carry.",
    (zone) => ({ subnets: subnetsOf(plan, zone.id), groups: [groupOf(zone.id)] }),
    nameFilters,
  );
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses of what it is made of.",
    endpointsOutput(rendering),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", {});
  addOutput(
    rendering,
    "egress",
    "The way out: transparent, so there is no proxy URL; the addresses that the internet sees.",
    { proxy_url: expr("null"), public_ips: publicIps(rendering) },
  );
  addOutput(
    rendering,
    "logs",
    "Where each kind of log is kept.",
    Object.fromEntries(Object.entries(logGroups).map(([name, group]) => [name, ref(group, "arn")])),
  );
}

const publicIps = ({ plan }: Rendering): string[] =>
  exitsOf(plan).length === 0
    ? []
    : Array.from({ length: plan.slots }, (_, slot) => ref(`aws_eip.enclave_nat_${slot + 1}`, "public_ip"));

/**
 * Its names are those that workloads use and that resolve in the enclave; names of a VPC endpoint itself do not resolve. A gateway
 * has no addresses, and AWS does not tell those of OpenSearch Serverless.
 */
function endpointsOutput({ plan }: Rendering): Record<string, unknown> {
  const output: Record<string, unknown> = {};
  for (const { name } of plan.endpoints) {
    const groups = endpointGroups(plan).groups.flatMap((group): EndpointGroup[] => {
      const uses = group.uses.filter(({ endpoint }) => endpoint.name === name);
      return uses.length === 0 ? [] : [{ ...group, uses }];
    });
    const plain = groups.filter(({ kind }) => kind !== "opensearch").map(endpointAddress);
    const addresses = plain.map((address) => `${address}.subnet_configuration[*].ipv4`);
    output[name] = {
      ids: groups.map((group) => id(endpointAddress(group))),
      dns_names: [...new Set(groups.flatMap((group) => serviceHosts(plan, group)))],
      addresses: expr(`flatten([${addresses.join(", ")}])`),
    };
  }
  return output;
}

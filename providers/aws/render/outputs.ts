/** The outputs of the contract, by the same names on every cloud. */
import { exitsOf } from "../../../src/plan/ways";
import { addZonesOutput } from "../../shared/outputs";
import { type Address, addOutput, expr, id, type Rendering, ref } from "../../shared/rendering";
import { groupOf, perSlot, subnetsOf, VPC_ID } from "./addresses";
import { serviceHosts } from "./dns";
import { type EndpointGroup, endpointAddress, endpointGroups } from "./endpoint-groups";

/** `nameFilters`: the resources that filter names. Groups, ACLs and routes are closed before theirs are there; the resolver is not. */
export function renderOutputs(
  rendering: Rendering,
  nameFilters: readonly Address[],
  logGroups: ReadonlyMap<string, Address>,
): void {
  const { plan } = rendering;
  const nats = exitsOf(plan).length === 0 ? [] : perSlot(plan, "aws_eip.enclave_nat");
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
    { proxy_url: expr("null"), public_ips: nats.map((nat) => ref(nat, "public_ip")) },
  );
  const arns = [...logGroups].map(([name, group]) => [name, ref(group, "arn")]);
  addOutput(rendering, "logs", "Where each kind of log is kept.", Object.fromEntries(arns));
}

/**
 * Its names are those that workloads use and that resolve in the enclave; names of a VPC endpoint itself do not resolve. A gateway
 * has no addresses, and AWS does not tell those of OpenSearch Serverless.
 */
function endpointsOutput({ plan }: Rendering): Record<string, unknown> {
  const { groups } = endpointGroups(plan);
  const outputs = plan.endpoints.map(({ name }) => {
    const used = groups.flatMap((group): EndpointGroup[] => {
      const uses = group.uses.filter(({ endpoint }) => endpoint.name === name);
      return uses.length === 0 ? [] : [{ ...group, uses }];
    });
    const plain = used.filter(({ kind }) => kind !== "opensearch").map(endpointAddress);
    const addresses = plain.map((address) => `${address}.subnet_configuration[*].ipv4`).join(", ");
    const output = {
      ids: used.map((group) => id(endpointAddress(group))),
      dns_names: [...new Set(used.flatMap((group) => serviceHosts(plan, group)))],
      addresses: expr(`flatten([${addresses}])`),
    };
    return [name, output] as const;
  });
  return Object.fromEntries(outputs);
}

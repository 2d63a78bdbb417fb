/** The outputs of the contract, by the same names on every cloud. */
import type { NetworkPlan, PlannedZone } from "../../../src/plan/network-plan";
import { addZonesOutput, type PlacedZone } from "../../shared/outputs";
import { type Address, addOutput, expr, type Rendering } from "../../shared/rendering";
import { endpointHosts } from "./dns";
import type { EgressPath } from "./egress";
import type { Groups, Network } from "./handles";
import type { LogGroups } from "./logging";
import type { Endpoints } from "./private-endpoints";
import { PUBLISHED_SERVICES } from "./publish";

interface Rendered {
  readonly network: Network;
  readonly groups: Groups;
  /** What filters names. Groups, ACLs and routes are closed before theirs are there; the resolver is not. */
  readonly names: readonly Address[];
  readonly endpoints: Endpoints;
  readonly egress: EgressPath | undefined;
  readonly logs: LogGroups;
}

export function renderOutputs(
  rendering: Rendering,
  { network, groups, names, endpoints, egress, logs }: Rendered,
): void {
  addOutput(rendering, "network_id", "The VPC.", expr(`${network.vpc}.id`));
  const description = "Each zone: address blocks, subnets, and the security group that its workloads carry.";
  const placed = (zone: PlannedZone): PlacedZone => ({
    subnets: network.zones[zone.name]?.subnets ?? [],
    groups: [`${groups[zone.name]?.group}`],
  });
  addZonesOutput(rendering, description, placed, names);
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses of what it is made of.",
    endpointsOutput(rendering.plan, endpoints),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", PUBLISHED_SERVICES);
  addOutput(
    rendering,
    "egress",
    "The way out: transparent, so there is no proxy URL; the addresses that the internet sees.",
    {
      proxy_url: expr("null"),
      public_ips:
        egress === undefined
          ? []
          : egress.natSubnets.subnets.map((_, slot) => expr(`aws_eip.enclave_nat_${slot + 1}.public_ip`)),
    },
  );
  addOutput(
    rendering,
    "logs",
    "Where each kind of log is kept.",
    Object.fromEntries(Object.entries(logs).map(([name, group]) => [name, expr(`${group}.arn`)])),
  );
}

/**
 * Its names are those that workloads use and that resolve in the enclave, which names of a VPC endpoint itself do not. A gateway has no
 * addresses, and those of OpenSearch Serverless are not told.
 */
function endpointsOutput(plan: NetworkPlan, endpoints: Endpoints): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(endpoints.byName).map(([name, addresses]) => {
      const plain = addresses.filter((address) => address.startsWith("aws_vpc_endpoint."));
      return [
        name,
        {
          ids: addresses.map((address) => expr(`${address}.id`)),
          dns_names: endpointHosts(plan, name),
          addresses: expr(
            `flatten([${plain.map((address) => `${address}.subnet_configuration[*].ipv4`).join(", ")}])`,
          ),
        },
      ];
    }),
  );
}

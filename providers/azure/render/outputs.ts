/** The outputs of the contract, by the same names on every cloud. */
import type { Endpoint } from "../../../src/plan/network-plan";
import { exitsOf } from "../../../src/plan/ways";
import { addZonesOutput } from "../../shared/outputs";
import { addOutput, expr, id, quotedList, type Rendering, ref } from "../../shared/rendering";
import {
  DNS_DEPLOYMENT,
  EGRESS_ADDRESS,
  FLOW_LOGS,
  groupAssociationOf,
  groupOf,
  routeAssociationOf,
  subnetOf,
  VIRTUAL_NETWORK,
  WORKSPACE,
} from "./addresses";
import { roleAssignments } from "./endpoint-policies";
import { hostsOf } from "./endpoint-targets";
import type { RenderedEndpoint } from "./endpoints";
import { placesOf } from "./places";

export function renderOutputs(rendering: Rendering, endpoints: readonly RenderedEndpoint[]): void {
  const { plan } = rendering;
  addOutput(rendering, "network_id", "The virtual network.", id(VIRTUAL_NETWORK));
  const places = placesOf(plan);
  const subnets = places.flatMap((place) => place.subnets.map(({ name }) => name));
  addZonesOutput(
    rendering,
    "Each zone: address blocks, subnets, and the network security group on them.",
    (zone) => {
      const own = places.filter((place) => place.zone === zone);
      const names = own.flatMap((place) => place.subnets.map(({ name }) => name));
      return { subnets: names.map(subnetOf), groups: own.map(({ id }) => groupOf(id)) };
    },
    [...subnets.map(groupAssociationOf), ...subnets.map(routeAssociationOf), DNS_DEPLOYMENT],
  );
  addOutput(
    rendering,
    "private_endpoints",
    "Each private endpoint: ids, DNS names and addresses, and the role on which scope that gives its consumers their right.",
    Object.fromEntries(
      endpoints.map(({ endpoint, lists }) => [endpoint.name, endpointOutput(rendering, endpoint, lists)]),
    ),
  );
  addOutput(rendering, "published_services", "Services published to consumers.", {});
  addOutput(
    rendering,
    "egress",
    "The way out: transparent, so there is no proxy URL; the addresses that the internet sees.",
    {
      proxy_url: expr("null"),
      public_ips: exitsOf(plan).length === 0 ? [] : [ref(EGRESS_ADDRESS, "ip_address")],
    },
  );
  addOutput(rendering, "logs", "Where each kind of log is kept.", {
    flow: id(FLOW_LOGS),
    dns: id(WORKSPACE),
    ...(exitsOf(plan).length === 0 ? {} : { firewall: id(WORKSPACE) }),
  });
}

function endpointOutput({ plan }: Rendering, endpoint: Endpoint, lists: readonly string[]) {
  const all = `concat(${lists.join(", ")})`;
  const { known, later } = hostsOf(plan, endpoint);
  return {
    ids: expr(`[for each in ${all} : each.id]`),
    dns_names: later.length === 0 ? known : expr(`concat(${[quotedList(known), ...later].join(", ")})`),
    addresses: expr(`[for each in ${all} : each.private_service_connection[0].private_ip_address]`),
    role_assignments: roleAssignments(plan, endpoint),
  };
}
